"""Every rule file: its examples flag and pass as they say, and it says what a user needs."""

from __future__ import annotations

import re

import pytest

from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan, spans
from drafter.checks.rule import Rule

RULES = rules_for("en")
FLAGS = [
    pytest.param(rule, example, id=f"{rule.id}-{n}")
    for rule in RULES.rules.values()
    if rule.kind == "flag"
    for n, example in enumerate(rule.flags)
]
PASSES = [
    pytest.param(rule, example, id=f"{rule.id}-{n}")
    for rule in RULES.rules.values()
    if rule.kind == "flag"
    for n, example in enumerate(rule.passes)
]


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and the spans that they marked."""
    found, shift = [], 0
    for match in re.finditer(r"\[([^\]]*)\]", example):
        found.append((match.start() - shift, match.end() - shift - 2))
        shift += 2
    return re.sub(r"\[([^\]]*)\]", r"\1", example), found


def flagged(rule: Rule, text: str) -> list[tuple[int, int]]:
    """Where the rule flags the text, in the whole set of rules; an element is where it is found."""
    document = analyse(text)
    if rule.kind == "element":
        return spans(document, rule.id, RULES)
    return [(finding.start, finding.end) for finding in scan(document, RULES, public=rule.public, voice=False) if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "example"), FLAGS)
def test_each_bad_example_is_flagged_at_exactly_its_brackets(rule: Rule, example: str) -> None:
    """The span a user sees underlined is the one its author marked."""
    text, expected = marked(example)
    assert expected, f"{rule.id}: mark the span with [brackets]: {example}"
    assert flagged(rule, text) == expected, [text[start:end] for start, end in flagged(rule, text)]


@pytest.mark.parametrize(("rule", "example"), PASSES)
def test_each_good_example_passes(rule: Rule, example: str) -> None:
    """The harmless neighbours of a fault are left alone by its rule."""
    assert flagged(rule, example) == [], [example[start:end] for start, end in flagged(rule, example)]


@pytest.mark.parametrize("rule", [rule for rule in RULES.rules.values() if rule.kind == "flag"], ids=lambda rule: rule.id)
def test_each_flag_has_examples_sources_and_a_short_message(rule: Rule) -> None:
    """A rule without examples cannot be trusted, and one without a short reason cannot be followed."""
    assert len(rule.flags) >= 6
    assert len(rule.passes) >= 8
    assert rule.source
    assert len(rule.message) <= 240


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_each_message_passes_the_rules_themselves(rule: Rule) -> None:
    """What the product tells people, quotations aside, has nothing of what it flags."""
    assert scan(analyse(rule.message), RULES, public=True, voice=False) == []
