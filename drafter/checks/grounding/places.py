"""Places: values that the facts know, but of something else than what the clause around them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import likeness, said
from drafter.checks.grounding.equality import equal, resolved
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.nearest import dates_a_thing
from drafter.checks.grounding.owed import Owed, family
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import word_class

_KINDS = frozenset({"date", "time", "money", "number", "duration", "percentage"})
_LEAST = 1.4  # weight of the words that tie a clause to its fact
_ENDS = re.compile(r"\b(?:by|until|before)\s+$", re.I)  # a day that ends a wait is not the day of the act
_COMES = word_class("giving") | word_class("arriving")  # verbs that hand an amount over
_RIVAL = 0.5  # of it: what a fact that has the value may weigh at most


class Misplaced(NamedTuple):
    """A value in the wrong place, the fact that the place tells of, and the value that the fact has there."""

    value: Value
    fact: str
    right: Value


def misplaced(reading: Reading, facts: Facts) -> list[Misplaced]:
    """The values that stand in a clause whose fact has another value of that kind."""
    found: list[Misplaced] = []
    for act in reading.acts:
        values = [value for value in act.values if value.kind in _KINDS and not value.weak and not dates_a_thing(value, reading.text)]
        if values and reading.own(act.start):
            found += _in_act(
                act, [value for value in values if not _ENDS.search(reading.text, max(0, value.start - 8), value.start)], facts
            )
            told = {one.value.start for one in found}
            found += [one for one in _paid_when(act, facts) if one.value.start not in told]
    return found


def _paid_when(act: Act, facts: Facts) -> Iterator[Misplaced]:
    """The day that a clause gives to an amount, where the one fact with that amount and a day still to come has another."""
    amounts = [value for value in act.values if value.kind == "money" and not value.weak]
    days = [value for value in act.values if value.kind == "date" and value.days and value.days.day is not None]
    if len(amounts) != 1 or len(days) != 1 or act.tense != "future" or act.negated or act.agent == "customer" or act.verb not in _COMES:
        return
    holders = [owed for owed in facts.owed.values() if _has(owed, amounts[0], facts)]
    ahead = [(owed, day) for owed in holders if owed.role == "remedy" for day in owed.moments if _to_come(day, facts)]
    same = all(equal(ahead[0][1], day, facts) for _, day in ahead)
    comes = [owed for owed in facts.owed.values() if owed.arrives and _has(owed, days[0], facts)]
    if ahead and same and not comes and not any(_has(owed, days[0], facts) for owed in holders):
        yield Misplaced(days[0], ahead[0][0].id, ahead[0][1])


def _to_come(value: Value, facts: Facts) -> bool:
    day = resolved(value.days, facts) if value.days else None
    return day is not None and day > facts.frame.today


def _in_act(act: Act, values: list[Value], facts: Facts) -> Iterator[Misplaced]:
    words = said(act)
    weights = {owed.id: sum(owed.weights[word] for word in owed.words & words) for owed in facts.owed.values()}
    best = max(facts.owed.values(), key=lambda owed: weights[owed.id], default=None)
    if best is None or weights[best.id] < _LEAST or len(best.words & words) < 2 or len(best.words & words) * 2 < len(words):
        return
    kin = [owed for owed in facts.owed.values() if owed.family == best.family]
    for value in values:
        right = _right(value, kin, act, facts)
        if right is not None and right.days and right.days.day is None and value.days and value.days.day is not None:
            continue  # "February" does not rule out 13 February
        if right is None or any(_has(owed, value, facts) for owed in kin):
            continue
        holders = [owed for owed in facts.owed.values() if _has(owed, value, facts)]
        like = max((likeness(act, known, facts) for known in facts.known if _knows(known, value, facts)), default=0.0)
        if like >= max(likeness(act, known, facts) for known in facts.known if family(known.id) == best.family):
            continue
        if holders and max(weights[owed.id] for owed in holders) < _RIVAL * weights[best.id]:
            yield Misplaced(value, best.id, right)


def _knows(known: Known, value: Value, facts: Facts) -> bool:
    return any(equal(value, other, facts) for other in known.values)


def _right(value: Value, kin: list[Owed], act: Act, facts: Facts) -> Value | None:
    """The fact's own value of this kind that the clause does not have, where there is only one."""
    own = [other for owed in kin for other in (*owed.values, *(owed.moments if _same_time(act, owed) else ())) if other.kind == value.kind]
    left = [other for other in own if not any(equal(mine, other, facts) for mine in act.values)]
    return left[0] if left and all(equal(left[0], other, facts) for other in left[1:]) else None


def _same_time(act: Act, owed: Owed) -> bool:
    """Whether a clause and a fact both look back or both look ahead, so that they share their moment."""
    return act.tense == "future" if owed.ahead else act.tense in ("past", "perfect")


def _has(owed: Owed, value: Value, facts: Facts) -> bool:
    return any(equal(value, other, facts) for other in (*owed.values, *owed.moments))
