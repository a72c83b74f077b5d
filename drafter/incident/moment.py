"""Moments: dates and times with a zone, read and written by locale."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from babel import dates
from pydantic import BeforeValidator

from drafter.incident.money import babel_locale
from drafter.incident.reading import current

_ISO_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}$")
_ISO_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")
_DAYS = 1 << 12  # that are kept as written
_EXAMPLE = "write it as 2026-11-20 or 2026-11-20 09:10"


@cache
def zones() -> frozenset[str]:
    """The names of the time zones that there are; read once, as that looks at a thousand files."""
    return frozenset(available_timezones())


def read_moment(value: Any) -> Any:
    """A date, or a datetime with the incident's zone, from ISO, from a time of day, or as the locale writes it.

    Raises:
        ValueError: the text is not a date, or names one that does not exist.
    """
    moment = _read(value)
    if isinstance(moment, date) and not 1900 <= moment.year <= 2200:
        raise ValueError(f"the year {moment.year} is surely a slip; {_EXAMPLE}")
    return moment


def _read(value: Any) -> Any:
    frame = current()
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=frame.zone)
    if isinstance(value, date) or value is None:
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value} is not a date; {_EXAMPLE}")
    text = value.strip()
    try:
        if _ISO_DATE.match(text):
            return date(*map(int, text.split("-")))
        if _ISO_TIME.match(text):
            return _read(datetime.fromisoformat(re.sub(r"^(\S{10})[T ](\d):", r"\1 0\2:", text)))
        if clock := _TIME.match(text):
            return datetime.combine(frame.moment.date(), time(int(clock[1]), int(clock[2])), frame.zone)
    except ValueError as error:
        raise ValueError(f"'{text}' does not exist ({error}); {_EXAMPLE}") from None
    return _as_written(text)


def _as_written(text: str) -> date | datetime:
    if text.isdigit():
        raise ValueError(f"'{text}' is a bare number, not a date; {_EXAMPLE}")
    import dateparser  # half the cost of the first incident, and most dates are ISO

    frame = current()
    settings: Any = {
        "RELATIVE_BASE": frame.moment.replace(tzinfo=None),
        "STRICT_PARSING": False,
        "REQUIRE_PARTS": ["day"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PREFER_DATES_FROM": "current_period",
    }
    language = frame.locale.split("-")[0]
    found: datetime | None = dateparser.parse(text, languages=[language], region=frame.locale.split("-")[-1].upper(), settings=settings)
    if found is None:
        raise ValueError(f"'{text}' is not a date that exists; {_EXAMPLE}")
    return found.replace(tzinfo=frame.zone) if re.search(r"\d:\d\d|\d\s*[ap]\.?m\b", text, re.I) else found.date()


Moment = Annotated[datetime | date, BeforeValidator(read_moment)]


def day_of(moment: datetime | date, zone: Any = None) -> date:
    """The calendar day of a moment, in `zone` when it has a time."""
    if isinstance(moment, datetime):
        return (moment.astimezone(zone) if zone else moment).date()
    return moment


@lru_cache(maxsize=_DAYS)
def written_day(day: date, locale: str, *, weekday: bool = False, year: bool = False, short: bool = False) -> str:
    """A day as the locale writes it in a sentence: "November 25", "Wednesday 25 November 2026", short "Wed 25 Nov"."""
    place = babel_locale(locale)
    if short:
        return str(dates.format_skeleton(("y" if year else "") + ("MMMEd" if weekday else "MMMd"), day, locale=place))
    text = str(dates.format_date(day, "long", locale=place) if year else dates.format_skeleton("MMMMd", day, locale=place))
    if not weekday:
        return text
    gap = " " if text[0].isdigit() and place.language == "en" else ", "  # CLDR lacks the skeleton and would shorten both names
    return f"{dates.format_date(day, 'EEEE', locale=place)}{gap}{text}"


def written_time(moment: datetime, locale: str) -> str:
    """A time of day as the locale writes it: "5:00 PM", "17:00"."""
    return dates.format_time(moment, "short", tzinfo=moment.tzinfo, locale=babel_locale(locale))
