"""Backing: how well a fact says what a clause promises."""

from __future__ import annotations

from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root, word_class

GENERIC = word_class("generic")
THINGS = word_class("things")
GRADES = word_class("grades")
PEOPLE = word_class("people")
GIVING = word_class("giving")
FILLER = word_class("filler")
_CONTACT = word_class("contact")
ACTIONS = frozenset({"fix", "remedy", "prevention", "containment", "next", "ask", "known", "thread", "locked", "third_party"})
_HARD = frozenset({"date", "money", "time", "duration", "percentage"})


def hard_values(act: Act) -> list[Value]:
    """The days, hours and amounts of a clause."""
    return [value for value in act.values if value.kind in _HARD and not value.weak]


def held(value: Value, known: Known, facts: Facts) -> bool:
    """Whether a fact has a value."""
    return any(equal(value, other, facts) for other in known.values)


def backing(act: Act, known: Known, facts: Facts) -> float:
    """How well a fact backs a promise, 0 to 1: by its verb, its things, and every day and amount named."""
    objects = said(act) - {act.verb} - FILLER
    shared = objects & known.words
    hard = hard_values(act)
    backed = [value for value in hard if held(value, known, facts)]
    if any(value.kind == "money" and value not in backed for value in hard):
        return 0.0
    kinds = {value.kind for value in backed}
    if any(value.kind not in kinds and any(value.kind == other.kind for other in known.values) for value in hard):
        return 0.0
    strange = {word for word in objects if word not in facts.roots}
    verb = act.verb != "be" and (act.verb in known.words or any(act.verb == other.verb for other in known.acts))
    full = (len(shared) + len(backed) + verb) / (len(objects) + len(hard) + 1)
    if known.role not in ACTIONS:
        ahead = any(other.verb == act.verb and other.tense in ("future", "modal", "present") for other in known.acts)
        return full if ahead and (shared or not objects) and not strange else 0.0
    whole = not objects or len(shared) * 2 >= len(objects)
    case = _Case(shared, strange, objects & (THINGS | GRADES | PEOPLE) - known.words, bool(backed), verb, whole)
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
    if case.verb and act.verb not in GENERIC:
        return bool(case.shared) or case.whole or case.backed or (known.state in ("will", "doing") and not case.strange)
    if act.verb in GENERIC and (case.backed or (case.shared and (THINGS & case.shared or case.whole))):
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
    return act.verb not in GIVING and case.whole and (len(case.shared) >= 2 or named)


def _same_contact(act: Act, known: Known) -> bool:
    """Whether "you will hear from me" and a fact's call, letter or decision are one, or two ways of writing."""
    if act.agent == "customer":
        return act.verb in _CONTACT and (known.state == "pending" or any(other.verb in _CONTACT for other in known.acts))
    ways = _CONTACT - {root("call")}
    return act.verb in ways and any(other.verb in ways for other in known.acts)
