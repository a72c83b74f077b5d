"""What callers get of opened incidents: their course, what is due, and promises, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from drafter.api.resources import Resource
from drafter.course import Change, Course, Due, Entry, Promise, PromiseState, SentMessage, State, due, unmet
from drafter.course.corrections import corrections
from drafter.house.cadence import Cadence
from drafter.incident import Correction, Incident, Severity
from drafter.remedy import Proposal, Remedy, RemedyState, Share
from drafter.store import Changed


class CourseSummary(Resource):
    """An opened incident: what it is at, what is due next, and how much is overdue."""

    id: str
    title: str
    severity: Severity
    state: State
    version: int
    noticed: datetime
    opened: datetime
    updated: datetime
    due: Due | None
    overdue: int

    @classmethod
    def of(cls, course: Course, items: Sequence[Due]) -> CourseSummary:
        """The summary of a course, with what is due in it."""
        return cls.model_construct(due=items[0] if items else None, overdue=sum(item.overdue for item in items), **_frame(course))


class CoursePage(Resource):
    """Some opened incidents, the newest first; `next` goes into `after` for those that follow, and is null at the end."""

    items: tuple[CourseSummary, ...]
    next: str | None


class CourseResource(Resource):
    """The course of an opened incident: facts, events, messages, promises, what is due, cannot be met, and will be corrected."""

    id: str
    title: str
    severity: Severity
    state: State
    version: int
    noticed: datetime
    opened: datetime
    updated: datetime
    incident: Incident
    entries: tuple[Entry, ...]
    sent: tuple[SentMessage, ...]
    promises: tuple[Promise, ...]
    due: tuple[Due, ...]
    unmet: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @classmethod
    def of(cls, course: Course, cadence: Cadence, at: datetime) -> CourseResource:
        """The resource of a course at a moment."""
        parts = {name: getattr(course, name) for name in ("incident", "entries", "sent", "promises")}
        parts["corrections"] = corrections(course)
        return cls.model_construct(due=due(course, cadence, at), unmet=tuple(unmet(course, cadence, at)), **_frame(course), **parts)


class ChangedResource(Resource):
    """What came of a change of facts; `theirs` is what somebody else had changed since the version that was seen, which is kept."""

    id: str
    version: int
    incident: Incident
    changes: tuple[Change, ...]
    theirs: tuple[Change, ...]

    @classmethod
    def of(cls, changed: Changed) -> ChangedResource:
        """The resource of a change."""
        course = changed.course
        return cls.model_construct(
            id=course.id, version=course.version, incident=course.incident, changes=changed.changes, theirs=changed.theirs
        )


class EntryResource(Resource):
    """An entry of a timeline."""

    entry: Entry


class DueList(Resource):
    """What is due, the soonest first, and how much of it is overdue."""

    items: tuple[Due, ...]
    overdue: int


class PromiseResource(Resource):
    """A promise: its words as they were sent, its owner, its moment, and what became of it."""

    id: str
    draft_id: str
    incident_id: str | None
    fact: str
    words: str
    owner: str | None
    due: datetime | None
    sent: datetime
    state: PromiseState
    decided: datetime | None
    how: str | None
    by: str | None

    @classmethod
    def of(cls, promise: Promise) -> PromiseResource:
        """The resource of a promise."""
        return cls.model_construct(**vars(promise))


class RemedyResource(Resource):
    """A remedy that was suggested: the ways to choose from, why, what has to be known first, and what a person decided."""

    id: str
    incident_id: str
    state: RemedyState
    proposal: Proposal
    created: datetime
    option: int | None
    shares: tuple[Share, ...]
    by: str | None
    role: str | None
    because: str | None
    decided: datetime | None

    @classmethod
    def of(cls, remedy: Remedy) -> RemedyResource:
        """The resource of a remedy."""
        return cls.model_construct(**vars(remedy))


class RemedyList(Resource):
    """The remedies of an incident, the first one first."""

    items: tuple[RemedyResource, ...]


class PromisePage(Resource):
    """Some promises, the soonest first and those without a day last; `next` goes into `after` for those that follow."""

    items: tuple[PromiseResource, ...]
    next: str | None


def _frame(course: Course) -> dict[str, Any]:
    return {name: getattr(course, name) for name in ("id", "title", "severity", "state", "version", "noticed", "opened", "updated")}
