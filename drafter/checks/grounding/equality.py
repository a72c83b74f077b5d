"""Equality: two values of any writing that mean the same."""

from __future__ import annotations

import re
from datetime import date

from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.value import Days, Value
from drafter.checks.grounding.words import root

_SLOT = frozenset({root("slot"), "window"})


def equal(value: Value, other: Value, facts: Facts) -> bool:
    """Whether two values of any writing mean the same."""
    if value.kind != other.kind:
        return (value.kind, other.kind) in _PAIRS and _across(value, other)
    if value.kind == "money":
        return value.amount == other.amount and bool(value.currencies & other.currencies)
    if value.kind in ("number", "percentage"):
        return value.amount == other.amount
    if value.kind == "duration":
        return value.amount == other.amount and value.unit == other.unit
    if value.kind == "time":
        return bool(set(value.clocks) & set(other.clocks)) if not value.utc else other.utc and value.clocks == other.clocks
    if value.kind == "reference":
        return same_reference(value.key, other.key)
    return value.days is not None and other.days is not None and same_days(value.days, other.days, facts)


def same_reference(key: str, other: str) -> bool:
    """Whether two references are one, or one is the last part of the other (a phone number without its country)."""
    if key == other:
        return True
    digits, others = re.sub(r"\D", "", key), re.sub(r"\D", "", other)
    if not digits or (re.search(r"[a-z]", key) and re.search(r"[a-z]", other)):
        return False
    short, long = sorted((digits.lstrip("0"), others.lstrip("0")), key=len)
    return digits == others or (len(digits) != len(others) and len(short) >= 7 and long.endswith(short))


def same_days(days: Days, other: Days, facts: Facts) -> bool:
    """Whether what a text calls a day can be the day of a fact."""
    day = resolved(other, facts)
    if day is not None:
        return days.fits(day)
    if other.weekday is not None and not other.whole:
        one = days.one
        return (days.weekday == other.weekday and not days.whole) or (one is not None and other.fits(one))
    if (other.first != other.last and other.last is not None and days.one is not None) or days.whole:
        day = resolved(days, facts)
        return day is not None and day == other.last
    if other.month is not None:
        return days.month == other.month and not days.whole and days.year in (None, other.year, facts.frame.today.year)
    if other.day is not None and other.first is None:
        return days.day == other.day and days.month is None  # "the 12th", as the fact has it
    return days.first == other.first and days.last == other.last and days.first is not None


def resolved(days: Days, facts: Facts) -> date | None:
    """The one calendar day that a fact's date names; without a year, the nearest to the moment of writing."""
    if one := days.one:
        return one
    if days.month and days.day:
        options = [_day_or_none(facts.frame.today.year + shift, days.month, days.day) for shift in (-1, 0, 1)]
        return min((day for day in options if day), key=lambda day: abs(day - facts.frame.today), default=None)
    return None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PAIRS = frozenset(
    pair
    for one, two in (("number", "reference"), ("number", "money"), ("number", "time"), ("number", "duration"), ("number", "percentage"))
    for pair in ((one, two), (two, one))
)


def _across(value: Value, other: Value) -> bool:
    """Whether a number and a reference or an hour are written with the same digits."""
    kinds = {value.kind, other.kind}
    if kinds == {"number", "reference"}:
        return (
            (value.amount is not None and value.amount == other.amount)
            or (value.key != "" and value.key == other.text)
            or other.key == value.text
        )
    if kinds == {"number", "money"}:
        return value.kind == "number" and value.amount == other.amount and not value.units
    if kinds == {"number", "time"}:
        hour, clock = (other, value) if value.kind == "time" else (value, other)
        return (
            hour.amount is not None
            and hour.amount < 25
            and hour.units <= _SLOT
            and any(c % 720 == int(hour.amount * 60) % 720 for c in clock.clocks)
        )
    if kinds == {"number", "duration"}:
        return value.kind == "number" and not value.units and other.count is not None and value.amount == other.count
    return kinds == {"number", "percentage"} and value.kind == "number" and value.amount == other.amount and not value.units
