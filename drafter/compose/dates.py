"""Dates in sentences: written by locale, placed where they read well, and never said twice in one clause."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from drafter.compose.wording import Wording
from drafter.incident import Incident
from drafter.incident.moment import day_of, written_day, written_time

_NEAR = timedelta(days=13)
_LONG = 90  # a clause up to this length carries its date at the end


class Dates:
    """How the moments of one incident are written and where they stand."""

    def __init__(self, incident: Incident, wording: Wording) -> None:
        self.wording = wording
        self.locale = incident.locale
        self.zone = incident.zone
        self.now = incident.as_of
        self.today = incident.as_of.astimezone(incident.zone).date()
        self.brisk = incident.channel in ("chat", "sms", "social")  # read at once, and short
        self.current = self.brisk or incident.kind in ("holding", "update") or incident.severity == "urgent"  # "today" is exact
        self.short = incident.channel == "sms"
        self.said: set[date] = set()
        self.last: date | None = None  # the day that the sentence before was dated with
        self.repeats = 0

    def when(self, moment: datetime | date, *, by: bool = False) -> str:
        """A moment after its preposition: "on Friday, November 20", "by 11:10 today"."""
        day = day_of(moment, self.zone)
        key = "by" if by else "on"
        if not by and self._again(moment):
            return self.wording.say("on.same") if self.repeats == 1 and not (self.current and day == self.today) else ""
        near = day == self.today and (isinstance(moment, datetime) or self.current)
        key += ".today" if near else ".day"
        if isinstance(moment, datetime):
            return self.wording.say(f"{key}.time", day=self._day(day), time=self.time(moment))
        return self.wording.say(key, day=self._day(day))

    def since(self, moment: datetime | date) -> str:
        """From when on something holds: "since November 20", "since then"."""
        return self.wording.say("since.then") if self._again(moment) else self.wording.say("since", when=self.bare(moment))

    def paragraph(self) -> None:
        """Forgets which day was said last: a new paragraph names it again."""
        self.last, self.repeats = None, 0

    def state(self) -> tuple[set[date], date | None, int, int]:
        """What has been said so far, to go back to where a sentence is written anew."""
        return set(self.said), self.last, self.repeats, len(self.wording.spoken)

    def reset(self, state: tuple[set[date], date | None, int, int]) -> None:
        """Goes back to an earlier state."""
        self.said, self.last, self.repeats = set(state[0]), state[1], state[2]
        del self.wording.spoken[state[3] :]

    def _again(self, moment: datetime | date) -> bool:
        day = day_of(moment, self.zone)
        again = day == self.last and not isinstance(moment, datetime) and day <= self.today
        self.repeats = self.repeats + 1 if again else 0
        self.last = day
        return again

    def bare(self, moment: datetime | date) -> str:
        """A moment without a preposition, as "since" and "from" take it."""
        day = day_of(moment, self.zone)
        if isinstance(moment, datetime) and day == self.today:
            return self.time(moment)
        return self._day(day)

    def time(self, moment: datetime) -> str:
        """A time of day as the locale writes it, with a plain space."""
        local = moment.astimezone(self.zone)
        return self.wording.say("noon") if (local.hour, local.minute) == (12, 0) else _time(local, self.locale)

    def long(self, day: date) -> str:
        """A day with its year, as a letter is dated."""
        return written_day(day, self.locale, year=True)

    def _day(self, day: date) -> str:
        far = day.year != self.today.year
        weekday = abs(day - self.today) <= _NEAR and not self._said(day)
        self.said.add(day)
        return _day(day, self.locale, self.short, (weekday, far))

    def _said(self, day: date) -> bool:
        """Whether the day stands in the text already: its weekday is then not said again."""
        return day in self.said or any(written_day(day, self.locale, weekday=True) in text for text in self.wording.spoken)

    def plain_today(self, moment: datetime | date) -> bool:
        """Whether this is no more than "today" in a message that is read at once."""
        return self.brisk and moment == self.today

    def past(self, moment: datetime | date) -> bool:
        """Whether the moment lies behind the one of writing."""
        return moment <= self.now if isinstance(moment, datetime) else moment <= self.today

    def today_at(self, moment: datetime | date | None) -> bool:
        """Whether this is a time of day today."""
        return isinstance(moment, datetime) and day_of(moment, self.zone) == self.today

    def mentions(self, clause: str, moment: datetime | date) -> bool:
        """Whether a clause already says this day, and its time where it names one."""
        day, patterns = day_of(moment, self.zone), self.wording.phrases.patterns
        if day == self.today and patterns["same_day"].search(clause):
            return True
        if isinstance(moment, datetime) and patterns["soon"].search(clause):
            return True
        if isinstance(moment, datetime) and day == self.today and _says_time(clause, moment.astimezone(self.zone), patterns["clock"]):
            return True
        forms = _forms(day, self.locale)
        lower = clause.lower()
        return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", lower) for form in forms) or (
            abs(day - self.today) < timedelta(days=8) and forms[0] in lower
        )

    def placed(self, clause: str, when: str) -> str:
        """A clause with its date: behind it when it ends cleanly, else in front of it."""
        if when and self.simple(clause):
            return self.wording.say("back", clause=clause, when=when)
        return self.fronted(clause, when)

    def simple(self, clause: str) -> bool:
        """Whether a clause ends so cleanly that a date can follow it."""
        meets = self.wording.meets
        return len(clause) <= _LONG and not meets("complex", clause) and not meets("date", clause)

    def fronted(self, clause: str, when: str) -> str:
        """A clause behind its date, with a comma where the locale's date has one of its own."""
        if not when:
            return clause
        comma = "," in when or (len(when.split()) > 4 and bool(re.search(r"\d[:.]\d\d", when)))
        return self.wording.say("front.comma" if comma else "front", when=when, clause=self.wording.inner(clause))


@lru_cache(maxsize=512)
def _day(day: date, locale: str, short: bool, shape: tuple[bool, bool]) -> str:
    weekday, year = shape
    return written_day(day, locale, weekday=weekday, year=year, short=short)


@lru_cache(maxsize=512)
def _time(moment: datetime, locale: str) -> str:
    text = written_time(moment, locale).replace("\u202f", " ").replace("\u00a0", " ")
    half = re.match(r"(?P<clock>[\d:.]+) (?P<half>[ap])\.?m\.?$", text, re.I)
    return f"{half['clock'].removesuffix(':00')} {half['half'].lower()}m" if half else text


@lru_cache(maxsize=512)
def _forms(day: date, locale: str) -> tuple[str, ...]:
    """How a clause may name the day, in small letters; the weekday first."""
    weekday = re.split(r"[, ]", written_day(day, locale, weekday=True).lower(), maxsplit=1)[0]
    months = [re.sub(r"[\d.,]", "", written_day(day, locale, short=short)).strip().lower() for short in (False, True)]
    names = [f"{a} {b}" for month in months for number in (str(day.day), f"{day.day:02}") for a, b in ((month, number), (number, month))]
    return (weekday, *dict.fromkeys(names), day.isoformat())


def _says_time(clause: str, moment: datetime, clock: re.Pattern[str]) -> bool:
    for match in clock.finditer(clause):
        if match["noon"]:
            hour, minute = 12, 0
        elif match["half"]:
            hour, minute = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0), int(match["minute"] or 0)
        else:
            hour, minute = int(match["hour24"]), int(match["minute24"])
        if (hour, minute) == (moment.hour, moment.minute):
            return True
    return False
