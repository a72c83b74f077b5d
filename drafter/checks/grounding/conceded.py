"""Conceded: sentences that grant a point of law, such as liability, negligence or a waiver of terms, that no fact grants."""

from __future__ import annotations

import re
from functools import cache

from drafter.checks.fold import fold_pattern
from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.lexicon import lines
from drafter.checks.grounding.reading import Reading
from drafter.checks.pattern import seen

_WITHHELD = re.compile(  # before the words, in their own clause: no concession, or not ours
    r"\b(?:not|never|no|nor|neither|without|cannot|nothing|nobody|whether|if|unless|about|refuse[sd]?|declined?|deny|denies|denied"
    r"|ask(?:s|ed|ing)?|want(?:s|ed)?|demand(?:s|ed)?|request(?:s|ed)?|claim(?:s|ed)? that|say(?:s|ing)?|said|wrote|decide[sd]?"
    r"|consider(?:ing)?|unable|question of|point of|you (?:must|have to|should|are|will))\b|n['’]t\b",
    re.I,
)
_TURN = re.compile(r"[,;:–—(]\s|\b(?:and|but|so|because|which|that)\b", re.I)


def conceded(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that concedes a point of law of a kind that no fact concedes."""
    if not seen(_any(), reading.folded):
        return []
    settled = {kind for known in facts.known if not known.asked for kind in _kinds(known.text)}
    found: list[Act] = []
    for number, sentence in enumerate(reading.sentences):
        kinds = set() if sentence.question or not reading.own(sentence.start) else set(_kinds(reading.text[sentence.start : sentence.end]))
        if kinds - settled:
            found.append(reading.of_sentence(number)[0])
    return found


def _kinds(text: str) -> list[str]:
    """The kinds of concession that a sentence makes."""
    matches = ((kind, pattern.search(text)) for kind, pattern in _patterns())
    return [kind for kind, match in matches if match and not _WITHHELD.search(_before(text, match.start()))]


def _before(text: str, end: int) -> str:
    """What stands before a place, back to where its clause begins; all of it where the clause has no more than its subject."""
    turns = [turn.end() for turn in _TURN.finditer(text, 0, end)]
    clause = text[turns[-1] : end] if turns else text[:end]
    return clause if len(clause.split()) > 1 else text[:end]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split(" ", 1) for line in lines("concessions"))
    return tuple((kind, re.compile(pattern, re.I)) for kind, pattern in rows)


@cache
def _any() -> str:
    return fold_pattern("|".join(pattern.pattern for _, pattern in _patterns()))
