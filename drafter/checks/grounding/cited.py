"""Cited: rules, small print and ways to reach us that a text rests on, and that no fact has."""

from __future__ import annotations

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.tables import anywhere, pattern
from drafter.checks.grounding.words import base


def rules_cited(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that rests on a rule, a law or terms of which no fact knows."""
    return _resting("small_print", reading, facts)


def channels_named(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that offers a way to reach us, or to serve oneself, of which no fact knows."""
    return _resting("channels", reading, facts)


def _resting(table: str, reading: Reading, facts: Facts) -> list[Act]:
    if not anywhere(table, reading):
        return []
    found: list[Act] = []
    for number, sentence in enumerate(reading.sentences):
        match = pattern(table).search(reading.text, sentence.start, sentence.end)
        if not match or sentence.question or not reading.own(sentence.start):
            continue
        words = next(group for group in match.groups() if group).lower().split()
        if not {base(word) for word in words} & facts.bases:
            found.append(reading.of_sentence(number)[0])
    return found
