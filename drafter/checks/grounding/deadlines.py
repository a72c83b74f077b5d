"""Deadlines: a day or an hour at which a text says that something will be there or be done, and no coming fact has it."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.equality import resolved as day_of
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.owed import CONTACT, family
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root, word_class

_WHEN = frozenset({"date", "time"})
_FILLER = word_class("filler")
_GETS = word_class("receiving") | word_class("reaching") | {root("come")}
_THERE = re.compile(
    r"\b(?:with you|back|there|here|ready|done|live|in your (?:account|inbox|hands)|(?:on|to) your (?:card|account|door))\b", re.I
)
_STARTS = word_class("starting")
_PLANNED = frozenset({"will", "doing", "pending"})
_AHEAD = frozenset({"next", "ask", "known", "remedy", "locked"})
_OVER = frozenset({"past", "perfect"})
_CUSTOMER = frozenset({"impact", "problem", "thread", "customer_part"})
_NEWS = CONTACT | word_class("notes") | {root("result"), root("decision"), root("news"), root("outcome")}
_MONEY = frozenset({root("money"), root("refund"), root("payment"), root("credit"), root("cash")})
_ASIDE = re.compile(r"\b(?:every|each|per|any|all|as of|since|from|until|till|for|of|than)\s*$", re.I)  # no time at which something comes
_BROKEN = re.compile(r"[:;(]")
_IN_TIME = re.compile(r"\b(?:before|ahead of|in time for)\s*$", re.I)
_UNLESS = re.compile(r"\b(?:if|unless|whether|hope|expect to|should|could|might|may)\b", re.I)

_Holders = list[tuple[Value, Known]]


def deadlines(reading: Reading, facts: Facts) -> list[Act]:
    """The clauses of the text's own words that say when something comes, of which no coming fact has that time, or that thing then."""
    found: list[Act] = []
    for act in reading.acts:
        whens = [value for value in act.values if value.kind in _WHEN]
        if not whens or not reading.own(act.start) or not _comes(act, reading):
            continue
        holders = [_holders(value, facts) for value in whens]
        told = [having for value, having in zip(whens, holders, strict=True) if _says_when(value, having, act, reading, facts)]
        if told and not _held(act, told, facts):
            found.append(act)
    return found


def _holders(value: Value, facts: Facts) -> _Holders:
    """The facts that have a time, each with its own writing of it."""
    return [(other, known) for other, known in facts.values.get(value.kind, ()) if not known.asked and equal(value, other, facts)]


def _says_when(value: Value, holders: _Holders, act: Act, reading: Reading, facts: Facts) -> bool:
    """Whether a clause has a time as the one at which something happens, and the time is a fact's or one of today."""
    day = day_of(value.days, facts) if value.days else None
    if _ASIDE.search(reading.text, act.start, value.start) or (day is not None and day < facts.frame.today):
        return False
    if _IN_TIME.search(reading.text, act.start, value.start) and any(known.role in _CUSTOMER for _, known in holders):
        return False
    return bool(holders) or value.weak  # of a time that no fact has, more is said elsewhere


def _comes(act: Act, reading: Reading) -> bool:
    """Whether a clause says of something that it will come, or will be done."""
    sentence = reading.sentences[act.sentence]
    if act.subordinate or act.negated or sentence.question or _BROKEN.search(reading.text, act.start, act.end):
        return False
    if _UNLESS.search(reading.text, sentence.start, act.end):
        return False
    if act.tense == "future":
        return act.agent != "customer" or act.verb in _GETS
    there = act.verb == "be" and bool(_THERE.search(reading.text, act.start, act.end))
    return act.tense in ("present", "progressive") and act.agent in ("third", "yours") and (act.verb in _GETS | _STARTS or there)


def _held(act: Act, whens: list[_Holders], facts: Facts) -> bool:
    """Whether a coming fact has every one of these times, and one of those facts the thing that is to be had."""
    holders: list[Known] = []
    for having in whens:
        coming = [known for other, known in having if _coming(other, act, known, facts)]
        if not coming:
            return False
        holders += coming
    told = said(act) - _FILLER - {act.verb}
    things = told & (facts.roots.keys() | _MONEY)
    if act.agent == "us" or act.verb not in _GETS or not things or told & _NEWS:
        return True
    return any(things & _about(known, facts) or (things & _MONEY and _pays(known)) for known in holders)


def _about(known: Known, facts: Facts) -> frozenset[str]:
    """What a fact is about: its own words, and of a repair those of what went wrong, which it may only mean ("the new pair")."""
    if known.role not in ("fix", "remedy"):
        return known.words
    failures = (one.words for one in facts.known if one.role in ("problem", "ours") and known.id.startswith(f"{family(one.id)}."))
    return known.words.union(*failures)


def _coming(other: Value, act: Act, known: Known, facts: Facts) -> bool:
    """Whether a fact has its time as one that is to come."""
    day = day_of(other.days, facts) if other.days else None
    later = other.kind == "time" or day is None or day > facts.frame.today
    if known.state in _PLANNED or (known.role in _AHEAD and known.state != "done" and (later or not _over(known))):
        return True
    if known.role in _CUSTOMER:
        return later and bool(said(act) & known.words)
    own = next((one for one in known.acts if one.start <= other.start < one.end), None) if other.start != other.end else None
    if own:  # of a deed that is done, only what its own words have as coming: "they ship today"
        return own.tense not in _OVER or later
    return later and known.state is None


def _over(known: Known) -> bool:
    """Whether a fact only tells what is done."""
    return bool(known.acts) and all(act.tense in _OVER for act in known.acts)


def _pays(known: Known) -> bool:
    return any(value.kind == "money" for value in known.values) or bool(known.words & _MONEY)
