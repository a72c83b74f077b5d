"""`drafter ticket`, as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.incident import read_incident
from tests.scripted import Reply, endpoint
from tests.shell import run

TICKET = "My card was charged twice, $40 each time. Please refund me.\n"


def test_a_ticket_is_read_and_shown(tmp_path: Path) -> None:
    """Triage, facts with their quotes, and the questions."""
    file = tmp_path / "ticket.txt"
    file.write_text(TICKET)
    done = run("ticket", str(file))
    assert done.exit_code == 0
    assert "Reports a failure." in done.stdout
    assert "your card was charged twice, $40 each time   (“My card was charged twice, $40 each time”)" in done.stdout
    assert "1. “your card was charged twice, $40 each time”: what did we do?" in done.stdout


def test_it_is_read_as_json(tmp_path: Path) -> None:
    """One object with triage, facts and questions."""
    file = tmp_path / "ticket.txt"
    file.write_text(TICKET)
    data = json.loads(run("ticket", str(file), "--format", "json").stdout)
    assert data["triage"]["failure"] is True
    assert [item["kind"] for item in data["facts"]["items"]] == ["problem", "amount", "ask"]
    assert data["questions"][0]["key"] == "problems.1.ours"


def test_a_file_of_facts_is_started(tmp_path: Path) -> None:
    """Once company and signer are written, it is an incident; a file that exists is not written over."""
    file, out = tmp_path / "ticket.txt", tmp_path / "facts.yaml"
    file.write_text(TICKET)
    assert run("ticket", str(file), "--incident-out", str(out)).exit_code == 0
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("# company: who answers\n# signer: who signs", "company: Northwind\nsigner: Maya"), encoding="utf-8")
    incident = read_incident(out)
    assert incident.problems[0].what == "your card was charged twice, $40 each time"
    again = run("ticket", str(file), "--incident-out", str(out))
    assert again.exit_code == 2
    assert "this file exists" in again.stderr


def test_nothing_to_write_down_is_said(tmp_path: Path) -> None:
    """A question opens no file of facts, and the exit code says so."""
    file = tmp_path / "ticket.txt"
    file.write_text("How do I reset my password?\n")
    done = run("ticket", str(file), "--incident-out", str(tmp_path / "facts.yaml"))
    assert done.exit_code == 1
    assert not (tmp_path / "facts.yaml").exists()


@pytest.mark.parametrize(("says", "ends"), [('{"items": []}', "Read with scripted (read_ticket.v"), ("no idea", "Read by rules, because")])
def test_a_model_reads_and_rules_take_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, ends: str) -> None:
    """The last line says who read the ticket, and why it was not the model."""
    file = tmp_path / "ticket.txt"
    file.write_text(TICKET)
    with endpoint(Reply(says)) as running:
        monkeypatch.setenv("DRAFTER_BASE_URL", running.url)
        done = run("ticket", file, "--model", "scripted")
    assert done.exit_code == 0
    assert ends in done.stdout


def test_a_wrong_locale_is_named(tmp_path: Path) -> None:
    """Bad usage is told in the user's terms."""
    file = tmp_path / "ticket.txt"
    file.write_text(TICKET)
    done = run("ticket", str(file), "--locale", "zz-ZZ")
    assert done.exit_code == 2
    assert "--locale" in done.stderr
