"""Matching: the fact that a value of a text rests on, across the ways people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations

from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.lexicon import words
from drafter.checks.grounding.value import Days, Value
from drafter.checks.grounding.words import content_root, root

FRAME = "as_of"  # the id of the moment of writing, where a date rests on it
_TOTAL = re.compile(r"\b(?:total|altogether|in all|combined|together|sum|overall|both|adds? up|comes? to)\b", re.I)
_GAP = re.compile(r"\b(?:difference|too much|extra|over|overcharged|less|below|above|short)\b", re.I)
_SPAN = re.compile(r"\b(?:late|later|ago|after|for|lasted|since|early|earlier|before|waited|waiting|wait|took|until|past|down)\b", re.I)
_SLOT = frozenset({root("slot"), "window"})
_MEASURES = frozenset({"mb", "gb", "kb", "tb"})


def fact_of(value: Value, facts: Facts, sentence: str) -> Known | str | None:
    """The fact that `value` rests on, the id of what it can be worked out from, or None; `sentence` is where it stands."""
    direct = _direct(value, facts)
    if direct:
        return direct
    if value.kind == "money":
        return _sum(value, facts, sentence)
    if value.kind == "number":
        return _counted(value, facts, sentence)
    if value.kind == "date":
        return _day(value, facts)
    if value.kind == "time":
        return _hour(value, facts)
    if value.kind == "duration":
        return _lasting(value, facts, sentence)
    if value.kind == "percentage":
        return (
            facts.words.get("full") or facts.words.get("all")
            if value.amount == 100
            else facts.words.get("half")
            if value.amount == 50
            else None
        )
    return _named(value, facts)


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
    return digits == others or (
        min(len(digits), len(others)) >= 7
        and (digits.lstrip("0").endswith(others.lstrip("0")) or others.lstrip("0").endswith(digits.lstrip("0")))
    )


def same_days(days: Days, other: Days, facts: Facts) -> bool:
    """Whether what a text calls a day can be the day of a fact."""
    day = resolved(other, facts)
    if day is not None:
        return days.fits(day)
    if other.weekday is not None and not other.whole:
        one = days.one
        return days.weekday == other.weekday and not days.whole or (one is not None and other.fits(one))
    if other.first != other.last and other.last is not None and days.one is not None or days.whole:
        day = resolved(days, facts)
        return day is not None and day == other.last
    if other.month is not None:
        return days.month == other.month and not days.whole and days.year in (None, other.year, facts.frame.today.year)
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
            value.amount is not None
            and value.amount == other.amount
            or value.key != ""
            and value.key == other.text
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


def _direct(value: Value, facts: Facts) -> Known | None:
    best: Known | None = None
    for kind in (value.kind, *_ACROSS.get(value.kind, ())):
        for other, known in facts.values.get(kind, ()):
            if equal(value, other, facts) and _unit_fits(value, other, facts):
                if not known.asked:
                    return known
                best = best or known
    return best


_ACROSS = {"number": ("reference", "money", "percentage", "time", "duration"), "reference": ("number",), "time": ("number",)}


def _unit_fits(value: Value, other: Value, facts: Facts) -> bool:
    """Whether a number counts what the fact counts; a noun that the facts count otherwise does not fit."""
    if value.kind == "reference" and value.label:
        same = [third for kind in ("reference", "number") for third, _ in facts.values.get(kind, ()) if third.label == value.label]
        return not same or any(equal(value, third, facts) for third in same)
    if value.kind != "number" or not value.units or value.units & other.units:
        return True
    if value.units & _MEASURES or other.units & _MEASURES:
        return not (value.units | other.units) - _MEASURES or not any(unit in facts.roots for unit in value.units - _MEASURES)
    if not other.units and not other.weak and other.text[:1].isdigit():
        return True
    counted = {unit for third, _ in facts.values.get("number", ()) if third is not other for unit in third.units}
    return not value.units & counted


def _amounts(facts: Facts, value: Value) -> list[tuple[Decimal, str]]:
    found: dict[Decimal, str] = {}
    for other, known in facts.values.get("money", ()):
        if other.amount is not None and other.currencies & value.currencies and not known.asked:
            found.setdefault(other.amount, known.id)
    return list(found.items())[:10]


def _sum(value: Value, facts: Facts, sentence: str) -> str | None:
    total, gap = _TOTAL.search(sentence), _GAP.search(sentence)
    if not total and not gap:
        return None
    amounts = _amounts(facts, value)
    if total:
        times = [number for number in facts.implied if number >= 2] + [Decimal(2)]
        for amount, fact in amounts:
            if any(amount * number == value.amount for number in times):
                return fact
        for size in (2, 3, 4):
            for some in combinations(amounts, size):
                if sum(amount for amount, _ in some) == value.amount:
                    return some[0][1]
    for (one, fact), (two, _) in combinations(amounts, 2):
        if gap and abs(one - two) == value.amount:
            return fact
    return None


def _counted(value: Value, facts: Facts, sentence: str) -> str | None:
    amount = value.amount or Decimal(0)
    if amount in facts.implied and amount <= 3 and (not value.units or not value.text[:1].isdigit()):
        return facts.implied[amount]
    if 1990 <= amount <= 2099 and value.text.isdigit() and _year(int(amount), facts):
        return FRAME
    generic = words("generic_counts")
    if amount == int(amount) and (not value.units or value.units & {content_root(word) or word for word in generic}):
        if int(amount) in facts.counts and amount <= 12:
            return facts.known[0].id
    return None if not _about(value, sentence) else _rounded(value, facts)


def _year(year: int, facts: Facts) -> bool:
    return year == facts.frame.today.year or any(day.year == year for day, _ in fact_days(facts))


def _about(value: Value, sentence: str) -> bool:
    before = sentence[: max(0, sentence.find(value.text))].lower().split()
    return bool(before) and (before[-1] in words("approximators") or before[-2:] in (["more", "than"], ["less", "than"], ["fewer", "than"]))


def _rounded(value: Value, facts: Facts) -> str | None:
    """The fact that a number after "about" or "more than" rounds."""
    for other, known in facts.values.get(value.kind, ()):
        if other.amount and value.amount and other.unit == value.unit and abs(other.amount - value.amount) <= other.amount / 10:
            return known.id
    return None


def fact_days(facts: Facts) -> Iterator[tuple[date, Known]]:
    """Every whole day that the facts name."""
    for other, known in facts.values.get("date", ()):
        if other.days and (day := resolved(other.days, facts)):
            yield day, known


def _day(value: Value, facts: Facts) -> str | None:
    days = value.days
    if days is None:
        return None
    today = facts.frame.today
    if days.first == days.last == today or (days.fits(today) and (days.whole or value.weak)):
        return FRAME
    if days.year and not days.month and days.first is None:
        return FRAME if _year(days.year, facts) else None
    for other, known in facts.values.get("duration", ()):  # "in two weeks" in a fact is a day of its own
        if other.amount is not None and other.offset and other.unit == "min" and other.amount >= 1440:
            if days.fits(today + timedelta(minutes=float(other.amount)) * other.offset):
                return known.id
    return None


def _hour(value: Value, facts: Facts) -> str | None:
    now = facts.frame.now
    if now.hour * 60 + now.minute in value.clocks:
        return FRAME
    if value.utc:
        shift = int((now.utcoffset() or timedelta()).total_seconds() // 60)
        for other, known in facts.values.get("time", ()):
            if any((clock - shift) % 1440 in value.clocks for clock in other.clocks):
                return known.id
    return None


def _lasting(value: Value, facts: Facts, sentence: str) -> str | None:
    if value.amount is None:
        return None
    if value.offset and value.unit != "workday" and (found := _offset_day(value, facts)):
        return found
    if value.offset < 0:
        return None
    if _about(value, sentence):
        return _rounded(value, facts)
    if any(other.units & value.units and other.count != value.count for other, _ in facts.values.get("duration", ()) if not other.weak):
        return None  # the facts count these days themselves
    if value.count in facts.implied and any(unit in facts.roots for unit in value.units):
        return facts.implied[Decimal(int(value.count or 0))]
    if value.unit != "min" or not _SPAN.search(sentence) or value.amount < 5:
        return None
    moments = [(moment, stated.id) for stated in facts.incident.facts for moment in stated.moments][:10]
    instants = [(m.astimezone(facts.frame.now.tzinfo), name) for m, name in moments if isinstance(m, datetime)] + [(facts.frame.now, FRAME)]
    for (one, name), (two, _) in combinations(instants, 2):
        if abs(one - two) == timedelta(minutes=float(value.amount)):
            return name
    days = [*fact_days(facts), (facts.frame.today, None)]
    if value.amount % 1440 == 0:
        for (first, fact), (second, _) in combinations(days, 2):
            if abs(first - second).days * 1440 == value.amount:
                return fact.id if fact else FRAME
    return None


def _offset_day(value: Value, facts: Facts) -> str | None:
    """The fact of the day or hour that lies so far from now: "two weeks ago", "in half an hour"."""
    amount = float(value.amount or 0)
    minutes, slack = (amount, 0) if value.unit == "min" else (amount * 43830, 4)
    if minutes < 1440:
        moment = facts.frame.now + timedelta(minutes=minutes) * value.offset
        for other, known in facts.values.get("time", ()):
            if moment.hour * 60 + moment.minute in other.clocks:
                return known.id
        return None
    target = facts.frame.near(round(minutes / 1440) * value.offset)
    slack = slack or (1 if minutes % 10080 == 0 else 0)
    return next((known.id for day, known in fact_days(facts) if abs((day - target).days) <= slack), None)


def _named(value: Value, facts: Facts) -> str | None:
    """The fact whose words hold a reference, where no value of the facts is it."""
    for known in facts.known:
        if value.key and any(value.key in _key(token.low) for token in known.reading.tokens if any(c.isdigit() for c in token.low)):
            return known.id
    return None


def _key(low: str) -> str:
    return re.sub(r"[\s().#/+-]", "", low)
