"""Who did what in a fragment: its subject, what is said of it, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafter.incident.fragments.vocabulary import listed, nouns, verb

Who = Literal["nobody", "customer", "us", "third", "thing"]
Words = tuple[str, ...]

_BE = frozenset(("was", "were", "is", "are", "been", "being", "be", "has", "have", "had", "did", "does", "do"))
_PASSIVE = frozenset(("was", "were", "is", "are", "been"))
_SHORT_NOT = frozenset(("didn't", "doesn't", "don't", "wasn't", "weren't", "isn't", "hasn't", "haven't", "aren't"))
_BEFORE_A_NOUN = frozenset(("promised", "purchased", "ordered", "requested", "agreed", "booked", "reserved", "used", "prepaid", "missing"))
_SAID_OF = frozenset(
    ("late", "missing", "wrong", "incorrect", "took", "waiting", "waited", "hung", "ready", "outstanding", "pending", "due", "has", "shows")
)
_MINE = frozenset(("my", "me", "our", "us", "i", "myself"))
_PEOPLE = frozenset(("man", "woman", "lady", "guy", "person", "people"))
_CARE = frozenset(("service", "support", "care", "services"))


@dataclass(frozen=True)
class Roles:
    """A fragment taken apart: "[parcel] [was never] [delivered] [to my address]"."""

    who: Who
    subject: Words
    head: str
    after: Words
    negation: str = ""
    still: bool = False
    fore: str = ""
    passive: bool = False


def roles(words: Words) -> Roles | None:
    """The fragment taken apart, or nothing where nothing is said of anything."""
    words = _named(words)
    at = next((place for place in range(len(words)) if _is_said(words, place)), None)
    if at is None:
        return None
    subject, negation, still, fore, passive = words[:at], "", False, "", False
    while at < len(words):
        low = words[at].lower()
        if low in _BE or (low == "got" and at + 1 < len(words) and verb(words[at + 1].lower())):
            passive = passive or low in _PASSIVE or low == "got"
        elif low in _SHORT_NOT or low in ("not", "never"):
            if negation:
                return None
            negation, passive = "never" if low == "never" else "not", passive or low in ("wasn't", "weren't", "isn't", "aren't")
        elif low == "still":
            still = True
        elif low in listed("fore") and at + 1 < len(words) and verb(words[at + 1].lower()):
            fore = low
        else:
            break
        at += 1
    if at == len(words):
        return None
    return Roles(_who(subject, words, passive), subject, words[at].lower(), words[at + 1 :], negation, still, fore, passive)


def _is_said(words: Words, at: int) -> bool:
    """Whether here begins what is said of the subject."""
    low = words[at].lower()
    if low in _BE or low in _SHORT_NOT or low in ("not", "never", "still"):
        return True
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if low in listed("fore"):
        return verb(after) is not None
    if verb(low) and verb(low, "base") and after and after not in listed("before") and _later(words, at + 2):
        return False  # "password reset email not sent"
    if verb(low) or verb(low, "past"):
        return not (low in _BEFORE_A_NOUN and after and after not in listed("before") and _later(words, at + 1))
    if low == "no" and after == "show":
        return True
    others = low in _SAID_OF or low in listed("states") or low in listed("faults") or low in listed("comes") or low in listed("curt")
    return (others and (at > 0 or low in listed("comes") or low in ("waiting", "waited", "hung")) and low != "got") or low in (
        "got",
        "received",
    )


def _later(words: Words, start: int) -> bool:
    """Whether something is said further on."""
    low = [word.lower() for word in words[start:]]
    return any(word in _BE or word in _SHORT_NOT or word in ("not", "never") or verb(word) or word in listed("comes") for word in low)


def _named(words: Words) -> Words:
    """The words with "customer" before a thing as "your", and customer service as the people they are."""
    low = [word.lower() for word in words]
    if low[:1] in (["the"], ["our"]) and len(low) > 1 and low[1] in nouns("customer"):
        words, low = words[1:], low[1:]
    if len(low) > 1 and low[0] in nouns("customer"):
        if low[1] in _CARE:
            return ("support", *words[2:])
        owned = low[1] in nouns("yours") or low[1] in nouns("kin")
        return ("your", *words[1:]) if owned and not (verb(low[1]) and len(low) < 3) else ("customer", *words[1:])
    return words


def _who(subject: Words, words: Words, passive: bool) -> Who:
    low = [word.lower() for word in subject]
    if not low:
        return "nobody"
    if len(low) == 1 and (low[0] in ("i", "he", "she") or low[0] in nouns("customer")):
        return "customer"
    if low in (["you"], ["they"]):
        if passive:
            return "customer"
        return "us" if any(word.lower() in _MINE for word in words) else "third"  # who is meant is not sure
    if low == ["we"]:
        return "third" if passive else "us"
    if low[-1] in nouns("third") and not (low[0] in ("my", "your") and low[-1] == "bank"):
        return "third"
    return "us" if is_staff(low) else "thing"


def is_staff(low: Sequence[str]) -> bool:
    """Whether these words name somebody who acts for us, or something that does."""
    return bool(low) and (low[-1] in nouns("staff") or low[-1] in _PEOPLE) and low[0] not in ("my", "your", "his", "her")
