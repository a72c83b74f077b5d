"""Cited: rules, small print and ways to reach us that a text rests on, and that no fact has."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.lexicon import lines
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import base

_RULES = re.compile("|".join(lines("small_print")), re.I)
_CHANNELS = re.compile("|".join(lines("channels")), re.I)


def rules_cited(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that rests on a rule, a law or terms of which no fact knows."""
    return _resting(_RULES, reading, facts)


def channels_named(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that offers a way to reach us, or to serve oneself, of which no fact knows."""
    return _resting(_CHANNELS, reading, facts)


def _resting(pattern: re.Pattern[str], reading: Reading, facts: Facts) -> list[Act]:
    if not pattern.search(reading.text):
        return []
    found: list[Act] = []
    for number, sentence in enumerate(reading.sentences):
        match = pattern.search(reading.text, sentence.start, sentence.end)
        if not match or sentence.question or not reading.own(sentence.start):
            continue
        words = next(group for group in match.groups() if group).lower().split()
        if not {base(word) for word in words} & facts.bases:
            found.append(reading.of_sentence(number)[0])
    return found
