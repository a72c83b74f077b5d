"""Write docs/openapi.json again: `make openapi`."""

import json

from drafter.api import create_api
from tests.conftest import ROOT

if __name__ == "__main__":
    text = json.dumps(create_api().openapi(), ensure_ascii=False, indent=1) + "\n"
    (ROOT / "docs" / "openapi.json").write_text(text, encoding="utf-8")
