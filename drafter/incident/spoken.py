"""Spoken days: "tomorrow", "Friday at 5 pm", "in 3 days", read where they can mean one day only, and refused where they can mean two."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, NoReturn

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)(?!\s?[ap]\.?m)|(?P<noon>noon|midday)"
)
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(_COUNTS)})"
_UNIT = r"(?P<unit>minute|hour|day|week|fortnight)s?"
_NEAR = {
    "today": 0,
    "tonight": 0,
    "end of day": 0,
    "the end of the day": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
    "yesterday": -1,
    "the day before yesterday": -2,
}

_CLOCK_LAST = re.compile(rf"(?P<day>.*?)(?:^|,? (?:at |@ ?)?|T)(?:{_CLOCK})$")
_CLOCK_FIRST = re.compile(rf"(?:at )?(?:{_CLOCK}),?(?: on)? (?P<day>\D.*)$")
_AHEAD = re.compile(
    rf"in {_COUNT} {_UNIT}(?:' time)?$|{_COUNT.replace('count', 'count2')} {_UNIT.replace('unit', 'unit2')} from (?:now|today)$"
)
_AGO = re.compile(rf"{_COUNT} {_UNIT} ago$")
_ON = re.compile(rf"(?:on )?(?:(?P<which>this coming|coming|this past|past|this|next|last) )?(?P<name>{_WEEKDAY})$")
_OF_MONTH = re.compile(r"(?:on )?(?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th)$")

_HOUR = r"(?:\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?|noon|midday)"
_BY = re.compile(r"\bby (?=\S)")  # the moment that ends a wait is named like any other
_STRETCH = re.compile(
    rf"(?<![\d./:-]){_HOUR}\s?(?:-|–|—|to\b|till?\b|until\b)\s?{_HOUR}(?![\d/.-]*[/.-]\d)(?!\d)"
    r"|\bbetween\b|\b(?:morning|afternoon|evening|night|lunchtime)\b"
    r"|\b(?:before|after|from|until|till) (?:noon|midday|lunch|\d)",
)
_PIECES = re.compile(
    rf"(?P<time>{_CLOCK})|(?P<numbers>(?:\d{{4}}|\d{{1,2}})[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?)|(?P<year>\d{{4}}|'\d\d)|(?P<date>\d{{1,2}}(?:st|nd|rd|th)?)"
    rf"|(?P<month>{_MONTHS})(?![a-z])|(?P<weekday>{_WEEKDAY})(?![a-z])|(?P<small>(?:the|of|on|at)\b|[@,.\s-])"
)


class Written(NamedTuple):
    """What stands in a calendar date, "Friday, November 27": its weekday as a number or None, and whether it names the year."""

    weekday: int | None
    has_year: bool


def is_stretch(text: str) -> bool:
    """Whether this is from one hour to another, or a part of a day: "between 9 and 12 on Friday", "tomorrow morning"."""
    return _STRETCH.search(re.sub(r"^\d{4}-\d\d?-\d\d?[ t]?", "", text.lower())) is not None


def calendar(text: str) -> Written | None:
    """How a date of the calendar is written; None where this is none, or something stands in it beside."""
    at, kinds, weekday = 0, [], None
    numbers = ""
    low = text.lower()
    while at < len(low):
        match = _PIECES.match(low, at)
        if match is None or not match[0]:
            return None
        at, kind = match.end(), next(name for name in ("time", "numbers", "year", "date", "month", "weekday", "small") if match[name])
        if kind == "small":
            continue
        if kind in kinds:
            return None
        kinds.append(kind)
        numbers = match[0] if kind == "numbers" else numbers
        weekday = _index(match[0]) if kind == "weekday" else weekday
    whole = bool(re.fullmatch(r"\d+([./-])\d+\1\d+", numbers))
    if numbers and (whole or "-" not in numbers) and not {"date", "month", "year"} & set(kinds):
        return Written(weekday, whole)
    return Written(weekday, "year" in kinds) if {"date", "month"} <= set(kinds) and not numbers else None


def nearest(day: date, today: date, *, ahead: bool | None) -> date:
    """A day whose year is not said: this year's, or where that lies on the wrong side of today by far, the one next to it."""
    if ahead is None or (day >= today if ahead else day <= today):
        return day
    try:
        other = day.replace(year=day.year + (1 if ahead else -1))
    except ValueError:
        return day
    return other if abs(other - today) < timedelta(days=183) else day


def spoken(text: str, now: datetime, *, ahead: bool | None) -> date | datetime | None:
    """The day, or with an hour the moment, that words name as seen from `now`; None where they are no such words.

    `ahead` is whether it is still to come: then "Friday" is the next one, and where it is over, the last one.

    Raises:
        ValueError: they can mean two days, or name an hour or day that does not exist.
    """
    low = _BY.sub("", " ".join(text.lower().split()).rstrip("."))
    low = re.sub(r"^within ", "in ", low)
    clock = _CLOCK_LAST.match(low) or _CLOCK_FIRST.match(low)
    words, at = (clock["day"].strip(" ,"), _hour(clock, text)) if clock else (low, None)
    if clock is None and (moment := _by_the_hour(low, now)):
        return moment
    day = now.date() if clock and not words else _day(words, now.date(), ahead, text, over=at is not None and at <= now.time())
    return day if at is None or day is None else datetime.combine(day, at, now.tzinfo)


def _hour(clock: re.Match[str], text: str) -> time:
    if clock["noon"]:
        return time(12)
    hour, minute = int(clock["hour"] or clock["hour24"]), int(clock["minute"] or clock["minute24"] or 0)
    if hour > 23 or minute > 59 or (clock["half"] and not 1 <= hour <= 12):
        raise ValueError(f"'{text}' does not exist; write the time as 17:00 or 5 pm")
    return time(hour % 12 + (12 if clock["half"] == "p" else 0) if clock["half"] else hour, minute)


def _counted(words: str) -> int:
    return int(words) if words.isdigit() else 1 if words in ("a", "an") else _COUNTS.index(words) + 1


def _away(low: str) -> tuple[int, str] | None:
    """How far away something is, in which unit; what is over is less than nothing."""
    if match := _AHEAD.match(low):
        return _counted(match["count"] or match["count2"]), match["unit"] or match["unit2"]
    match = _AGO.match(low)
    return (-_counted(match["count"]), match["unit"]) if match else None


def _by_the_hour(low: str, now: datetime) -> datetime | None:
    if low in ("in half an hour", "in half hour"):
        far: tuple[int, str] | None = (30, "minute")
    else:
        far = _away(low)
    if far is None or far[1] not in ("minute", "hour"):
        return None
    then = now.astimezone(UTC) + timedelta(**{f"{far[1]}s": far[0]})
    return then.astimezone(now.tzinfo).replace(second=0, microsecond=0)


def _day(low: str, today: date, ahead: bool | None, text: str, *, over: bool = False) -> date | None:
    if low in _NEAR or f"the {low}" in _NEAR:
        return today + timedelta(days=_NEAR.get(low, _NEAR.get(f"the {low}", 0)))
    if (far := _away(low)) and far[1] not in ("minute", "hour"):
        return today + timedelta(days=far[0] * {"day": 1, "week": 7, "fortnight": 14}[far[1]])
    if match := _ON.match(low):
        seen = _Seen(today, ahead, text)
        if ahead and over and not match["which"] and _index(match["name"]) == today.weekday():
            return today + timedelta(days=7)  # the hour is over today
        return _weekday(_index(match["name"]), match["which"] or "", seen)
    if match := _OF_MONTH.match(low):
        return _of_month(int(match["number"]), _Seen(today, ahead, text))
    return None


class _Seen(NamedTuple):
    """What words are seen from: the day, whether they name something to come, and as they were typed."""

    today: date
    ahead: bool | None
    text: str


def _weekday(index: int, which: str, seen: _Seen) -> date:
    """The day of a weekday: "Friday", "next Friday"; a week begins on a Sunday for some, and on a Monday for others."""
    today, ahead, text = seen
    coming = today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    last = today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)
    if which in ("coming", "this coming"):
        return coming
    if which in ("past", "this past"):
        return last
    if which == "next":
        return coming if not _same_week(coming, today) else _doubt(text, coming, coming + timedelta(days=7))
    if which == "last":
        return last if not _same_week(last, today) else _doubt(text, last, last - timedelta(days=7))
    if which == "this" and ahead is None and _same_week(coming, today):
        ahead = True
    if today.weekday() == index:
        return _doubt(text, today, last if ahead is False else coming)
    if ahead is None or (which == "this" and not ahead):
        return _doubt(text, last, coming)
    return coming if ahead else last


def _same_week(day: date, today: date) -> bool:
    """Whether two days are of one week, for those whose week begins on a Monday or for those whose begins on a Sunday."""
    return any(day - timedelta(days=(day.weekday() + off) % 7) == today - timedelta(days=(today.weekday() + off) % 7) for off in (0, 1))


def _of_month(number: int, seen: _Seen) -> date:
    """The nearest day of this number: "the 27th"."""
    near = [seen.today + timedelta(days=off) for off in range(62)], [seen.today - timedelta(days=off) for off in range(62)]
    coming, last = (next((day for day in days if day.day == number), None) for days in near)
    if coming is None or last is None:
        raise ValueError(f"'{seen.text}' does not exist: no month has such a day")
    if seen.ahead is None and coming != last:
        return _doubt(seen.text, last, coming)
    return last if seen.ahead is False else coming


def _doubt(text: str, *days: date) -> NoReturn:
    one, other = sorted(days)
    raise ValueError(f"'{text}' can mean {one} or {other}; write the one that you mean")


def _index(name: str) -> int:
    return next(at for at, weekday in enumerate(_WEEKDAYS) if weekday.startswith(name[:3]))
