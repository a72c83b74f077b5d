"""Workings: what people are working on at the page, so that nothing typed is lost with a reload or a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from drafter.errors import NotFoundError
from drafter.store.database import Database
from drafter.store.ids import new_id
from drafter.store.records import WorkingRecord
from drafter.store.shelf import kept_json, now, size
from drafter.store.tables import WorkingRow


class Workings:
    """Work in hand, each piece with its owner: who has logged in, or "" where nobody has to. Only they see it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, owner: str, body: Mapping[str, Any]) -> WorkingRecord:
        """A new piece of work; texts are masked as facts are.

        Raises:
            StoreError: the database failed.
        """
        moment = now()
        row = WorkingRow(id=new_id("wrk"), owner=owner, body=kept_json(body), created=moment, updated=moment)
        with self._database.write() as session:
            session.add(row)
        return _record(row)

    def save(self, working_id: str, owner: str, body: Mapping[str, Any], *, draft_id: str | None = None) -> None:
        """Keep it as it stands now.

        Raises:
            NotFoundError: they have no such work.
            StoreError: the database failed, and what was kept before stays.
        """
        with self._database.write() as session:
            row = session.get(WorkingRow, working_id)
            if row is None or row.owner != owner or row.body is None:
                raise _none(working_id)
            row.body, row.draft_id, row.updated = kept_json(body), draft_id, now()

    def get(self, working_id: str, owner: str) -> WorkingRecord:
        """The work with this id.

        Raises:
            NotFoundError: they have no such work, or its customer was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            row = session.get(WorkingRow, working_id)
        if row is None or row.owner != owner or row.body is None:
            raise _none(working_id)
        return _record(row)

    def recent(self, owner: str, *, limit: int = 20) -> tuple[WorkingRecord, ...]:
        """Their latest work, the newest first."""
        query = select(WorkingRow).where(WorkingRow.owner == owner, WorkingRow.body.is_not(None)).order_by(WorkingRow.updated.desc())
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(query.limit(size(limit)))))


def _none(working_id: str) -> NotFoundError:
    return NotFoundError(f"there is no work '{working_id}' of yours.")


def _record(row: WorkingRow) -> WorkingRecord:
    return WorkingRecord(row.id, row.owner, json.loads(row.body or "{}"), row.draft_id, row.created, row.updated)
