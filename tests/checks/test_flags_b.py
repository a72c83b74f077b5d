"""Fifteen flag rules on labelled sentences of many trades and registers: what they catch, and what they leave alone."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "flags_b.jsonl").read_text("utf-8").splitlines()
]
PRECISION = 0.97
RECALL = {
    "blame-customer": 0.94,
    "blame-other": 0.91,
    "minimise": 0.95,
    "excuse": 0.95,
    "stock-phrase": 0.94,
    "self-praise": 0.95,
    "vague-remedy": 0.95,
    "unbacked-promise": 0.95,
    "sender-centred": 0.95,
    "policy-shield": 0.91,
    "closure-demand": 0.95,
    "jargon-euphemism": 0.95,
    "flippant": 0.82,
    "sell": 0.95,
    "public-disclosure": 0.94,
}


@cache
def found(text: str, public: bool) -> dict[str, str]:
    """The rules of this file that flag a text, with their severity."""
    return {
        finding.rule: finding.severity
        for finding in scan(analyse(text), rules_for("en"), public=public, voice=False)
        if finding.rule in RECALL
    }


def flagged(row: dict[str, Any]) -> dict[str, str]:
    """What is found in a row, on the channel it is labelled for."""
    return found(row["text"], row.get("public", False))


@cache
def tallies() -> Counter[tuple[str, str]]:
    """How often each rule was right, wrong, or silent where it should speak."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in ROWS:
        got, wanted = set(flagged(row)), set(row["rules"])
        counted.update((rule, "right") for rule in got & wanted)
        counted.update((rule, "wrong") for rule in got - wanted)
        counted.update((rule, "silent") for rule in wanted - got)
    return counted


def test_the_labelled_set_is_broad_and_half_clean() -> None:
    """Figures mean something only with enough faults of each kind and as many harmless sentences."""
    counts = Counter(rule for row in ROWS for rule in row["rules"])
    assert set(counts) == set(RECALL)
    assert min(counts.values()) >= 12
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 450
    assert 0.45 <= sum(not row["rules"] for row in ROWS) / len(ROWS) <= 0.6


@pytest.mark.parametrize("rule", RECALL)
def test_each_rule_catches_its_faults_in_many_wordings(rule: str) -> None:
    """The share of labelled faults that a rule finds stays at its floor."""
    counted = tallies()
    share = counted[rule, "right"] / (counted[rule, "right"] + counted[rule, "silent"])
    assert share >= RECALL[rule], [row["text"] for row in ROWS if rule in row["rules"] and rule not in flagged(row)]


@pytest.mark.parametrize("rule", RECALL)
def test_each_rule_is_right_when_it_speaks(rule: str) -> None:
    """The share of a rule's findings that the labels confirm stays at its floor."""
    counted = tallies()
    share = counted[rule, "right"] / (counted[rule, "right"] + counted[rule, "wrong"])
    assert share >= PRECISION, [row["text"] for row in ROWS if rule not in row["rules"] and rule in flagged(row)]


def test_harmless_messages_raise_no_error_or_warning() -> None:
    """Everyday traffic and sentences with the same words but no fault stay unflagged by these rules."""
    alarms = {row["text"]: grave for row in ROWS if not row["rules"] and (grave := _grave(row))}
    assert alarms == {}


def _grave(row: dict[str, Any]) -> list[str]:
    return [rule for rule, severity in flagged(row).items() if severity != "suggestion"]


def test_personal_details_are_flagged_only_where_everyone_can_read() -> None:
    """The same sentence is fine in a private reply and an error in a public one."""
    personal = [row for row in ROWS if "public-disclosure" in row["rules"]]
    assert {found(row["text"], True).get("public-disclosure") for row in personal} == {"error"}
    assert not any("public-disclosure" in found(row["text"], False) for row in personal)


@pytest.mark.parametrize(
    ("rule", "alone", "mended"),
    [
        ("blame-other", "Our courier lost the crate.", "Our courier lost the crate. We chose that courier, so this is ours to put right."),
        ("excuse", "We were short-staffed on Monday.", "We were short-staffed on Monday. That was our planning mistake."),
        ("vague-remedy", "We're looking into the missing boat.", "We're looking into the missing boat. I'll write to you by 15:00."),
        ("vague-remedy", "We'll look into it.", "Could you send us the boat's number? We'll look into it."),
        ("unbacked-promise", "This will never happen again.", "This will never happen again: the old form was removed today."),
        ("closure-demand", "Thank you for your patience.", "I'm sorry we kept you waiting. Thank you for your patience."),
        (
            "policy-shield",
            "Our policy does not allow a refund.",
            "Our policy does not allow a refund, so I've sent a new lamp.",
        ),
    ],
)
def test_a_take_back_or_a_concrete_step_beside_it_clears_the_flag(rule: str, alone: str, mended: str) -> None:
    """What the same or the neighbouring sentence puts right is not held against the writer."""
    assert rule in found(alone, False)
    assert rule not in found(mended, False)
