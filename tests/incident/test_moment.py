"""Dates and times are read with the incident's zone and locale, and one that does not exist is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from drafter.incident import incident_from
from drafter.incident.moment import day_of, read_moment, written_day, written_time
from drafter.incident.reading import FRAME, Frame

LONDON = ZoneInfo("Europe/London")


def read(text: str, locale: str = "en-GB", *, ahead: bool | None = None, day: int = 12) -> date | datetime:
    """The moment that `text` names on Thursday 12 March 2026, or another day of it, 10 o'clock in London."""
    token = FRAME.set(Frame(locale, LONDON, datetime(2026, 3, day, 10, tzinfo=LONDON)))
    try:
        found: date | datetime = read_moment(text, ahead=ahead)
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


def march(day: int, hour: int | None = None) -> date | datetime:
    """A day of March 2026, with its hour in London."""
    return date(2026, 3, day) if hour is None else datetime(2026, 3, day, hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "ahead", "moment"),
    [
        ("today", None, march(12)),
        ("Tomorrow", None, march(13)),
        ("day after tomorrow", None, march(14)),
        ("tomorrow at 3pm", None, march(13, 15)),
        ("noon tomorrow", None, march(13, 12)),
        ("5 pm", None, march(12, 17)),
        ("in 3 days", None, march(15)),
        ("a week ago", None, march(5)),
        ("two weeks from today", None, march(26)),
        ("in two hours", None, march(12, 12)),
        ("Friday", True, march(13)),
        ("on Friday at 17:00", True, march(13, 17)),
        ("9 am on Monday", True, march(16, 9)),
        ("Friday", False, march(6)),
        ("Mon.", False, march(9)),
        ("this Friday", None, march(13)),
        ("this coming Thursday", None, march(19)),
        ("next Monday", None, march(16)),
        ("next Thursday", True, march(19)),
        ("last Friday", None, march(6)),
        ("the 3rd", True, date(2026, 4, 3)),
        ("the 3rd", False, march(3)),
        ("Friday 13 March", None, march(13)),
        ("Fri, 13 Mar 2026 at noon", None, march(13, 12)),
        ("5 January", True, date(2026, 1, 5)),
        ("20 December", False, date(2025, 12, 20)),
        ("13.3.2026", None, march(13)),
    ],
)
def test_a_day_is_read_as_one_says_it(text: str, ahead: bool | None, moment: date | datetime) -> None:
    """Where it can mean one day only; a plan looks ahead, and what was done back."""
    assert read(text, ahead=ahead) == moment


@pytest.mark.parametrize(
    ("text", "ahead", "day", "said"),
    [
        ("next Friday", True, 12, "2026-03-13 or 2026-03-20"),
        ("next Monday", True, 15, "2026-03-16 or 2026-03-23"),  # on a Sunday, which ends a week or begins one
        ("last Monday", False, 12, "2026-03-02 or 2026-03-09"),
        ("Friday", None, 12, "2026-03-06 or 2026-03-13"),
        ("Thursday", True, 12, "2026-03-12 or 2026-03-19"),
        ("this Thursday", False, 12, "2026-03-05 or 2026-03-12"),
        ("this Monday", None, 12, "2026-03-09 or 2026-03-16"),
        ("the 27th", None, 12, "2026-02-27 or 2026-03-27"),
        ("Friday 12 March", None, 12, "is a Thursday"),
        ("between 9 and 12 on Friday", True, 12, "stretch of time"),
        ("Friday 9–12", True, 12, "stretch of time"),
        ("13 March 9:00-12:00", True, 12, "stretch of time"),
        ("2026-03-13 9 to 12", True, 12, "stretch of time"),
        ("9-12", True, 12, "stretch of time"),
        ("2-3 days", True, 12, "stretch of time"),
        ("tomorrow morning", True, 12, "stretch of time"),
        ("before noon", True, 12, "stretch of time"),
        ("end of next week", True, 12, "November 20, Friday, Friday 5 pm, tomorrow or in 3 days"),
        ("next week", True, 12, "not one day"),
        ("next month", True, 12, "not one day"),
        ("10 days", True, 12, "not one day"),
        ("Monday at 10", True, 12, "not one day"),
        ("13 March or later", True, 12, "not one day"),
        ("13pm tomorrow", True, 12, "does not exist"),
        ("Friday 25:00", True, 12, "does not exist"),
        ("the 32nd", True, 12, "does not exist"),
    ],
)
def test_a_day_that_would_be_a_guess_is_refused(text: str, ahead: bool | None, day: int, said: str) -> None:
    """Both days are named where there are two, and the forms that work where there is none."""
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        read(text, ahead=ahead, day=day)
    assert text in str(caught.value)


def test_where_a_day_stands_says_whether_it_is_still_to_come() -> None:
    """What is done lies behind us, what is planned ahead, and so does what is still to be decided."""
    incident = incident_from(
        {
            "as_of": "2026-03-12 10:00",
            "company": "Lumen",
            "signer": "Ana Ruiz",
            "problems": [
                {
                    "what": "your lamp arrived broken",
                    "ours": "we packed your lamp badly",
                    "when": "Friday",
                    "fixes": [{"done": "I sent a new lamp", "on": "Monday"}, {"will": "I will call you", "by": "Monday"}],
                    "remedies": [{"kind": "refund", "decision": "pending", "on": "Friday"}],
                }
            ],
            "asks": [{"text": "for a lamp", "decision": "pending", "on": "Wednesday"}],
        }
    )
    problem = incident.problems[0]
    assert problem.when == march(6)
    assert (problem.fixes[0].on, problem.fixes[1].by) == (march(9), march(16))
    assert (problem.remedies[0].on, incident.asks[0].on) == (march(13), march(18))


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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("tomorrow by 5 pm", "2026-11-28 17:00"),
        ("by 5 pm tomorrow", "2026-11-28 17:00"),
        ("Friday noon", "2026-12-04 12:00"),  # it is Friday, and noon is over
        ("by Monday noon", "2026-11-30 12:00"),
        ("in two hours", "2026-11-27 15:00"),
        ("within two hours", "2026-11-27 15:00"),
        ("in half an hour", "2026-11-27 13:30"),
        ("tonight", "2026-11-27"),
        ("end of day", "2026-11-27"),
        ("by Monday", "2026-11-30"),
        ("by November 30", "2026-11-30"),
    ],
)
def test_a_moment_is_read_as_one_types_it_in_a_hurry(text: str, read: str) -> None:
    """A deadline, a part of today and so many hours from now, on a Friday at one."""
    token = FRAME.set(Frame("en-US", UTC, datetime(2026, 11, 27, 13, tzinfo=UTC)))
    try:
        moment = read_moment(text, ahead=True)
    finally:
        FRAME.reset(token)
    assert (f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()) == read
