"""Practices: what we are said to do for anybody or as a rule, and what is offered on demand, that no fact holds."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.beside import FILLER, PARTICLES, Beside
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.grammar import US
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.tables import pattern
from drafter.checks.grounding.words import word_class

_STATIVE = word_class("stative")
_AVOWING = word_class("avowing")  # what we know, feel and owe is no practice, to however many we say it
_INVITING = word_class("inviting")
_NOTES = word_class("notes")
_HABIT = pattern("habits")
_NOW = re.compile(
    r"\b(?:now|today|hereby|from now on|from today|sorry|apolog\w*|this time|at the moment|still|herewith|enclose\w*|attach\w*)\b", re.I
)
_WHERE = re.compile(
    r"\b(?:at|in) (?:the|any|our|each|every) \w+|\b(?:the|any|our) [\w-]+$|\b(?:just|when|if|for (?:one|it|them|that))\b", re.I
)
_SHARED, _SHARED_HABIT = 0.5, 0.7  # of an act's words: a fact says it in other words
_AFTER = 2  # acts behind an offer in which the customer is told whom to ask


class Practice(NamedTuple):
    """A clause that tells of a practice of ours which no fact holds, and whether it offers something on demand."""

    act: Act
    offered: bool


def practices(reading: Reading, facts: Facts) -> list[Practice]:
    """Every clause of the text's own words that tells, as a rule or on demand, of something that we do and no fact has."""
    found: list[Practice] = []
    for i, act in enumerate(reading.acts):
        if (
            act.tense not in ("present", "modal")
            or act.subordinate
            or not reading.own(act.start)
            or reading.sentences[act.sentence].question
        ):
            continue
        told = Beside(act, reading, facts)
        offered = _invites(reading.acts[i + 1 : i + 1 + _AFTER], act, reading)
        if _is_ours(told, offered=offered) and _is_new(told):
            found.append(Practice(act, offered))
    return found


def _is_ours(told: Beside, *, offered: bool) -> bool:
    """Whether we are said to do something as a rule, or something is said to be there that can be asked for."""
    act = told.act
    if not told.leads or _NOW.search(told.text) or act.link in ("if", "unless", "when"):
        return False
    if offered:
        return act.verb not in _AVOWING - {"be"} and (act.agent != "customer" or act.tense == "modal")
    habit = bool(_HABIT.search(told.text))
    if act.tense == "modal" or act.verb in _AVOWING or (act.verb in _STATIVE and not habit):
        return False
    if act.agent == "us" and told.subject.lower() in US:
        return habit or (not act.points and act.to != "you")
    return habit and act.agent in ("us", "third", "none")


def _is_new(told: Beside) -> bool:
    """Whether the clause names a thing that no fact has, and no fact says the rest."""
    things = told.new - _NOTES - PARTICLES - FILLER
    mine = said(told.act) - FILLER - PARTICLES
    most = _SHARED_HABIT if _HABIT.search(told.text) else _SHARED
    return bool(things) and not told.backed and told.share <= most and len(mine) > 1


def _invites(behind: list[Act], offer: Act, reading: Reading) -> bool:
    """Whether what follows tells the customer whom to ask for it."""
    return any(
        act.verb in _INVITING
        and act.sentence - offer.sentence <= 1
        and not act.values
        and act.tense in ("request", "present")
        and act.verb_at - act.start <= len("please just ")
        and bool(_WHERE.search(reading.text[act.start : act.end].rstrip(" .!")))
        for act in behind
    )
