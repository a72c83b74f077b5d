"""Ours: deeds of our own that a text tells as done, and that no fact has."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.beside import FILLER, PARTICLES, PAST, Beside
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Known
from drafter.checks.grounding.lexicon import named, words
from drafter.checks.grounding.words import base, root, word_class

_GIVING = word_class("giving")
_HANDING = word_class("handing")
_NOTES = word_class("notes")
_DOING = word_class("doing")
_MEETING = word_class("meeting")
FRESH = re.compile(r"\b(?:new|another|second|extra|spare|replacement|bigger|free|additional|backup)\b", re.I)
ASIDE = re.compile(r"\b(?:wrong|quiet|mistaken|apolog\w+|happened|promised)\b", re.I)
_DRASTIC = frozenset(base(word) for word in words("drastic"))
_REACHING = _MEETING | {root("ask"), root("check"), root("tell"), root("confirm"), root("try"), root("write")}
_GIVES = _GIVING - {root("give")}
_KINDS = tuple(frozenset(root(word) for word in words_) for words_ in named("deed_kinds").values())
_CONTACT = next(kind for kind in _KINDS if root("call") in kind)
_OVER = frozenset({"present", "progressive"})  # "we read each label" looks like a present; what is being done may be told as done
_HALF = 0.55  # of an act's words and values


def invented(told: Beside) -> bool:
    """Whether a deed of ours brings in a verb and a thing that no fact has, or gives what no fact gives."""
    act = told.act
    things = frozenset(word for word in told.new - {act.verb} - PARTICLES if word[0] != "!")
    if told.backed or act.negated or ASIDE.search(told.text):
        return False
    if act.verb in _GIVES and (told.past or act.tense == "present"):
        return bool(things) or act.verb in told.new
    if act.verb in _HANDING and (act.to == "you" or "your" in told.text) and (told.past or act.tense == "progressive"):
        return (bool(things - _NOTES - _GIVING) and told.share < _HALF) or (bool(FRESH.search(told.text)) and not told.given)
    if not told.past:
        return False
    if base(act.verb_word) in _DRASTIC and act.to != "you":
        return base(act.verb_word) not in told.facts.bases
    if act.verb in _MEETING and act.to != "you":
        objects = said(act) - FILLER - _NOTES - {act.verb}
        told_so = any(_reached(act, known, objects) for known in told.facts.known)
        return bool(objects) and not told_so
    return False


def unheard(told: Beside) -> bool:
    """Whether a deed of ours is of a kind, such as talking to somebody or looking at something, that we have not done in any fact."""
    act = told.act
    kinds = [kind for kind in _KINDS if act.verb in kind] if told.past and act.verb in told.new else []
    if not kinds or act.negated or ASIDE.search(told.text) or (act.to == "you" and act.verb in _CONTACT):
        return False
    objects = said(act) - FILLER - _NOTES - {act.verb}
    acts = [other for known in told.facts.known if not known.asked for other in known.acts if other.agent != "customer"]
    done = {other.verb for other in acts if other.tense in PAST or (other.tense in _OVER and other.agent == "us")}
    return bool(objects) and all(done.isdisjoint(kind) for kind in kinds)


def in_other_words(told: Beside) -> bool:
    """Whether a deed of ours has a verb and a thing that no fact has, while a fact has the rest."""
    act = told.act
    if not told.past or told.backed or act.negated or act.verb not in told.new or act.verb in _DOING or ASIDE.search(told.text):
        return False
    return not invented(told) and any(word[0] != "!" for word in told.new - {act.verb} - PARTICLES)


def _reached(act: Act, known: Known, objects: frozenset[str]) -> bool:
    """Whether a fact has it that we spoke or wrote to somebody of the same name, or in the same way."""
    same = any(other.verb == act.verb and other.agent == "us" and other.tense in PAST for other in known.acts)
    return same or bool(known.words & _REACHING and known.words & objects)
