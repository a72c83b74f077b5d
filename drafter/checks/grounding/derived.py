"""Derived values: what no fact says, and what the facts make true all the same: sums, counts, spans, today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations

from drafter.checks.grounding.equality import resolved
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.lexicon import words
from drafter.checks.grounding.numerals import numeral
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import content_root, root

FRAME = "as_of"  # the id of the moment of writing, where a date rests on it
_TOTAL = re.compile(r"\b(?:total|altogether|in all|combined|together|sum|overall|both|adds? up|comes? to)\b", re.I)
_GAP = re.compile(r"\b(?:difference|too much|extra|over|overcharged|less|below|above|short)\b", re.I)
_APART = re.compile(r".{0,12}\b(?:later|after|earlier|before)\b", re.I)
_OF = re.compile(r"\s+(?:out\s+)?of\b", re.I)
_MONTHS = frozenset({root("month")})
_FAR = 60 * 24 * 366 * 20.0  # minutes; no fact lies farther off
_SPAN = re.compile(r"\b(?:late|later|ago|after|for|lasted|since|early|earlier|before|waited|waiting|wait|took|until|past|down)\b", re.I)


def _amounts(facts: Facts, value: Value) -> list[tuple[Decimal, str]]:
    found: dict[Decimal, str] = {}
    for other, known in facts.values.get("money", ()):
        if other.amount is not None and other.currencies & value.currencies and not known.asked:
            found.setdefault(other.amount, known.id)
    return list(found.items())[:10]


def total(value: Value, facts: Facts, sentence: str) -> str | None:
    """The fact behind an amount that the sentence calls a sum or a difference of the facts' amounts."""
    whole, gap = _TOTAL.search(sentence), _GAP.search(sentence)
    if not whole and not gap:
        return None
    amounts = _amounts(facts, value)
    if whole:
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


def counted(value: Value, facts: Facts, sentence: str) -> str | None:
    """The fact behind a number that words imply, that counts the facts themselves, that is a year, or that is rounded."""
    amount = value.amount or Decimal(0)
    if amount in facts.implied and amount <= 3 and (not value.units or not value.text[:1].isdigit()):
        return facts.implied[amount]
    if 1990 <= amount <= 2099 and value.text.isdigit() and _year(int(amount), facts):
        return FRAME
    one_more = any(other.amount == amount + 1 for other, _ in facts.values.get("number", ()))
    if one_more and re.search(rf"{re.escape(value.text)} (?:of the )?others?\b", sentence, re.I):
        return facts.known[0].id  # "57 others" of 58
    if amount == _listed(value, sentence):
        return facts.known[0].id
    generic = words("generic_counts")
    plain = not value.units or value.units & {content_root(word) or word for word in generic}
    if plain and amount == int(amount) and amount <= 12 and int(amount) in facts.counts:
        return facts.known[0].id
    return None if not _about(value, sentence) else _rounded(value, facts)


def _listed(value: Value, sentence: str) -> int:
    """How many things stand in the list that a number leads in: "three places: the hall, the lift and the stairs"; 0 without one."""
    match = re.search(rf"\b{re.escape(value.text)}\s[^.;:]{{1,40}}:\s*([^:;]+)", sentence)
    return 1 + len(re.findall(r",\s*(?:and\s|or\s)?|\s(?:and|or)\s", match[1])) if match else 0


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


def day(value: Value, facts: Facts, sentence: str) -> str | None:
    """The fact behind a date that is today, a year of the facts, or as far from now as a fact says."""
    days = value.days
    if days is None:
        return None
    today = facts.frame.today
    if days.first == days.last == today or (days.fits(today) and (days.whole or value.weak)):
        return FRAME
    if days.fits(today) and re.search(rf"\bas (?:of|at|on) {re.escape(value.text)}\b", sentence, re.I):
        return FRAME
    if days.year and not days.month and days.first is None:
        return FRAME if _year(days.year, facts) else None
    if found := _beside(value, facts):
        return found
    for other, known in facts.values.get("duration", ()):  # "in two weeks" in a fact is a day of its own
        far = other.amount is not None and other.offset != 0 and other.unit == "min" and other.amount >= 1440
        if far and days.fits(today + timedelta(minutes=min(float(other.amount or 0), _FAR)) * other.offset):
            return known.id
    return None


def _beside(value: Value, facts: Facts) -> str | None:
    """The fact that names a day and so many days before or after it: "on the 9th, two days after the offer ended"."""
    for known in facts.known:
        spans = [other for other in known.values if other.kind == "duration" and other.unit == "min" and (other.amount or 0) % 1440 == 0]
        days = [resolved(other.days, facts) for other in known.values if other.kind == "date" and other.days] if spans else []
        for span in spans:
            far = timedelta(minutes=min(float(span.amount or 0), _FAR))
            if far and value.days and any(value.days.fits(day + way) for day in days if day for way in (far, -far)):
                return known.id
    return None


def hour(value: Value, facts: Facts) -> str | None:
    """The fact behind a time that is now, or that is given in UTC."""
    now = facts.frame.now
    if now.hour * 60 + now.minute in value.clocks:
        return FRAME
    ends = [numeral(part.strip()) for part in value.text.lower().split(" to ")]
    if len(ends) == 2 and all(end is not None for end in ends):  # "ten to five": from ten until five
        open_at = {clock % 720 for other, _ in facts.values.get("time", ()) for clock in other.clocks}
        if all(int(end or 0) * 60 % 720 in open_at for end in ends):
            return facts.values["time"][0][1].id
    if value.utc:
        shift = int((now.utcoffset() or timedelta()).total_seconds() // 60)
        for other, known in facts.values.get("time", ()):
            if any((clock - shift) % 1440 in value.clocks for clock in other.clocks):
                return known.id
    return None


def lasting(value: Value, facts: Facts, sentence: str) -> str | None:
    """The fact behind a stretch of time: one that ends or begins at a fact, that is rounded, or that lies between two moments."""
    if value.amount is None:
        return None
    if value.offset and value.unit != "workday" and (found := _offset_day(value, facts)):
        return found
    if value.offset < 0:
        return None
    if _about(value, sentence):
        return _rounded(value, facts)
    written = value.text.lower().replace(" ", "-")
    if hyphened := next((fact for word, fact in facts.words.items() if "-" in word and word.startswith(written)), None):
        return hyphened  # "half hour by half hour" of half-hourly readings
    if part := _part_of(value, facts):
        return part
    if value.unit != "min" and (months := _months(value, facts)):
        return months
    apart = _APART.match(sentence[sentence.find(value.text) + len(value.text) :])
    if apart and value.unit == "min" and value.amount >= 1440 and (found := _between(min(float(value.amount), _FAR), facts)):
        return found
    if any(other.units & value.units and other.count != value.count for other, _ in facts.values.get("duration", ()) if not other.weak):
        return None  # the facts count these days themselves
    if value.count == 1 and value.text.lower().startswith(("a ", "an ")) and (source := _unit_source(value, facts)):
        return source  # "membership for a year" of "a free year"
    if value.count in facts.implied and any(unit in facts.roots for unit in value.units):
        return facts.implied[Decimal(int(value.count or 0))]
    if value.unit != "min" or not _SPAN.search(sentence) or value.amount < 5:
        return None
    return _between(min(float(value.amount), _FAR), facts)


def _part_of(value: Value, facts: Facts) -> str | None:
    """The fact that has so many of a longer stretch: "eight weeks" of "eight of the ten weeks"."""
    for other, known in facts.values.get("number", ()):
        longer = (third for third in known.values if third.kind == "duration" and third.units & value.units and third.start > other.end)
        if other.amount is not None and other.amount == value.count and _OF.match(known.text, other.end) and any(longer):
            return known.id
    return None


def _months(value: Value, facts: Facts) -> str | None:
    """The first of as many months as the facts name: "for three months" of January, February and March."""
    named = {month: known.id for other, known in facts.values.get("date", ()) if (month := _bare_month(other))}
    return next(iter(named.values())) if len(named) > 1 and len(named) == value.count and _MONTHS & value.units else None


def _bare_month(value: Value) -> tuple[int | None, int] | None:
    """The year and month of a month without a day."""
    days = value.days
    return (days.year, days.month) if days and days.month is not None and days.day is None else None


def _unit_source(value: Value, facts: Facts) -> str | None:
    return next((facts.roots[unit] for unit in value.units if unit in facts.roots), None)


def _between(minutes: float, facts: Facts) -> str | None:
    """The fact of the first of two moments that lie so many minutes apart."""
    zone = facts.frame.now.tzinfo
    moments = [(moment, stated.id) for stated in facts.incident.facts for moment in stated.moments][:10]
    instants = [(m.astimezone(zone), name) for m, name in moments if isinstance(m, datetime)] + [(facts.frame.now, FRAME)]
    for (one, name), (two, _) in combinations(instants, 2):
        if abs(one - two) == timedelta(minutes=minutes):
            return name
    days = [*((day, known.id) for day, known in fact_days(facts)), (facts.frame.today, FRAME)]
    for (first, name), (second, _) in combinations(days, 2):
        if abs(first - second).days * 1440 == minutes:
            return name
    return None


def _offset_day(value: Value, facts: Facts) -> str | None:
    """The fact of the day or hour that lies so far from now: "two weeks ago", "in half an hour"."""
    amount = min(float(value.amount or 0), _FAR)
    minutes, slack = (amount, 0) if value.unit == "min" else (min(amount * 43830, _FAR), 4)
    if minutes < 1440:
        moment = facts.frame.now + timedelta(minutes=minutes) * value.offset
        for other, known in facts.values.get("time", ()):
            if moment.hour * 60 + moment.minute in other.clocks:
                return known.id
        return None
    target = facts.frame.near(round(minutes / 1440) * value.offset)
    slack = slack or (1 if minutes % 10080 == 0 else 0)
    return next((known.id for day, known in fact_days(facts) if abs((day - target).days) <= slack), None)
