"""A real Request Tracker on this machine, which `make test-rt` installs; a test starts and stops it."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

SERVER = Path("/usr/share/request-tracker5/libexec/rt-server")
FOLDER = ROOT / ".cache" / "request-tracker"
PORT, HOOK_PORT = (int(os.environ.get(name, "0")) for name in ("DRAFTER_RT_PORT", "DRAFTER_RT_WEBHOOK_PORT"))
SECRET, USER, AGENT = "whsec_ZGVza3NlY3JldGRlc2tzZWNyZXQxMjM0", "drafter:helpdeskpass", "root:helpdeskpass"


@dataclass(frozen=True)
class RealTracker:
    """A running one; it keeps its tickets between runs."""

    url: str

    @property
    def mails(self) -> list[str]:
        """Every mail that it sent."""
        return [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "mail").glob("*"))]

    def call(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """What its API answers, to an agent."""
        headers = {"Authorization": f"Basic {b64encode(AGENT.encode()).decode()}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/REST/2.0{path}", json.dumps(data).encode() if data else None, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def open_ticket(self, title: str, text: str, kind: str = "text/plain") -> str:
        """The number of a new ticket of Ana's."""
        data = {"Queue": "General", "Subject": title, "Requestor": "ana@customer.example", "Content": text, "ContentType": kind}
        return str(self.call("/ticket", data)["id"])

    def title(self, ticket: str) -> str:
        """The title of a ticket."""
        return str(self.call(f"/ticket/{ticket}")["Subject"])

    def history(self, ticket: str) -> list[str]:
        """The types of all transactions of a ticket."""
        return [row["Type"] for row in self.call(f"/ticket/{ticket}/history?fields=Type&per_page=100")["items"]]

    def reply(self, ticket: str, text: str) -> None:
        """Answer the customer as an agent."""
        self.call(f"/ticket/{ticket}/correspond", {"Content": text, "ContentType": "text/plain"})

    def drafts(self, ticket: str) -> list[bool]:
        """For each message of a ticket that holds a draft, whether the customer sees it: RT shows them all but comments."""
        parts = self.call(f"/ticket/{ticket}/attachments?fields=TransactionId,Content&per_page=100")["items"]
        rows = self.call(f"/ticket/{ticket}/history?fields=Type&per_page=100")["items"]  # the later of the two: it has every part's
        seen = {row["id"]: row["Type"] != "Comment" for row in rows}
        return [seen[part["TransactionId"]] for part in parts if "drafter:dr_" in (part.get("Content") or "")]


@contextmanager
def running(*, port: int = PORT) -> Iterator[RealTracker]:
    """The one that `make test-rt` has installed, which calls 127.0.0.1:HOOK_PORT for what happens in its tickets."""
    command = [str(SERVER), "--server", "Standalone", "--host", "127.0.0.1", "--port", str(port)]
    with (FOLDER / "server.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        desk = RealTracker(f"http://127.0.0.1:{port}")
        _wait(desk, process)
        yield desk
    finally:
        process.terminate()
        process.wait(20)


def _wait(desk: RealTracker, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, (FOLDER / "server.log").read_text(encoding="utf-8")
        try:
            desk.call("/rt")
            return
        except urllib.error.URLError:
            time.sleep(0.25)
    raise AssertionError("Request Tracker did not start: " + (FOLDER / "server.log").read_text(encoding="utf-8"))
