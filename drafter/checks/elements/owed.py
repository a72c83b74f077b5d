"""What a message owes, as a table: one row per element says for which kind, fault, channel and facts it falls due."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from drafter.checks.elements.said import given
from drafter.checks.report import ELEMENTS, ElementState
from drafter.checks.sensitive import signs
from drafter.incident import Channel, Fault, Incident, Kind, Problem, Remedy, Severity

ALL_KINDS: tuple[Kind, ...] = get_args(Kind)
ALL_CHANNELS: tuple[Channel, ...] = get_args(Channel)
WRITTEN: tuple[Channel, ...] = ("email", "letter")
GRAVE: tuple[Severity, ...] = ("serious", "urgent")
_FIRST: tuple[Kind, ...] = ("apology", "holding", "update", "notice")
_RUNNING: tuple[Kind, ...] = ("holding", "update", "notice")
_MINE: tuple[str, ...] = ("fix", "remedy", "next")
_OF_ONE = re.compile(
    r"[$£€¥]|\b(?:USD|EUR|GBP)\b|\S+@\S+\.\w|\d[\d ()-]{6,}\d|(?-i:\b[A-Z][a-z]+ [A-Z][a-z]+['’]s\b)"
    r"|\byour (?:home|house|address|son|daughter|child|mother|father|husband|wife|doctor|surgery|flight|hotel)\b"
    r"|(?:\bwill|['’]ll|\bgoing to) (?:\w+ )?(?:call|ring|phone|text|visit) you\b",
    re.I,
)


@dataclass(frozen=True)
class Matter:
    """What of one problem decides about it: `entered` are the roles of its facts, `given` the elements said before."""

    fault: Fault
    resolved: bool = True
    entered: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """What of a message decides about it."""

    kind: Kind
    matters: tuple[Matter, ...]
    channel: Channel = "email"
    severity: Severity = "normal"
    turn: int = 1
    sensitive: bool = False
    bare: bool = False  # only the kind is known: nothing is demanded that depends on facts


def _always(_case: Case, _matter: Matter) -> bool:
    return True


@dataclass(frozen=True)
class Due:
    """When an element falls due; `once`: not again when an earlier message gave it; `admits`: withheld when sensitive."""

    kinds: tuple[Kind, ...] = ALL_KINDS
    faults: tuple[Fault, ...] = ("ours", "shared")
    channels: tuple[Channel, ...] = ALL_CHANNELS
    minor: bool = False  # also when the harm is minor
    once: bool = False
    admits: bool = False
    needs: Callable[[Case, Matter], bool] = _always


def _impact(case: Case, matter: Matter) -> bool:
    return "impact" in matter.entered and (case.channel in WRITTEN or case.severity in GRAVE)


def _fix(case: Case, matter: Matter) -> bool:
    """While it is unresolved, known-unknown-next stands in its place; help and recaps are owed where there is some to tell.

    A later message in which nothing was mended since owes none: each fix and remedy was told.
    Where everyone reads, an apology that owns it owes no fix when each one that was entered belongs to one person.
    """
    owning = case.kind in _FIRST and matter.fault in ("ours", "shared")
    if case.kind in _FIRST and "concrete-fix" in matter.given:
        return False
    if _unresolved(case, matter) or (owning and "only private fixes" in matter.entered):
        return False
    if case.kind in ("answer", "follow_up") or matter.fault == "not_ours":
        return bool(matter.entered & {"fix", "remedy", "next"})
    return True


def _make_good(_case: Case, matter: Matter) -> bool:
    return "goodwill" in matter.entered


def _prevention(case: Case, matter: Matter) -> bool:
    """What was entered is owed; where the cause is known, a follow-up and grave harm ask for it, or for "unknown"."""
    if case.channel == "chat":
        return "prevention" in matter.entered and case.severity in GRAVE
    owing = case.kind == "follow_up" or (case.kind == "apology" and case.severity in GRAVE)
    return "prevention" in matter.entered or (owing and "prevention owing" in matter.entered)


def _unresolved(case: Case, matter: Matter) -> bool:
    return not matter.resolved and (case.kind in _RUNNING or matter.fault == "unknown")


def _voice(case: Case, _matter: Matter) -> bool:
    return not case.bare and (case.channel != "chat" or case.turn == 1)


TABLE: dict[str, Due] = {
    "explicit-apology": Due(_FIRST, minor=True, once=True, admits=True),
    "ownership": Due(_FIRST, minor=True, once=True, admits=True),
    "specific-failure": Due(_FIRST, channels=("email", "letter", "chat", "sms", "status_page"), once=True),
    "impact": Due(_FIRST, ("ours", "shared", "unknown"), ("email", "letter", "chat"), once=True, needs=_impact),
    "concrete-fix": Due(faults=get_args(Fault), minor=True, needs=_fix),
    "make-good": Due(faults=get_args(Fault), channels=("email", "letter", "chat"), minor=True, once=True, needs=_make_good),
    "prevention": Due(("apology", "update", "notice", "follow_up"), channels=(*WRITTEN, "chat"), once=True, admits=True, needs=_prevention),
    "known-unknown-next": Due(faults=get_args(Fault), minor=True, needs=_unresolved),
    "in-writing-recap": Due(("follow_up",), get_args(Fault), (*WRITTEN, "chat")),
    "personal-voice": Due(faults=get_args(Fault), channels=(*WRITTEN, "chat", "sms"), needs=_voice),
}
"""Decided here where the documents leave room: an apology for an unknown fault is welcome and never owed, because it would admit
what is not established; a confirmation of a remedy and a follow-up apologise no more; SMS, social and status page have no
room for prevention and for what the customer is given; a granted remedy is told even where the harm is minor."""

_RESTATED: dict[Kind, frozenset[str]] = {
    "follow_up": frozenset({"prevention", "make-good"}),
    "remedy_confirmation": frozenset({"make-good"}),  # short, and apart from what was told
}
_BARE_FAULT: dict[Kind, Fault] = {"holding": "unknown", "answer": "not_ours"}


def owed(incident: Incident | None, *, kind: Kind | None = None) -> dict[str, ElementState]:
    """What the message owes: each element as missing (it is owed), not_owed or withheld.

    Without an incident, a first email of this kind is judged, of normal severity and our fault (a holding reply: fault
    unknown; an answer: not ours; an update: what comes first has been said); nothing that depends on facts is demanded then.

    Raises:
        ValueError: neither an incident nor a kind is given.
    """
    return owed_in(case_of(incident, kind=kind))


def owed_in(case: Case) -> dict[str, ElementState]:
    """The state of every element before anything is written."""
    return {element: _state(TABLE[element], element, case) for element in ELEMENTS}


def due_for(element: str, case: Case, matter: Matter) -> bool:
    """Whether one problem makes the element fall due."""
    due = TABLE[element]
    return (
        case.kind in due.kinds
        and matter.fault in due.faults
        and case.channel in due.channels
        and (due.minor or case.severity != "minor")
        and not (due.once and element in matter.given)
        and due.needs(case, matter)
    )


@lru_cache(maxsize=16)
def case_of(incident: Incident | None, *, kind: Kind | None = None) -> Case:
    """What of these facts decides what is owed.

    Raises:
        ValueError: neither an incident nor a kind is given.
    """
    if incident is None:
        if kind is None:
            raise ValueError("what is owed depends on an incident or a kind; give one of them")
        before = frozenset(element for element, due in TABLE.items() if due.once) if kind == "update" else frozenset[str]()
        return Case(kind, (Matter(_BARE_FAULT.get(kind, "ours"), kind not in _RUNNING, frozenset({"fix"}), before),), bare=True)
    kind = kind or incident.kind
    return Case(
        kind,
        tuple(_matter(incident, problem, kind) for problem in incident.problems),
        incident.channel,
        incident.severity,
        incident.turn,
        bool(signs(incident)),
    )


def is_goodwill(remedy: Remedy) -> bool:
    """Whether the remedy goes beyond putting it right: money back and a replacement only put it right."""
    return remedy.decision == "granted" and remedy.reason == "goodwill" and remedy.kind not in ("refund", "replacement")


def _matter(incident: Incident, problem: Problem, kind: Kind) -> Matter:
    before = given(incident, problem)
    return Matter(problem.fault, problem.resolved, _entered(incident, problem), before - _RESTATED.get(kind, frozenset()))


def _entered(incident: Incident, problem: Problem) -> frozenset[str]:
    """Roles of the facts that were entered, "goodwill" for a granted remedy, "prevention owing" where only it is not known."""
    roles: set[str] = {fact.role for fact in incident.facts if fact.problem == problem.id}
    roles |= {"next"} if incident.next else set()
    if any(is_goodwill(remedy) for remedy in problem.remedies):
        roles.add("goodwill")
    if incident.channel == "social" and _only_private(incident, problem):
        roles.add("only private fixes")
    if "cause" in roles and problem.prevention == ():
        roles.add("prevention owing")
    return frozenset(roles)


def private(incident: Incident, text: str) -> bool:
    """Whether a clause holds what belongs to one person: a name, a reference, an amount, a number, a home or a family."""
    customer = incident.customer
    named = [customer.name, customer.account, customer.handle, incident.reference, *incident.people]
    lower = text.lower()
    return bool(_OF_ONE.search(text)) or any(name and name != incident.signer.name and name.lower() in lower for name in named)


def _only_private(incident: Incident, problem: Problem) -> bool:
    """Whether there are fixes for this problem and each of them belongs to one person."""
    fixes = [fact for fact in incident.facts if fact.role in _MINE and fact.problem in (problem.id, None)]
    return bool(fixes) and all(fact.money is not None or private(incident, fact.text) for fact in fixes)


def _state(due: Due, element: str, case: Case) -> ElementState:
    if not any(due_for(element, case, matter) for matter in case.matters):
        return "not_owed"
    return "withheld" if case.sensitive and due.admits else "missing"
