"""Value: a number, amount, date, time, duration, percentage or reference in a text, by what it means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

ValueKind = Literal["number", "money", "date", "time", "duration", "percentage", "reference"]


@dataclass(frozen=True, slots=True)
class Days:
    """What a date says: a whole day, or only part of one; `first`..`last` bounds what is meant."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    first: date | None = None
    last: date | None = None
    relative: bool = False  # "today", "next week": known from the moment of writing

    def fits(self, other: date) -> bool:
        """Whether `other` is a day that these words can mean."""
        if self.first and self.last and not self.first <= other <= self.last:
            return False
        return (
            self.year in (None, other.year)
            and self.month in (None, other.month)
            and self.day in (None, other.day)
            and self.weekday in (None, other.weekday())
        )

    @property
    def whole(self) -> bool:
        """Whether a day of the month is named."""
        return self.day is not None

    @property
    def one(self) -> date | None:
        """The single day meant, where the bounds or the numbers leave only one."""
        if self.first and self.first == self.last:
            return self.first
        if self.year and self.month and self.day:
            try:
                return date(self.year, self.month, self.day)
            except ValueError:
                return None
        return None


@dataclass(frozen=True, slots=True)
class Value:
    """One value, where it stands, and what it means; only the fields of its kind are set."""

    kind: ValueKind
    start: int
    end: int
    text: str
    amount: Decimal | None = None  # number, money, percentage; minutes, months or working days of a duration
    currencies: frozenset[str] = frozenset()
    unit: str = ""  # of a duration: "min", "month", "workday"
    units: frozenset[str] = field(default_factory=frozenset)  # words that follow a number
    days: Days | None = None
    clocks: tuple[int, ...] = ()  # minutes after midnight that a time can mean
    key: str = ""  # of a reference, without spaces and marks
    label: str = ""  # the noun in front of a reference: "order", "room"
    weak: bool = False  # said in passing ("both", "today"): never a finding, though it may cover a fact
    count: Fraction | None = None  # how many of its units a duration has
    offset: int = 0  # of a duration: -1 "ago", +1 "in", 0 as it is
    utc: bool = False

    def at(self, start: int, end: int, text: str) -> Value:
        """The same value at another place."""
        return replace(self, start=start, end=end, text=text)
