"""Cells of the tables of figures: what a person reads, and beside it the number for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.store.figures import ENOUGH, Tally


@dataclass(frozen=True)
class Cell:
    """One cell: what it shows, the same as a number or word for a spreadsheet, and of how many it is where that is not plain."""

    text: str
    value: object
    of: int | None = None

    @property
    def few(self) -> bool:
        """Whether it is of too few to say much."""
        return self.of is not None and 0 < self.of < ENOUGH


def word(text: str) -> Cell:
    """A name."""
    return Cell(text, text)


def amount(number: int) -> Cell:
    """A count."""
    return Cell(f"{number:,}", number)


def share(part: int, whole: int) -> Cell:
    """A part of a whole, in per cent."""
    return Cell(percent(part / whole) if whole else "–", round(part / whole, 4) if whole else "", whole)


def change(tally: Tally) -> Cell:
    """How far what was sent is from the draft, on average."""
    return Cell("–" if tally.distance is None else percent(tally.distance), _rounded(tally.distance), tally.sent)


def duration(seconds: float | None, of: int) -> Cell:
    """A time, in the two units that matter."""
    return Cell("–" if seconds is None else spoken(seconds), _rounded(seconds, 0), of)


def money(tally: Tally) -> Cell:
    """What drafts cost, in the currency of the house's price list."""
    return Cell(f"{tally.cost:,.2f}" if tally.priced else "–", float(round(tally.cost, 6)) if tally.priced else "", tally.priced)


def percent(value: float) -> str:
    """A share as a person reads it."""
    return f"{value:.0%}"


def spoken(seconds: float) -> str:
    """Seconds as a person says them: "1 h 20 min"."""
    minutes, hours, days = round(seconds / 60), round(seconds / 3600), round(seconds / 86_400)
    if seconds < 90 and seconds != 60:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    if hours < 24:
        return f"{minutes // 60} h {minutes % 60} min".removesuffix(" 0 min")
    return f"{hours} h" if hours < 72 else f"{days} d"


def _rounded(value: float | None, digits: int = 4) -> object:
    return "" if value is None else round(value, digits)
