"""States of an incident: which may follow which, and what each of them needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from drafter.course.values import Course, State
from drafter.errors import Complaint, StepError
from drafter.house.cadence import Cadence
from drafter.incident import Problem

STATES: tuple[State, ...] = get_args(State)
_WEIGHTY = ("serious", "urgent")


def require(course: Course, target: State, cadence: Cadence, *, reason: str | None = None) -> None:
    """See that an incident may come to a state.

    Raises:
        StepError: something is missing; all of it at once.
    """
    if complaints := list(missing(course, target, cadence, reason=reason)):
        raise StepError(complaints, course.id)


def missing(course: Course, target: State, cadence: Cadence, *, reason: str | None = None) -> Iterator[Complaint]:
    """What an incident lacks before it may come to a state; `reason` is what a person says of the move.

    A later state takes those between along. Going back needs a reason, as what was told is not true any more.
    """
    here, there = STATES.index(course.state), STATES.index(target)
    if here == there:
        yield Complaint(f"it is {said(target)} already")
    elif there < here:
        if target == "noticed":
            yield Complaint("nobody can go back to before it was noticed; acknowledged is where an incident that came back goes on")
        elif not reason:
            yield Complaint(f"it is {said(course.state)}; say why it goes back to {said(target)}: what came back, and when it was seen")
    else:
        yield from _NEEDS[target](course, cadence, reason)


def said(state: State) -> str:
    """A state as a word: "followed up"."""
    return state.replace("_", " ")


def _acknowledged(course: Course, _cadence: Cadence, _reason: str | None) -> Iterator[Complaint]:
    if not course.sent:
        yield Complaint("no message was sent yet; prepare the first word, send it, and say that it was sent")


def _contained(course: Course, _cadence: Cadence, reason: str | None) -> Iterator[Complaint]:
    yield from _untold(course)
    told = reason or any(entry.kind == "containment" for entry in course.entries)
    if not told and not any(problem.containment for problem in _owned(course)):
        yield Complaint(
            "who else is hit, and what must they stop doing now? Put it into the facts (containment: [{done: …}]) or write it down "
            "as containment; unknown is an answer",
            "containment",
        )


def _untold(course: Course) -> Iterator[Complaint]:
    for one in course.exposed:
        if one.told is None:
            yield Complaint(f"{one.who} are hit too and were not told; tell them, and say when", one.id)


def _fixed(course: Course, _cadence: Cadence, _reason: str | None) -> Iterator[Complaint]:
    for problem in course.incident.problems:
        if not any(fix.state == "done" for fix in problem.fixes) and not any(remedy.decision == "granted" for remedy in problem.remedies):
            yield Complaint(f"nothing is done about “{problem.what}” yet; add what was done: fixes: [{{done: …}}]", _key(problem, "fixes"))


def _resolved(course: Course, cadence: Cadence, reason: str | None) -> Iterator[Complaint]:
    yield from _acknowledged(course, cadence, reason)
    yield from _fixed(course, cadence, reason)
    for problem in course.incident.problems:
        for words in problem.unknown:
            yield Complaint(
                f"“{words}” is still not known; say what came of it, or take it out if nobody waits for it", _key(problem, "unknown")
            )
    if course.severity in _WEIGHTY and _owned(course):
        yield from _contained(course, cadence, None)
    else:
        yield from _untold(course)


def _followed_up(course: Course, _cadence: Cadence, _reason: str | None) -> Iterator[Complaint]:
    if not course.closed:
        yield Complaint("it is not resolved; the follow-up comes after that")
    elif not course.followed_up:
        yield Complaint("no follow-up was sent since it was resolved; prepare it, send it, and say that it was sent")


def _debriefed(course: Course, cadence: Cadence, reason: str | None) -> Iterator[Complaint]:
    if not course.closed:
        yield Complaint("it is not resolved; the debrief comes after that")
    elif cadence.follow_up_after is not None and course.state != "followed_up":
        yield from _followed_up(course, cadence, reason)
    if not reason:
        yield Complaint("say what the debrief found, or where its document is")


_NEEDS = {
    "acknowledged": _acknowledged,
    "contained": _contained,
    "fixed": _fixed,
    "resolved": _resolved,
    "followed_up": _followed_up,
    "debriefed": _debriefed,
}


def _owned(course: Course) -> list[Problem]:
    return [problem for problem in course.incident.problems if problem.fault in ("ours", "shared")]


def _key(problem: Problem, field: str) -> str:
    return f"problems.{problem.id}.{field}"
