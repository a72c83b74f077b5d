"""Every value in a text, each once, found by the word or mark that begins it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from drafter.checks.grounding import amounts, dates, references, times
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.lexicon import named, pairs, words
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token

_RELATIVE = named("closed")["relative"]
_SAME_DAY = re.compile(r"(?:that|the same)\s(?:same\s)?(?:day|date|morning|afternoon|evening|time)\b", re.I)
_MARGIN = 12  # characters that may stand before the number of an item
_SIZES = frozenset({"kb", "mb", "gb", "tb", "am", "pm"})
_SPOKEN = named("closed")["spoken"]


def values(text: str, row: list[Token], frame: Frame) -> list[Value]:
    """The values of `text`, in order and apart from each other; `row` are its tokens."""
    found = references.addresses(text)
    taken = iter([(value.start, value.end) for value in found])
    start, end = next(taken, (len(text), len(text)))
    until = 0
    for i, token in enumerate(row):
        while token.start >= end:
            start, end = next(taken, (len(text), len(text) + 1))
        if token.start < until or start <= token.start:
            continue
        if token.low == "24" and text.startswith("24/7", token.start):
            until = token.start + 4
            continue
        value = _follows(text, token, found) or _at(text, row, i, frame)
        if value is not None:
            found.append(value)
            until = value.end
    return sorted(found, key=lambda value: value.start)


def _follows(text: str, token: Token, found: list[Value]) -> Value | None:
    """The value that only the one before it explains: the end of a range of hours, or "that day"."""
    if not found:
        return None
    if found[-1].kind == "time" and (value := _range_end(text, token, found)):
        return value
    return _same_day(text, token, found) if token.low in ("that", "the") else None


def _range_end(text: str, token: Token, found: list[Value]) -> Value | None:
    """The hour that ends a range whose start is a time: "between 8 and 10"."""
    last = found[-1] if found else None
    if last is None or last.kind != "time" or text[last.end : token.start].strip(" ") not in ("and", "to", "-", "–"):
        return None
    return times.time_of_day(text, token.start) or times.bare_hour(text, token.start, ends_range=True)


def _same_day(text: str, token: Token, found: list[Value]) -> Value | None:
    """The date or time that was named last, where "that day" or "that time" stands."""
    match = _SAME_DAY.match(text, token.start)
    kind = "time" if match and match[0].lower().endswith("time") else "date"
    last = next((value for value in reversed(found) if value.kind == kind), None)
    return replace(last, start=match.start(), end=match.end(), text=match[0], weak=True) if match and last else None


def _at(text: str, row: list[Token], i: int, frame: Frame) -> Value | None:
    token = row[i]
    low, start = token.low, token.start
    if low[0].isdigit():
        return _digits(text, row, i, frame)
    if low in _marks() and (value := amounts.money_before(text, start, frame.locale)):
        return value
    if low == "#":
        return references.code(text, start)
    if not low[0].isalpha():
        return None
    if low in pairs("months"):
        return dates.month_date(text, start, frame)
    if low in pairs("weekdays"):
        return dates.weekday_date(text, start, frame)
    if low == "the" and (value := times.duration(text, start, frame.locale)):
        return value
    if low in _RELATIVE and (value := dates.relative_date(text, start, frame)):
        return value
    if low in _SPOKEN and (value := times.spoken_time(text, start)):
        return value
    if low in ("a", "an", "half") or low.split("-")[0] in pairs("numbers"):
        return _in_words(text, row, i, frame)
    if low in ("twice", "thrice", "both"):
        return amounts.is_twice(text, start, low)
    if text[token.end : token.end + 1].isdigit() or text[token.end : token.end + 2].lstrip("-/").isdigit():
        return references.code(text, start) if low not in ("the", "a") else None
    return None


def _digits(text: str, row: list[Token], i: int, frame: Frame) -> Value | None:
    start, locale = row[i].start, frame.locale
    if _marks_item(text, row[i]):
        return None
    found = (
        dates.digit_date(text, start, frame)
        or references.phone(text, start)
        or times.time_of_day(text, start)
        or amounts.money_after(text, start, locale)
        or amounts.percentage(text, start, locale)
        or times.duration(text, start, locale)
        or dates.ordinal_date(text, start)
        or times.bare_hour(text, start)
        or references.code(text, start)
    )
    if found:
        return found
    value = amounts.number(text, start, locale)
    return _labelled(value, row, i) if value else None


def _labelled(value: Value, row: list[Token], i: int) -> Value | None:
    """A number behind "order" or "room" is a reference; behind "step" it points into the message."""
    before = i - 1
    while before >= 0 and row[before].low in ("#", ".", "no", "number", "in", ":", "nr"):
        before -= 1
    if before < 0 or (before < i - 1 and row[before].low not in words("labels") | {"no", "number"}):
        return value
    low = row[before].low.removesuffix("s")
    if low in words("ordinal_labels"):
        return None
    if low in words("labels") or (row[before].text.isupper() and 1 < len(low) < 5 and low not in _SIZES):
        return replace(value, kind="reference", key=references.key_of(value.text), label=low)
    return value


def _in_words(text: str, row: list[Token], i: int, frame: Frame) -> Value | None:
    start, locale = row[i].start, frame.locale
    found = times.spoken_time(text, start) or times.duration(text, start, locale) or amounts.money_after(text, start, locale)
    found = found or amounts.percentage(text, start, locale) or times.bare_hour(text, start)
    if found or (row[i].low == "half" and not text[start + 4 : start + 12].lower().startswith((" a dozen", " dozen"))):
        return found
    value = amounts.number(text, start, locale)
    if value is None or value.text.lower() in ("a", "an", "half"):
        return None
    return _labelled(value, row, i)


def _marks_item(text: str, token: Token) -> bool:
    """Whether digits only number an item of a list: "1. ", "2) " at the start of a line."""
    line = text[text.rfind("\n", max(0, token.start - _MARGIN), token.start) + 1 : token.start][-_MARGIN:]
    return not line.strip(" (*-\t") and text[token.end : token.end + 1] in (".", ")") and text[token.end + 1 : token.end + 2] in (" ", "\t")


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(mark for mark in pairs("currencies") if len(mark) <= 3 and mark != "yen") | {"us", "a", "c", "au", "ca", "nz"}
