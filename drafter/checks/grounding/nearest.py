"""Nearest: the value of the facts that a value without a fact was likely meant to be, named only where kind and context agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.derived import fact_days
from drafter.checks.grounding.equality import equal, resolved
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Days, Value
from drafter.incident.moment import written_day

_Pair = tuple[Value, Known]
_LOOKS_BACK, _LOOKS_AHEAD = ("past", "perfect"), ("future", "modal")
_DIGITS_OF_PHONE = 7


def nearest(value: Value, reading: Reading, facts: Facts) -> tuple[str, str | None]:
    """What to say of a value that no fact has, and the value of the facts to put in its place, where it is sure to be meant."""
    told = f"{value.text} is not among the facts"
    around = [act for act in reading.acts if act.start <= value.start < act.end]
    if value.kind == "date" and value.days is not None:
        day = _day(value.days, around, facts)
        if day is None:
            return told + ".", None
        weekday = value.days.weekday is not None or value.days.relative
        written = written_day(day, facts.incident.locale, weekday=weekday)
        return f"{told}; the facts say {written}.", written
    others = [pair for pair in facts.values.get(value.kind, ()) if not pair[1].asked and _same_sort(value, pair[0])]
    meant = [pair for pair in others if _slip(value, pair[0])] or [pair for pair in others if _about(around, pair[1])]
    if not meant:
        return told + ".", None
    best = min(meant, key=lambda pair: _distance(value, pair[0]))[0]
    sure = all(equal(best, other, facts) for other, _ in others) or _slip(value, best)
    return f"{told}; the facts say {best.text}.", best.text if sure else None


def _day(days: Days, around: Sequence[Act], facts: Facts) -> date | None:
    """The nearest day of a fact on the same side of now as the clause, whose fact tells of the same thing or that differs by a slip."""
    today = facts.frame.today
    meant = resolved(days, facts) or days.first or today
    ahead = any(act.tense in _LOOKS_AHEAD for act in around) or (meant > today and not any(act.tense in _LOOKS_BACK for act in around))
    known = [(day, fact) for day, fact in fact_days(facts) if not fact.asked and (day >= today if ahead else day <= today)]
    near = [day for day, fact in known if _about(around, fact)]
    near = near or [day for day, _ in known if _day_slip(days, day) and not (ahead and day == today)]
    return min(near, key=lambda day: abs((day - meant).days), default=None)


def _day_slip(days: Days, day: date) -> bool:
    """Whether a date is that day but for its month or its year, or for a digit of its number."""
    if days.day is None:
        return False
    return days.day == day.day or (days.month == day.month and _mistyped(f"{days.day:02}", f"{day.day:02}"))


def _about(around: Sequence[Act], known: Known) -> bool:
    """Whether a clause and a fact tell of the same thing: two words of it, or more than half of what the clause says."""
    return any((shared := len(said(act) & known.words)) > 1 or shared * 2 > len(said(act)) for act in around)


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
