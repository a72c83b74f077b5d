"""Dates and times are read with the incident's zone and locale, and one that does not exist is refused."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from drafter.incident.moment import day_of, read_moment, written_day, written_time
from drafter.incident.reading import FRAME, Frame

LONDON = ZoneInfo("Europe/London")


def read(text: str, locale: str = "en-GB") -> date | datetime:
    """The moment that `text` names on Thursday 12 March 2026, 10 o'clock in London."""
    token = FRAME.set(Frame(locale, LONDON, datetime(2026, 3, 12, 10, tzinfo=LONDON)))
    try:
        found: date | datetime = read_moment(text)
        return found
    finally:
        FRAME.reset(token)


@pytest.mark.parametrize(
    ("text", "locale", "moment"),
    [
        ("2026-03-11", "en-GB", date(2026, 3, 11)),
        ("2026-03-11 09:10", "en-GB", datetime(2026, 3, 11, 9, 10, tzinfo=LONDON)),
        ("2026-03-11T9:10", "en-GB", datetime(2026, 3, 11, 9, 10, tzinfo=LONDON)),
        ("2026-07-01T09:10+02:00", "en-GB", datetime.fromisoformat("2026-07-01T09:10+02:00")),
        ("09:10", "en-GB", datetime(2026, 3, 12, 9, 10, tzinfo=LONDON)),
        ("March 11", "en-US", date(2026, 3, 11)),
        ("11 March 2026", "en-GB", date(2026, 3, 11)),
        ("03/04/2026", "en-US", date(2026, 3, 4)),
        ("03/04/2026", "en-GB", date(2026, 4, 3)),
        ("11 March 2026 5 pm", "en-GB", datetime(2026, 3, 11, 17, tzinfo=LONDON)),
    ],
)
def test_moments_are_read_as_people_write_them(text: str, locale: str, moment: date | datetime) -> None:
    """ISO, a time of today, and the locale's own order of day and month; what has no time stays a day."""
    found = read(text, locale)
    assert found == moment
    assert isinstance(found, datetime) == isinstance(moment, datetime)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "25:00", "February 30", "soon", "2026-03-11 24:61"])
def test_a_moment_that_does_not_exist_is_refused(text: str) -> None:
    """The reason quotes the text and shows how to write it."""
    with pytest.raises(ValueError, match="write it as 2026-11-20") as caught:
        read(text)
    assert text in str(caught.value)


def test_days_and_times_are_written_as_the_locale_does() -> None:
    """The words follow the locale, the weekday and year come when asked for."""
    day = date(2026, 11, 25)
    assert written_day(day, "en-US") == "November 25"
    assert written_day(day, "en-GB", weekday=True) == "Wednesday 25 November"
    assert written_day(day, "en-US", weekday=True, year=True) == "Wednesday, November 25, 2026"
    assert written_time(datetime(2026, 11, 25, 17, 5, tzinfo=LONDON), "en-GB") == "17:05"


def test_the_day_of_a_moment_is_that_of_the_readers_zone() -> None:
    """Half past eleven at night in New York is the next day in London."""
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert day_of(moment) == date(2026, 11, 24)
    assert day_of(moment, LONDON) == day_of(date(2026, 11, 25)) == date(2026, 11, 25)
