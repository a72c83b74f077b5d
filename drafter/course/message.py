"""The next message of an incident: of which kind it is, and the facts that it is written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from drafter.course.changes import Change, differences
from drafter.course.merge import named_kind
from drafter.course.states import said
from drafter.course.values import Course
from drafter.errors import Complaint, NewsError, StepError
from drafter.incident import Incident, Kind, incident_from

_OURS = {"ours", "shared"}
_NUMBERED = re.compile(r"thread\d+")


def prepared(course: Course, at: datetime, *, kind: Kind | None = None) -> Incident:
    """The facts of the next message as they are at this moment, with all that was sent and received as its thread.

    Raises:
        StepError: a promise is past, and nobody has said what became of it; or the kind is for another time.
        NewsError: there is nothing new to tell; each complaint is something that it may say instead.
        IncidentError: the facts do not go with the kind, or tell plans that are past by now.
    """
    if unsettled := list(_unsettled(course, at)):
        raise StepError(unsettled, course.id)
    kind = kind or kind_of(course)
    if complaints := list(_early(course, kind)):
        raise StepError(complaints, course.id)
    if course.told is not None and not (kind == "follow_up" and not course.followed_up) and not news(course):
        raise NewsError(list(_instead(course)), course.id)
    data = course.incident.model_dump(exclude={"as_of", "kind", "thread"})
    return incident_from({**data, "thread": list(_thread(course)), "kind": kind, "as_of": at.astimezone(course.incident.zone)})


def kind_of(course: Course) -> Kind:
    """The kind of message that is due: a holding reply before the cause is known, updates until it is resolved, then a follow-up."""
    facts = course.incident
    if course.last is None:
        return _first(facts)
    if course.closed and course.resolution_told:
        return "follow_up"
    changes = news(course)
    if changes and all(".remedy" in change.place for change in changes) and not facts.faults <= {"unknown"}:
        return "remedy_confirmation"
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
                f"“{promise.words}” was promised for {promise.due.astimezone(course.incident.zone):%A %d %B %H:%M}, and that is past; "
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
    since = f" since {last.at.astimezone(course.incident.zone):%A %d %B %H:%M}" if last else ""
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


def _words(text: str) -> str:
    return " ".join(text.split())
