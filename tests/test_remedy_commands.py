"""`drafter remedy` and `drafter incident contain`: what would make it right, who may say yes, and who else must hear of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from drafter.store import Store, open_store
from tests.shell import run

HOUSE = """
[remedy]
currency = "GBP"
limit = 30

[[remedy.goodwill]]
severity = ["normal", "serious"]
times = 0.5
terms = "you don't need to spend anything to use it"

[[remedy.approvers]]
name = "Sam Osei"
up_to = 45

[[remedy.approvers]]
name = "Ana Ruiz"
role = "Head of support"
up_to = "any"
"""
FACTS: dict[str, Any] = {
    "company": "Harrow & Finch",
    "signer": {"name": "Ellen Marsh", "role": "Workshop manager"},
    "customer": {"name": "Ravi Anand", "email": "ravi@mail.example"},
    "locale": "en-GB",
}
PROBLEM: dict[str, Any] = {
    "what": "the chain that we fitted slips",
    "ours": "we fitted a chain that does not go with your bike",
    "loss": "£40",
    "impacts": [{"text": "you paid for four bus tickets", "cost": "£11.20"}],
    "fixes": [{"done": "I fitted the right chain"}],
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the commands of a test open, in a house with rules for remedies."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)
    (tmp_path / "drafter.toml").write_text(HOUSE, encoding="utf-8")
    monkeypatch.setenv("DRAFTER_CONFIG", str(tmp_path / "drafter.toml"))
    opened = open_store(address)
    yield opened
    opened.close()


def opened(folder: Path, **changes: Any) -> str:
    """The id of an incident that was opened with such facts."""
    path = folder / "facts.yaml"
    YAML().dump({**FACTS, "problems": [{**PROBLEM, **changes}]}, path)
    found: str = json.loads(run("incident", "open", path, "--format", "json").stdout)["id"]
    return found


def suggested(incident: str) -> str:
    """The id of a remedy that is suggested for it."""
    found: str = json.loads(run("remedy", "suggest", incident, "--format", "json").stdout)["id"]
    return found


def test_a_proposal_explains_itself_and_a_person_chooses(store: Store, tmp_path: Path) -> None:
    """Three ways, why, and what is approved stands in the letter."""
    incident = opened(tmp_path)
    done = run("remedy", "suggest", incident)
    assert done.exit_code == 0
    for words in (
        "1. what the rules of the house come to:",
        "   refund: refund of £40 (what they lost, whole)",
        "   refund: payment of £11.20 (what it cost them: you paid for four bus tickets)",
        "   goodwill: credit of £25.60 (goodwill of the house for normal mistakes, 0.5 times the loss with its costs)",
        "2. what is owed, and no goodwill:",
        "3. as much goodwill as the limits allow:",
        "How it was come to:",
    ):
        assert words in done.stdout
    assert "Nothing was suggested yet" in run("remedy", "show", opened(tmp_path)).stdout
    remedy = suggested(incident)
    for by, words in (("Joe", "“Joe” approves nothing"), ("Sam Osei", "approves up to 45 GBP, and this is 76.80 GBP")):
        refused = run("remedy", "approve", remedy, "--by", by)
        assert refused.exit_code == 2
        assert words in refused.stderr
        assert "Ana Ruiz (Head of support) any sum" in refused.stderr
    assert "say why" in run("remedy", "approve", remedy, "--by", "Ana Ruiz", "--amount", "£31").stderr
    assert "--amount: 'much' is not an amount" in run("remedy", "approve", remedy, "--by", "Ana Ruiz", "--amount", "much").stderr
    done = run("remedy", "approve", remedy, "--by", "Ana Ruiz", "--amount", "£31", "--because", "three weeks late")
    assert done.exit_code == 0
    assert re.search(r"approved by Ana Ruiz, Head of support, .*: three weeks late", done.stdout)
    letter = run("incident", "update", incident)
    assert (letter.exit_code, "£31" in letter.stdout, "£11.20" in letter.stdout) == (0, True, True)
    shown = run("remedy", "show", incident).stdout
    assert (shown.count("replaced"), shown.count("approved by")) == (1, 1)
    assert "remedy approved: rem_" in run("incident", "show", incident).stdout
    more = run("remedy", "suggest", incident)
    assert (more.exit_code, "There is nothing to approve beyond that." in more.stdout) == (1, True)


def test_a_letter_that_promises_more_than_was_approved_is_blocked(store: Store, tmp_path: Path) -> None:
    """When it is prepared, and when it is said to be sent with other words."""
    incident = opened(tmp_path, remedies=[{"kind": "credit", "amount": "£15"}])
    assert run("incident", "update", incident).exit_code == 0
    remedy = suggested(incident)
    blocked = run("incident", "update", incident)
    assert (blocked.exit_code, "Nobody has approved this" in blocked.stdout) == (1, True)
    assert run("remedy", "refuse", remedy, "the customer wants none", "--by", "Ana Ruiz").exit_code == 0
    assert run("incident", "update", incident).exit_code == 1
    assert run("remedy", "approve", suggested(incident), "--by", "Ana Ruiz").exit_code == 0
    ready = json.loads(run("incident", "update", incident, "--format", "json").stdout)
    assert ready["draft"]["status"] == "ready"
    (tmp_path / "sent.txt").write_text(ready["draft"]["text"].replace("£15", "£20"), encoding="utf-8")
    assert run("incident", "sent", ready["draft_id"], tmp_path / "sent.txt").exit_code == 0
    (sent,) = store.sent.of(ready["draft_id"])
    assert "unapproved-remedy" in {finding.rule for finding in sent.findings}


def test_what_is_not_known_is_asked(store: Store, tmp_path: Path) -> None:
    """And nothing can be approved before."""
    incident = opened(tmp_path, loss=None, impacts=[])
    asked = run("remedy", "suggest", incident)
    assert asked.exit_code == 1
    assert "Not known, and asked:\n   What did they pay too much" in asked.stdout
    assert "There is nothing to approve before that is known." in asked.stdout
    assert "answer the questions first" in run("remedy", "approve", suggested(incident), "--by", "Ana Ruiz").stderr


def test_who_else_is_hit_is_asked_told_and_due(store: Store, tmp_path: Path) -> None:
    """Questions first, then a notice to all of them, and the record of who knows."""
    incident = opened(tmp_path)
    asked = run("incident", "contain", incident)
    assert asked.exit_code == 1
    assert "2. What must they stop doing now" in asked.stdout
    assert "say who must stop it" in run("incident", "contain", incident, "--stop", "Please stop").stderr
    blaming = run("incident", "contain", incident, "--who", "the club", "--stop", "You should have read the manual.")
    assert (blaming.exit_code, "--stop: “" in blaming.stderr) == (2, True)
    stop = "Please do not ride it until you hear from us"
    noted = run("incident", "contain", incident, "--who", "the club", "--who", "the rental shop", "--stop", stop)
    assert (noted.exit_code, noted.stdout.count("NOT TOLD"), noted.stdout.count(stop)) == (1, 2, 2)
    assert "word to others who are hit: tell the club" in run("incident", "due").stdout
    notice = run("incident", "contain", incident, "--notice")
    assert f"{stop}." in notice.stdout
    assert "Ravi" not in notice.stdout
    assert "notice to the club, the rental shop." in notice.stdout
    first, _ = re.findall(r"--told (exp_\w+)", notice.stdout)
    assert run("incident", "contain", incident, "--told", first).stdout.count("NOT TOLD") == 1
    told = run("incident", "contain", incident, "--told", "all", "--format", "json")
    assert (told.exit_code, [bool(one["told"]) for one in json.loads(told.stdout)["exposed"]]) == (0, [True, True])
    assert run("incident", "contain", incident, "--notice").exit_code == 2
