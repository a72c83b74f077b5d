"""The next message of an incident: of which kind it is, and the facts that it is written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from drafter.course.changes import Change, differences
from drafter.course.due import last_moment
from drafter.course.kept import is_next_word
from drafter.course.merge import named_kind
from drafter.course.states import said
from drafter.course.values import Course
from drafter.errors import Complaint, NewsError, StepError
from drafter.house.cadence import Cadence
from drafter.incident import Action, Incident, Kind, incident_from

_OURS = {"ours", "shared"}
_OPEN = ("holding", "update", "notice")
_NUMBERED = re.compile(r"thread\d+")


def prepared(course: Course, at: datetime, *, kind: Kind | None = None, cadence: Cadence | None = None) -> Incident:
    """The facts of the next message as they are at this moment, with all that was sent and received as its thread.

    While it is open and the facts name no next word, the message promises the one that the `cadence` has.

    Raises:
        StepError: a promise or plan is past, and nobody has said what became of it; or the kind is for another time.
        NewsError: there is nothing new to tell; each complaint is something that it may say instead.
        IncidentError: the facts do not go with the kind.
    """
    if unsettled := [*_unsettled(course, at), *_stale(course, at)]:
        raise StepError(unsettled, course.id)
    kind = kind or kind_of(course)
    if complaints := list(_early(course, kind)):
        raise StepError(complaints, course.id)
    if course.told is not None and not (kind == "follow_up" and not course.followed_up) and not news(course):
        raise NewsError(list(_instead(course)), course.id)
    data = course.incident.model_dump(exclude={"as_of", "kind", "thread", "next", "corrections", "approved"})
    ahead = [plan for plan in course.incident.next if not _is_over(plan, course.incident, at)]
    plans = [plan.model_dump() for plan in ahead]
    if cadence is not None and _is_open(course, kind) and not any(last_moment(plan, course.incident) for plan in ahead):
        plans.append(next_word(course.incident, at + cadence.update_every, cadence.update_every))
    made = {"next": plans, "thread": list(_thread(course)), "corrections": _corrections(course)}
    if course.approved is not None:
        made["approved"] = [one.model_dump() for one in course.approved]
    return incident_from({**data, **made, "kind": kind, "as_of": at.astimezone(course.incident.zone)})


def _is_open(course: Course, kind: Kind) -> bool:
    """Whether a message owes the next word: it is not over, and a notice of what is mended already needs none."""
    return kind in _OPEN and not course.closed and (kind != "notice" or not course.incident.resolved)


def _corrections(course: Course) -> list[dict[str, Any]]:
    """What a person has entered, and what the facts tell."""
    from drafter.course.corrections import corrections, entered  # it reads texts, which costs what most commands do not need

    held = [*entered(course), *corrections(course)]
    return [{**one.model_dump(), "id": one.id or f"corrected{i}"} for i, one in enumerate(held, 1)]


def next_word(facts: Incident, by: datetime, span: timedelta) -> dict[str, Any]:
    """The plan to be heard of again, as facts have it, by a round minute that is no later, or by the day where days are enough."""
    local = by.astimezone(facts.zone)
    words = "we will post the next update here" if facts.public else "I will write to you again"
    if span >= timedelta(days=1):
        return {"will": words, "by": local.date()}
    return {"will": words, "by": local.replace(minute=local.minute - local.minute % 5, second=0, microsecond=0)}


def _is_over(plan: Action, facts: Incident, at: datetime) -> bool:
    """Whether a plan to be heard of again was for before this moment: the messages since then have kept it."""
    moment = last_moment(plan, facts)
    return plan.will is not None and moment is not None and moment < at and is_next_word(plan.will)


def _stale(course: Course, at: datetime) -> Iterator[Complaint]:
    """Plans that are past, and that no message has promised."""
    facts = course.incident
    promised = {promise.fact for promise in course.promises if promise.overdue(at)}
    actions = [
        plan
        for problem in facts.problems
        for held in (problem.fixes, problem.prevention, problem.containment)
        if held != "unknown"
        for plan in held
    ]
    for plan in (*actions, *facts.next):
        moment = last_moment(plan, facts)
        if plan.will and moment is not None and moment < at and plan.id not in promised and not is_next_word(plan.will):
            yield Complaint(
                f"“{plan.will}” was planned for {_shown(moment, facts)}, and that is past; say what was done, or mend the date", plan.id
            )


def kind_of(course: Course) -> Kind:
    """The kind of message that is due: a holding reply before the cause is known, updates until it is resolved, then a follow-up."""
    facts = course.incident
    if course.last is None:
        return _first(facts)
    changes = news(course)
    if changes and all(".remedy" in change.place for change in changes) and not facts.faults <= {"unknown"}:
        return "remedy_confirmation"
    if course.closed and course.resolution_told:
        return "follow_up"
    apologised = any(message.kind == "apology" for message in course.sent)
    if facts.faults & _OURS and facts.resolved and not apologised:
        return "apology"
    return "update"


def _first(facts: Incident) -> Kind:
    if named_kind(facts) is not None:
        return facts.kind
    if facts.faults == {"not_ours"}:
        return "answer"
    known = all(problem.cause not in (None, "unknown") or problem.resolved for problem in facts.problems if problem.fault != "not_ours")
    return facts.kind if known or facts.resolved else "holding"


def news(course: Course) -> tuple[Change, ...]:
    """What has changed since the last message that a customer would want to know; before the first, nothing has."""
    return () if course.told is None else tuple(change for change in differences(course.told, course.incident) if change.is_news)


def _unsettled(course: Course, at: datetime) -> Iterator[Complaint]:
    for promise in course.promises:
        if promise.overdue(at) and promise.due is not None:
            yield Complaint(
                f"“{promise.words}” was promised for {_shown(promise.due, course.incident)}, and that is past; "
                "say what became of it: kept, broken, or handed to somebody else",
                promise.id,
            )


def _early(course: Course, kind: Kind) -> Iterator[Complaint]:
    if kind == "follow_up" and not course.closed:
        yield Complaint(f"it is {said(course.state)}; a follow-up comes after it is resolved", "kind")
    if kind in ("update", "remedy_confirmation") and course.last is None:
        yield Complaint("no message was sent yet; the first word comes before it", "kind")


def _instead(course: Course) -> Iterator[Complaint]:
    """What a message may say where nothing has changed."""
    last = course.last
    since = f" since {_shown(last.at, course.incident)}" if last else ""
    yield Complaint(f"nothing has changed{since}; an update without news says that nobody works on it. It may say one of these instead:")
    yield Complaint("what is being done at this moment, and by whom: {doing: two engineers are …, owner: …}", "problems.fixes")
    yield Complaint("when the next word comes: {will: I will write to you again, on: …}", "next")
    yield Complaint("what is established by now, and what is not: known: […], unknown: […]", "problems.known")


def _thread(course: Course) -> Iterator[dict[str, Any]]:
    """What was said so far, in order: the thread of the facts, then what was sent and received since, each once."""
    facts = course.incident
    seen = {_words(message.text) for message in facts.thread}
    known = [message.model_dump() for message in facts.thread]
    later = [(message.at, "us", message.text) for message in course.sent if message.text]
    later += [(entry.at, "customer", entry.text) for entry in course.entries if entry.kind == "received" and entry.text]
    for item in known:
        yield {**item, "id": "" if _NUMBERED.fullmatch(item["id"]) else item["id"]}
    for at, by, text in sorted(later):
        if _words(text) not in seen:
            yield {"by": by, "text": text, "when": at.astimezone(facts.zone)}


def _shown(moment: datetime, facts: Incident) -> str:
    return f"{moment.astimezone(facts.zone):%A %d %B %H:%M}"


def _words(text: str) -> str:
    return " ".join(text.split())
