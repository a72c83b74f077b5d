"""schemathesis with every phase that it has, against a service of its own: `make fuzz-api`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.api.facts import facts
from tests.api.process import Process, serving
from tests.conftest import ROOT

_CONFIG = """
[parameters]
"path.draft_id" = "{draft_id}"
"path.incident_id" = "{incident_id}"
"path.revision_id" = "{revision_id}"
"path.promise_id" = "{promise_id}"
"path.remedy_id" = "{remedy_id}"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "502", "503"]
"""


def known(service: Process) -> dict[str, str]:
    """Ids that lead somewhere: a draft, a revision of it, an opened incident, a promise of its first message, and a remedy for it."""
    draft = service.call("POST", "/v1/drafts", {"incident": facts()}).json()
    revision = service.call("POST", f"/v1/drafts/{draft['id']}/revisions", {"wish": "shorter"}).json()
    opened = service.call("POST", "/v1/incidents", {"incident": facts(next=[{"will": "I will call you about the chain"}])}).json()
    message = service.call("POST", f"/v1/incidents/{opened['id']}/drafts", {}).json()
    service.call("POST", f"/v1/drafts/{message['id']}/sent", {"text": message["text"]})
    (promise,) = service.call("GET", f"/v1/promises?incident_id={opened['id']}").json()["items"]
    remedy = service.call("POST", f"/v1/incidents/{opened['id']}/remedies", {}).json()
    return {
        "draft_id": draft["id"],
        "incident_id": opened["id"],
        "revision_id": revision["id"],
        "promise_id": promise["id"],
        "remedy_id": remedy["id"],
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--no-page") as service:
        config = Path(folder) / "schemathesis.toml"
        config.write_text(_CONFIG.format(**known(service)))
        words = [
            "--config-file",
            str(config),
            "run",
            f"{service.url}/openapi.json",
            "-H",
            f"Authorization: {service.headers['Authorization']}",
        ]
        command = [str(Path(sys.executable).with_name("st")), *words, *sys.argv[1:]]
        hooks = {"SCHEMATHESIS_HOOKS": "tests.api.formats", "PYTHONPATH": str(ROOT)}
        sys.exit(subprocess.run(command, check=False, env={**os.environ, **hooks}).returncode)
