"""The parts of a clause around its verb: things with their article, and how often, how long, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.incident.fragments.vocabulary import listed, nouns, verb

_MINE = {"my": "your", "your": "your", "his": "your", "her": "your", "their": "your", "customer's": "your", "customers": "your"}
_ME = {"me": "you", "him": "you", "her": "you", "them": "you", "us": "you", "you": "you", "customer": "you"}
_SHE = frozenset(("i", "she", "he", "they", "customer", "you"))
_NAMELESS = _SHE - {"customer"} | {"it"}
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those", "each", "every", "both", "another", "someone", "somebody"))
_HELPERS = frozenset(
    ("was", "were", "is", "are", "be", "been", "has", "have", "had", "did", "do", "does", "and", "but", "or", "who", "that", "because")
)
_THE = frozenset(("wrong", "incorrect", "same", "full", "first", "last", "next", "promised", "waiting"))
_CALENDAR = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"))
_TODAY = frozenset(("yesterday", "today", "tonight"))
_SPANS = frozenset(("day", "night", "week", "weekend", "morning", "afternoon", "evening", "month", "summer", "winter"))
_AMOUNT = re.compile(r"[£$€]?\d[\d.,]*[€£$]?")
_CURRENCIES = frozenset(("euro", "euros", "eur", "pounds", "gbp", "dollars", "usd", "quid", "cents"))
_FLAWED = frozenset(("used", "old", "expired", "empty", "opened", "blank", "second-hand", "smaller", "worse"))
_CLOCK = re.compile(r"\d{1,2}(?::\d\d)?(?:am|pm)|\d{1,2}:\d\d")
_NO_PASTS = frozenset(("bed", "speed", "feed", "need", "shed", "breed", "seed", "feedback", "red"))


def thing(words: Sequence[str], own: bool = False) -> str | None:
    """A thing with its article: "your parcel", "the wrong size", "2 shirts"; None where the words are no thing.

    With `own`, what is not known to be anybody's is the customer's.
    """
    low = [word.lower() for word in words]
    if not words or len(words) > 6 or _is_no_thing(low):
        return None
    if "of" in low[1:-1]:
        at = low.index("of")
        left, right = thing(words[:at], own), " ".join(words[at + 1 :])
        if amount(words[at + 1 :]) != len(words) - at - 1 and date(words, at + 1) != len(words):
            right = thing(words[at + 1 :], own) or ""
        return f"{left} of {right}" if left and right else None
    if low[0] in _MINE and len(low) > 1:
        return " ".join(["your", *words[1:]])
    if len(low) == 1 and low[0] in _ME and low[0] != "customer":
        return "you"
    if low[0] == "all" and len(low) > 1:
        inner = thing(words[1:], own)
        return f"all {inner}" if inner else None
    if low[0] == "other" and len(low) > 1:
        return " ".join([*(() if many(words[-1]) else ("another",)), *(words if many(words[-1]) else words[1:])])
    if low[0] in _ARTICLES or _is_number(low[0]) or low[0] == "no":
        return " ".join(words)
    return _with_article(words, low, own)


def _with_article(words: Sequence[str], low: Sequence[str], own: bool) -> str:
    text, head = " ".join(words), low[-1]
    if _is_name(words[-1]) and head not in nouns("yours"):
        return text
    if len(low) > 1 and re.fullmatch(r"#?\d[\w/-]*", low[-1]):  # "order 1042"
        return text
    if low[0] in _THE:
        return f"the {text}"
    if low[0] in nouns("kin") and len(low) > 1 and low[0].endswith("s") and low[0] != "boss":
        return f"your {words[0][:-1]}'s {' '.join(words[1:])}"
    if head in nouns("yours") or head in nouns("kin") or (own and head not in nouns("staff") and head not in nouns("service")):
        return f"your {text}"
    return f"the {text}"


def _is_no_thing(low: Sequence[str]) -> bool:
    """Whether a word says that more stands here than one thing."""
    stops = (
        _HELPERS
        | listed("particles").keys()
        | listed("not").keys() - {"no"}
        | listed("adverbs").keys() - {"wrong", "late", "early"}
        | {","}
    )
    if any(word in stops or word.endswith("n't") for word in low):
        return True
    inner = [word for word in low if word != "of"]
    if any(word in ("wrong", "incorrect") and at and low[at - 1] not in _ARTICLES for at, word in enumerate(low)):
        return True
    if any(word in listed("before") for word in inner) or any(word in _NAMELESS for word in low):
        return True
    last = low[-1]
    ends = (last.endswith("ed") and last not in _NO_PASTS) or last.endswith("ly") or last in listed("fore") or last in ("late", "early")
    return ends or (verb(last) is not None and last not in nouns("yours") and last not in nouns("said"))


def many(text: str) -> bool:
    """Whether a thing takes "were"."""
    first, last = text.split()[0].lower(), text.split(" of ")[0].split()[-1].lower()
    if first.isdigit() or first in listed("numbers"):
        return first not in ("1", "one", "a", "an")
    irregular = ("people", "children", "men", "women", "staff", "feet", "police")
    return last in irregular or (last.endswith("s") and not last.endswith(("ss", "us", "is", "news", "gps", "gas", "sms")))


def rest(words: Sequence[str], lasting: str = "for") -> str | None:
    """What follows a verb and its thing, each part with a blank before it; None where a word cannot be placed.

    `lasting` leads in how long it lasted: "for 2 days", "by 2 days".
    """
    said, at = "", 0
    while at < len(words):
        part, at = _part(words, at, lasting)
        if part is None:
            return None
        said += f" {part}" if part else ""
    return said


def _part(words: Sequence[str], at: int, lasting: str) -> tuple[str | None, int]:
    low = [word.lower() for word in words]
    here = low[at]
    if (end := duration(low, at)) > at:
        return _long(words, at, end, lasting)
    if (end := date(words, at)) > at:
        said = " ".join(words[at:end])
        bare = low[at] in _TODAY or low[at] in ("last", "this")
        return (said if bare else f"at {said}" if _CLOCK.fullmatch(low[at]) else f"on {said}"), end
    if here in listed("before") or here in ("instead", "without", "despite"):
        return _behind(words, at)
    two = low[at : at + 2]
    if len(two) == 2 and (two[1] == "times" and _is_number(here)):
        return " ".join(words[at : at + 2]), at + 2
    if two == ["last", "minute"]:
        return "at the last minute", at + 2
    if two == ["day", "before"] and at + 2 == len(low):
        return "the day before", at + 2
    if here == "no" and two[1:] and two[1] in listed("manner"):
        return f"without {words[at + 1]}", at + 2
    if here == "outside" and (at + 1 == len(low) or low[at + 1] in listed("before")):
        return here, at + 1
    if here == "too" and at + 1 < len(low) and low[at + 1].isalpha() and (at + 2 == len(low) or low[at + 2] in listed("before")):
        return " ".join(words[at : at + 2]), at + 2
    return (words[at], at + 1) if here in listed("adverbs") else (None, at)


def _long(words: Sequence[str], at: int, end: int, lasting: str) -> tuple[str | None, int]:
    said, after = " ".join(words[at:end]), words[end].lower() if end < len(words) else ""
    if after in ("late", "early", "ago", "running"):
        return f"{said} {after}", end + 1
    if after in ("before", "after") and end + 1 < len(words):
        part, stop = _behind(words, end)
        return (f"{said} {part}" if part else None), stop
    return (said if words[at].lower() == "all" else f"{lasting} {said}"), end


def _behind(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """What a preposition leads in."""
    low = [word.lower() for word in words]
    lead, after = low[at], low[at + 1] if at + 1 < len(low) else ""
    if lead == "without" and after in listed("manner"):
        end = at + 2
        whom = [_ME[low[end]]] if end < len(low) and low[end] in _ME else []
        return " ".join(["without", after, *whom]), end + len(whom)
    if lead == "as":
        ok = after in ("promised", "agreed", "requested", "planned", "new", "quoted")
        return (f"as {after}", at + 2) if ok else (None, at)
    if lead == "instead":
        return _object(words, at, 2) if after == "of" else ("instead", at + 1)
    if lead in ("after", "before", "despite"):
        who = after in _SHE
        deed = low[at + 1 + who] if at + 1 + who < len(low) else ""
        if deed in listed("deeds"):
            done = listed("deeds")[deed]
            return (f"{lead} you {done or deed}" if lead != "despite" else f"although you had {done}"), at + 2 + who
    if lead in ("for", "with") and low[at + 1 : at + 3] == ["no", "reason"]:
        return "for no reason", at + 3
    for end in (duration(low, at + 1), date(words, at + 1)):
        if end > at + 1:
            late = ["late"] if lead == "by" and low[end : end + 1] == ["late"] else []
            return " ".join([lead, *words[at + 1 : end]]), end + len(late)
    return _object(words, at, 1)


def _object(words: Sequence[str], at: int, length: int) -> tuple[str | None, int]:
    """A preposition of so many words with the thing behind it, which ends where the next part begins."""
    low = [word.lower() for word in words]
    start, end = at + length, at + length
    while end < len(words) and (end == start or low[end - 1] == "of" or not _begins(words, end)):
        end += 1 if low[end - 1] != "of" else max(1, date(words, end) - end)
    if start == end:
        return None, at
    held, lead = words[start:end], " ".join(words[at:start])
    whole = " ".join(low[start:end])
    if whole in nouns("bare") or _AMOUNT.fullmatch(whole) or (whole.endswith("ing") and whole not in nouns("yours") and len(held) == 1):
        return f"{lead} {' '.join(held)}", end
    if len(held) == 2 and _AMOUNT.fullmatch(held[0]) and held[1].lower() in _CURRENCIES:
        return f"{lead} {' '.join(held)}", end
    if lead == "instead of" and len(held) == 1 and whole not in nouns("yours") and whole.isalpha():
        return f"{lead} {whole}", end
    found = thing(held)
    return (f"{lead} {found}" if found else None), end


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether another part begins here."""
    low = [word.lower() for word in words]
    here = low[at]
    if here in ("of",):
        return False
    times = low[at + 1 : at + 2] == ["times"]
    starts = here in listed("before") or here in ("instead", "without", "despite", "too", ",")
    adverb = here in listed("adverbs") and here != "wrong"
    lacks = here == "no" and low[at + 1 : at + 2] and low[at + 1] in listed("manner")
    return (
        bool(starts or adverb or times or lacks)
        or bool(at and _is_money(words[at]))
        or duration(low, at) > at
        or date(words, at) > at
        or low[at : at + 2] == ["last", "minute"]
    )


def duration(low: Sequence[str], at: int) -> int:
    """Where a stretch of time that begins here ends: "2 days", "an hour", "all morning"; `at` where there is none."""
    two = list(low[at : at + 2])
    if len(two) < 2:
        return at
    if two[0] in ("all", "whole") and two[1] in _SPANS:
        return at + 2
    if two[0] == "half" and low[at + 1 : at + 3] in (["an", "hour"], ["a", "day"]):
        return at + 3
    return at + 2 if _is_number(two[0]) and two[1] in listed("units") else at


def date(words: Sequence[str], at: int) -> int:
    """Where a day or an hour that begins here ends: "Tuesday", "4 March", "last week"; `at` where there is none."""
    if at >= len(words):
        return at
    here, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", here) and after.lower()[:3] in _MONTHS and _is_month(after):
        return at + 2
    if here[:3].lower() in _MONTHS and _is_month(here) and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", after):
        return at + 2
    if here in ("last", "this") and (after in _SPANS or after in _CALENDAR or after in ("year", "month")):
        return at + 2
    single = (
        here in _CALENDAR or here.lower() in _TODAY or _CLOCK.fullmatch(here.lower()) or re.fullmatch(r"\d{1,2}/\d{1,2}(?:/\d+)?", here)
    )
    return at + 1 if single else at


def _is_money(word: str) -> bool:
    return bool(re.fullmatch(r"[£$€]\d[\d.,]*|\d[\d,]*\.\d\d", word))


def _is_month(word: str) -> bool:
    return word.lower() in _MONTHS or (word.lower() in nouns("bare") and word.lower()[:3] in _MONTHS)


def amount(words: Sequence[str]) -> int:
    """How many words at the start are a sum: "49.90", "30 euros", "£300"; 0 where there is none."""
    low = [word.lower() for word in words[:2]]
    if not low or not _AMOUNT.fullmatch(low[0]) or duration(low, 0) or low[1:] == ["times"]:
        return 0
    if low[1:] and low[1] in _CURRENCIES:
        return 2
    return 1 if len(words) == 1 or _begins(words, 1) or not low[1].isalpha() or low[1] == "in" else 0


def a(word: str) -> str:
    """The article that goes before a word."""
    low = word.lower()
    return "an" if low[0] in "aeiou" and not low.startswith(("uni", "use", "eur", "one")) else "a"


def _is_number(low: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:[.,]\d+)?", low)) or low in listed("numbers")


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in nouns("yours")


def object_end(words: Sequence[str]) -> int:
    """How many words at the start can be the thing that a verb acts on."""
    end = 0
    while end < len(words) and (not _begins(words, end) or (end and words[end - 1].lower() == "of")):
        end += 1 if not end or words[end - 1].lower() != "of" else max(1, date(words, end) - end)
    return end if end and words[0].lower() != "of" else 0


def handed(words: Sequence[str]) -> str | None:
    """A thing as it came into the customer's hands: "the blue dress", "a used laptop"."""
    what, flawed = thing(words), words[0].lower() in listed("faults") or words[0].lower() in _FLAWED
    if what and flawed:
        return " ".join(words) if many(what) or words[-1].lower() in nouns("mass") else f"{a(words[0])} {' '.join(words)}"
    return f"the{what[4:]}" if what and what.startswith("your ") and words[0].lower() not in _MINE else what
