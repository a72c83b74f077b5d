"""Causes: what a text names as the cause of the failure, where the facts name another."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.lexicon import lines
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import content, tokens, word_class

_CAUSE = re.compile("|".join(lines("causing")), re.I)
_DOUBT = re.compile(r"\b(?:not|never|know|whether|if|may|might|perhaps|possibly|unknown)\b|n['’]t\b", re.I)
_FILLER = word_class("filler") | word_class("owning")


def made_up(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that names a cause of which most words are in no fact."""
    found: list[Act] = []
    for number, sentence in enumerate(reading.sentences):
        text = reading.text[sentence.start : sentence.end]
        match = _CAUSE.search(text)
        if not match or sentence.question or not reading.own(sentence.start):
            continue
        if not _DOUBT.search(text) and _strange(match, facts):
            found.append(reading.of_sentence(number)[0])
    return found


def _strange(match: re.Match[str], facts: Facts) -> bool:
    named = content(tokens(next(words for words in match.groups() if words))) - _FILLER
    return sum(word.lstrip("!") not in facts.roots for word in named) * 2 > len(named)
