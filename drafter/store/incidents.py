"""Incidents: the facts of each mistake, as they were accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select, tuple_

from drafter.errors import NotFoundError
from drafter.incident import Action, Incident, stored_incident
from drafter.privacy import without_cards
from drafter.store.database import Database
from drafter.store.events import PERSON, log
from drafter.store.ledger import ledger
from drafter.store.records import IncidentRecord
from drafter.store.shelf import size
from drafter.store.tables import DraftRow, IncidentRow


class Incidents:
    """The facts that drafts are made of; `Drafts.accept` brings them in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, incident_id: str) -> IncidentRecord:
        """The facts with this id; those of a message to an opened incident with what is approved of remedies by now.

        Raises:
            NotFoundError: there are none, or their person was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            record = _record(session.get(IncidentRow, incident_id), incident_id)
            course_id = session.scalar(select(DraftRow.part_of).where(DraftRow.incident_id == incident_id)) or incident_id
            approved = ledger(session, [course_id]).get(course_id)
        if approved is None or course_id == incident_id:
            return record
        return replace(record, incident=record.incident.model_copy(update={"approved": approved}))

    def own(self, incident_id: str, owners: Mapping[str, str | None]) -> IncidentRecord:
        """Keep who does what is planned, by the id of the plan; None is nobody in particular. The rest of the facts stays as it was.

        Raises:
            NotFoundError: there are no such facts, or their person was forgotten.
            StoreError: the database failed.
        """
        with self._database.write() as session:
            row = session.get(IncidentRow, incident_id, with_for_update=True)
            found = _record(row, incident_id)
            owned = without_cards(_owned(found.incident, owners))
            if row is not None and owned != found.incident:
                row.facts = owned.model_dump_json()
                log(session, "incident.owned", incident_id, actor=PERSON)
            return _record(row, incident_id)

    def page(self, after: str | None = None, *, limit: int = 50) -> tuple[IncidentRecord, ...]:
        """The newest incidents, or the next older ones after the one with this id; without those that were erased."""
        query = select(IncidentRow).where(IncidentRow.facts.is_not(None)).order_by(IncidentRow.created.desc(), IncidentRow.id.desc())
        if after is not None:
            last = select(IncidentRow.created, IncidentRow.id).where(IncidentRow.id == after)
            query = query.where(tuple_(IncidentRow.created, IncidentRow.id) < last.scalar_subquery())
        with self._database.read() as session:
            rows = session.scalars(query.limit(size(limit))).all()
        return tuple(IncidentRecord(row.id, stored_incident(row.facts or ""), row.created) for row in rows)


def _record(row: IncidentRow | None, incident_id: str) -> IncidentRecord:
    if row is None:
        raise NotFoundError(f"there is no incident '{incident_id}'.")
    if row.facts is None:
        raise NotFoundError(f"the facts of '{incident_id}' were erased.")
    return IncidentRecord(row.id, stored_incident(row.facts), row.created)


def _owned(incident: Incident, owners: Mapping[str, str | None]) -> Incident:
    def owned(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        return tuple(one.model_copy(update={"owner": owners[one.id]}) if one.id in owners else one for one in actions)

    problems = tuple(problem.model_copy(update={"fixes": owned(problem.fixes)}) for problem in incident.problems)
    return incident.model_copy(update={"next": owned(incident.next), "problems": problems})
