"""Coverage: where a text states a fact, by its values and by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.matching import equal
from drafter.checks.grounding.owed import Owed
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.value import Value
from drafter.checks.report import Covered
from drafter.incident import Incident, Role

ENOUGH = 0.5  # of what a fact weighs
WHOLE = 0.9  # nothing else explains a window that says so much of a fact
_VALUE = 1.0  # a value weighs as much as a word that no other fact has
_REFUSAL = re.compile(
    r"\b(?:can['’]?t|cannot|can not|won['’]t|unable|not able|declin\w+|refus\w+|not possible|impossible|no longer|don['’]t|do not|doesn['’]t|isn['’]t"
    r"|not|no|without|couldn['’]t|never)\b",
    re.I,
)


@dataclass(frozen=True)
class _Window:
    """One clause, sentence or pair of sentences of the text, with what it says."""

    start: int
    end: int
    words: frozenset[str]
    values: tuple[Value, ...]


def cover(text: str, incident: Incident, fact_ids: Sequence[str]) -> tuple[Covered, ...]:
    """Where `text` states each of `fact_ids`, None where it does not.

    Raises:
        KeyError: an id is not one of the incident's facts.
    """
    facts = facts_of(incident)
    reading = read(text, facts.frame, facts.locked)
    windows = _windows(reading)
    roles = {stated.id: stated.role for stated in incident.facts}
    return tuple(Covered(fact=fact_id, role=roles[fact_id], span=_span_of(fact_id, roles, facts, windows, text)) for fact_id in fact_ids)


def _span_of(fact_id: str, roles: dict[str, Role], facts: Facts, windows: list[_Window], text: str) -> tuple[int, int] | None:
    """Where a fact is said; what went wrong is also said by saying what we did."""
    span = _span(fact_id, facts, windows, text)
    if span is None and roles[fact_id] == "problem" and f"{fact_id}.ours" in roles:
        return _span(f"{fact_id}.ours", facts, windows, text)
    return span


def _span(fact_id: str, facts: Facts, windows: list[_Window], text: str) -> tuple[int, int] | None:
    owed = facts.owed.get(fact_id)
    if owed is None:
        return None
    if not owed.words:
        return _named(owed, text)
    best, span = 0.0, None
    for window in windows:
        if owed.words.isdisjoint(window.words):
            continue
        score = _score(owed, window, facts)
        if score <= best or score < ENOUGH or (owed.refusal and not _REFUSAL.search(text, window.start, window.end)):
            continue
        if score >= WHOLE or not _rivalled(owed, window, score, facts):
            best, span = score, (window.start, window.end)
    return span


def _named(owed: Owed, text: str) -> tuple[int, int] | None:
    """Where a fact of values alone (a number, an address) stands word for word."""
    at = text.find(owed.text)
    return (at, at + len(owed.text)) if at >= 0 and owed.text else None


def _windows(reading: Reading) -> list[_Window]:
    by_sentence: dict[int, list[Act]] = {}
    for act in reading.acts:
        if reading.own(act.start):
            by_sentence.setdefault(act.sentence, []).append(act)
    sentences = list(by_sentence.values())
    found = [_window([act]) for group in sentences for act in group]
    found += [_window(group) for group in sentences if len(group) > 1]
    return found + [_window([*one, *two]) for one, two in zip(sentences, sentences[1:], strict=False)]


def _window(group: list[Act]) -> _Window:
    words = frozenset[str]().union(*(said(act) for act in group))
    return _Window(group[0].start, group[-1].end, words, tuple(value for act in group for value in act.values))


def _score(owed: Owed, window: _Window, facts: Facts) -> float:
    """How much of a fact a window says, 0 to 1: its words by how telling they are, and its values."""
    shared = sum(owed.weights[word] for word in owed.words & window.words)
    share = shared / owed.weight
    day = 0.05 if owed.days and any(_held(value, window, facts) for value in owed.days) else 0.0
    if not owed.values:
        return min(1.0, share + day)
    held = sum(_held(value, window, facts) for value in owed.values)
    if held < len(owed.values) and not (share >= 0.7 and len(owed.words) > 2):
        return 0.0 if held == 0 else min(ENOUGH - 0.01, share)
    return min(1.0, (shared + _VALUE * held) / (owed.weight + _VALUE * len(owed.values)) + day)


def _held(value: Value, window: _Window, facts: Facts) -> bool:
    return any(equal(other, value, facts) for other in window.values)


def _rivalled(owed: Owed, window: _Window, score: float, facts: Facts) -> bool:
    """Whether another fact explains the same words better, so that they do not state this one."""
    shared = owed.words & window.words
    for other in facts.owed.values():
        if (
            other is not owed
            and shared <= other.words
            and len(other.words & window.words) > len(shared)
            and _score(other, window, facts) > score
        ):
            return True
    return False
