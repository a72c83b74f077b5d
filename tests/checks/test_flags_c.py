"""All flags on how companies deflect in practice: how many deflecting sentences are noticed, and how few harmless ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan

DATA = Path(__file__).parent / "data"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (DATA / "flags_c.jsonl").read_text("utf-8").splitlines()]
DEFLECTING = [row for row in ROWS if row["rules"]]
HARMLESS = [row["text"] for row in ROWS if not row["rules"]]
NOTICED = {1: 0.95, 2: 0.95, 3: 0.8}  # the third was written last, after most of the mending
NAMED = 0.88
ALARMS = 0.01


@cache
def grave(text: str, *, voice: bool = False) -> frozenset[str]:
    """The rules that raise an error or a warning on a text, with or without the voice of the classifier."""
    findings = scan(analyse(text), rules_for("en"), voice=voice)
    return frozenset(finding.rule for finding in findings if finding.severity != "suggestion")


def test_the_set_is_balanced_and_without_doubles() -> None:
    """Figures mean something only with as many harmless sentences as deflecting ones, over most of the rules."""
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 480
    assert 0.45 <= len(DEFLECTING) / len(ROWS) <= 0.55
    assert len({rule for row in DEFLECTING for rule in row["rules"]}) >= 17
    assert {row["round"] for row in ROWS} == {1, 2, 3}


@pytest.mark.parametrize("part", NOTICED)
def test_deflecting_sentences_are_noticed(part: int) -> None:
    """The share of deflecting sentences of each round that raise any error or warning stays at its floor."""
    texts = [row["text"] for row in DEFLECTING if row["round"] == part]
    silent = [text for text in texts if not grave(text)]
    assert 1 - len(silent) / len(texts) >= NOTICED[part], silent


def test_they_are_noticed_for_the_right_reason() -> None:
    """The share of deflecting sentences whose labelled rule speaks stays at its floor."""
    other = [row["text"] for row in DEFLECTING if not grave(row["text"]) & set(row["rules"])]
    assert 1 - len(other) / len(DEFLECTING) >= NAMED, other


def test_harmless_messages_stay_silent() -> None:
    """Fewer than one harmless sentence in a hundred raises an error or a warning."""
    alarms = {text: sorted(grave(text)) for text in HARMLESS if grave(text)}
    assert len(alarms) < ALARMS * len(HARMLESS), alarms


def letters() -> list[str]:
    """The composed letters and the fair paraphrases of letters."""
    golden = [path.read_text("utf-8") for path in sorted((DATA.parents[1] / "data" / "golden").glob("*.txt"))]
    fair = [json.loads(line)["text"] for line in (DATA / "paraphrases.jsonl").read_text("utf-8").splitlines()]
    return golden + fair


def test_good_letters_stay_silent() -> None:
    """No composed letter and no fair paraphrase raises an error or a warning of any flag, with the voice too."""
    assert len(letters()) > 100
    assert {text: sorted(grave(text, voice=True)) for text in letters() if grave(text, voice=True)} == {}


@pytest.mark.parametrize(
    ("rule", "hidden", "open_"),
    [
        ("agentless-harm", "Your recording was deleted by mistake.", "The recording has been deleted from our system, as you wanted."),
        ("denial", "Our engineers found no error.", "The technician found no technical fault."),
        ("hedged-admission", "There may have been a delay in answering you.", "There may be a short delay before the email arrives."),
        ("distant-apology", "I apologise for what happened.", "I apologise for what happened. I gave your room away at six."),
        ("distant-apology", "I apologise for what happened.", "We forgot to send the form. I apologise for what happened."),
        ("blame-customer", "Had the form been filled in, you would have the place.", "If you fill in the form today, you get the place."),
        ("blame-other", "The delay was caused by our bank.", "Bins are emptied on Thursday because of the bank holiday."),
        ("minimise", "Other schools were short as well.", "Nine other schools were short that day as well."),
        ("vague-remedy", "I asked the adviser to check it.", "You asked us to pay another adviser to check our work."),
    ],
)
def test_what_looks_alike_is_told_apart(rule: str, hidden: str, open_: str) -> None:
    """The same words are flagged where they deflect and left alone where they inform."""
    assert rule in grave(hidden)
    assert rule not in grave(open_)
