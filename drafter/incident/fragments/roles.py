"""Who did what in a fragment: its subject, what is said of it, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from drafter.incident.fragments.vocabulary import listed, nouns, verb

Who = Literal["nobody", "customer", "us", "third", "thing"]
Words = tuple[str, ...]
_ARE = frozenset(("was", "were", "is", "are", "been"))  # with a participle, it was done to the subject
_NOT_DONE = frozenset(("wasn't", "weren't", "isn't", "aren't"))
_CARE = frozenset(("service", "support", "care", "services"))


@dataclass(frozen=True)
class Roles:
    """A fragment taken apart: "[parcel] [was never] [delivered] [to my address]"; all is subject where nothing is said of it."""

    words: Words
    who: Who
    subject: Words
    head: str = ""
    after: Words = ()
    negation: Literal["", "not", "never"] = ""
    still: bool = False
    fore: str = ""
    passive: bool = False

    @cached_property
    def low(self) -> Words:
        """The words in small letters."""
        return small(self.words)

    @cached_property
    def noun(self) -> str:
        """What the subject is, in small letters: "boiler engineer" is an engineer, "invoice 33" an invoice."""
        named = [word for word in small(self.subject) if not word.lstrip("#")[:1].isdigit()]
        return named[-1] if named else ""

    @cached_property
    def behind(self) -> Words:
        """What follows, in small letters."""
        return small(self.after)


def small(words: Words) -> Words:
    """The words in small letters."""
    return tuple(word.lower() for word in words)


def roles(words: Words) -> Roles:
    """The fragment taken apart."""
    words = _without_yet(_named(_reported(words)))
    words, late = words[:-1] if words[-1:] == ("yet",) else words, "yet" in words
    at = next((place for place in range(len(words)) if _is_said(words, place)), len(words))
    subject, still, negation, fore, passive = words[:at], late, "", "", False
    while at < len(words):
        low, after = words[at].lower(), words[at + 1].lower() if at + 1 < len(words) else ""
        if low in listed("helpers") or (low == "got" and verb(after)):
            passive = passive or low in _ARE or low == "got"
        elif (low in listed("short_not") or low in ("not", "never")) and not negation:
            negation, passive = "never" if low == "never" else "not", passive or low in _NOT_DONE
        elif low == "still":
            still = True
        elif low in listed("fore") and verb(after):
            fore = low
        elif low != "yet":
            break
        at += 1
    head, after_head = (words[at].lower(), words[at + 1 :]) if at < len(words) else ("", ())
    if not fore and after_head and after_head[-1].endswith("ly") and after_head[-1] in listed("fore"):
        fore, after_head = after_head[-1], after_head[:-1]  # "rejected wrongly" is "wrongly rejected"
    who = _who(small(subject), small(words), passive=passive)
    return Roles(words, who, subject, head, after_head, "never" if negation == "never" else "not" if negation else "", still, fore, passive)


def _reported(words: Words) -> Words:
    """What somebody says, without that they say it."""
    low = small(words)
    at = 1 if low[:1] and (low[0] in nouns("customer") or low[0] in ("she", "he", "they")) else 0
    if low[at : at + 1] and low[at] in listed("reports") and len(low) > at + 2:
        return words[at + 2 :] if low[at + 1] == "that" else words[at + 1 :]
    return words


def _without_yet(words: Words) -> Words:
    """The words with "yet" at the end, where it is read."""
    low = small(words)
    return (*(word for word, said in zip(words, low, strict=True) if said != "yet"), "yet") if "yet" in low else words


def _is_said(words: Words, at: int) -> bool:
    """Whether here begins what is said of the subject."""
    low, after = words[at].lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    if low in listed("helpers") or low in listed("short_not") or low in ("not", "never", "still", "got", "received"):
        return True
    if low in listed("fore"):
        return verb(after) is not None
    if verb(low) or verb(low, "past"):
        modifies = low in listed("modifiers") or verb(low, "base")  # "password reset email not sent"
        return not (modifies and after and after not in listed("before") and _later(words, at + (2 if verb(low, "base") else 1)))
    if low == "no":
        return after == "show"
    if at and (words[at - 1].lower() in listed("articles") or words[at - 1].lower() in listed("mine")):
        return False  # "the wrong size"
    said = any(low in listed(name) for name in ("said_of", "states", "faults", "comes", "curt", "spoken"))
    return said and (at > 0 or low in listed("comes") or low in listed("spoken") or low in ("waiting", "waited", "hung"))


def _later(words: Words, start: int) -> bool:
    """Whether something is said further on."""
    rest = small(words[start:])
    return any(word in listed("helpers") or word in listed("short_not") or word in ("not", "never") for word in rest) or any(
        verb(word) or word in listed("comes") for word in rest
    )


def _named(words: Words) -> Words:
    """The words with "customer" before a thing as "your", and customer service as the people they are."""
    low = small(words)
    if low[:1] in (("the",), ("our",)) and len(low) > 1 and low[1] in nouns("customer"):
        words, low = words[1:], low[1:]
    if len(low) > 1 and low[0].removesuffix("'s") in nouns("customer") and low[0].endswith("'s"):
        return ("your", *words[1:])
    if len(low) < 2 or low[0] not in nouns("customer"):
        return words
    if low[1] in _CARE:
        return ("support", *words[2:])
    owned = (low[1] in nouns("yours") or low[1] in nouns("kin")) and not (verb(low[1]) and len(low) < 3)
    return ("your" if owned else "customer", *words[1:])


def _who(subject: Words, low: Words, *, passive: bool) -> Who:
    if not subject:
        return "nobody"
    if len(subject) == 1 and (subject[0] in ("i", "he", "she") or subject[0] in nouns("customer")):
        return "customer"
    pasted = any(word in listed("mine") for word in low)  # the customer speaks, and "you" are we
    if subject in (("you",), ("they",)):
        return "customer" if passive else "us" if pasted else "third"
    if subject == ("we",):
        return "third" if passive else "us"
    if subject[0] == "your" and is_staff(subject[1:]):
        return "us" if pasted else "third"
    if subject[-1] in nouns("third"):
        return "us" if subject[0] == "our" else "third"
    return "us" if is_staff(subject) else "thing"


def is_staff(low: Words) -> bool:
    """Whether these words name somebody who acts for us, or something that does."""
    return bool(low) and (low[-1] in nouns("staff") or low[-1] in nouns("people")) and low[0] not in ("my", "your", "his", "her")
