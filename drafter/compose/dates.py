"""Dates in sentences: written by locale, placed where they read well, and never said twice in one clause."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from drafter.compose.wording import Wording
from drafter.incident import Incident
from drafter.incident.moment import day_of, written_day, written_time

_NEAR = timedelta(days=13)
_DAY = timedelta(days=1)
_LONG = 90  # a clause up to this length carries its date at the end
State = tuple[set[date], date | None, int, int]


class Dates:
    """How the moments of one incident are written and where they stand."""

    def __init__(self, incident: Incident, wording: Wording, *, spare: bool = False) -> None:
        self.wording = wording
        self.spare = spare  # no weekday beside a date
        self.locale = incident.locale
        self.zone = incident.zone
        self.now = incident.as_of
        self.today = incident.as_of.astimezone(incident.zone).date()
        self.brisk = incident.channel in ("chat", "sms", "social")  # read at once, and short
        paper = incident.channel == "letter"  # read days later
        running = incident.channel == "status_page" or (incident.kind in ("holding", "update") and not paper)
        self.live = self.brisk or running  # a bare time is today's
        self.near = {} if paper else _near(self.today)
        self.short = incident.channel == "sms"
        self.half_day = _half_day(incident, wording)
        self.said: set[date] = set()
        self.last: date | None = None  # the day that the sentence before was dated with
        self.repeats = 0

    def when(self, moment: datetime | date, *, by: bool = False, ahead: bool = False) -> str:
        """A moment after its preposition: "on Friday, November 20", "by 11:10 today"; `ahead` is one that is still to come."""
        day, key = day_of(moment, self.zone), "by" if by else "on"
        if not by and not ahead and not isinstance(moment, datetime) and day in self.near and day in self.said:
            self.last = day
            return ""  # "today" and "yesterday" are said once
        bare_time = self.live or self.last == day
        if not by and self._again(moment):
            return self.wording.say("on.same") if self.repeats == 1 else ""
        word = self.near.get(day, "")
        self.said |= {day} if word else set()
        if not isinstance(moment, datetime):
            return self.wording.say(f"{key}.{word}" if word else f"{key}.day", day="" if word else self._day(day))
        if word == "today" and bare_time:
            return self.wording.say(f"{key}.now.time", time=self.time(moment))
        if word:
            return self.wording.say(f"{key}.near.time", day=self.wording.say(f"day.{word}"), time=self.time(moment))
        return self.wording.say(f"{key}.day.time", day=self._day(day), time=self.time(moment))

    def since(self, moment: datetime | date) -> str:
        """From when on something holds: "since November 20", "from today", "" where the day was just said."""
        today = day_of(moment, self.zone) == self.today and bool(self.near) and not isinstance(moment, datetime)
        if self._again(moment):
            return "" if today else self.wording.say("since.then")
        return self.wording.say("from" if today else "since", when=self.bare(moment))

    def until(self, moment: datetime | date) -> str:
        """Until when something lasts: "until 9 pm"."""
        return self.wording.say("until", when=self.bare(moment))

    def paragraph(self) -> None:
        """Forgets which day was said last: a new paragraph names it again."""
        self.last, self.repeats = None, 0

    def state(self) -> State:
        """What has been said so far, to go back to where a sentence is written anew."""
        return set(self.said), self.last, self.repeats, len(self.wording.spoken)

    def reset(self, state: State) -> None:
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
        """A moment without a preposition, as "since", "until" and "from" take it."""
        day = day_of(moment, self.zone)
        word = self.wording.say(f"day.{self.near[day]}") if day in self.near else self._day(day)
        if not isinstance(moment, datetime):
            return word
        if day == self.today and self.live:
            return self.time(moment)
        return self.wording.say("time.near" if day in self.near else "near.time", day=word, time=self.time(moment))

    def time(self, moment: datetime) -> str:
        """A time of day as the facts or else the locale write it, with a plain space."""
        local = moment.astimezone(self.zone)
        return self.wording.say("noon") if (local.hour, local.minute) == (12, 0) else _time(local, self.locale, self.half_day)

    def long(self, day: date) -> str:
        """A day with its year, as a letter is dated."""
        return written_day(day, self.locale, year=True)

    def _day(self, day: date) -> str:
        far = day.year != self.today.year
        weekday = not self.spare and abs(day - self.today) <= _NEAR and not self._said(day)
        self.said.add(day)
        return _day(day, self.locale, self.short, (weekday, far))

    def _said(self, day: date) -> bool:
        """Whether the day stands in the text already: its weekday is then not said again."""
        return day in self.said or any(written_day(day, self.locale, weekday=True) in text for text in self.wording.spoken)

    def plain_today(self, moment: datetime | date) -> bool:
        """Whether this is no more than "today" in a message that is read at once."""
        return self.brisk and moment == self.today

    def is_near(self, moment: datetime | date) -> bool:
        """Whether the day is yesterday, today or tomorrow, in a channel where such words hold."""
        return day_of(moment, self.zone) in self.near

    def past(self, moment: datetime | date) -> bool:
        """Whether the moment lies behind the one of writing."""
        return moment <= self.now if isinstance(moment, datetime) else moment <= self.today

    def today_at(self, moment: datetime | date | None) -> bool:
        """Whether this is a time of day today."""
        return isinstance(moment, datetime) and day_of(moment, self.zone) == self.today

    def mentions(self, clause: str, moment: datetime | date) -> bool:
        """Whether a clause already says this day, and its time where it names one."""
        day, patterns = day_of(moment, self.zone), self.wording.phrases.patterns
        name = _near(self.today).get(day)
        if name and patterns[f"says_{name}"].search(clause):
            return True
        if isinstance(moment, datetime) and (patterns["soon"].search(clause) or self._says_hour(clause, moment)):
            return True
        if isinstance(moment, datetime) and day == self.today and _says_time(clause, moment.astimezone(self.zone), patterns["clock"]):
            return True
        weekday, naming = _naming(day, self.locale)
        lower = clause.lower()
        return bool(naming.search(lower)) or (abs(day - self.today) < timedelta(days=8) and weekday in lower)

    def _says_hour(self, clause: str, moment: datetime) -> bool:
        """Whether a clause says the hour of a moment as one says it: "by 3" for 15:00."""
        local = moment.astimezone(self.zone)
        said = (int(match["hour"]) for match in self.wording.phrases.patterns["bare_hour"].finditer(clause))
        return not local.minute and any(hour % 12 == local.hour % 12 for hour in said)

    def hour(self, clause: str, moment: datetime | date | None, *, by: bool) -> str:
        """The hour of a promise whose clause names the day alone: "at 6:30 pm" for "I will ring you this evening", else ""."""
        meets = self.wording.meets
        if (
            not isinstance(moment, datetime)
            or meets("clock", clause)
            or meets("soon", clause)
            or meets("bare_hour", clause)
            or not meets("names_day", clause)
        ):
            return ""
        return self.wording.say("by.now.time" if by else "on.now.time", time=self.time(moment))

    def with_hour(self, clause: str, hour: str) -> str:
        """The clause with the hour right behind the day that it names."""
        match = self.wording.phrases.patterns["names_day"].search(clause) if hour else None
        return f"{clause[: match.end()]} {hour}{clause[match.end() :]}" if match else clause

    def placed(self, clause: str, when: str, *, by: bool = False) -> str:
        """A clause with its date: behind it when it ends cleanly, behind a comma after "when …", else in front of it."""
        if not when:
            return clause
        if self.wording.meets("ends_in_when", clause) and len(clause) <= _LONG + 30:
            return self.wording.say("back.latest" if by else "back.comma", clause=clause, when=when if by else self._day_first(when))
        return self.wording.say("back", clause=clause, when=when) if self.simple(clause) else self.fronted(clause, when)

    def simple(self, clause: str) -> bool:
        """Whether a clause ends so cleanly that a date can follow it."""
        meets = self.wording.meets
        return len(clause) <= _LONG and not meets("complex", clause) and not meets("date", clause)

    def fronted(self, clause: str, when: str) -> str:
        """A clause behind its date, with a comma where the locale's date has one of its own."""
        if not when:
            return clause
        when = self._day_first(when)
        comma = "," in when or (len(when.split()) > 4 and bool(re.search(r"\d[:.]\d\d", when)))
        return self.wording.say("front.comma" if comma else "front", when=when, clause=self.wording.inner(clause))

    def _day_first(self, when: str) -> str:
        """The words for the front of a clause: "at 5 pm today" as "today at 5 pm"."""
        match = self.wording.phrases.patterns["time_first"].match(when)
        return self.wording.say("near.time", day=match["day"], time=match["time"]) if match else when


@lru_cache(maxsize=64)
def _near(today: date) -> dict[date, str]:
    return {today - _DAY: "yesterday", today: "today", today + _DAY: "tomorrow"}


def _half_day(incident: Incident, wording: Wording) -> bool | None:
    """Whether the facts count hours to twelve ("2 pm") or to twenty-four ("14:00"); None where they name none."""
    clock, found = wording.phrases.patterns["clock"], None
    for fact in incident.facts:
        for match in clock.finditer(fact.text) if fact.role not in ("signer", "customer", "reference", "locked") else ():
            if match["half"]:
                return True
            if match["hour24"] and (match["hour24"][0] == "0" or int(match["hour24"]) > 12):
                found = False
    return found


@lru_cache(maxsize=512)
def _day(day: date, locale: str, short: bool, shape: tuple[bool, bool]) -> str:
    weekday, year = shape
    return written_day(day, locale, weekday=weekday, year=year, short=short)


@lru_cache(maxsize=512)
def _time(moment: datetime, locale: str, half_day: bool | None) -> str:
    if half_day is not None:
        minutes = f":{moment:%M}" if moment.minute else ""
        return f"{(moment.hour - 1) % 12 + 1}{minutes} {'am' if moment.hour < 12 else 'pm'}" if half_day else f"{moment:%H:%M}"
    text = written_time(moment, locale).replace("\u202f", " ").replace("\u00a0", " ")
    half = re.match(r"(?P<clock>[\d:.]+) (?P<half>[ap])\.?m\.?$", text, re.I)
    return f"{half['clock'].removesuffix(':00')} {half['half'].lower()}m" if half else text


@lru_cache(maxsize=512)
def _naming(day: date, locale: str) -> tuple[str, re.Pattern[str]]:
    """The day's weekday, and a pattern of all the ways in which a clause may name the day, both in small letters."""
    weekday = re.split(r"[, ]", written_day(day, locale, weekday=True).lower(), maxsplit=1)[0]
    months = [re.sub(r"[\d.,]", "", written_day(day, locale, short=short)).strip().lower() for short in (False, True)]
    names = [f"{a} {b}" for month in months for number in (str(day.day), f"{day.day:02}") for a, b in ((month, number), (number, month))]
    short, full = (day.day, day.month), (f"{day.day:02}", f"{day.month:02}")
    numbers = [f"{a}/{b}" for one, two in (short, full) for a, b in ((one, two), (two, one))]  # which comes first is not asked here
    forms = "|".join(map(re.escape, (weekday, *names, day.isoformat(), *numbers)))
    return weekday, re.compile(rf"(?<![\w/])(?:{forms})(?!\w)")


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
