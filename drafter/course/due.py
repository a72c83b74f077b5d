"""What is due in an incident, and what is overdue, at a moment: words to the customer, the follow-up, the debrief, promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from drafter.course.values import Course, Promise
from drafter.house.cadence import Cadence, shown
from drafter.incident import Action, Incident

Step = Literal["first_word", "update", "last_word", "follow_up", "debrief", "promise", "exposed"]


@dataclass(frozen=True)
class Due:
    """Something that an incident owes: by when, to be done by whom, and what it is in plain words."""

    incident_id: str | None
    step: Step
    by: datetime | None  # None: a promise without a day
    overdue: bool
    what: str
    owner: str | None = None
    promise_id: str | None = None


def due(course: Course, cadence: Cadence, at: datetime) -> tuple[Due, ...]:
    """What is due, the soonest first; promises without a day come last."""
    found = [
        *_words(course, cadence, at),
        *_closing(course, cadence, at),
        *_exposed(course, cadence, at),
        *(promised(one, at) for one in course.promises if _open(one)),
    ]
    return tuple(sorted(found, key=_order))


def promised(promise: Promise, at: datetime) -> Due:
    """An open promise as what is due."""
    return Due(promise.incident_id, "promise", promise.due, promise.overdue(at), promise.words, promise.owner, promise.id)


def _words(course: Course, cadence: Cadence, at: datetime) -> Iterator[Due]:
    last = course.last
    if last is None:
        yield _step(course, "first_word", course.noticed + cadence.first_word, at, "the first word to the customer")
    elif not course.closed:
        yield _step(
            course, "update", last.at + cadence.update_every, at, "the next update: what has changed, what is being done, what comes when"
        )
    elif not course.resolution_told:
        yield _step(course, "last_word", last.at + cadence.update_every, at, "word that it is resolved, and how")


def _closing(course: Course, cadence: Cadence, at: datetime) -> Iterator[Due]:
    resolution = course.resolution
    if resolution is None:
        return
    if cadence.follow_up_after is not None and course.state == "resolved":
        yield _step(
            course,
            "follow_up",
            resolution.at + cadence.follow_up_after,
            at,
            "the follow-up in writing: what was fixed, what has changed for good",
        )
    if cadence.debrief_after is not None and course.state != "debriefed":
        yield _step(course, "debrief", resolution.at + cadence.debrief_after, at, "the debrief: what failed and what changes")


def _exposed(course: Course, cadence: Cadence, at: datetime) -> Iterator[Due]:
    """Those who are hit and do not know it: they hear of it as soon as the first one does."""
    for one in course.exposed:
        if one.told is None:
            stop = f"; they must stop: {one.stop}" if one.stop else ""
            yield _step(course, "exposed", one.noted + cadence.first_word, at, f"tell {one.who}, who are hit too{stop}")


def _step(course: Course, step: Step, by: datetime, at: datetime, what: str) -> Due:
    return Due(course.id, step, by, by < at, what, course.incident.signer.name)


def _open(promise: Promise) -> bool:
    return promise.state == "open"


def _order(item: Due) -> tuple[bool, float, str]:
    return item.by is None, item.by.timestamp() if item.by else 0.0, item.what


def unmet(course: Course, cadence: Cadence, at: datetime) -> Iterator[str]:
    """Why the cadence cannot be met, in plain words: what was late before it began, and promises that are later than it allows."""
    first = course.noticed + cadence.first_word
    if course.last is None and first < at:
        yield (
            f"the first word was due {shown(cadence.first_word)} after it was noticed, which is {shown(at - first)} ago; "
            "send it now, and say that it comes late"
        )
    if course.closed:
        return
    allowed = cadence.update_every
    latest = at + allowed
    plans = [(last_moment(plan, course.incident), plan) for plan in course.incident.next if plan.state == "will"]
    dated = sorted(((moment, plan) for moment, plan in plans if moment is not None), key=_when)
    if dated and dated[0][0] > latest + timedelta(minutes=1):
        moment, plan = dated[0]
        yield (
            f"“{plan.text}” is the next word that the facts promise, in {shown(moment - at)}, and updates are due every {shown(allowed)} "
            f"at this severity; promise one sooner, or change update_every of [cadence.{course.severity}]"
        )


def last_moment(plan: Action, incident: Incident) -> datetime | None:
    """The last moment of a plan; of a day, its end where they live."""
    moments = [moment for moment in (plan.on, plan.by) if moment is not None]
    ends = [moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, incident.zone) for moment in moments]
    return max(ends) if ends else None


def _when(dated: tuple[datetime, Action]) -> datetime:
    return dated[0]
