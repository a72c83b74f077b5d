"""docs/api.md: its curl lines are run from top to bottom against a live server, and its table holds every problem."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from drafter.api.problems import MEANINGS
from tests.api.server import Server
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n```sh\n(.*?)```", PAGE, re.S)
REFUSED = {  # by the page's own words
    "/jobs/in_none/replay": 404,
    "/retry": 409,
    "$PROMISE/broken": 409,
    "$PROMISE/dropped": 409,
    "$REMEDY/refused": 409,
    "dlv_none": 404,
    "/v1/helpdesks/support/test": 404,
    "/v1/webhooks/support": 404,
    '"wen"': 422,
}


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_every_line_of_the_page_does_what_it_says(server: Server, tmp_path: Path) -> None:
    """Each curl is answered as the page says, and the next one goes on from it."""
    secret = server.everything["Authorization"].removeprefix("Bearer ")
    curls = "\n".join(_watched(block) for block in BLOCKS)
    done = subprocess.run(
        ["bash", "-eu"],
        input=curls,
        cwd=tmp_path,
        env={**os.environ, "DRAFTER_URL": server.url, "DRAFTER_KEY": secret},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    statuses = [int(line) for line in (tmp_path / "statuses.txt").read_text().split()]
    calls = re.findall(r"^curl (.*?)(?=^curl |^export|^cat|\Z)", "\n".join(BLOCKS).replace("$(curl", "\ncurl"), re.S | re.M)
    assert len(statuses) == len(calls)
    for call, status in zip(calls, statuses, strict=True):
        wanted = next((code for words, code in REFUSED.items() if words in call), None)
        assert status == wanted if wanted else 200 <= status < 300, f"{status}: {call}"


def test_every_operation_is_on_the_page(server: Server) -> None:
    """A new operation asks for a curl line."""
    document = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    shown = "\n".join(BLOCKS)
    for path in document["paths"]:
        words = [part for part in re.split(r"/?\{\w+\}/?", path.replace("/v1/drafts/{draft_id}", "$DRAFT")) if part]
        assert all(word in shown for word in words), path


def test_every_problem_is_on_the_page_under_its_status() -> None:
    """The table is the one of the code."""
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^\| {meaning.status} \|.*`{code}`", PAGE, re.M), code


def _watched(block: str) -> str:
    """A block whose every curl also writes its status down."""
    return block.replace("curl -s", "curl -s -w '%{stderr}%{http_code}\\n' 2>>statuses.txt")
