"""schemathesis with every phase that it has, against a service of its own: `make fuzz-api`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.api.process import serving

_CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "502", "503"]
"""

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--no-page") as service:
        config = Path(folder) / "schemathesis.toml"
        config.write_text(_CONFIG)
        words = [
            "--config-file",
            str(config),
            "run",
            f"{service.url}/openapi.json",
            "-H",
            f"Authorization: {service.headers['Authorization']}",
        ]
        sys.exit(subprocess.run([str(Path(sys.executable).with_name("st")), *words, *sys.argv[1:]], check=False).returncode)
