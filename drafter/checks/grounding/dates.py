"""Dates in a text: whole, partial and counted from the moment of writing, as people write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.lexicon import pairs, words
from drafter.checks.grounding.value import Days, Value

_MONTH = "|".join(sorted(pairs("months"), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(pairs("weekdays"), key=len, reverse=True))
# Only a short form has a full stop of its own: "3 Oct. 2026", but "in October. 3 of them".
_DOT = r"(?:(?:(?<=\b\w{3})(?<!may)|(?<=\bsept)|(?<=\btues)|(?<=\bthur)|(?<=\bthurs))\.(?!\s+[A-Z][a-z]+\s[a-z]))?"
_GAP = r"(?:[^\S\n]+|[^\S\n]*\n(?!\s*\d{1,2}[.)]\s)[^\S\n]*)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)"
_YEAR = r"(?:19|20)\d\d"
_MONTH_DAY = rf"(?P<m1>{_MONTH})\b{_DOT}{_GAP}(?:the\s+)?(?P<d1>{_DAY}){_TH}?\b(?![:.]\d|\s?[ap]\.?m\b|%)(?:,?\s+(?P<y1>{_YEAR})\b)?"
_DAY_MONTH = rf"(?P<d2>{_DAY}){_TH}?\s+(?:of\s+)?(?P<m2>{_MONTH})\b{_DOT}(?:,?\s+(?P<y2>{_YEAR})\b)?"
_NUMERIC = r"(?P<n1>\d{1,2})/(?P<n2>\d{1,2})(?:/(?P<y3>\d{4}|\d\d))?(?![\d/])|(?P<p1>\d{1,2})\.(?P<p2>\d{1,2})\.(?P<y4>\d{4})(?!\d)"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)"
_ORDINAL = rf"(?P<d3>{_DAY}){_TH}\b"
_WHOLE = rf"(?:{_MONTH_DAY}|{_DAY_MONTH}|{_ISO}|{_NUMERIC})"
DIGIT_DATE = re.compile(rf"{_DAY_MONTH}|{_ISO}|{_NUMERIC}", re.I)
ORDINAL = re.compile(_ORDINAL, re.I)
MONTH_DATE = re.compile(rf"{_MONTH_DAY}|(?P<m4>{_MONTH})\b\.?(?:,?\s+(?:of\s+)?(?P<y5>{_YEAR})\b)?", re.I)
WEEKDAY_DATE = re.compile(rf"(?P<w>{_WEEKDAY})\b{_DOT}(?:,?{_GAP}(?:(?:on\s+)?(?:the\s+)?)(?:{_WHOLE}|{_ORDINAL}))?", re.I)
_PERIODS = rf"(?:the\s+)?(?P<which>this|last|next|past|coming|following)\s+(?P<period>week|month|year|weekend|(?:{_WEEKDAY})\b)"
RELATIVE = re.compile(
    rf"(?P<after>the day after tomorrow)|(?P<before>the day before yesterday)|(?P<tomorrow>tomorrow)|(?P<yesterday>yesterday|last night)"
    rf"|(?P<today>today|tonight|this (?:morning|afternoon|evening))|{_PERIODS}"
    r"|(?:(?:the|close|end)\s+)*(?P<end>end of (?:the |this )?(?P<of>day|week|month|year)|close of business|eod)\b",
    re.I,
)
_FOLLOWS = re.compile(r"\s+([a-z]+)", re.I)
_AMBIGUOUS = frozenset({"may", "march", "mar", "jun", "jan", "dec", "sun", "sat", "mon", "wed", "fri", "tues", "thu"})
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|of|by|last|next|this|early|late|mid|from|to|for|before|after|every|each|on)\s+$", re.I
)


def month_date(text: str, start: int, frame: Frame) -> Value | None:
    """The date that begins with a month's name at `start`, or the month alone."""
    match = MONTH_DATE.match(text, start)
    if not match:
        return None
    if match["m1"]:
        return _value(text, match, _written(match, frame))
    name = match["m4"]
    if name.lower() in _AMBIGUOUS and (name[0].islower() or not _BEFORE_MONTH.search(text[max(0, start - 8) : start])):
        return None
    if name[0].islower():
        return None
    year = int(match["y5"]) if match["y5"] else None
    return _value(text, match, Days(year=year, month=int(pairs("months")[name.lower()])))


def weekday_date(text: str, start: int, frame: Frame) -> Value | None:
    """The date that begins with a weekday at `start`, or the weekday alone: the days within a week of now."""
    match = WEEKDAY_DATE.match(text, start)
    if not match or (match["w"].lower() in _AMBIGUOUS and not match["w"][0].isupper()):
        return None
    weekday = int(pairs("weekdays")[match["w"].lower()])
    days = _written(match, frame)
    if days is None:
        days = Days(weekday=weekday, first=frame.near(-7), last=frame.near(7))
        return _value(text, match, days, match.end("w"))
    return _value(text, match, Days(days.year, days.month, days.day, weekday))


def digit_date(text: str, start: int, frame: Frame) -> Value | None:
    """The date that begins with a digit at `start`."""
    match = DIGIT_DATE.match(text, start)
    days = _written(match, frame) if match else None
    return _value(text, match, days) if match and days else None


def ordinal_date(text: str, start: int) -> Value | None:
    """The day of a month ("the 25th") at `start`."""
    match = ORDINAL.match(text, start)
    if not match or not re.search(r"\b(?:the|on|by|until)\s+$", text[max(0, start - 7) : start], re.I):
        return None
    if (follows := _FOLLOWS.match(text, match.end())) and follows[1].lower() not in words("stopwords"):
        return None
    return _value(text, match, Days(day=int(match["d3"])))


def relative_date(text: str, start: int, frame: Frame) -> Value | None:
    """The day or stretch of days that is counted from now at `start`."""
    match = RELATIVE.match(text, start)
    if not match:
        return None
    weak = False
    for group, shift in (("tomorrow", 1), ("yesterday", -1), ("after", 2), ("before", -2), ("today", 0)):
        if match[group]:
            day = frame.near(shift)
            return _value(text, match, Days(first=day, last=day, relative=True), weak=shift == 0)
    if match["end"]:
        first, last = _end_of((match["of"] or "day").lower(), frame.today)
    else:
        which, period = match["which"].lower(), match["period"].lower()
        first, last = _period(which, period, frame)
        weak = which in ("this", "past") and period in ("week", "month", "year")
        if period in pairs("weekdays"):
            return _value(text, match, Days(weekday=int(pairs("weekdays")[period]), first=first, last=last, relative=True))
    return _value(text, match, Days(first=first, last=last, relative=True), weak=weak)


def _period(which: str, period: str, frame: Frame) -> tuple[date, date]:
    back, ahead = which in ("last", "past"), which in ("next", "coming", "following")
    if period in pairs("weekdays"):
        return (frame.near(-13), frame.near(-1)) if back else (frame.near(1), frame.near(13)) if ahead else (frame.near(-6), frame.near(7))
    today = frame.today
    monday = today - timedelta(days=today.weekday())
    shift = -1 if back else 1 if ahead else 0
    if period in ("week", "weekend"):
        first = monday + timedelta(days=7 * shift + (5 if period == "weekend" else 0))
        return first, first + timedelta(days=1 if period == "weekend" else 6)
    if period == "month":
        return _month(today, shift)
    return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)


def _month(today: date, shift: int) -> tuple[date, date]:
    number = today.year * 12 + today.month - 1 + shift
    first = date(number // 12, number % 12 + 1, 1)
    after = number + 1
    return first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _end_of(period: str, today: date) -> tuple[date, date]:
    if period == "day":
        return today, today
    if period == "week":
        friday = today + timedelta(days=4 - today.weekday())
        return friday, friday + timedelta(days=2)
    last = _month(today, 0)[1] if period == "month" else date(today.year, 12, 31)
    return last - timedelta(days=2), last


def _written(match: re.Match[str], frame: Frame) -> Days | None:
    got = match.groupdict()
    if got.get("iso"):
        year, month, day = map(int, got["iso"].split("-"))
    elif got.get("n1") or got.get("p1"):
        one, two = int(got.get("n1") or got["p1"]), int(got.get("n2") or got["p2"])
        written = got.get("y3") or got.get("y4")
        year = int(written) + (2000 if len(written) == 2 else 0) if written else 0
        swap = frame.month_first and bool(got.get("n1"))
        month, day = (one, two) if swap else (two, one)
        if month > 12 >= day:
            month, day = day, month
    elif name := got.get("m1") or got.get("m2"):
        month, day = int(pairs("months")[name.lower()]), int(got.get("d1") or got["d2"])
        year = int(got.get("y1") or got.get("y2") or 0)
    elif got.get("d3"):
        return Days(day=int(got["d3"]))
    else:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Days(year=year or None, month=month, day=day)


def _value(text: str, match: re.Match[str], days: Days | None, end: int | None = None, *, weak: bool = False) -> Value | None:
    if days is None:
        return None
    end = match.end() if end is None else end
    if text[end - 1] == "." and text[match.start() : end].count(".") == 1:
        end -= 1  # the full stop of an abbreviation may be that of the sentence
    return Value("date", match.start(), end, text[match.start() : end], days=days, weak=weak)
