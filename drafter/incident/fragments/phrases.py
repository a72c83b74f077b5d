"""The parts of a clause around its verb: things with their article, and how often, how long, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.incident.fragments.times import amount, date, duration, is_clock, is_number, is_sum, stands_alone
from drafter.incident.fragments.vocabulary import listed, nouns, verb

_MOST = 6  # words of a thing
_MINE = frozenset(("my", "your", "his", "her", "their", "customer's", "customers"))
_ME = {"me": "you", "him": "you", "her": "you", "them": "you", "us": "you", "you": "you", "customer": "you"}
_SHE = frozenset(("i", "she", "he", "they", "customer", "you"))
_OPENING = frozenset(("the", "a", "an", "my", "your", "his", "their", "our"))  # another thing begins
_NAMELESS = _SHE - {"customer", "you"} | {"it", "we"}
_STOPS = frozenset(("times", "not", "never", ",", "without", "instead", "despite", "too", "got", "received"))
_ADJECTIVES = ("articles", "the", "modifiers", "faults", "flawed", "states", "curt")
_REFERENCE = re.compile(r"#?\d[\w/-]*|[A-Z]+-?\d[\w/-]*")
_NO_PASTS = frozenset(("bed", "speed", "feed", "need", "shed", "breed", "seed", "red"))
_MANY = frozenset(("people", "children", "men", "women", "staff", "feet", "police", "ashes"))
_PARTED = ("instead", "without", "despite", "too", ",")
Part = tuple[str | None, int]
"""What a part says, None where that is not sure, and where the next begins."""


def thing(words: Sequence[str], *, own: bool = False) -> str | None:
    """A thing with its article: "your parcel", "the wrong size", "2 shirts"; None where the words are no thing.

    With `own`, what is not known to be anybody's is the customer's.
    """
    low = [word.lower() for word in words]
    if not words or len(words) > _MOST or "of" in (low[0], low[-1]) or low in (["double"], ["duplicate"]) or _is_no_thing(low):
        return None
    if "of" in low[1:-1]:
        return _of(words, low.index("of"), own=own)
    if amount(words) == len(words):
        return " ".join(words)
    if low[0] in _MINE and len(low) > 1:
        return " ".join(["your", *words[1:]])
    if low[0] == "our":
        return " ".join(["your", *words[1:]]) if low[-1] in nouns("yours") and len(low) > 1 else None
    if len(low) == 1 and low[0] in _ME and low[0] != "customer":
        return "you"
    if low[-1] in nouns("customer") and low[:-1] in ([], ["the"]) and low[-1] not in nouns("kin"):
        return "you"
    if low[-1] in ("stranger", "strangers") and len(low) == 1:
        return some(words)
    if low[0] == "all" and len(low) > 1:
        inner = thing(words[1:], own=own)
        return f"all {inner}" if inner else None
    if low[0] == "other" and len(low) > 1:
        return " ".join(words) if many(words[-1]) else " ".join(["another", *words[1:]])
    if low[0] in listed("articles") or is_number(low[0]) or low[0] == "no":
        return " ".join(words)
    return _with_article(words, low, own=own)


def _of(words: Sequence[str], at: int, *, own: bool) -> str | None:
    left, rest_ = thing(words[:at], own=own), words[at + 1 :]
    plain = amount(rest_) == len(rest_) or date(rest_) == len(rest_)
    right = " ".join(rest_) if plain else thing(rest_, own=own)
    return f"{left} of {right}" if left and right else None


def _with_article(words: Sequence[str], low: Sequence[str], *, own: bool) -> str | None:
    text, head = " ".join(words), low[-1]
    if "'" in low[0] and words[0][0].isupper():
        return None  # nobody who is named is spoken to
    if _REFERENCE.fullmatch(words[-1]) and len(words) > 1:  # "order 1042"
        return text
    if words[-1][0].isupper() and head not in nouns("yours"):
        return text
    if low[0] in listed("the"):
        return f"the {text}"
    if low[0] in nouns("kin") and len(low) > 1 and low[0].endswith("s") and low[0] != "boss":
        return f"your {words[0][:-1]}'s {' '.join(words[1:])}"
    theirs = head in nouns("yours") or head in nouns("kin") or low[0].removesuffix("'s") in nouns("kin")
    own = own and head not in nouns("staff") and head not in nouns("service")
    return f"your {text}" if theirs or own else f"the {text}"


def _is_no_thing(low: Sequence[str]) -> bool:
    """Whether a word says that more stands here than one thing, or less."""
    if len(low) == 1 and (low[0] in _MINE or any(low[0] in listed(name) for name in _ADJECTIVES)):
        return True
    for at, word in enumerate(low):
        determined = at and (low[at - 1] in listed("articles") or low[at - 1] in _MINE)
        acts = verb(word) and at and not determined and word not in nouns("yours") and word not in nouns("said")
        strays = word in ("wrong", "incorrect") and at and not determined
        adverb = word in listed("adverbs") and word not in ("wrong", "late", "early")
        lead = (word in listed("before") and word != "of") or (at and (word in _OPENING or (word in _ME and word != "customer")))
        if acts or strays or adverb or lead or word in _STOPS or word in _NAMELESS or word.endswith("n't"):
            return True
        if any(word in listed(name) for name in ("helpers", "joins", "particles")):
            return True
    last = low[-1]
    past = (last.endswith("ed") and last not in _NO_PASTS) or (verb(last) and last not in nouns("yours") and last not in nouns("said"))
    adverb = last.endswith("ly") and last not in listed("no_adverbs")
    return bool(past or adverb) or last in listed("fore") or last in ("late", "early")


def many(text: str) -> bool:
    """Whether a thing takes "were"."""
    first, last = text.split()[0].lower(), text.split(" of ")[0].split()[-1].lower()
    if first.isdigit() or first in listed("numbers"):
        return first not in ("1", "one", "a", "an", "half")
    return last in _MANY or (last.endswith("s") and not last.endswith(("ss", "us", "is", "news", "gps", "gas", "sms", "vms")))


def a(word: str) -> str:
    """The article that goes before a word."""
    low = word.lower()
    return "an" if low[0] in "aeiou" and not low.startswith(("uni", "use", "eur", "one")) else "a"


def some(words: Sequence[str]) -> str:
    """Words without an article, with "a" where one of them is meant."""
    text = " ".join(words)
    return text if many(text) or words[-1].lower() in nouns("mass") or is_number(words[0].lower()) else f"{a(words[0])} {text}"


def lacking(words: Sequence[str]) -> str | None:
    """What one is without: "heating", "the app", "your phone line"."""
    mass = bool(words) and words[-1].lower() in nouns("mass") and words[0].lower() not in ("the", *_MINE)
    return " ".join(words) if mass and thing(words) else thing(words)


def handed(words: Sequence[str]) -> str | None:
    """A thing as it came into the customer's hands: "the blue dress", "a used laptop"."""
    what, first = thing(words), words[0].lower()
    if not what or first in _MINE or first in listed("the") or first in listed("articles"):
        return what
    if first in listed("faults") or first in listed("flawed"):
        return some(words)
    mass = words[-1].lower() in nouns("mass") and what.startswith("the ")
    return " ".join(words) if mass else f"the{what[4:]}" if what.startswith("your ") else what


def rest(words: Sequence[str], lasting: str = "for") -> str | None:
    """What follows a verb and its thing, each part with a blank before it; None where a word cannot be placed.

    `lasting` leads in how long it lasted: "for 2 days", "by 2 days".
    """
    said, at = "", 0
    while at < len(words):
        part, at = _part(words, at, lasting)
        if part is None:
            return None
        said += f" {part}"
    return said


def _part(words: Sequence[str], at: int, lasting: str) -> Part:
    low = [word.lower() for word in words]
    here, two = low[at], low[at : at + 2]
    behind = low[at + 2] if at + 2 < len(low) else ""
    if length := duration(words, at):
        return _long(words, at, at + length, lasting)
    if length := date(words, at):
        said = " ".join(words[at : at + length])
        return (said if stands_alone(words[at]) else f"{'at' if is_clock(here) else 'on'} {said}"), at + length
    if two == ["last", "minute"]:
        return "at the last minute", at + 2
    if two == ["day", "before"] and not behind:
        return "the day before", at + 2
    if two[1:] == ["times"] and is_number(here):
        return " ".join(words[at : at + 2]), at + 2
    if here == "no" and two[1:] and two[1] in listed("manner"):
        return f"without {words[at + 1]}", at + 2
    if here == "too" and two[1:] and two[1].isalpha() and (not behind or behind in listed("before")):
        return " ".join(words[at : at + 2]), at + 2
    if here in listed("adverbs") or (here == "outside" and (not two[1:] or two[1] in listed("before"))):
        return words[at], at + 1
    return _behind(words, at) if here in listed("before") or here in _PARTED[:3] else (None, at)


def _long(words: Sequence[str], at: int, end: int, lasting: str) -> Part:
    said, after = " ".join(words[at:end]), words[end].lower() if end < len(words) else ""
    if after in ("late", "early", "ago", "running"):
        return f"{said} {after}", end + 1
    if after in ("before", "after") and end + 1 < len(words):
        part, stop = _behind(words, end)
        return (f"{said} {part}" if part else None), stop
    return (said if words[at].lower() == "all" else f"{lasting} {said}"), end


def _behind(words: Sequence[str], at: int) -> Part:
    """What a preposition leads in."""
    low = [word.lower() for word in words]
    lead, after = low[at], low[at + 1] if at + 1 < len(low) else ""
    if lead == "without" and after in listed("manner"):
        whom = [_ME[word] for word in low[at + 2 : at + 3] if word in _ME]
        return " ".join(["without", after, *whom]), at + 2 + len(whom)
    if lead == "as":
        return f"as {after}" if after in listed("as") else None, at + 2
    if lead == "instead":
        return _object(words, at, 2) if after == "of" else ("instead", at + 1)
    if lead in ("after", "before", "despite"):
        who = after in _SHE
        deed = (low[at + 1 + who :] or [""])[0]
        if deed in listed("deeds"):
            done = listed("deeds")[deed] or deed
            return (f"although you had {done}" if lead == "despite" else f"{lead} you {done}"), at + 2 + who
    if low[at : at + 3] == ["for", "no", "reason"]:
        return "for no reason", at + 3
    if length := duration(words, at + 1) or date(words, at + 1):
        late = lead == "by" and low[at + 1 + length : at + 2 + length] == ["late"]
        return " ".join([lead, *words[at + 1 : at + 1 + length]]), at + 1 + length + late
    return _object(words, at, 1)


def _object(words: Sequence[str], at: int, length: int) -> Part:
    """A preposition of so many words with the thing behind it, which ends where the next part begins."""
    lead, held = " ".join(words[at : at + length]), words[at + length :]
    held = held[: object_end(held) or 1]
    end, whole = at + length + len(held), " ".join(held).lower()
    if not held:
        return None, at
    plain = whole.replace(" ", "-") in nouns("bare") or whole in listed("currencies") or amount(held) == len(held)
    plain = plain or (lead == "by" and whole in ("post", "email", "phone", "text", "car", "bus", "train"))
    going = len(held) == 1 and whole.endswith("ing") and whole not in nouns("yours")
    other = lead == "instead of" and len(held) == 1 and whole.isalpha() and whole not in nouns("yours")
    if plain or going or other:
        return f"{lead} {' '.join(held)}", end
    found = lacking(held) if lead == "without" else thing(held)
    return (f"{lead} {found}" if found else None), end


def object_end(words: Sequence[str]) -> int:
    """How many words at the start can be the thing that a verb acts on."""
    end = 0
    while end < len(words) and (not _begins(words, end) or (end and words[end - 1].lower() == "of")):
        end += max(1, date(words, end))
    return end if end and words[0].lower() != "of" else 0


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether another part begins here."""
    here, after = [word.lower() for word in [*words[at : at + 2], "", ""][:2]]
    if here == "of":
        return False
    if here in listed("before") or here in _PARTED or after == "times" or [here, after] == ["last", "minute"]:
        return True
    if here in listed("adverbs") and here != "wrong":
        return not (here == "late" and after in ("fee", "fees", "charge"))
    lacks = here == "no" and after in listed("manner")
    return bool(lacks or duration(words, at) or date(words, at) or (at and is_sum(words[at])))
