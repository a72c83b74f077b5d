"""Others whom the fault of an opened incident hits: who, what they must stop doing, and when they were told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from drafter.course import Exposed
from drafter.errors import InputError, NotFoundError, StepError
from drafter.store.database import Database
from drafter.store.events import log, through
from drafter.store.ids import new_id
from drafter.store.shelf import kept, now, past
from drafter.store.tables import CourseRow, ExposedRow
from drafter.store.timeline import append, exposed_of, living_course


class Exposures:
    """Each is written into the timeline when it is noted and when they were told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, incident_id: str, who: str, *, stop: str | None = None, by: str | None = None) -> Exposed:
        """Keep that somebody else is hit, and what they must stop doing now, as a sentence to them.

        Raises:
            NotFoundError: there is no such incident.
            InputError: it names nobody.
            StoreError: the database failed, and nothing was kept.
        """
        if not any(letter.isalnum() for letter in who):
            raise InputError("say who else is hit.", "who")
        moment = now()
        row = ExposedRow(
            id=new_id("exp"),
            incident_id=incident_id,
            who=kept(" ".join(who.split())),
            stop=kept(" ".join(stop.split())) if stop and stop.strip() else None,
            created=moment,
        )
        with self._database.write(durable=True) as session:
            course = living_course(session, incident_id)
            session.add(row)
            session.flush()
            stopping = f"; they must stop: {row.stop}" if row.stop else ""
            _written(session, course, row, "noted", f"{row.who} are hit too{stopping}", moment, by)
            return exposed_of(row)

    def tell(self, incident_id: str, ids: Sequence[str], *, at: datetime | None = None, by: str | None = None) -> tuple[Exposed, ...]:
        """Say that these were told; without ids, all who were not. What was told once is not told again.

        Raises:
            NotFoundError: there is no such incident, or nobody exposed with this id in it.
            StepError: one was told before, or there is nobody to tell.
            InputError: they were told at a moment that is still to come.
            StoreError: the database failed, and nothing was changed.
        """
        moment = past(at, now())
        with self._database.write(durable=True) as session:
            course = living_course(session, incident_id)
            rows = [_of(session, incident_id, one) for one in dict.fromkeys(ids)] if ids else _untold(session, incident_id)
            if not rows:
                raise StepError("everybody who is known to be hit was told.", incident_id)
            for row in rows:
                if row.told is not None:
                    raise StepError(f"they were told on {row.told:%Y-%m-%d} already.", row.id)
                row.told = moment
                _written(session, course, row, "told", f"{row.who} were told", moment, by)
            session.flush()
            return tuple(map(exposed_of, rows))


def _of(session: Session, incident_id: str, exposed_id: str) -> ExposedRow:
    row = session.get(ExposedRow, exposed_id)
    if row is None or row.incident_id != incident_id:
        raise NotFoundError(f"nobody in this incident has the id '{exposed_id}'.")
    return row


def _untold(session: Session, incident_id: str) -> list[ExposedRow]:
    query = select(ExposedRow).where(ExposedRow.incident_id == incident_id, ExposedRow.told.is_(None))
    return list(session.scalars(query.order_by(ExposedRow.id)))


def _written(session: Session, course: CourseRow, row: ExposedRow, kind: str, text: str, at: datetime, by: str | None) -> None:
    log(session, f"exposed.{kind}", row.id, actor=through(by), incident=row.incident_id)
    append(session, course, "containment", at=at, by=by, text=f"{row.id}: {text}")
