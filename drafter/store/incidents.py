"""Incidents: the facts of each mistake, as they were accepted."""

from __future__ import annotations

from sqlalchemy import select, tuple_

from drafter.errors import NotFoundError
from drafter.incident import stored_incident
from drafter.store.database import Database
from drafter.store.records import IncidentRecord
from drafter.store.shelf import size
from drafter.store.tables import IncidentRow


class Incidents:
    """The facts that drafts are made of; `Drafts.accept` brings them in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, incident_id: str) -> IncidentRecord:
        """The facts with this id.

        Raises:
            NotFoundError: there are none, or their person was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            row = session.get(IncidentRow, incident_id)
        if row is None:
            raise NotFoundError(f"there is no incident '{incident_id}'.")
        if row.facts is None:
            raise NotFoundError(f"the facts of '{incident_id}' were erased.")
        return IncidentRecord(row.id, stored_incident(row.facts), row.created)

    def page(self, after: str | None = None, *, limit: int = 50) -> tuple[IncidentRecord, ...]:
        """The newest incidents, or the next older ones after the one with this id; without those that were erased."""
        query = select(IncidentRow).where(IncidentRow.facts.is_not(None)).order_by(IncidentRow.created.desc(), IncidentRow.id.desc())
        if after is not None:
            last = select(IncidentRow.created, IncidentRow.id).where(IncidentRow.id == after)
            query = query.where(tuple_(IncidentRow.created, IncidentRow.id) < last.scalar_subquery())
        with self._database.read() as session:
            rows = session.scalars(query.limit(size(limit))).all()
        return tuple(IncidentRecord(row.id, stored_incident(row.facts or ""), row.created) for row in rows)
