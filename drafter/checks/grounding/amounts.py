"""Money, percentages and plain numbers in a text."""

from __future__ import annotations

import re
from decimal import Decimal

from drafter.checks.grounding.lexicon import pairs
from drafter.checks.grounding.numerals import NUMERAL, WORDS, numeral
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import content_root

_CURRENCY = pairs("currencies")
_CODES = "|".join(sorted((c for c in _CURRENCY if c.isalpha() and len(c) == 3 and c not in ("yen",)), key=len, reverse=True))
_NOUNS = "|".join(sorted((c for c in _CURRENCY if c.isalpha() and c not in _CODES.split("|")), key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<mark>(?:us|aus?|ca?|nz|a|c)?\$|[£€¥₹]|rs(?=\.?\s?\d)|(?:{_CODES})\b)\.?\s?(?P<n>{NUMERAL})", re.I)
_AFTER = re.compile(
    rf"(?P<n>{NUMERAL})(?:\s?(?P<mark>[£€¥₹$](?!\s?\d)|(?:{_CODES})\b)|[\s-](?P<noun>{_NOUNS})s?\b(?:\s(?:and\s)?(?P<c>\d\d|{WORDS})(?!\s(?!pence|cents)[a-z]+s\b)(?:\s(?:pence|cents))?\b)?|(?P<p>p|c|¢)\b)",
    re.I,
)
_MINOR = {"p": "/100 GBP", "c": "/100 USD EUR AUD CAD", "¢": "/100 USD"}
_PERCENT = re.compile(rf"(?P<n>{NUMERAL})(?:\s?%|\s?(?:percent|per\s?cent|pct)\b)", re.I)
_BETWEEN = frozenset({"other", "more", "such", "new", "full", "whole"})  # stand between a number and what it counts
_HALF = re.compile(r"half(?=\s(?:of\s)?(?:the|your|price|off|our|that)\b|-price)", re.I)
_NUMBER = re.compile(NUMERAL, re.I)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_NEXT_WORDS = re.compile(r"(?:[\s-]+(?:of\s+(?:the|your|our|those|these|my)\s+)?|(?<=\d))([^\W\d_]+)")


def money_before(text: str, start: int, locale: str) -> Value | None:
    """The amount whose currency stands in front: "$149.00", "USD 149"."""
    match = _BEFORE.match(text, start)
    return _money(match, _CURRENCY[match["mark"].lower()], locale) if match else None


def money_after(text: str, start: int, locale: str) -> Value | None:
    """The amount whose currency stands behind: "149 dollars", "forty pounds", "149,00 €"."""
    match = _AFTER.match(text, start)
    if not match:
        return None
    mark = (match["mark"] or match["noun"] or "").lower()
    return _money(match, _CURRENCY[mark] if mark else _MINOR[match["p"].lower()], locale)


def _money(match: re.Match[str], meaning: str, locale: str) -> Value | None:
    amount = numeral(match["n"], locale)
    if amount is None:
        return None
    names = meaning.split()
    if names[0] == "/100":
        amount, names = amount / 100, names[1:]
    small = numeral(match.groupdict().get("c") or "0", locale)
    if small and small < 100 and amount == int(amount):
        amount += small / 100
    return Value("money", match.start(), match.end(), match[0], amount=amount, currencies=frozenset(names))


def percentage(text: str, start: int, locale: str) -> Value | None:
    """The share at `start`: "20%", "twenty percent", "half the price"."""
    if match := _HALF.match(text, start):
        return Value("percentage", start, match.end(), match[0], amount=Decimal(50))
    match = _PERCENT.match(text, start)
    amount = numeral(match["n"], locale) if match else None
    return Value("percentage", start, match.end(), match[0], amount=amount) if match and amount is not None else None


def number(text: str, start: int, locale: str) -> Value | None:
    """The plain number at `start`, with the words that say of what."""
    match = _NUMBER.match(text, start)
    amount = numeral(match[0], locale) if match else None
    if match is None or amount is None:
        return None
    end = match.end()
    if text[match.start() : end][-1].isdigit() and (tail := _ORDINAL_END.match(text, end)):
        end = tail.end()
    low = match[0].lower()
    weak = low in ("one", "a", "an", "ones", "both") or (amount in (0, 1) and not low[0].isdigit()) or low.endswith(("pair", "couple"))
    return Value("number", start, end, text[start:end], amount=amount, units=_units(text, end), weak=weak)


def _units(text: str, end: int) -> frozenset[str]:
    """The roots of up to three words behind a number, as far as its noun phrase may go."""
    found: list[str] = []
    while len(found) < 3 and (match := _NEXT_WORDS.match(text, end)):
        low, end = match[1].lower(), match.end()
        if low in ("mb", "gb", "kb", "tb"):
            return frozenset({low})
        stem = content_root(low)
        if stem is None and low not in _BETWEEN:
            break
        if stem is None:
            continue
        found.append(stem)
    return frozenset(found)


def is_twice(text: str, start: int, low: str) -> Value | None:
    """The number in "twice" and its like."""
    counts = {"twice": 2, "thrice": 3, "both": 2}
    if low not in counts:
        return None
    return Value("number", start, start + len(low), text[start : start + len(low)], amount=Decimal(counts[low]), weak=low == "both")
