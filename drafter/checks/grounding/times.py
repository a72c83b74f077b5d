"""Times of day and durations in a text."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from drafter.checks.grounding.lexicon import pairs
from drafter.checks.grounding.numerals import NUMERAL, numeral
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import content_root

_HALF_DAY = r"(?P<half>[ap])\.?\s?m\b\.?"
_ZONE = r"(?:\s?(?:UTC|GMT|Z)\b)?"
_CLOCK = re.compile(
    rf"(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<m>[0-5]\d)(?:[:.][0-5]\d)?)?\s?{_HALF_DAY}{_ZONE}"
    rf"|(?P<h2>[01]?\d|2[0-4])[:h](?P<m2>[0-5]\d)(?::[0-5]\d)?(?!\d){_ZONE}"
    r"|(?P<h3>[01]?\d|2[0-4])\s*(?:-|–|to|and|or)\s*(?=(?:[01]?\d)(?:[:.][0-5]\d)?\s?[ap]\.?\s?m\b)"
    r"|(?P<h4>1?\d)\s*o['’]?clock|(?P<h5>12)\s(?P<half_day>noon|midday|midnight)\b",
    re.I,
)
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SPOKEN = re.compile(
    rf"(?P<part>half|(?:a )?quarter|five|ten|twenty|twenty-five)\s(?P<side>past|to)\s(?P<hour>{_HOUR}|1[0-2]|[1-9])\b(?:\s?{_HALF_DAY})?"
    rf"|(?P<half_hour>half)\s(?P<of>{_HOUR})\b(?!\s(?:hundred|thousand|million|dozen))"
    rf"|(?P<whole>{_HOUR})(?:\s*o['’]?clock|\s?[ap]\.?m\b\.?)",
    re.I,
)
_UTC = re.compile(r"(?:UTC|GMT|Z)$", re.I)
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}
_PARTS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_BARE = re.compile(rf"(?:(?P<h>1\d|2[0-4]|[1-9])(?:\.(?P<m>[0-5]\d))?(?![\d,:/%-]|\.\d|[ \u00a0]?%)|(?P<word>{_HOUR}))\b", re.I)
_AT = re.compile(
    r"\b(?:at|by|until|till|before|around|about|after|since|from|between|(?:between|from)\s\S{1,12}\s(?:and|to))\s+(?:half\s+)?$", re.I
)
_ALL = re.compile(r"\b(?:all|both|each|every|of|the|these|those|any)\s+$", re.I)
_FIRMLY_AT = re.compile(r"\b(?:at|by|until|till|tonight at)\s+$", re.I)
_PART_OF_DAY = re.compile(
    r",?\s+(?:tonight|sharp|(?:(?:this|that|in the|tomorrow|yesterday|the next|the same)\s)?(?:morning|afternoon|evening))\b", re.I
)
_NO_COUNT = re.compile(
    r"\s*(?:$|[.,;:!?)\n–—-]|(?:on|and|or|to|today|tomorrow|tonight|this|that|when|if|i|we|you|for|in|with|at|so|whether|as|but|until|by|from|because|even)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.I,
)
_UNIT = "|".join(sorted(pairs("units"), key=len, reverse=True))
_MIDDLE = r"(?:(?P<work>business|working|week)[ -]|(?:full|whole|calendar|more|extra|further|clear|straight|entire|consecutive)\s)?"
_DURATION = re.compile(
    rf"(?:(?P<n>{NUMERAL})(?P<nhalf>\sand\sa\shalf)?|(?P<half>half(?:\s(?:an?|of\san))?)|(?P<a>an?|(?<=within )the)(?:\s(?P<ahalf>half))?)"
    rf"(?:\sof\s|[\s-]{{0,2}}){_MIDDLE}(?P<unit>{_UNIT})(?:s['’]?|['’]s)?\b(?P<tail>\sand\sa\s(?:half|quarter))?",
    re.I,
)
_SHORT = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)(?P<unit>h|hrs|mins|s|d)\b")
_SHORT_UNITS = {"h": "hour", "hrs": "hour", "mins": "minute", "s": "second", "d": "day"}
_AGO = re.compile(r"\s+(?:ago|earlier|back)\b", re.I)
_IN = re.compile(r"\b(?:in|within)\s+(?:the\s+next\s+)?$", re.I)
_FIRM = re.compile(r"\b(?:in|within|for|after|about|under|over|than|by|lasted|took|another|under|once|every)\s+$", re.I)
_IDLE = re.compile(r"\s+(?:a|per)\s+(?:day|week|year)\b", re.I)


def time_of_day(text: str, start: int) -> Value | None:
    """The time that begins with a digit at `start`; without am, pm or a leading zero it may be either half of the day."""
    match = _CLOCK.match(text, start)
    if not match:
        return None
    hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"] or match["h5"])
    minute = int(match["m"] or match["m2"] or 0)
    end = match.end()
    if match["h3"]:
        end = match.end("h3")
    if match["half_day"]:
        return Value("time", start, end, text[start:end], clocks=(_NAMED[match["half_day"].lower()],))
    clocks = _clocks(hour, minute, (match["half"] or "").lower(), exact=bool(match["h2"]) and (match["h2"][0] == "0" or hour > 12))
    end = _without_stop(text, match.start(), end)
    return Value("time", start, end, text[start:end], clocks=clocks, utc=bool(_UTC.search(match[0])))


def spoken_time(text: str, start: int) -> Value | None:
    """The time in words at `start`: noon, half past five, five o'clock."""
    named = re.compile("noon|midday|midnight", re.I).match(text, start)
    if named:
        return Value("time", start, named.end(), named[0], clocks=(_NAMED[named[0].lower()],))
    match = _SPOKEN.match(text, start)
    if not match:
        return None
    name = (match["hour"] or match["whole"] or match["of"]).lower()
    hour = int(pairs("numbers").get(name, name))
    shift = _PARTS[(match["part"] or match["half_hour"]).lower()] if match["part"] or match["half_hour"] else 0
    minutes = hour * 60 + (-shift if (match["side"] or "").lower() == "to" else shift)
    half = re.search(r"([ap])\.?\s?m\b", match[0], re.I)
    clocks = _clocks(minutes // 60, minutes % 60, half[1].lower() if half else "", exact=False)
    end = _without_stop(text, start, match.end())
    return Value("time", start, end, text[start:end], clocks=clocks)


def bare_hour(text: str, start: int, *, ends_range: bool = False) -> Value | None:
    """An hour without am or pm at `start`: behind "at" or "by", or before "tonight", "this afternoon", or the end of a range."""
    match = _BARE.match(text, start)
    if not match:
        return None
    before = text[max(0, start - 24) : start]
    later = _PART_OF_DAY.match(text, match.end())
    if later and _ALL.search(before):
        return None
    if not later and not ends_range and not (_AT.search(before) and _NO_COUNT.match(text, match.end())):
        return None
    if (match["word"] or "").lower() == "one" and not (later and _AT.search(before)):
        return None
    if match["m"] and not later and not _FIRMLY_AT.search(before):
        return None
    hour = int(match["h"] or pairs("numbers")[match["word"].lower()])
    half = "" if not later else "a" if "morning" in later[0] else "p" if hour < 12 else ""
    clocks = _clocks(hour, int(match["m"] or 0), half if hour <= 12 else "", exact=False)
    return Value("time", start, match.end(), match[0], clocks=clocks)


def duration(text: str, start: int, locale: str) -> Value | None:
    """The stretch of time at `start`: "two weeks", "half an hour", "40-minute", "24h"."""
    match = _SHORT.match(text, start) or _DURATION.match(text, start)
    if not match:
        return None
    got = match.groupdict()
    count = _count(got, locale)
    if count is None or _IDLE.match(text, match.end()):
        return None
    unit = got["unit"].lower()
    per = pairs("units").get(_SHORT_UNITS.get(unit, unit), "1")
    name, size = ("workday", Fraction(1)) if got.get("work") and unit == "day" else _size(per)
    amount = Decimal(count.numerator * size.numerator) / Decimal(count.denominator * size.denominator)
    before = text[max(0, start - 24) : start]
    offset = -1 if _AGO.match(text, match.end()) else 1 if _IN.search(before) else 0
    single = count == 1 and (bool(got.get("a")) or (got.get("n") or "").lower() == "one")
    weak = single and (unit in ("second", "minute") or not (offset or _FIRM.search(before)))
    stem = content_root(_SHORT_UNITS.get(unit, unit)) or unit
    return Value(
        "duration", start, match.end(), match[0], amount=amount, unit=name, units=frozenset({stem}), count=count, offset=offset, weak=weak
    )


def _count(got: dict[str, str | None], locale: str) -> Fraction | None:
    if got.get("half"):
        return Fraction(1, 2)
    written = got.get("n")
    if written:
        number = numeral(written, locale)
        if number is None:
            return None
        count = Fraction(number)
    else:
        count = Fraction(1)
    tail = (got.get("tail") or "") + (" half" if got.get("nhalf") or got.get("ahalf") else "")
    if got.get("ahalf"):
        return Fraction(1, 2)
    return count + (Fraction(1, 2) if "half" in tail else Fraction(1, 4) if "quarter" in tail else 0)


def _size(per: str) -> tuple[str, Fraction]:
    return ("month", Fraction(int(per[1:]))) if per.startswith("m") else ("min", Fraction(per))


def _clocks(hour: int, minute: int, half: str, *, exact: bool) -> tuple[int, ...]:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
        return (hour * 60 + minute,)
    if exact or hour > 12 or hour == 0:
        return (hour % 24 * 60 + minute,)
    return tuple(sorted({hour * 60 + minute, (hour + 12) % 24 * 60 + minute}))


def _without_stop(text: str, start: int, end: int) -> int:
    """`end` without a full stop that may be the sentence's: "5 pm." but not "5 p.m."."""
    return end - 1 if text[end - 1] == "." and text[start:end].count(".") == 1 and ":" not in text[start:end] else end
