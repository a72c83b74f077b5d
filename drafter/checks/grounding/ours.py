"""Ours: deeds of our own that a text tells as done, and that no fact has."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.beside import FILLER, PARTICLES, PAST, Beside
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.grammar import is_past
from drafter.checks.grounding.lexicon import named, words
from drafter.checks.grounding.words import base, content, root, tokens, word_class

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
_BY_NAME = {name: frozenset(root(word) for word in listed) for name, listed in named("deed_kinds").items()}
_KINDS = tuple(kind for name, kind in _BY_NAME.items() if name != "alter")  # facts alter things in a hundred words
_CONTACT = _BY_NAME["contact"]
_SENDING, _FINDING = frozenset({root("send")}), frozenset({root("find"), root("see")})
_TRAVEL = _BY_NAME["travel"]
_COMING = _SENDING | _BY_NAME["examine"] | {root("come"), root("go"), root("reach"), root("meet")}
_AS_BOOKED = frozenset({"booked", "book", "reserved"})  # counts as a visit, and is no talk
_AMBIGUOUS = frozenset({root("visit"), "let"})  # a visit may be one that was booked
_TOLD = _CONTACT | _SENDING | {root("promise")}
_SHORT = re.compile(r"\b(?:only|late|without|instead|too|nothing|nobody|no one|forgot\w*)\b", re.I)  # it may tell the failure
_SEEKING = re.compile(r"\blook\w* (?:up|for|after|forward)\b", re.I)  # to look something up is not to look at it
_OVER = frozenset({"present", "progressive"})  # "we read each label" looks like a present; what is being done may be told as done
_SPOILING = word_class("spoiling")  # "we have ruined your evening" owns up
_HARMING = word_class("harming") | _SPOILING
_ASIDE = word_class("aside")
_EVERYBODY = re.compile(r"\b(?:everyone|everybody|anyone|anybody)\b", re.I)
_HOW = re.compile(r"\b(?:how|what|why)\b", re.I)
_YOURS = re.compile(r"\byour (?:\w+ )??(\w+)\b(?! \w+ed\b)", re.I)
_TO_COME = frozenset({"will", "doing", "pending", "declined"})
_HALF = 0.55  # of an act's words and values
_SOME, _MOST = 0.5, 0.7  # the same, of a deed whose verb is that of one of ours in the facts, and of any other


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
    kinds = [kind for kind in _KINDS if act.verb in kind] if told.past and act.verb not in done_words(told.facts) else []
    if not kinds or act.negated or ASIDE.search(told.text) or _SEEKING.search(told.text) or (act.to == "you" and act.verb in _CONTACT):
        return False
    objects = said(act) - FILLER - _NOTES - {act.verb} | _of_yours(told)
    acts = [other for known in told.facts.known if not known.asked for other in known.acts if other.agent != "customer"]
    done = {
        other.verb
        for other in acts
        if (other.verb_word not in _AS_BOOKED and other.tense in PAST) or (other.tense in _OVER and other.agent == "us")
    }
    objects |= frozenset(_EVERYBODY.findall(told.text))
    return bool(objects) and all(done.isdisjoint(kind) for kind in kinds)


def apart(told: Beside) -> bool:
    """Whether a deed of ours is of a kind that we have done in a fact, but to nothing that this one names."""
    act = told.act
    kinds = [kind for kind in _BY_NAME.values() if act.verb in kind] if told.past and act.tense != "perfect" else []
    if not kinds or act.negated or told.backed or {act.verb, act.verb_word} & _AMBIGUOUS:
        return False
    if any(aside.search(told.text) for aside in (ASIDE, _SHORT, _HOW)):
        return False
    acts = [(other, known) for known in told.facts.known if not known.asked for other in known.acts if other.agent != "customer"]
    if act.to == "you" and act.verb in _CONTACT:
        return False
    yours = _of_yours(told)
    objects = (said(act) - FILLER - PARTICLES - _NOTES - {act.verb, root("other")}) | yours
    if not objects or (told.share >= _HALF and not yours - told.facts.roots.keys()):
        return False
    like = frozenset[str]().union(*kinds) | (_COMING if _TRAVEL in kinds else _SENDING if _CONTACT in kinds else _FINDING)
    return not any(other.verb in like and objects & (other.words | known.words) for other, known in acts)


def done_words(facts: Facts) -> frozenset[str]:
    """The words of all that has been done or has happened in the facts: not of what is planned, asked or still under way."""
    return frozenset[str]().union(*(known.words for known in facts.known if not known.asked and known.state not in _TO_COME))


def _of_yours(told: Beside) -> frozenset[str]:
    """The things of the customer's that a deed is done to, also those in words that mostly mean nothing: "your line"."""
    behind = told.reading.text[told.act.verb_at : told.act.end]
    return frozenset(root(match[1].lower()) for match in _YOURS.finditer(behind)) - _NOTES


def wrote(told: Beside) -> bool:
    """Whether we are said to have told or written something to the customer, while no fact and no message of ours has a word to them."""
    act = told.act
    if act.tense != "past" or act.to != "you" or act.verb not in _CONTACT - _AMBIGUOUS or act.negated:
        return False
    if told.backed or ASIDE.search(told.text) or _SHORT.search(told.text) or any(one.by == "us" for one in told.facts.incident.thread):
        return False
    return not any(other.to == "you" and _tells(other) for known in told.facts.known if not known.asked for other in known.acts)


def _tells(act: Act) -> bool:
    """Whether a fact's act is that we have told or sent the customer something."""
    return act.agent == "us" and not act.negated and act.tense in PAST | _OVER and bool(act.words & _TOLD or act.verb in _TOLD)


def newly(told: Beside) -> bool:
    """Whether a deed that we have done by now is done to a thing of which no fact knows."""
    act = told.act
    if act.tense != "perfect" or act.negated or told.backed or not is_past(act.verb_word) or act.verb in _HARMING:
        return False
    if ASIDE.search(told.text) or _HOW.search(told.text):
        return False
    behind = content(tokens(told.reading.text[act.verb_at + len(act.verb_word) : act.end]))
    things = (told.new & behind) - {act.verb} - PARTICLES - _ASIDE
    acts = (other for known in told.facts.known if not known.asked for other in known.acts)
    same = any(other.verb == act.verb and other.agent == "us" for other in acts)
    return any(word[0] != "!" for word in things) and told.share < (_SOME if same else _MOST)


def in_other_words(told: Beside) -> bool:
    """Whether a deed of ours has a verb and a thing that no fact has, while a fact has the rest."""
    act = told.act
    if not told.past or told.backed or act.negated or act.verb not in told.new or act.verb in _DOING | _SPOILING or ASIDE.search(told.text):
        return False
    return not invented(told) and any(word[0] != "!" for word in told.new - {act.verb} - PARTICLES)


def _reached(act: Act, known: Known, objects: frozenset[str]) -> bool:
    """Whether a fact has it that we spoke or wrote to somebody of the same name, or in the same way."""
    same = any(other.verb == act.verb and other.agent == "us" and other.tense in PAST for other in known.acts)
    return same or bool(known.words & _REACHING and known.words & objects)
