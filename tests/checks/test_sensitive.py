"""Signs of a sensitive matter: seen in the customer's words, and not in words that only look alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drafter.checks.sensitive import DECLARED, lists, releasers, signs, signs_in
from drafter.errors import RuleError
from drafter.incident import Incident
from drafter.incident.parts import Message

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "sensitive.jsonl").read_text("utf-8").splitlines()]


def incident(**more: Any) -> Incident:
    """A plain late parcel, with what a test adds."""
    facts: dict[str, Any] = {
        "company": "Fen & Daughters",
        "signer": "Ada Fenn",
        "problems": [{"what": "your parcel is late", "ours": "we posted your parcel four days late"}],
    }
    return Incident(**{**facts, **more})


def from_customer(text: str, **more: Any) -> Incident:
    """The same with a message of the customer's."""
    return incident(thread=[Message(by="customer", text=text)], **more)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_each_snippet_shows_exactly_its_signs(row: dict[str, Any]) -> None:
    """Hurt, data, law, fraud and the rest are told from their look-alikes."""
    assert set(signs_in(row["text"])) == set(row["signs"])


def test_half_of_the_snippets_are_look_alikes() -> None:
    """The data can show false alarms as well as misses."""
    harmless = [row for row in ROWS if not row["signs"]]
    assert len(ROWS) >= 80
    assert 0.4 < len(harmless) / len(ROWS) < 0.6


def test_every_sign_has_a_snippet_and_someone_who_releases() -> None:
    """No list is without a test or without a person to turn to."""
    shown = {words for row in ROWS for words in row["signs"]}
    assert {sign.words for sign in lists("en")} == shown
    assert all(releasers((sign.words,)) == sign.release for sign in lists("en"))


@pytest.mark.parametrize(
    "field",
    [
        {"what": "a jug broke and cut your daughter's hand", "ours": "we sent a cracked jug"},
        {"what": "a jug broke", "ours": "we sent a cracked jug", "impacts": ["it cut your daughter's hand"]},
    ],
)
def test_a_sign_in_the_facts_counts(field: dict[str, Any]) -> None:
    """A person who enters an injury as a fact need not declare it too."""
    assert signs(incident(problems=[field])) == ("an injury",)


def test_a_sign_in_an_ask_counts() -> None:
    """A demand can carry the sign."""
    assert signs(incident(asks=["whether my solicitor may see the recording"])) == ("a lawyer or a court case",)


def test_our_own_messages_are_not_read() -> None:
    """Boilerplate under our mails about the ombudsman says nothing about this matter."""
    ours = Message(by="us", text="If you are not happy you may go to the ombudsman. Fen & Daughters is regulated by the FCA.")
    assert signs(incident(thread=[ours])) == ()


def test_quoted_lines_and_disclaimers_are_not_read() -> None:
    """What the customer's mail program adds is not what the customer says."""
    disclaimer = "This e-mail and any attachments are confidential and may contain legally privileged advice."
    text = f"Where is it?\n\n> you may write to the ombudsman\n\n{disclaimer}"
    assert signs(from_customer(text)) == ()


def test_a_declaration_wins_over_detection() -> None:
    """False switches detection off; true without a sign says that it was declared."""
    assert signs(from_customer("I broke my arm on your step", sensitive=False)) == ()
    assert signs(incident(sensitive=True)) == (DECLARED,)
    assert signs(from_customer("I broke my arm on your step", sensitive=True)) == ("an injury",)


def test_each_releaser_is_named_once() -> None:
    """Two signs with one owner do not name the owner twice."""
    assert releasers(("an injury", "an illness")) == "your claims or legal lead"
    assert "legal lead" in releasers((DECLARED,))


def test_a_language_without_lists_has_no_signs() -> None:
    """Detection in another language is silent rather than wrong."""
    assert signs_in("Mein Anwalt meldet sich", "xx") == ()


def test_a_list_that_breaks_the_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing head and a pattern that does not compile are named with their file."""
    folder = tmp_path / "zz" / "sensitive"
    folder.mkdir(parents=True)
    monkeypatch.setattr("drafter.checks.sensitive._FOLDER", tmp_path)
    (folder / "flood.txt").write_text("\\bflood\\b\n", "utf-8")
    with pytest.raises(RuleError, match=r"flood\.txt"):
        lists.__wrapped__("zz")
    (folder / "flood.txt").write_text("# sign: a flood\n# release: your site lead\n\\bflood(\n", "utf-8")
    with pytest.raises(RuleError, match="line 3"):
        lists.__wrapped__("zz")
