"""How long, when and how much: stretches of time, days and hours, sums."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.incident.fragments.vocabulary import listed, nouns

_CALENDAR = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_TODAY = frozenset(("yesterday", "today", "tonight"))
_AMOUNT = re.compile(r"[£$€]?\d[\d.,]*[€£$]?")
_SUM = re.compile(r"[£$€]\d[\d.,]*|\d[\d,]*\.\d\d")
_CLOCK = re.compile(r"\d{1,2}(?::\d\d)?(?:am|pm)|\d{1,2}:\d\d")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}(?:/\d+)?")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def is_number(low: str) -> bool:
    """Whether a word in small letters counts: "3", "three", "a"."""
    return bool(_NUMBER.fullmatch(low)) or low in listed("numbers")


def is_sum(word: str) -> bool:
    """Whether a word is surely money: "49.90", "£5"."""
    return bool(_SUM.fullmatch(word))


def duration(words: Sequence[str], at: int = 0) -> int:
    """How many words from here on are a stretch of time: "2 days", "an hour", "all morning"."""
    low = [word.lower() for word in words[at : at + 3]]
    if low[:1] in (["all"], ["whole"]) and low[1:] and low[1] in listed("spans"):
        return 2
    if low in (["half", "an", "hour"], ["half", "a", "day"]):
        return 3
    return 2 if len(low) > 1 and is_number(low[0]) and low[1] in listed("units") else 0


def date(words: Sequence[str], at: int = 0) -> int:
    """How many words from here on are a day or an hour: "Tuesday", "4 March", "last week"."""
    here, after = [*words[at : at + 2], "", ""][:2]
    if (_DAY.fullmatch(here) and _is_month(after)) or (_is_month(here) and _DAY.fullmatch(after)):
        return 2
    if here in ("last", "this") and (after in listed("spans") or after in _CALENDAR or after == "year"):
        return 2
    return 1 if here in _CALENDAR or here.lower() in _TODAY or is_clock(here) or _SLASHED.fullmatch(here) else 0


def is_clock(word: str) -> bool:
    """Whether a word is an hour of the day."""
    return bool(_CLOCK.fullmatch(word.lower()))


def stands_alone(word: str) -> bool:
    """Whether a date that begins so takes no "on": "yesterday", "last week"."""
    return word.lower() in _TODAY or word in ("last", "this")


def _is_month(word: str) -> bool:
    low = word.lower()
    return low in _MONTHS or (low[:3] in _MONTHS and low in nouns("bare"))


def amount(words: Sequence[str]) -> int:
    """How many words at the start are a sum: "49.90", "30 euros", "£300"."""
    low = [word.lower() for word in words[:2]]
    if not low or not _AMOUNT.fullmatch(low[0]) or duration(words) or date(words) or low[1:] == ["times"]:
        return 0
    if low[1:] and low[1] in listed("currencies"):
        return 2
    counts = (
        low[1:]
        and low[1].isalpha()
        and not any(low[1] in listed(name) for name in ("before", "adverbs"))
        and low[1] not in ("too", "instead")
    )
    return 0 if counts else 1
