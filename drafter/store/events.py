"""Events: what happened to what, through whom and when. Never changed, never deleted, without personal data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, insert, inspect, select
from sqlalchemy.orm import Session

from drafter.store.database import Database
from drafter.store.ids import new_id
from drafter.store.records import Detail, EventRecord
from drafter.store.shelf import now, size
from drafter.store.tables import EventRow

_CODE = re.compile(r"[\w.:/+#-]{0,120}")
SYSTEM, PERSON = "system", "person"
_INSERT = insert(cast("Table", inspect(EventRow).local_table))
_WORKS = re.compile(r"key_\w+|helpdesk:[\w.-]+|system|worker|api|page|cli")


class Events:
    """The log of what happened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, kind: str, subject: str, actor: str, data: Mapping[str, Detail] | None = None) -> EventRecord:
        """Log that `kind` ("draft.cancelled") happened to `subject` (an id) through `actor` (the id of a key, "system", "worker").

        `data` holds numbers and codes.

        Raises:
            ValueError: a text in it is not one word: only those surely hold nobody's data.
            StoreError: the database failed.
        """
        with self._database.write() as session:
            return log(session, kind, subject, actor=actor, **(data or {}))

    def of(self, subject: str) -> tuple[EventRecord, ...]:
        """What happened to one thing, the oldest first."""
        with self._database.read() as session:
            rows = session.scalars(select(EventRow).where(EventRow.subject == subject).order_by(EventRow.id))
            return tuple(map(_record, rows))

    def page(self, after: str | None = None, *, limit: int = 100) -> tuple[EventRecord, ...]:
        """The next events after the one with this id, or the first ones, the oldest first."""
        query = select(EventRow).order_by(EventRow.id).limit(size(limit))
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(query if after is None else query.where(EventRow.id > after))))


def log(session: Session, kind: str, subject: str, /, *, actor: str, **data: Detail) -> EventRecord:
    """Write an event within a session that is about to change what it tells of.

    Raises:
        ValueError: a text in it is not one word.
    """
    for text in (kind, subject, actor, *(value for value in data.values() if isinstance(value, str))):
        if not _CODE.fullmatch(text):
            raise ValueError(f"an event holds codes, numbers and ids, no free text: {text[:40]!r}")
    record = EventRecord(new_id("evt"), kind, subject, actor, data, now())
    session.execute(_INSERT, vars(record) | {"data": json.dumps(data)})
    return record


def code(text: str) -> str:
    """A name as one word, as an event may hold it."""
    return re.sub(r"[^\w.:/+#-]+", "_", text)[:120]


def through(by: str | None) -> str:
    """Whom an event may name as the one who acted: a key or a part of Drafter as it is, a person only as a person."""
    return (by if _WORKS.fullmatch(by) else PERSON) if by else SYSTEM


def _record(row: EventRow) -> EventRecord:
    return EventRecord(row.id, row.kind, row.subject, row.actor, json.loads(row.data), row.created)
