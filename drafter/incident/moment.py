"""Moments: dates and times with a zone, read and written by locale."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from babel import dates
from pydantic import BeforeValidator, ValidationInfo

from drafter.incident.money import babel_locale
from drafter.incident.reading import Frame, current
from drafter.incident.spoken import Written, calendar, is_stretch, nearest, spoken

_ISO_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}$")
_ISO_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")
_DAYS = 1 << 12  # that are kept as written
_EXAMPLE = "write it as 2026-11-20 or 2026-11-20 09:10"
_EXAMPLES = "write it as 2026-11-20, 2026-11-20 09:10, November 20, Friday, Friday 5 pm, tomorrow or in 3 days"
_STRETCH = "write the one day here, and the hours in words where it says what is done: 'I will call you between 9 and 12'"


@cache
def zones() -> frozenset[str]:
    """The names of the time zones that there are; read once, as that looks at a thousand files."""
    return frozenset(available_timezones())


def read_moment(value: Any, *, ahead: bool | None = None) -> Any:
    """A date, or a datetime with the incident's zone, from ISO, from a time of day, as the locale writes it, or as one says it.

    `ahead` is whether it is still to come, where that is known: "Friday" can then be one day only.

    Raises:
        ValueError: the text is not a date, names one that does not exist, or can mean two.
    """
    moment = _read(value, ahead)
    if isinstance(moment, date) and not 1900 <= moment.year <= 2200:
        raise ValueError(f"the year {moment.year} is surely a slip; {_EXAMPLE}")
    return moment


def _read(value: Any, ahead: bool | None = None) -> Any:
    frame = current()
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=frame.zone)
    if isinstance(value, date) or value is None:
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value} is not a date; {_EXAMPLE}")
    text = re.sub(r"^by (?=\S)", "", value.strip(), flags=re.I)  # "by Friday" is a day like any other here
    if not _ISO_DATE.match(text) and is_stretch(text):
        raise ValueError(f"'{text}' is a stretch of time; {_STRETCH}")
    try:
        if _ISO_DATE.match(text):
            return date(*map(int, text.split("-")))
        if _ISO_TIME.match(text):
            return _read(datetime.fromisoformat(re.sub(r"^(\S{10})[T ](\d):", r"\1 0\2:", text)))
        if clock := _TIME.match(text):
            return datetime.combine(frame.moment.date(), time(int(clock[1]), int(clock[2])), frame.zone)
    except ValueError as error:
        raise ValueError(f"'{text}' does not exist ({error}); {_EXAMPLE}") from None
    if text.isdigit():
        raise ValueError(f"'{text}' is a bare number, not a date; {_EXAMPLE}")
    return _in_english(text, frame, ahead) if frame.locale.startswith("en") else _as_written(text, frame)


def _in_english(text: str, frame: Frame, ahead: bool | None) -> date | datetime:
    """A date of the calendar, or what one says; nothing beside it is passed over, so that no day is guessed."""
    said = spoken(text, frame.moment, ahead=ahead)
    if said is not None:
        return said
    written = calendar(text)
    if written is None:
        raise ValueError(f"'{text}' is not one day that can be read for sure; {_EXAMPLES}")
    found = _as_written(re.sub(r"\b(?:noon|midday)\b", "12:00", text, flags=re.I), frame)
    return _checked(text, found, written, nearest(day_of(found), frame.moment.date(), ahead=None if written.has_year else ahead))


def _checked(text: str, found: date | datetime, written: Written, day: date) -> date | datetime:
    """What was found, on the day that it is, which has the weekday that stands there."""
    if written.weekday not in (None, day.weekday()):
        raise ValueError(f"'{text}' is a {day:%A}; mend the day or the date, or {_EXAMPLE}")
    return found.replace(year=day.year)


def _as_written(text: str, frame: Frame) -> date | datetime:
    import dateparser  # half the cost of the first incident, and most dates are ISO

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


def _in_place(value: Any, info: ValidationInfo) -> Any:
    """A moment where it stands: what is done lies behind us, what is planned ahead."""
    data = info.data if isinstance(info.data, dict) else {}
    ahead = None
    if info.field_name == "when" or data.get("done"):
        ahead = False
    elif info.field_name in ("by", "until") or data.get("will") or data.get("decision") == "pending":
        ahead = True
    return read_moment(value, ahead=ahead)


Moment = Annotated[datetime | date, BeforeValidator(_in_place)]


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
        text = str(dates.format_skeleton(("y" if year else "") + ("MMMEd" if weekday else "MMMd"), day, locale=place))
        return re.sub(r"^(\w+), (?=\d)", r"\1 ", text) if place.language == "en" else text  # "Thu 5 Feb", as the long form has it
    text = str(dates.format_date(day, "long", locale=place) if year else dates.format_skeleton("MMMMd", day, locale=place))
    if not weekday:
        return text
    gap = " " if text[0].isdigit() and place.language == "en" else ", "  # CLDR lacks the skeleton and would shorten both names
    return f"{dates.format_date(day, 'EEEE', locale=place)}{gap}{text}"


def written_time(moment: datetime, locale: str) -> str:
    """A time of day as the locale writes it: "5:00 PM", "17:00"."""
    return dates.format_time(moment, "short", tzinfo=moment.tzinfo, locale=babel_locale(locale))
