"""Grammar: the closed classes of words, and what tells a verb."""

from __future__ import annotations

from functools import lru_cache

from drafter.checks.grounding.lexicon import named, pairs, words
from drafter.checks.grounding.words import base

_CLASS = named("closed")
US = _CLASS["us"]
POSSESSIVE = _CLASS["possessive"]
OTHERS = _CLASS["others"]
NAMED_BY = _CLASS["named_by"] | OTHERS  # behind these "'s" is a verb
FUTURE = _CLASS["future"]
MODAL = _CLASS["modal"]
BE = _CLASS["be"]
HAVE = _CLASS["have"]
PAST_AUX = _CLASS["past_aux"]
NOT = _CLASS["not"]
AUX = FUTURE | MODAL | BE | HAVE | _CLASS["do"]
SUBORDINATE = _CLASS["subordinate"]
TIMELY = _CLASS["timely"]
OFTEN_NOT = _CLASS["often_not"]  # lead a clause in only where one follows
JOIN = _CLASS["join"]
DETERMINERS = _CLASS["determiners"]
PREPOSITIONS = _CLASS["prepositions"]
NEVER_VERBS = _CLASS["never_verbs"]
ADVERBS = _CLASS["adverbs"]
PARTITIVES = _CLASS["partitives"]  # "both halves of your order" is about the order
_NOUNS_FIRST = _CLASS["nouns_first"]
LIKE_PRESENT = _CLASS["like_present"]  # pasts that look like presents
_NO_PASTS = frozenset({"need", "hundred", "indeed", "speed"})
_NO_GOING = frozenset({"morning", "evening", "during", "ceiling", "something", "anything", "nothing", "everything", "wedding"})
CUSTOMER = "you"


@lru_cache(maxsize=8192)
def is_past(low: str) -> bool:
    """Whether a lower-case word is a past or a participle."""
    return (low in pairs("irregular") and low not in ("goes", "does")) or (low.endswith("ed") and len(low) > 4 and low not in _NO_PASTS)


@lru_cache(maxsize=8192)
def is_going(low: str) -> bool:
    """Whether a lower-case word is an -ing form: "calling", not "ring"."""
    return low.endswith("ing") and low not in _NO_GOING and base(low) != low


@lru_cache(maxsize=8192)
def is_verb(low: str) -> bool:
    """Whether a lower-case word is a form of a known verb, or looks like a past."""
    return is_past(low) or (base(low) in _bases("verbs") and low not in _NOUNS_FIRST)


@lru_cache(maxsize=8192)
def links(low: str) -> bool:
    """Whether a verb leads on to the one that matters: "have to", "try to"."""
    return base(low) in _bases("linking")


@lru_cache(maxsize=4)
def _bases(table: str) -> frozenset[str]:
    return frozenset(base(word) for word in words(table))
