"""Verbatim: where a text tells a fact in the fact's own words, which then neither invent, reverse nor contradict anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.report import Finding

Span = tuple[int, int]
_LEAST = 3  # words: fewer may stand anywhere by chance
_WORD = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*|[$£€¥₹%]")
_SHORT = {"ll": "will", "ve": "have", "re": "are", "m": "am"}
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}
_DOUBTED = re.compile(  # what stands behind such words is denied, doubted or bound to something
    r"\b(?:not|never|no|nobody|cannot|if|unless|until|once|whether|hope|hopefully|wish|would|could|might|may|should|almost|nearly|untrue|false|why)\b"
    r"|n['’]t\b",
    re.I,
)
_AROUND = frozenset({"on", "at", "by", "since", "from", "in", "until", "the", "and", "today", "yesterday", "tomorrow"})
_UNSAID = frozenset({"thread", "locked", "unknown", "company", "signer", "customer", "person", "reference"})
_OPEN = frozenset({"pending", "declined"})


def stretches(text: str, clause: str) -> tuple[Span, ...]:
    """Where a text has a clause word for word, in short or in long forms, with nothing before it that takes it back."""
    words, wanted = _words(text), _words(clause)
    if len(wanted) < _LEAST or len(words) < len(wanted):
        return ()
    row, key = _row(words), _row(wanted)
    found, at = [], row.find(key)
    while at >= 0:
        first = row.count(" ", 0, at + 1) - 1
        start, end = words[first][1], words[first + len(wanted) - 1][2]
        if not _DOUBTED.search(_lead(text, start)):
            found.append((start, end))
        at = row.find(key, at + 1)
    return tuple(found)


def own_words(reading: Reading, facts: Facts) -> list[tuple[Span, str]]:
    """Where a text tells a fact in the fact's own words, with the fact: no ask, nothing that is open, refused or not known."""
    asked = {ask.text for ask in facts.incident.asks}
    said = [(line, known.id) for known in facts.known if _says(known) for line in known.text.split("\n")]
    return [(span, name) for line, name in said if line.rstrip(".") not in asked for span in stretches(reading.text, line)]


def within(finding: Finding, span: Span, reading: Reading) -> bool:
    """Whether a finding stands in a fact's own words.

    A date before or behind them is held to its own facts; only where an event is doubted may it stand around them.
    """
    start, end = span
    if start <= finding.start and finding.end <= end:
        return True
    if finding.rule != "ungrounded-event" or finding.end <= start or end <= finding.start:
        return False
    around = [(finding.start, start), (end, finding.end)]
    return all(_is_moment(reading, one, other) for one, other in around if one < other)


def _is_moment(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing but a day or an hour stands there."""
    days: list[Value] = [value for value in reading.values if value.kind in ("date", "time")]
    return all(
        word in _AROUND or any(day.start <= at < day.end for day in days) for word, at, _ in _words(reading.text[start:end], offset=start)
    )


def _says(known: Known) -> bool:
    return not known.asked and known.role not in _UNSAID and known.state not in _OPEN


def _lead(text: str, start: int) -> str:
    """What stands before a place in its sentence."""
    before = text[max(0, start - 200) : start]
    return re.split(r"[.!?…]\s|\n|;|, (?:and|but|so|because) ", before)[-1]


def _row(words: Sequence[tuple[str, int, int]]) -> str:
    return f" {' '.join(word for word, _, _ in words)} "


def _words(text: str, *, offset: int = 0) -> list[tuple[str, int, int]]:
    found = []
    for match in _WORD.finditer(text):
        found += [(word, match.start() + offset, match.end() + offset) for word in _whole(match[0].lower().replace("’", "'"))]
    return found


@lru_cache(maxsize=4096)
def _whole(word: str) -> tuple[str, ...]:
    """A word in its long form: "we'll" as "we will", "didn't" as "did not"."""
    if word == "cannot":
        return ("can", "not")
    stem, mark, rest = word.rpartition("'")
    if not mark:
        return (word,)
    if rest == "t" and stem.endswith("n"):
        stem = stem.removesuffix("n")
        return (_NEGATED.get(stem, stem), "not")
    return (stem, _SHORT[rest]) if rest in _SHORT else (word,)
