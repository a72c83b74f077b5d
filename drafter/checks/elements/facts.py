"""Which facts a message has to state, by element and channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.elements.corrected import owing
from drafter.checks.elements.owed import WRITTEN, Case, Matter, case_of, due_for, is_goodwill, private
from drafter.checks.elements.said import told
from drafter.checks.report import ElementState
from drafter.incident import Channel, Incident, Kind, Problem, Remedy, Stated

ELEMENT_OF = {
    "ours": "ownership",
    "problem": "specific-failure",
    "impact": "impact",
    "fix": "concrete-fix",
    "remedy": "concrete-fix",
    "prevention": "prevention",
    "known": "known-unknown-next",
    "unknown": "known-unknown-next",
    "next": "concrete-fix",
}
"""The element that a fact of this role belongs to; goodwill and next steps depend on the message (see `element_of`)."""

_RESTATED: dict[Kind, set[str]] = {"follow_up": {"fix", "remedy", "prevention"}, "remedy_confirmation": {"remedy"}}
_TALK: tuple[Channel, ...] = (*WRITTEN, "chat")
_PERSONAL = re.compile(r"\byou(?:r|rs)?\b|[$£€¥]|\b(?:USD|EUR|GBP)\b", re.I)


def owed_facts(incident: Incident, *, kind: Kind | None = None) -> tuple[str, ...]:
    """Ids of the facts that the text must state, in the order of the incident.

    Email and letter state what was entered; chat leaves all but one impact; SMS says what we did, the first fix and what
    comes next; a status page says only what holds nothing of a person; a social reply has no fact that it must state.
    What an earlier public message of ours has said is not owed again, save where a follow-up or a confirmation restates it.
    """
    case = case_of(incident, kind=kind)
    ids = {
        fact_id
        for problem, matter in zip(incident.problems, case.matters, strict=True)
        for fact_id in _problem(incident, problem, case, matter)
    }
    ids |= set(_frame(incident, case))
    if case.channel == "status_page":
        ids = {fact_id for fact_id in ids if _impersonal(incident, incident.fact(fact_id))}
    restated = _RESTATED.get(case.kind, {"ask", "next"})
    ids -= {fact_id for fact_id in told(incident) if incident.fact(fact_id).role not in restated}
    return tuple(fact.id for fact in incident.facts if fact.id in ids)


def element_of(fact: Stated, incident: Incident, states: dict[str, ElementState]) -> str:
    """The element that is missing when the text does not state the fact."""
    if fact.role == "next":
        return "known-unknown-next" if states["known-unknown-next"] != "not_owed" else "concrete-fix"
    if fact.role == "fix" and states["concrete-fix"] == "not_owed":
        return "known-unknown-next"
    if fact.role == "remedy" and states["make-good"] != "not_owed" and is_goodwill(_remedy(incident, fact.id)):
        return "make-good"
    if fact.role == "problem" and states["specific-failure"] == "not_owed":
        return "known-unknown-next"
    return ELEMENT_OF[fact.role]


def _remedy(incident: Incident, remedy_id: str) -> Remedy:
    return next(remedy for problem in incident.problems for remedy in problem.remedies if remedy.id == remedy_id)


def _problem(incident: Incident, problem: Problem, case: Case, matter: Matter) -> Iterator[str]:
    def due(element: str) -> bool:
        return due_for(element, case, matter)

    public = case.channel == "status_page"
    if (due("ownership") or due("specific-failure")) and case.channel != "social":
        yield f"{problem.id}.ours" if problem.ours and not case.sensitive else problem.id
    elif due("known-unknown-next") and case.turn == 1 and case.channel != "social":
        yield problem.id
    if due("impact"):
        yield from (impact.id for impact in (problem.impacts if case.channel in WRITTEN else problem.impacts[:1]))
    if due("known-unknown-next") and (case.channel in WRITTEN or public):
        yield from (fact.id for fact in incident.facts if fact.problem == problem.id and fact.role in ("known", "unknown"))
    yield from _actions(problem, case.channel)
    if due("prevention") and not case.sensitive and problem.prevention != "unknown":
        yield from (action.id for action in problem.prevention)


def _actions(problem: Problem, channel: Channel) -> Iterator[str]:
    done = [action.id for action in problem.fixes] + [remedy.id for remedy in problem.remedies]
    yield from done if channel in _TALK else done[:1] if channel == "sms" else ()


def _frame(incident: Incident, case: Case) -> Iterator[str]:
    if case.channel in _TALK:
        yield from (ask.id for ask in incident.asks)
    if case.channel != "social":
        yield from (one.id for one in owing(incident, withheld=case.sensitive))
        yield from (action.id for action in incident.next if action.on or action.by or action.until)


def _impersonal(incident: Incident, fact: Stated) -> bool:
    return not (_PERSONAL.search(fact.text) or private(incident, fact.text))
