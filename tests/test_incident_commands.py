"""`drafter incident`: an outage from the first notice to the debrief, and what each command says when it comes too early."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from drafter.store import Store, open_store
from tests.shell import run

START = (datetime.now(UTC) - timedelta(days=20)).replace(hour=9, minute=10, second=0, microsecond=0)
FACTS: dict[str, Any] = {
    "company": "Harrow Cloud",
    "signer": {"name": "Ellen Marsh", "role": "Head of operations"},
    "customer": "Ravi Anand",
    "locale": "en-GB",
    "severity": "urgent",
    "as_of": f"{START:%Y-%m-%d %H:%M}",
}
PROBLEM: dict[str, Any] = {
    "what": "uploads have failed since 09:10",
    "ours": "we stopped your uploads with a change of ours",
    "impacts": ["your shop could not send pictures"],
    "cause": "unknown",
    "unknown": ["why the change stopped uploads"],
    "fixes": [{"doing": "two engineers are taking the change back"}],
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the commands of a test open."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)
    opened = open_store(address)
    yield opened
    opened.close()


def at(minutes: float = 0, days: float = 0) -> str:
    """A moment after the start, as it is typed."""
    return f"{START + timedelta(minutes=minutes, days=days):%Y-%m-%d %H:%M}"


def file(folder: Path, frame: dict[str, Any] | None = None, **changes: Any) -> Path:
    """A file of facts."""
    path = folder / "facts.yaml"
    YAML().dump({**FACTS, **(frame or {}), "problems": [{**PROBLEM, **changes}]}, path)
    return path


def opened(folder: Path) -> str:
    """The id of an incident that was opened a minute after it began."""
    done = run("incident", "open", file(folder), "--title", "uploads", "--noticed", at(1), "--format", "json", "--by", "ellen")
    assert done.exit_code == 0
    found: str = json.loads(done.stdout)["id"]
    return found


def sent(*arguments: str | Path, moment: str) -> dict[str, Any]:
    """What is said once the message that `update` prepares was sent at that moment; `arguments` are those of `update`."""
    done = run("incident", "update", *arguments, "--at", moment, "--format", "json", "--by", "ellen")
    assert done.exit_code == 0, done.stdout or done.stderr
    made = json.loads(done.stdout)
    told = run("incident", "sent", made["draft_id"], "--at", moment, "--format", "json")
    assert told.exit_code == 0, told.stderr
    return {**json.loads(told.stdout), "text": made["draft"]["text"]}


def test_an_outage_from_the_first_notice_to_the_debrief(store: Store, tmp_path: Path) -> None:
    """Each message comes from what is known, each step in its turn, and at the end nothing is due."""
    incident = opened(tmp_path)
    assert run("incident", "due").exit_code == 1
    first = sent(incident, moment=at(10))
    assert (first["state"], [promise["due"][11:16] for promise in first["promises"]]) == ("acknowledged", [at(40)[11:]])
    plan = {"next": [{"will": "I will write to you again", "on": at(70)}]}
    known = {"cause": "we released a change without a test of large files"}
    assert len(sent(incident, file(tmp_path, plan, **known), moment=at(39))["promises"]) == 1
    fixed: dict[str, Any] = {
        **known,
        "unknown": [],
        "fixes": [{"done": "we took the change back, and uploads have worked since 10:20", "on": at(70)}],
        "containment": [{"done": "we found no other service with that change", "on": at(75)}],
        "prevention": [{"done": "we test every change with large files", "on": at(80)}],
    }
    report = {"next": [{"will": "I will send you our report of what failed", "by": f"{START + timedelta(days=5):%Y-%m-%d}"}]}
    told = sent(incident, file(tmp_path, report, **fixed), "--version", "2", moment=at(69))
    assert [promise["owner"] for promise in told["promises"]] == ["Ellen Marsh"]
    assert run("incident", "resolve", incident, "--at", at(90)).exit_code == 0
    late = run("incident", "update", incident, "--at", at(days=8))
    assert late.exit_code == 2
    assert "and that is past; say what became of it" in late.stderr
    promise = told["promises"][0]["id"]
    done = run("incident", "promise", "broken", promise, "--will", "I will send you our report", "--on", at(days=9), "--at", at(days=8))
    assert (done.exit_code, "broken" in done.stdout) == (0, True)
    followed = sent(incident, moment=at(5, days=8))
    assert followed["state"] == "followed_up"
    assert "I said I would send you our report of what failed by" in followed["text"]
    assert run("incident", "move", incident, "debriefed").exit_code == 2
    run("incident", "promise", "kept", followed["promises"][0]["id"], "I sent you our report")
    assert run("incident", "move", incident, "debriefed", "--because", "see the wiki").exit_code == 0
    assert (run("incident", "due").stdout, run("incident", "due").exit_code) == ("Nothing is due.\n", 0)
    shown = run("incident", "show", incident).stdout
    for words in (
        "noticed (ellen), written down",
        "message sent: holding",
        "message sent: follow up",
        "promise prm_",
        "debriefed: see the wiki",
    ):
        assert words in shown
    data = json.loads(run("incident", "show", incident, "--format", "json").stdout)
    assert [message["kind"] for message in data["sent"]] == ["holding", "update", "apology", "follow_up"]
    assert {promise["state"] for promise in data["promises"]} == {"kept", "broken"}


def test_what_is_due_and_what_cannot_be_met_is_said(store: Store, tmp_path: Path) -> None:
    """At once, on opening; `due` ends with 1 where something is overdue, and as of another moment it may not be."""
    done = run("incident", "open", file(tmp_path), "--noticed", at(0))
    assert done.exit_code == 0
    assert "Cannot be met: the first word was due 15 minutes after it was noticed" in done.stderr
    late = run("incident", "due")
    assert (late.exit_code, "OVERDUE" in late.stdout) == (1, True)
    early = run("incident", "due", "--at", at(1), "--format", "json")
    assert (early.exit_code, json.loads(early.stdout)["step"]) == (0, "first_word")
    assert run("incident", "list", "--state", "noticed").stdout.startswith("inc_")
    assert "There are no such incidents" in run("incident", "list", "--state", "resolved").stdout
    assert run("incident", "promises").stdout == "Nothing was promised.\n"


def test_facts_are_printed_to_be_changed_and_given_back(store: Store, tmp_path: Path) -> None:
    """The file knows its version; what two people changed goes together, and the same fact is refused with both."""
    incident = opened(tmp_path)
    mine, theirs = tmp_path / "mine.yaml", tmp_path / "theirs.yaml"
    text = run("incident", "facts", incident).stdout
    assert text.startswith(f"# {incident} version 1\n")
    mine.write_text(text.replace("cause: unknown", "cause: we released an untested change"), encoding="utf-8")
    theirs.write_text(text.replace("your shop could not send pictures", "your shop sent no pictures"), encoding="utf-8")
    assert "The facts are the same" in run("incident", "update", incident, "--no-draft", "-", given=text).stdout
    assert "Facts version 2, 1 change" in run("incident", "update", incident, theirs, "--no-draft", "--by", "sam").stdout
    done = run("incident", "update", incident, mine, "--no-draft", "--format", "json")
    assert done.exit_code == 0
    assert [change["after"] for change in json.loads(done.stdout)["theirs"]] == ["your shop sent no pictures"]
    mine.write_text(text.replace("your shop could not send pictures", "you could send no pictures"), encoding="utf-8")
    refused = run("incident", "update", incident, mine, "--no-draft")
    assert refused.exit_code == 2
    assert "version 3" in refused.stderr
    assert "“your shop sent no pictures” now, and yours says “you could send no pictures”" in refused.stderr
    assert "could not" in run("incident", "facts", incident, "--version", "1").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("resolve", "ID"), "no message was sent yet"),
        (("move", "ID", "resolvd"), "did you mean 'resolved'?"),
        (("update", "ID", "--kind", "follow_up"), "a follow-up comes after it is resolved"),
        (("update", "ID", "--at", "2026-03-12"), "write its hour too"),
        (("update", "ID", "--at", "next week"), "--at"),
        (("note", "ID", " "), "the note is empty"),
        (("note", "ID", "it is over", "--at", "2199-01-01 10:00"), "still to come"),
        (("note", "ID", "it is over", "--as", "remark"), "note, received, containment"),
        (("note", "inc_none", "it is over"), "there is no incident 'inc_none'"),
        (("show", "inc_none"), "there is no incident 'inc_none'"),
        (("sent", "dr_none"), "there is no draft 'dr_none'"),
        (("due", "--at", "soon"), "not a moment such as"),
        (("promises", "--state", "late"), "open, kept, broken, dropped"),
        (("promise", "kept", "prm_none", "I did"), "there is no promise 'prm_none'"),
        (("list", "--format", "yaml"), "'yaml' is not one of text, json"),
    ],
)
def test_what_cannot_be_done_says_why(store: Store, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, on stderr, and nothing changes."""
    incident = opened(tmp_path)
    done = run("incident", *(incident if word == "ID" else word for word in arguments))
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert len(store.courses.get(incident).entries) == 1


def test_a_file_has_to_say_which_version_it_started_from(store: Store, tmp_path: Path) -> None:
    """Once there is more than one; and the facts of another incident are refused."""
    incident = opened(tmp_path)
    run("incident", "note", incident, "Any news?", "--as", "received", "--at", at(20))
    run("incident", "update", incident, file(tmp_path, cause="we released an untested change"), "--no-draft")
    stale = run("incident", "update", incident, file(tmp_path), "--no-draft")
    assert (stale.exit_code, "say which version the file started from: --version N; the latest is 2" in stale.stderr) == (2, True)
    other = run("incident", "update", incident, "-", given="# inc_other version 1\ncompany: A\n")
    assert (other.exit_code, "this file holds the facts of inc_other" in other.stderr) == (2, True)
    kept = run("incident", "update", incident, file(tmp_path), "--version", "2", "--kind", "follow_up", "--format", "json")
    assert (kept.exit_code, json.loads(kept.stdout)["version"], "after it is resolved" in kept.stderr) == (2, 3, True)
    assert "from the customer: Any news?" in run("incident", "show", incident).stdout
    refused = run("incident", "promise", "broken", "prm_none", "--on", "2026-03-12")
    assert refused.exit_code == 2


def test_what_was_wrong_is_corrected_in_the_next_message(store: Store, tmp_path: Path) -> None:
    """By the facts where they changed, by a person where they cannot tell; what was true at its time is left alone."""
    incident = opened(tmp_path)
    plan = {"next": [{"will": "I will write to you again", "on": at(200)}]}
    known = {"known": ["no pictures were lost", "two shops are hit"]}
    run("incident", "update", incident, file(tmp_path, plan, **known), "--no-draft")
    assert "no pictures were lost" in sent(incident, moment=at(10))["text"]
    lost = {"known": ["40 of your pictures were lost", "25 shops are hit"]}
    changed = run("incident", "update", incident, file(tmp_path, plan, **lost), "--version", "2", "--no-draft", "--at", at(20))
    assert f"The next message corrects what was said on {at(10)}: “no pictures were lost”; right is “40 of your pictures were lost”" in (
        changed.stdout
    )
    assert "shops are hit”; right" not in changed.stdout
    wrong = run("incident", "correct", incident, "your shop could not send pictures", "your shop could not send pictures or films")
    assert wrong.exit_code == 0, wrong.stderr
    for arguments, said in (
        ((), "say what is right, or --true-then"),
        (("the roof is blue",), "no message that was sent says “the roof is red”"),
    ):
        refused = run("incident", "correct", incident, "the roof is red", *arguments)
        assert (refused.exit_code, said in refused.stderr) == (2, True)
    data = json.loads(run("incident", "show", incident, "--format", "json").stdout)
    assert [one["said"] for one in data["corrections"]] == ["no pictures were lost"]
    text = sent(incident, moment=at(30))["text"]
    assert "I told you that your shop could not send pictures. That was wrong: your shop could not send pictures or films." in text
    assert "I also told you that no pictures were lost. That was wrong: 40 of your pictures were lost." in text
    kept = run("incident", "correct", incident, "40 of your pictures were lost", "--true-then", "--format", "json")
    assert [one["true_then"] for one in json.loads(kept.stdout)["facts"]["corrections"]] == [False, True]
