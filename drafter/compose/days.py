"""Days in the facts' own words, told in the letter's style where they can mean one day only."""

from __future__ import annotations

import re
from datetime import date

from drafter.compose.phrases import Phrases
from drafter.incident import Incident
from drafter.incident.moment import day_of, written_day

_LEAP = 2024  # a day without a year: every day of the calendar exists in it
_CENTURY = 2000
_NO_DAYS = frozenset({("24", "7"), ("50", "50")})  # "24/7" is no day


class Days:
    """How one letter writes a day; a text that names a day is changed in its style alone, never in the day."""

    def __init__(self, incident: Incident, phrases: Phrases) -> None:
        self.patterns = phrases.patterns
        self.months = phrases.says["months"][0].split()
        self.locale = incident.locale
        self.year = day_of(incident.as_of, incident.zone).year

    def restyled(self, text: str) -> str:
        """The text with its whole days as the letter writes them; "03/04", which may be two days, stays as it is."""
        for name, read in (("day_numbered", self._numbered), ("day_named", self._named)):
            pieces, at, ended = [], 0, False
            for match in self.patterns[name].finditer(text):
                between = text[at : match.start()]
                said = read(match, chained=(ended and bool(self.patterns["between_days"].match(between))) or match[0] == text)
                pieces += [between, said or match[0]]
                at, ended = match.end(), said is not None
            text = "".join([*pieces, text[at:]])
        return text

    def _named(self, match: re.Match[str], *, chained: bool) -> str | None:
        """A day like "the 5th of March" in the letter's style, where it stands as a day and not before a noun."""
        if not match["year"] and (self._is_noun(match["other"]) or not (match["lead"] or chained or not match.start())):
            return None
        month = self.months.index((match["month"] or match["month2"])[:3].lower()) + 1
        return self._said(match["lead"], month, int(match["day"] or match["day2"]), int(match["year"] or 0))

    def _is_noun(self, word: str | None) -> bool:
        """Whether a day stands before a word that it belongs to, as in "12 March orders"; a verb may follow it."""
        return word is not None and not any(self.patterns[name].match(word.lower()) for name in ("past", "present"))

    def _numbered(self, match: re.Match[str], *, chained: bool) -> str | None:
        """A day like "2026-03-13" or "13/03"; a day and a month that can be read either way stay as they are."""
        if match["iso"]:
            year, month, day = map(int, match["iso"].split("-"))
            return self._said(match["lead"], month, day, year)
        one, two = match["one"], match["two"] or match["two_dotted"]
        written = match["year"] or match["year_dotted"]
        if (not written and not (match["lead"] or chained)) or (one, two.lstrip("0")) in _NO_DAYS:
            return None
        first, second = int(one), int(two)
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = max(first, second), min(first, second)
        year = int(written or 0)
        return self._said(match["lead"], month, day, year + _CENTURY if 0 < year < 100 else year)

    def _said(self, lead: str | None, month: int, day: int, year: int) -> str | None:
        try:
            found = date(year or _LEAP, month, day)
        except ValueError:
            return None
        text = written_day(found, self.locale, year=year not in (0, self.year))
        if not lead:
            return text
        named = self.patterns["weekday"].match(lead)
        gap = ", " if named and not text[0].isdigit() and not lead.endswith(",") else " "
        return f"{lead.rstrip(',') if named and text[0].isdigit() else lead}{gap}{text}"
