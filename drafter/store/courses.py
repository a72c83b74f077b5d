"""Courses: incidents that were opened, from the first notice to the debrief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select, tuple_

from drafter.course import Change, Course, Due, Entry, EntryKind, State, differences, due, merge, promised, require
from drafter.course.values import CLOSED
from drafter.errors import ConflictError, InputError
from drafter.house.cadence import CadenceTable
from drafter.incident import Incident
from drafter.privacy import without_cards
from drafter.store.database import Database
from drafter.store.ids import new_id
from drafter.store.shelf import kept, now, past, size
from drafter.store.tables import CourseRow, FactsRow, IncidentRow, PromiseRow
from drafter.store.timeline import append, courses, entry_of, facts_of, living_course, promise_of, write_facts

_AFTER = timedelta(days=400)  # after it was resolved, in which something can be due: a house waits a year at the most


@dataclass(frozen=True)
class Changed:
    """What came of a change of facts: the course, what was changed, and what somebody else had changed since the version that was seen."""

    course: Course
    changes: tuple[Change, ...]
    theirs: tuple[Change, ...] = ()


class Courses:
    """Opened incidents. Entries are added and never changed; facts have versions, and each message keeps those it was written from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, incident: Incident, *, title: str | None = None, noticed: datetime | None = None, by: str | None = None) -> Course:
        """Open an incident, on the disk when this returns; `noticed` is when somebody saw it first, if not now.

        Cards, bank accounts and passports are masked, here and in everything that is written down later.

        Raises:
            InputError: it was noticed at a moment that is still to come.
            StoreError: the database failed, and nothing was opened.
        """
        moment = now()
        facts = without_cards(incident)
        row = CourseRow(
            incident_id=new_id("inc"),
            title=kept(title or facts.problems[0].what),
            severity=facts.severity,
            state="noticed",
            version=0,
            noticed=past(noticed, moment),
            opened=moment,
            updated=moment,
        )
        with self._database.write(durable=True) as session:
            self._database.add(session, IncidentRow, {"id": row.incident_id, "facts": facts.model_dump_json(), "created": moment})
            session.add(row)
            write_facts(session, row, facts, by=by)
            append(session, row, "noticed", at=row.noticed, by=by, state="noticed")
            session.flush()
            return courses(session, [row])[0]

    def get(self, incident_id: str) -> Course:
        """The course of an incident.

        Raises:
            NotFoundError: none was opened under this id, or its person was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return courses(session, [living_course(session, incident_id, lock=False)], versions=True)[0]

    def facts(self, incident_id: str, version: int) -> Incident:
        """The facts as they were in a version.

        Raises:
            NotFoundError: there is no such incident, or no such version of its facts.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return facts_of(session, living_course(session, incident_id, lock=False), version)

    def note(self, incident_id: str, text: str, *, kind: EntryKind = "note", at: datetime | None = None, by: str | None = None) -> Entry:
        """Write something down: a note of ours, what a customer wrote ("received"), or what was done for containment.

        Raises:
            NotFoundError: there is no such incident.
            InputError: there is nothing in it to read, or it is still to come.
            StoreError: the database failed, and nothing was written down.
        """
        if not any(letter.isalnum() for letter in text):
            raise InputError("the note is empty; write what happened, what was done or what was said.")
        moment = past(at, now())
        with self._database.write(durable=True) as session:
            entry = append(session, living_course(session, incident_id), kind, at=moment, by=by, text=text)
            session.flush()
            return entry_of(entry)

    def change(
        self,
        incident_id: str,
        incident: Incident,
        *,
        version: int,
        at: datetime | None = None,
        by: str | None = None,
    ) -> Changed:
        """Keep facts that changed, as the next version; `version` is the one that they started from.

        What somebody else has changed since stays, and is told; the same facts again change nothing.

        Raises:
            NotFoundError: there is no such incident, or no such version.
            ConflictError: somebody else has changed the same facts since.
            IncidentError: together with what they changed, the facts do not hold together.
            StoreError: the database failed, and nothing was changed.
        """
        with self._database.write(durable=True) as session:
            row = living_course(session, incident_id)
            current = facts_of(session, row)
            base = current if version == row.version else facts_of(session, row, version)
            try:
                merged = merge(base, current, without_cards(incident))
            except ConflictError as error:
                by_whom = session.scalar(
                    select(FactsRow.made_by).where(FactsRow.incident_id == incident_id, FactsRow.number == row.version)
                )
                told = f"{incident_id}, version {row.version}" + (f" by {by_whom}" if by_whom else "")
                raise ConflictError(error.complaints, told) from None
            changes = differences(current, merged.incident)
            if changes:
                number = write_facts(session, row, merged.incident, by=by)
                append(session, row, "facts", at=past(at, now()), by=by, changes=changes, version=number)
                session.flush()
            return Changed(courses(session, [row], versions=True)[0], changes, merged.theirs)

    def move(
        self,
        incident_id: str,
        state: State,
        *,
        cadence: CadenceTable,
        reason: str | None = None,
        at: datetime | None = None,
        by: str | None = None,
    ) -> Course:
        """Bring an incident to a state.

        Raises:
            NotFoundError: there is no such incident.
            StepError: something is missing before it may come there.
            StoreError: the database failed, and nothing was changed.
        """
        moment = past(at, now())
        with self._database.write(durable=True) as session:
            row = living_course(session, incident_id)
            course = courses(session, [row])[0]
            require(course, state, cadence.of(course.severity), reason=reason)
            row.state = state
            append(session, row, "state", at=moment, by=by, text=reason, state=state)
            session.flush()
            return courses(session, [row], versions=True)[0]

    def page(self, *, state: State | None = None, limit: int = 50, after: str | None = None) -> tuple[Course, ...]:
        """The incidents that were opened last, in one state or in any, or the next older ones after the one with this id."""
        query = select(CourseRow).where(CourseRow.erased.is_(None)).order_by(CourseRow.opened.desc(), CourseRow.incident_id.desc())
        if state is not None:
            query = query.where(CourseRow.state == state)
        if after is not None:
            last = select(CourseRow.opened, CourseRow.incident_id).where(CourseRow.incident_id == after)
            query = query.where(tuple_(CourseRow.opened, CourseRow.incident_id) < last.scalar_subquery())
        with self._database.read() as session:
            return courses(session, session.scalars(query.limit(size(limit))).all())

    def due(self, cadence: CadenceTable, *, at: datetime | None = None) -> tuple[Due, ...]:
        """What is due over all incidents, and promises of other messages, the soonest first."""
        moment = at or now()
        alone = select(PromiseRow).where(PromiseRow.state == "open", PromiseRow.part_of.is_(None), PromiseRow.words.is_not(None))
        with self._database.read() as session:
            found = courses(session, list(session.scalars(_owing(moment))))
            others = [promise_of(row) for row in session.scalars(alone.where(PromiseRow.due.is_not(None)))]
        items = [item for course in found for item in due(course, cadence.of(course.severity), moment)]
        items += [promised(promise, moment) for promise in others]
        return tuple(sorted(items, key=_order))


def _owing(moment: datetime) -> Select[CourseRow]:
    """Courses in which something can be due."""
    recent = CourseRow.updated > moment - _AFTER
    return select(CourseRow).where(CourseRow.erased.is_(None), or_(CourseRow.state.not_in(CLOSED), recent), CourseRow.state != "debriefed")


def _order(item: Due) -> tuple[bool, float]:
    return item.by is None, item.by.timestamp() if item.by else 0.0
