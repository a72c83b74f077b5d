"""Numerals: digits as a locale groups them, and numbers in words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from drafter.checks.grounding.lexicon import pairs
from drafter.incident.money import babel_locale

_WORD = "|".join(sorted(pairs("numbers"), key=len, reverse=True))
WORDS = rf"(?:(?:half an?|an?)[ -])?(?:{_WORD})s?(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_WORD}))*"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+,\d+(?!\d)|\d{1,3}(?:['\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
SCALE = r"(?:[ \u00a0]?(?:k|m|bn|million|thousand|billion)\b)"
NUMERAL = rf"(?:(?:{DIGITS}){SCALE}?|{WORDS}\b)"
_SCALES = {"k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}


@lru_cache(maxsize=64)
def decimal_mark(locale: str) -> str:
    """The mark between whole and fraction in a locale: "." or ","."""
    return str(babel_locale(locale).number_symbols.get("latn", {}).get("decimal", "."))


@lru_cache(maxsize=2048)
def numeral(text: str, locale: str = "en-US") -> Decimal | None:
    """The number that a numeral means, None where it is none.

    >>> numeral("1,842"), numeral("forty-nine"), numeral("half a dozen")
    (Decimal('1842'), Decimal('49'), Decimal('6'))
    """
    text = text.strip().lower()
    if text[:1].isdigit():
        match = re.match(rf"({DIGITS})\s*([a-z]*)", text)
        number = _digits(match[1], locale) if match else None
        return number * _SCALES.get(match[2], 1) if match and number is not None else None
    return _in_words(text)


def _digits(text: str, locale: str) -> Decimal | None:
    mark = decimal_mark(locale)
    other = "," if mark == "." else "."
    text = re.sub(r"['\u00a0\u202f]", "", text)
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+(?:{re.escape(mark)}\d+)?", text)
    if grouped:
        text = text.replace(other, "")
    elif text.count(mark) > 1 or (mark in text and other in text):
        text = text.replace(mark, "")  # grouped by another locale's habit
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _in_words(text: str) -> Decimal | None:
    half = text.startswith("half ")
    total, current = 0, 0
    known = pairs("numbers")
    for word in re.split(r"[ -]+", text):
        value = known.get(word) or known.get(word.removesuffix("s"))
        if value is None:
            if word not in ("a", "an", "and", "half"):
                return None
            continue
        number = int(value)
        if number >= 1000:
            total, current = total + max(current, 1) * number, 0
        elif number == 100:
            current = max(current, 1) * 100
        elif number in (2, 12) and word.rstrip("s") in ("dozen", "pair", "couple"):
            current = max(current, 1) * number
        else:
            current += number
    found = Decimal(total + current)
    return found / 2 if half else found
