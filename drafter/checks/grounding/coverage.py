"""Coverage: where a text states a fact, by its values and by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.checks.grounding.contrary import Contrary, contraries, families
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.owed import CONTACT, Owed, family
from drafter.checks.grounding.reading import read
from drafter.checks.grounding.sharing import ROUNDING, Clause, Shared, clauses, when
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.verbatim import stretches
from drafter.checks.report import Covered
from drafter.incident import Incident, Role

OWN = 0.25  # of what a fact weighs, where a word or value is its own alone
SHARED = 0.37  # where others have them too
DEED = 0.55  # the same for what we did: what went wrong has half of its words
APART = 0.15  # more, where it is spread over two sentences
_FAR_APART = 200  # characters between the first and the last clause
_MOMENT = 0.4  # what the day or hour of a fact adds
_TO_COME = 0.9  # the same for what is still to come: its hour is half of it
_MOST = 0.6  # of a fact's words: its values may then be left out
_NO = r"(?:can['’]?t|cannot|can not|won['’]t|don['’]t|do not|doesn['’]t|isn['’]t|not|no|never|couldn['’]t|nothing|none)"
_REFUSAL = re.compile(rf"\b(?:{_NO}|unable|declin\w+|refus\w+|impossible|without)\b", re.I)
_UNKNOWN = re.compile(
    r"\b(?:unknown|unclear|open question|finding out|find out"
    r"|(?:\w+n['’]t|cannot|not|nor|neither|nobody|no one|none)\b.{0,40}\b(?:know|known|say|tell|give|clear|sure|found))",
    re.I,
)
_WONDERS = {"why": r"\b(?:why|cause|reason)\b", "what": r"\b(?:what|why|cause|reason)\b", "when": r"\b(?:when|time|date|how long)\b"}


class _Window(NamedTuple):
    """One clause, sentence or pair of sentences; `names` are the facts that it gives something."""

    clauses: tuple[Clause, ...]
    names: frozenset[str]

    @property
    def span(self) -> tuple[int, int]:
        """From its first to its last word."""
        return self.clauses[0].start, self.clauses[-1].end


def cover(text: str, incident: Incident, fact_ids: Sequence[str]) -> tuple[Covered, ...]:
    """Where `text` states each of `fact_ids`, None where it does not.

    Raises:
        KeyError: an id is not one of the incident's facts.
    """
    facts = facts_of(incident)
    reading = read(text, facts.frame, facts.locked)
    against = contraries(reading, facts)
    windows = _windows([[_without(clause, against) for clause in group] for group in clauses(reading, facts)])
    roles = {stated.id: stated.role for stated in incident.facts}
    return tuple(Covered(fact=fact_id, role=roles[fact_id], span=_span_of(fact_id, roles, facts, windows, text)) for fact_id in fact_ids)


def _without(clause: Clause, against: Sequence[Contrary]) -> Clause:
    """A clause without what it shares with facts that it contradicts."""
    lost = frozenset(name for one in against if one.act.start <= clause.start < one.end for name in families(one))
    if not lost:
        return clause
    return clause._replace(
        given={name: part for name, part in clause.given.items() if family(name) not in lost},
        named={name: part for name, part in clause.named.items() if family(name) not in lost},
        falls=frozenset(name for name in clause.falls if family(name) not in lost),
    )


def _span_of(fact_id: str, roles: dict[str, Role], facts: Facts, windows: list[_Window], text: str) -> tuple[int, int] | None:
    """Where a fact is said; what went wrong is also said by saying what we did."""
    span = _span(fact_id, facts, windows, text) or _verbatim(fact_id, facts, text)
    if span is None and roles[fact_id] == "problem" and f"{fact_id}.ours" in roles:
        return _span(f"{fact_id}.ours", facts, windows, text)
    return span


def _span(fact_id: str, facts: Facts, windows: list[_Window], text: str) -> tuple[int, int] | None:
    owed = facts.owed.get(fact_id)
    if owed is None:
        return None
    if not owed.words and not owed.values and not owed.moments:
        return _named(owed, text)
    best, span = 0.0, None
    figures = _all_values(owed, windows) if owed.role == "ask" else 0.0
    for window in windows:
        if fact_id not in window.names and owed.role != "unknown" and not figures:
            continue
        score = _score(owed, window, facts) or figures
        start, end = window.span
        if score == 0 and owed.role == "unknown":
            score = _not_known(owed, window, text[start:end])
        if score > best and not (owed.refusal and not _REFUSAL.search(text, start, end)):
            best, span = score, (start, end)
            if best >= 1.0:
                break  # nothing says more of it
    return span


def _verbatim(fact_id: str, facts: Facts, text: str) -> tuple[int, int] | None:
    """Where a fact stands in its own words, a refusal with the words that refuse."""
    owed = facts.owed.get(fact_id)
    for start, end in stretches(text, owed.text) if owed else ():
        if not owed or not owed.refusal or _REFUSAL.search(text, max(0, start - _FAR_APART), start):
            return start, end
    return None


def _named(owed: Owed, text: str) -> tuple[int, int] | None:
    """Where a fact of values alone (a number, an address) stands word for word."""
    at = text.find(owed.text)
    return (at, at + len(owed.text)) if at >= 0 and owed.text else None


def _all_values(owed: Owed, windows: list[_Window]) -> float:
    """Whether an answer of several figures is in the text, figure by figure."""
    if len(owed.values) < 2:
        return 0.0
    figures = all(sum(map(str.isdigit, value.text)) > 1 for value in owed.values)
    if not figures and not any(clause.given.get(owed.id, Shared()).words for window in windows for clause in window.clauses):
        return 0.0
    held = frozenset[int]().union(*(clause.named.get(owed.id, frozenset()) for window in windows for clause in window.clauses))
    return OWN if len(held) == len(owed.values) else 0.0


def _not_known(owed: Owed, window: _Window, words: str) -> float:
    """Whether "the cause isn't known yet" says that we do not know why, or when."""
    if not _UNKNOWN.search(words):
        return 0.0
    asks = owed.text.split()[0].lower()
    means = _WONDERS.get(asks, rf"\b{re.escape(asks)}\b")
    shared = any(owed.id in clause.given and clause.given[owed.id].words for clause in window.clauses)
    return float(shared or bool(re.search(means, words, re.I)))


def _windows(groups: list[list[Clause]]) -> list[_Window]:
    """Each clause, each sentence, and each pair of sentences."""
    singles = [[clause] for group in groups for clause in group]
    wholes = [group for group in groups if len(group) > 1]
    pairs = [[*one, *two] for one, two in pairwise(groups)]
    return [_Window(tuple(group), frozenset(_names(group))) for group in (*singles, *wholes, *pairs)]


def _names(group: list[Clause]) -> set[str]:
    return {name for clause in group for names in (clause.given, clause.falls) for name in names}


def _weight(owed: Owed, part: Shared, *, moment: float) -> float:
    return sum(owed.weights[word] for word in part.words) + len(part.values) + moment * when(owed, part)


def _score(owed: Owed, window: _Window, facts: Facts) -> float:
    """How much of a fact a window says, 0 to 1; 0 where it is not enough to have said it."""
    part, falls = _part(owed, window)
    if not part.words and not part.values and not part.moments:
        return 0.0
    own = falls or any(owed.weights[word] == 1 for word in part.words) or _own(owed, part, facts)
    most = sum(owed.weights[word] for word in part.words) >= _MOST * owed.word_weight - ROUNDING and (own or len(part.words) > 1)
    if not _enough_values(owed, part, own=own, most=most, named=_named_in(owed, window)):
        return 0.0
    telling = any(owed.weights[word] == 1 for word in part.words - CONTACT) and bool(part.moments)
    if owed.contact and not telling and not (any(clause.contact for clause in window.clauses) and (part.moments or part.words - CONTACT)):
        return float(part.words == owed.words and any(clause.future for clause in window.clauses))
    whole = owed.word_weight + (len(part.values) if most else len(owed.values))
    score = _weight(owed, part, moment=_TO_COME if owed.ahead else _MOMENT) / (whole or 1.0)
    first, last = window.clauses[0], window.clauses[-1]
    apart = APART if last.start - first.end > _FAR_APART else 0.0
    least = OWN if own else DEED if owed.ours and not owed.contact and not part.values and not part.moments else SHARED
    return min(1.0, score) if score >= least + apart - ROUNDING else 0.0


def _part(owed: Owed, window: _Window) -> tuple[Shared, bool]:
    """What a window gives to a fact, and whether it says no more than when the fact comes."""
    part = Shared()
    for clause in window.clauses:
        if (given := clause.given.get(owed.id)) is not None:
            part = part.with_(given)
    falls = any(owed.id in clause.falls for clause in window.clauses)
    return (part._replace(moments=frozenset(range(len(owed.moments)))) if falls else part), falls


def _named_in(owed: Owed, window: _Window) -> bool:
    """Whether a value of the fact stands in the window, whatever else it may tell there."""
    return any(clause.named.get(owed.id) for clause in window.clauses)


def _enough_values(owed: Owed, part: Shared, *, own: bool, most: bool, named: bool) -> bool:
    """Whether the fact's values are there as far as its words do not make up for them."""
    if owed.bare and not part.values:
        return False
    if part.values and not part.words and not part.moments and not own:
        return False
    if not owed.values or part.values or most or len(part.words) > 2:
        return True
    paid = owed.ours and any(value.kind == "money" for value in owed.values)
    return bool(part.moments) or (own and (named or not paid))


def _own(owed: Owed, part: Shared, facts: Facts) -> bool:
    """Whether a value, or the whole moment, that the window has belongs to this fact alone."""
    if owed.id not in facts.alone:
        facts.alone[owed.id] = _alone(owed, facts)
    values, moment = facts.alone[owed.id]
    return bool(values & part.values) or (moment and when(owed, part) == 1)


def _alone(owed: Owed, facts: Facts) -> tuple[frozenset[int], bool]:
    """The places of the values that no other fact has, and whether none has all of the moments."""
    others = [other for other in facts.owed.values() if other.family != owed.family]
    values = frozenset(i for i, value in enumerate(owed.values) if not any(_has(other, (value,), facts) for other in others))
    return values, bool(owed.moments) and not any(_has(other, owed.moments, facts) for other in others)


def _has(other: Owed, values: Sequence[Value], facts: Facts) -> bool:
    return all(any(equal(value, theirs, facts) for theirs in (*other.values, *other.moments)) for value in values)
