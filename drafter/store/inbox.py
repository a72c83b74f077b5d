"""The inbox: events of helpdesks from the moment they are accepted until they are dealt with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from drafter.errors import NotFoundError
from drafter.store.database import Database
from drafter.store.events import code, log
from drafter.store.records import InboxRecord
from drafter.store.shelf import kept, kept_json, now, size
from drafter.store.tables import InboxRow

_MOST = 100  # that one look gives


class Inbox:
    """Accepted events, each once however often it is delivered: a helpdesk and its id of the delivery make the entry's own id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, helpdesk: str, delivery: str, event: Mapping[str, Any]) -> str | None:
        """Take an event on, on the disk when this returns: the id of its entry; None where it is there already.

        Raises:
            StoreError: the database failed, and nothing was taken on.
        """
        digest = hashlib.sha256(f"{helpdesk}\n{delivery}".encode("utf-8", "surrogatepass")).hexdigest()
        entry = f"in_{digest[:40]}"
        values = {"id": entry, "helpdesk": helpdesk, "event": kept_json(event), "created": now()}
        with self._database.write(durable=True) as session:
            if not self._database.add(session, InboxRow, values):
                return None
            log(session, "inbox.accepted", entry, actor=f"helpdesk:{code(helpdesk)}")
        return entry

    def get(self, entry: str) -> InboxRecord:
        """One entry.

        Raises:
            NotFoundError: there is none.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            row = session.get(InboxRow, entry)
        if row is None:
            raise NotFoundError(f"there is no entry '{entry}' in the inbox.")
        return _record(row)

    def done(self, entry: str, draft_id: str | None, outcome: str) -> None:
        """Say what became of an entry; what it said is not kept any longer, and the first outcome stays.

        Raises:
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = session.get(InboxRow, entry, with_for_update=True)
            if row is not None and row.done is None:
                row.event, row.draft_id, row.outcome, row.done = None, draft_id, kept(outcome), now()
                log(session, "inbox.done", entry, actor="worker", draft=draft_id)

    def waiting(self, older_than: timedelta) -> tuple[str, ...]:
        """The entries that were accepted longer ago than this and are not dealt with, the oldest first; at most a hundred."""
        query = select(InboxRow.id).where(InboxRow.done.is_(None), InboxRow.created < now() - older_than)
        with self._database.read() as session:
            return tuple(session.scalars(query.order_by(InboxRow.created).limit(_MOST)))

    def page(self, *, limit: int = 50) -> tuple[InboxRecord, ...]:
        """The newest entries."""
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(select(InboxRow).order_by(InboxRow.created.desc()).limit(size(limit)))))


def _record(row: InboxRow) -> InboxRecord:
    return InboxRecord(row.id, row.helpdesk, json.loads(row.event) if row.event else None, row.draft_id, row.outcome, row.created, row.done)
