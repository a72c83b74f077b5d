"""Promises: what a text says will happen, and whether the facts say that it may be promised."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root, word_class

_ON_CUSTOMER = re.compile(
    r"\b(?:if|once|when|whenever|should|unless|as soon as|after|until|in case) (?:you|your)\b"
    r"|\b(?:if|once|when) (?:that|this|it) (?:suits|works|helps)|\bif (?:so|not|anything|any|there|the|a|one|that)\b"
    r"|\byou can (?:also )?(?:reach|reply|call|write|find|ring)\b|\bshould (?:you|it|they|that|this|the|there|anything)\b|\bany ?time\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:do better|make (?:it|this|that|things) right|put (?:it|this|that|things) right|sort (?:it|this|that) out|learn from)\b", re.I
)
_SWORN = re.compile(r"\b(?:I|we)(?: can| also)? (?:guarantee|promise|commit)\b|\byou have my word\b", re.I)
_COMING = re.compile(r"\b(?:on (?:its|their|the) way|coming your way|in the post)\b", re.I)
_NO = r"(?:never|not|won['’]t|can['’]?not|can['’]t)"
_NEVER_AGAIN = re.compile(
    rf"\b{_NO}\b.{{0,30}}\b(?:happen|occur|be repeated)\b.{{0,12}}\bagain\b"
    r"|\bnever (?:ever )?(?:happen|occur)\b|\bnever\b.{0,40}\bagain\b",
    re.I,
)
_GIVING = word_class("giving")
_GENERIC = word_class("generic")
_THINGS = word_class("things")
_GRADES = word_class("grades")
_PEOPLE = word_class("people")
_TELLING = word_class("telling")
_HARMLESS = word_class("harmless")
_FILLER = word_class("filler")
_CONTACT = word_class("contact")
_STATING = frozenset({"because", "so", "which", "that", "and", "while", "though", "although", "as"})
_ACTIONS = frozenset({"fix", "remedy", "prevention", "containment", "next", "ask", "known", "thread", "locked", "third_party"})
_DECIDABLE = frozenset({"remedy", "ask"})
_HARD = frozenset({"date", "money", "time", "duration", "percentage"})
_ONLY_ASKED = "the customer asked for it, and no fact grants it"
_NOT_GRANTED = "the facts hold no such promise"


class Promise(NamedTuple):
    """A promise in a text: its act, the fact that grants it or None, and why it is not granted."""

    act: Act
    fact: Known | None
    why: str


def promises(reading: Reading, facts: Facts) -> list[Promise]:
    """Every promise of the text's own words, but for offers that wait for the customer."""
    found = [act for act in reading.acts if reading.own(act.start) and _promises(act, reading)]
    return [_weighed(act, facts, again=bool(_NEVER_AGAIN.search(reading.text, act.start, act.end))) for act in found]


def _promises(act: Act, reading: Reading) -> bool:
    """Whether a clause promises: by its tense first, then by what stands around it."""
    text = reading.text[act.start : act.end]
    if act.tense == "future":
        promises = _binding(act, text)
    elif act.tense == "progressive" and (act.agent == "us" or act.passive):
        promises = act.verb in _GIVING or act.verb == root("send")
    else:
        promises = bool((act.agent in ("third", "yours", "us") and _COMING.search(text)) or _SWORN.search(text))
    return promises and not _excused(act, text, reading)


def _excused(act: Act, text: str, reading: Reading) -> bool:
    """Whether a future is a question, a condition, a wish, or the customer's own words."""
    sentence = reading.sentences[act.sentence]
    if sentence.question or (act.subordinate and act.link not in _STATING) or (act.link == "so" and _NEVER_AGAIN.search(text)):
        return True
    return bool(_VAGUE.search(text) or _ON_CUSTOMER.search(reading.around(act.start))) or _asked(act, reading)


def _asked(act: Act, reading: Reading) -> bool:
    """Whether the clause only tells what the customer asked: "you asked that the charge will …"."""
    return any(other.start < act.start and other.agent == "customer" and other.verb == root("ask") for other in reading.beside(act))


def _binding(act: Act, text: str) -> bool:
    """Whether a future clause binds us: not "you will see" and not "I'll explain"."""
    if _NEVER_AGAIN.search(text):
        return True
    things = bool(act.words & _THINGS)
    if act.agent == "customer" and act.negated and act.verb not in _GIVING | {root("charge"), root("lose")}:
        return False
    if act.verb in _HARMLESS:
        return things and (bool(act.values) or act.agent == "customer")
    return bool(said(act) or act.values)


def _weighed(act: Act, facts: Facts, *, again: bool) -> Promise:
    if again:
        sworn = next((known for known in facts.known if not known.asked and _NEVER_AGAIN.search(known.text)), None)
        return Promise(act, sworn, "" if sworn else _NOT_GRANTED)
    granted: tuple[float, Known] | None = None
    refused: tuple[float, str] | None = None
    for known in facts.known:
        score = _backing(act, known, facts)
        if score == 0:
            continue
        why = "" if act.negated or _tells_when(act, known, facts) else _withheld(known)
        if why and (refused is None or score > refused[0]):
            refused = (score, why)
        elif not why and (granted is None or score > granted[0]):
            granted = (score, known)
    if granted and not (refused and refused[0] > granted[0] + 0.2 * (refused[1] == _ONLY_ASKED)):
        return Promise(act, granted[1], "")
    if refused:
        return Promise(act, None, refused[1])
    if act.agent in ("third", "none", "yours") and _all_known(act, facts):
        return Promise(act, facts.known[0], "")
    return Promise(act, None, _NOT_GRANTED)


def _withheld(known: Known) -> str:
    if known.asked:
        return _ONLY_ASKED
    if known.role in _DECIDABLE and known.state == "pending":
        return "it is not decided yet"
    if known.role in _DECIDABLE and known.state == "declined":
        return "it was declined"
    return ""


def _tells_when(act: Act, known: Known, facts: Facts) -> bool:
    """Whether a promise only says when a decision comes, not what it is."""
    hard = _hard(act)
    when = bool(hard) and all(value.kind in ("date", "time") and _held(value, known, facts) for value in hard)
    return when and act.verb in _TELLING and not act.words & _THINGS


def _hard(act: Act) -> list[Value]:
    return [value for value in act.values if value.kind in _HARD and not value.weak]


def _held(value: Value, known: Known, facts: Facts) -> bool:
    return any(equal(value, other, facts) for other in known.values)


def _backing(act: Act, known: Known, facts: Facts) -> float:
    """How well a fact backs a promise, 0 to 1: by its verb, its things, and every day and amount named."""
    objects = said(act) - {act.verb} - _FILLER
    shared = objects & known.words
    hard = _hard(act)
    backed = [value for value in hard if _held(value, known, facts)]
    if any(value.kind == "money" and value not in backed for value in hard):
        return 0.0
    kinds = {value.kind for value in backed}
    if any(value.kind not in kinds and any(value.kind == other.kind for other in known.values) for value in hard):
        return 0.0
    strange = {word for word in objects if word not in facts.roots}
    verb = act.verb != "be" and (act.verb in known.words or any(act.verb == other.verb for other in known.acts))
    full = (len(shared) + len(backed) + verb) / (len(objects) + len(hard) + 1)
    if known.role not in _ACTIONS:
        ahead = any(other.verb == act.verb and other.tense in ("future", "modal", "present") for other in known.acts)
        return full if ahead and (shared or not objects) and not strange else 0.0
    whole = not objects or len(shared) * 2 >= len(objects)
    case = _Case(shared, strange, objects & (_THINGS | _GRADES | _PEOPLE) - known.words, bool(backed), verb, whole)
    return max(full, 0.1) if _backs(act, known, case) else 0.0


class _Case(NamedTuple):
    """What a promise and a fact share."""

    shared: frozenset[str]
    strange: set[str]  # words of the promise that no fact has
    things: frozenset[str]  # things to be had that this fact does not have
    backed: bool  # a day, time or amount of the promise is the fact's
    verb: bool
    whole: bool  # half of the promise's words at least are the fact's


def _backs(act: Act, known: Known, case: _Case) -> bool:
    """Whether a fact says what a promise says, in one of the few ways in which it can."""
    if (case.things and not (case.backed and case.shared)) or (len(case.strange) > 1 and not (case.verb and case.shared and case.backed)):
        return False
    if case.verb and act.verb not in _GENERIC:
        return bool(case.shared) or case.whole or case.backed or (known.state in ("will", "doing") and not case.strange)
    if act.verb in _GENERIC and (case.backed or (case.shared and (_THINGS & case.shared or case.whole))):
        return True
    if (
        act.negated
        and act.agent == "us"
        and (case.shared or any(other.kind == "reference" and other.text in known.text for other in act.values))
    ):
        return True
    if case.backed and (case.shared or _same_contact(act, known)):
        return True
    named = any(other.verb in case.shared and not other.subordinate for other in known.acts)  # "send an email" is to email
    return act.verb not in _GIVING and case.whole and (len(case.shared) >= 2 or named)


def _same_contact(act: Act, known: Known) -> bool:
    """Whether "you will hear from me" and a fact's call, letter or decision are one, or two ways of writing."""
    if act.agent == "customer":
        return act.verb in _CONTACT and (known.state == "pending" or any(other.verb in _CONTACT for other in known.acts))
    ways = _CONTACT - {root("call")}
    return act.verb in ways and any(other.verb in ways for other in known.acts)


def _all_known(act: Act, facts: Facts) -> bool:
    """Whether most words of an act of others are words of the facts."""
    mine = said(act)
    return bool(mine) and sum(word in facts.roots for word in mine) >= 0.6 * len(mine)
