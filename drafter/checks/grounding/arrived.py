"""Arrived: money that a text says is there, and work that it says is finished, while the facts still have them to come."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import values_shared
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import root, word_class

_THERE = re.compile(
    r"\b(?:in|on|with|at) your (?:account|card|bank|inbox|hands|home|door|address|desk)\b|\bwith you\b"
    r"|\b(?:already|now|is|are) (?:back|there)\b",
    re.I,
)
_BACK = re.compile(r"\bback\b", re.I)
_REACHES = word_class("reaching")
_ENDING = word_class("ending")
_MONEY = frozenset({root("money"), root("refund"), root("payment")})
_COMING = frozenset({"future", "modal"})
_AHEAD = frozenset({"future", "progressive"})
_OVER = frozenset({"past", "perfect"})


def arrived(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """The clauses of the text's own words that run ahead of a coming arrival, or end what is not ended, with the fact."""
    found: list[tuple[Act, Known]] = []
    for act in reading.acts:
        if not reading.own(act.start) or act.negated or act.subordinate or act.agent == "customer":
            continue
        if reading.sentences[act.sentence].question:
            continue
        text = reading.text[act.start : act.end]
        known = _to_come(act, text, facts) or _not_ended(act, facts)
        if known:
            found.append((act, known))
    return found


def _to_come(act: Act, text: str, facts: Facts) -> Known | None:
    """The fact that says when something is to arrive of which a clause says that it has, and no fact says so."""
    there = act.verb == "be" and act.tense == "present" and _THERE.search(text)
    if act.agent == "us" or not (there or (act.verb in _REACHES and act.tense in _OVER)):
        return None
    sums = tuple(value for value in act.values if value.kind == "money" and not value.weak)
    if not sums and not act.words & _MONEY:
        return None  # of a thing, "there" and "came back" mean too much else
    coming: Known | None = None
    for known in facts.known:
        if known.asked:
            continue
        if sums and not values_shared(sums, known.values, facts):
            continue
        about = bool(sums) or _pays(known)
        arrivals = [other for other in known.acts if other.agent != "customer" and (other.verb in _REACHES or _arrives(other, known))]
        if about and any(other.tense in _OVER or other.tense == "present" for other in arrivals if not other.subordinate):
            return None
        if about and any(other.tense in _COMING for other in arrivals):
            coming = coming or known
    return coming


def _pays(known: Known) -> bool:
    return any(value.kind == "money" for value in known.values) or bool(known.words & _MONEY)


def _arrives(act: Act, known: Known) -> bool:
    return act.verb == "be" and bool(
        _THERE.search(known.text, act.start, act.end) or re.search(r"\bback\b", known.text[act.start : act.end])
    )


def _not_ended(act: Act, facts: Facts) -> Known | None:
    """The fact that has as still to do, or as being done, what a clause says is finished or was given up."""
    if act.verb not in _ENDING or not (act.tense in _OVER or (act.passive and act.tense == "present")):
        return None
    things = act.words - {act.verb} - _ENDING
    for known in facts.known if things else ():
        if known.role == "unknown" or known.asked or any(other.verb in _ENDING for other in known.acts):
            continue
        open_ = known.state in ("doing", "will") and any(other.tense in _AHEAD for other in known.acts)
        if open_ and things <= known.words:
            return known
    return None
