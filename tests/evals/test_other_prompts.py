"""The prompts that write no draft: a run of rewordings and one of tickets stand behind a promotion, as a run of drafts does."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.prompts import live_prompt, shipped
from evals import __main__ as command
from evals.compare import read_run
from evals.estimate import estimate
from evals.readings import splits
from evals.tickets import Ticket, reading
from evals.versions import new_version
from tests.evals.test_drafts import drafts
from tests.scripted import Reply, Request, endpoint, wanted, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the live prompts, each as a first version."""
    place = tmp_path / "prompts"
    place.mkdir()
    for name in ("draft", "revise", "rework", "read_ticket"):
        shutil.copy(shipped() / f"{live_prompt(name).label}.md", place / f"{name}.v1.md")
    return place


def promoted(folder: Path, name: str, logs: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of promoting the second version of a prompt with two runs."""
    wish = ("--run", str(logs / f"{name}.v2"), "--against", str(logs / f"{name}.v1"))
    monkeypatch.setattr("sys.argv", ["evals", "prompts", "--prompts", str(folder), "promote", f"{name}.v2", *wish])
    return command.main()


def test_a_worse_prompt_for_other_words_stays_on_trial(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three wishes for each case; a model that blames where the prompt says so wrote what was flagged, and is not promoted."""
    path = new_version("rework", "Blames", folder)
    path.write_text(path.read_text("utf-8").replace("# user", "Tell them off.\n\n# user"), "utf-8")

    def says(request: Request) -> str:
        blames = "Tell them off." in request["messages"][0]["content"]
        parts = dict(re.findall(r"(?ms)^### (\w+)\n(.+?)(?=\n\n### |\n\n?#|\Z)", request["messages"][-1]["content"]))
        told = dict.fromkeys(wanted(request), "You should have read the terms.") if blames else parts
        return written(request, told | {"not_followed": "nothing"})

    with endpoint(Reply(says)) as model:
        for label in ("rework.v1", "rework.v2"):
            wish = ("--suite", "ownership", "--limit", "6", "--prompts", str(folder), "--prompt", label, "--model", "scripted")
            ran = drafts(tmp_path / label, *wish, DRAFTER_BASE_URL=model.url)
            assert ran.returncode == 0, ran.stderr
    run = read_run(str(tmp_path / "rework.v2"))
    assert list(run.cases) == ["rework"]
    assert len(run.cases["rework"]) == 18
    assert run.by["rework"].startswith("scripted rework.v2")
    assert promoted(folder, "rework", tmp_path, monkeypatch) == 2
    assert "rework.v2 is worse than rework.v1 by more than chance" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["evals", "report", str(tmp_path / "rework.v2"), "--out", str(tmp_path / "report.html")])
    assert command.main() == 0
    assert "other words" in (tmp_path / "report.html").read_text("utf-8")


def test_a_prompt_that_reads_tickets_is_promoted_with_a_run_of_tickets(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run names splits in place of suites, and a run of drafts is none of this prompt."""
    new_version("read_ticket", "Reads the same", folder)

    def says(request: Request) -> str:
        words = request["messages"][-1]["content"].split()
        return json.dumps({"items": [{"kind": "ask", "text": "a refund", "quote": words[-1]}]})

    with endpoint(Reply(says)) as model:
        for label in ("read_ticket.v1", "read_ticket.v2"):
            wish = ("--suite", "test,held", "--limit", "4", "--prompts", str(folder), "--prompt", label, "--model", "scripted")
            ran = drafts(tmp_path / label, *wish, DRAFTER_BASE_URL=model.url)
            assert ran.returncode == 0, ran.stderr
    run = read_run(str(tmp_path / "read_ticket.v2"))
    assert (list(run.cases), len(run.cases["tickets"]), set(run.suites.values())) == (["tickets"], 8, {"test", "held"})
    assert promoted(folder, "read_ticket", tmp_path, monkeypatch) == 0
    assert "read_ticket.v2 is live; read_ticket.v1 is retired." in capsys.readouterr().out


def test_one_ticket_is_counted_as_all_are() -> None:
    """What is labelled and not found is named; where nothing is labelled, nothing is missing."""
    from drafter.ticket import read_by_rules

    text = "You charged my card twice for order 1042. Please refund the second charge."
    row = Ticket(text, True, "email", "retail", {"problems": ("charged my card twice",), "asks": ("refund the second charge",)})
    figures, wrong = reading(row, read_by_rules(text))
    assert (figures["problems found"], figures["asks found"], figures["impacts found"]) == (1.0, 1.0, 1.0)
    figures, wrong = reading(row, read_by_rules("Hello."))
    assert figures["problems found"] == 0.0
    assert "problems: 1 not found" in wrong


def test_what_such_a_run_cannot_do_is_said() -> None:
    """A split that is not there, and an estimate of what is no draft."""
    with pytest.raises(InputError, match="there are no tickets called tone; there are train, test"):
        splits("tone")
    with pytest.raises(InputError, match="an estimate is made of drafts alone"):
        estimate("", model="m", prompt="rework.v1")
