"""Nearest: the value of the facts that a value without a fact was likely meant to be, named only where kind and context agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal, resolved
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Days, Value
from drafter.incident.moment import written_day

_Pair = tuple[Value, Known]
_LOOKS_BACK, _LOOKS_AHEAD = ("past", "perfect"), ("future", "modal")
_DIGITS_OF_PHONE = 7
_LONG = 3  # digits from which a number that differs by one is a slip, whatever the clause tells
_NOUN = 30  # characters before a date in which the thing stands that it dates
_WHICH = re.compile(r"\b(?:your|our|my|the|a|an|that|this|his|her|their|\w+'s) (?:[\w-]+ )?[\w-]+ (?:of|dated|from) (?:\w+day,? )?$", re.I)
_SIDES = frozenset({"us", "customer"})


def nearest(value: Value, reading: Reading, facts: Facts) -> tuple[str, str | None]:
    """What to say of a value that no fact has, and the value of the facts to put in its place, where it is sure to be meant."""
    told = f"{value.text} is not among the facts"
    around = [act for act in reading.acts if act.start <= value.start < act.end]
    if value.kind == "date" and value.days is not None:
        day = None if dates_a_thing(value, reading.text) else _day(value.days, around, facts)
        if day is None:
            return told + ".", None
        weekday = value.days.weekday is not None or value.days.relative
        written = written_day(day, facts.incident.locale, weekday=weekday)
        return f"{told}; the facts say {written}.", written
    others = [pair for pair in facts.values.get(value.kind, ()) if not pair[1].asked and _same_sort(value, pair[0])]
    slips = [pair for pair in others if _slip(value, pair[0]) and (_is_long(value) or _about(around, pair[1]))]
    meant = slips or [pair for pair in others if _about(around, pair[1])]
    if not meant:
        return told + ".", None
    best = min(meant, key=lambda pair: _distance(value, pair[0]))[0]
    sure = all(equal(best, other, facts) for other, _ in others) or _slip(value, best)
    return f"{told}; the facts say {best.text}.", best.text if sure else None


def dates_a_thing(value: Value, text: str) -> bool:
    """Whether a date only says which thing is meant, "your letter of November 3": what happened to it has a date of its own."""
    return value.kind == "date" and bool(_WHICH.search(text, max(0, value.start - _NOUN), value.start))


def _day(days: Days, around: Sequence[Act], facts: Facts) -> date | None:
    """The one day of the facts that tell of the same deed, on the same side of now as the clause."""
    today = facts.frame.today
    meant = resolved(days, facts) or days.first or today
    ahead = any(act.tense in _LOOKS_AHEAD for act in around) or (meant > today and not any(act.tense in _LOOKS_BACK for act in around))
    told: dict[date, int] = {}
    for other, fact in facts.values.get("date", ()):
        day = resolved(other.days, facts) if other.days else None
        if day is not None and not fact.asked and (day >= today if ahead else day <= today):
            told[day] = max(told.get(day, 0), _sameness(around, fact, other))
    most = max(told.values(), default=0)
    near = [day for day, sure in told.items() if sure == most] if most else []
    return near[0] if len(near) == 1 else None


def _about(around: Sequence[Act], known: Known) -> bool:
    """Whether a clause and a fact clearly tell of the same thing."""
    return _sameness(around, known, None) > 0


def _sameness(around: Sequence[Act], known: Known, value: Value | None) -> int:
    """How surely one of the clauses tells of what a fact has a value of: 2 the same deed, 1 most of the same words, 0 neither."""
    inside = [act for act in known.acts if value and value.end and act.start <= value.start < act.end]
    words = frozenset[str]().union(*(act.words for act in inside)) if inside else known.words
    return max((_shared(act, inside or known.acts, words) for act in around), default=0)


def _shared(act: Act, others: Sequence[Act], words: frozenset[str]) -> int:
    mine = said(act)
    shared = mine & words
    deeds = [other for other in others if other.verb and other.verb == act.verb]
    if deeds and all({act.agent, other.agent} == _SIDES or act.negated != other.negated for other in deeds):
        return 0  # what they did is not what we did
    if deeds and act.verb in shared and (len(shared) > 1 or (len(mine) == 1 and any(act.agent == other.agent for other in deeds))):
        return 2
    return int(len(shared) > 1 and len(shared) * 2 >= len(mine))


def _same_sort(value: Value, other: Value) -> bool:
    """Whether two values of one kind could stand for each other: amounts of a currency, counts of a thing, numbers of a sort."""
    if value.kind == "money":
        return bool(value.currencies & other.currencies)
    if value.kind == "number":
        return bool(value.units & other.units) or (not (value.units and other.units) and _like(value, other))
    if value.kind == "duration":
        return value.unit == other.unit
    if value.kind == "reference":
        return _sort(value) == _sort(other) and (not (value.label and other.label) or value.label == other.label)
    return True


def _is_long(value: Value) -> bool:
    return sum(map(str.isdigit, re.sub(r"[.,]00\b", "", value.text))) >= _LONG


def _sort(value: Value) -> str:
    """What a reference is by its look: an address, a phone number, or a code by its letters and digits."""
    if "@" in value.text or "/" in value.text:
        return "@" if "@" in value.text else "/"
    digits = sum(map(str.isdigit, value.key))
    if digits >= _DIGITS_OF_PHONE and value.key.isdigit() and re.search(r"[ ().+-]", value.text.strip()):
        return "phone"
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "0", value.key))


def _slip(value: Value, other: Value) -> bool:
    """Whether two values differ by one digit, by two that stand beside each other changed round, or by two in a hundred."""
    if value.amount and other.amount and abs(value.amount - other.amount) * 50 <= other.amount:
        return True  # $150 for $149
    one, two = (re.sub(r"\D", "", re.sub(r"[.,]00\b", "", text)) for text in (value.text, other.text))
    return len(one) > 1 and _mistyped(one, two)


def _mistyped(one: str, two: str) -> bool:
    """Whether two numbers of the same length differ by one digit, or by two neighbours changed round."""
    apart = [i for i, digit in enumerate(one) if digit != two[i]] if len(one) == len(two) else []
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[1] - apart[0] == 1 and one[apart[0]] == two[apart[1]] and one[apart[1]] == two[apart[0]]


def _like(value: Value, other: Value) -> bool:
    if not value.amount or not other.amount:
        return False
    return len(value.text) == len(other.text) or Decimal("0.5") <= value.amount / other.amount <= 2


def _distance(value: Value, other: Value) -> float:
    if value.clocks and other.clocks:
        return min(abs(one - two) for one in value.clocks for two in other.clocks)
    if value.amount is not None and other.amount is not None:
        return abs(float(value.amount - other.amount))
    return sum(a != b for a, b in zip(value.key, other.key, strict=False)) + abs(len(value.key) - len(other.key))
