"""Batches: letters for many customers of one incident, a line for each, from the moment they are accepted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from drafter.errors import NotFoundError
from drafter.store.database import Database
from drafter.store.events import log, through
from drafter.store.ids import new_id
from drafter.store.records import BatchRecord, LineRecord, LineStatus
from drafter.store.shelf import kept, kept_json, now, size
from drafter.store.tables import BatchLineRow, BatchRow
from drafter.store.timeline import append, living_course

Line = tuple[int, Sequence[str], str]
"""A line of a table: its number, its cells, and why it is set aside, "" where it is not."""


class Batches:
    """Accepted batches. A line has one outcome, whoever brings it, and however often."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(
        self,
        incident_id: str,
        plan: Mapping[str, Any],
        lines: Iterable[Line],
        *,
        id: str | None = None,  # noqa: A002 - what it is called everywhere else
        key: str | None = None,
        helpdesk: str | None = None,
    ) -> BatchRecord:
        """Take a batch on with all its lines, on the disk when this returns; the incident's timeline says so.

        The same `id` again changes nothing.

        Raises:
            NotFoundError: no incident was opened under this id, or its person was forgotten.
            StoreError: the database failed, and nothing was taken on.
        """
        row = BatchRow(id=id or new_id("bat"), incident_id=incident_id, key_id=key, helpdesk=helpdesk, state="accepted", created=now())
        row.body = kept_json(plan)
        values = [
            {
                "batch_id": row.id,
                "line": line,
                "status": "set_aside" if why else "waiting",
                "body": json.dumps([kept(cell) for cell in cells]),
                "reason": kept(why) or None,
                "draft_id": None,
            }
            for line, cells, why in lines
        ]
        with self._database.write(durable=True) as session:
            course = living_course(session, incident_id)
            if (there := session.get(BatchRow, row.id)) is not None:
                return _record(session, there)
            session.add(row)
            session.flush()
            session.execute(insert(BatchLineRow), values)
            append(session, course, "note", at=None, by=key, text=f"Letters to {len(values)} customers were asked for: {row.id}.")
            log(session, "batch.accepted", row.id, actor=through(key), incident=incident_id, lines=len(values))
            session.flush()
            return _record(session, row)

    def get(self, batch_id: str) -> BatchRecord:
        """One batch, with how far it is.

        Raises:
            NotFoundError: there is none with this id.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return _record(session, _found(session, batch_id))

    def share(self, batch_id: str, words: str | None) -> None:
        """Say that its letters are begun, and in which words; what was said first stays.

        Raises:
            NotFoundError: there is none with this id.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = _found(session, batch_id)
            if row.state == "accepted":
                row.state, row.body = "begun", json.dumps({**json.loads(row.body or "{}"), "shared": words})

    def waiting(self, older_than: timedelta) -> tuple[str, ...]:
        """The batches that were accepted longer ago than this and not begun, the oldest first."""
        query = select(BatchRow.id).where(BatchRow.state == "accepted", BatchRow.created < now() - older_than)
        with self._database.read() as session:
            return tuple(session.scalars(query.order_by(BatchRow.created)))

    def lines(self, batch_id: str, *, status: LineStatus | None = None, after: int = 0, limit: int = 50) -> tuple[LineRecord, ...]:
        """The next lines of a batch after the one with this number, of one status or of all, in order."""
        query = select(BatchLineRow).where(BatchLineRow.batch_id == batch_id, BatchLineRow.line > after)
        if status is not None:
            query = query.where(BatchLineRow.status == status)
        with self._database.read() as session:
            return tuple(map(_line, session.scalars(query.order_by(BatchLineRow.line).limit(size(limit)))))

    def end(self, batch_id: str, line: int, status: LineStatus, *, draft_id: str | None = None, reason: str | None = None) -> None:
        """Say what became of a line that waits; its cells go where there is a letter, which holds them.

        Raises:
            StoreError: the database failed.
        """
        values: dict[str, Any] = {"status": status, "draft_id": draft_id, "reason": kept(reason) if reason else None}
        if draft_id:
            values["body"] = None
        mine = (BatchLineRow.batch_id == batch_id, BatchLineRow.line == line, BatchLineRow.status == "waiting")
        with self._database.write() as session:
            session.execute(update(BatchLineRow).where(*mine).values(values))


def lines_of(session: Session, draft_ids: Collection[str], needles: Collection[str]) -> list[BatchLineRow]:
    """The lines whose letter is one of these drafts, or that hold one of these words in their cells or their reason."""
    query = select(BatchLineRow).order_by(BatchLineRow.batch_id, BatchLineRow.line).execution_options(yield_per=500)
    return [row for row in session.scalars(query) if row.draft_id in draft_ids or any(one in _told(row) for one in needles)]


def empty(session: Session, lines: Iterable[BatchLineRow], incident_ids: Collection[str]) -> int:
    """Erase what these lines hold, and the plans of batches of these incidents; what waits gets no letter. How many lines."""
    number = 0
    for row in lines:
        row.status = "set_aside" if row.status == "waiting" else row.status
        row.body, row.reason, number = None, None, number + 1
    session.execute(update(BatchRow).where(BatchRow.incident_id.in_(incident_ids)).values(body=None))
    return number


def _found(session: Session, batch_id: str) -> BatchRow:
    row = session.get(BatchRow, batch_id)
    if row is None:
        raise NotFoundError(f"there is no batch '{batch_id}'.")
    return row


def _record(session: Session, row: BatchRow) -> BatchRecord:
    query = select(BatchLineRow.status, func.count()).where(BatchLineRow.batch_id == row.id).group_by(BatchLineRow.status)
    counts = {cast("LineStatus", status): count for status, count in session.execute(query)}
    return BatchRecord(row.id, row.incident_id, row.key_id, row.helpdesk, json.loads(row.body or "{}"), counts, row.created)


def _told(row: BatchLineRow) -> str:
    """What a line holds, as JSON has it, in small letters."""
    return f"{row.body or ''} {json.dumps(row.reason or '')}".casefold()


def _line(row: BatchLineRow) -> LineRecord:
    cells = tuple(json.loads(row.body)) if row.body else None
    return LineRecord(row.line, cast("LineStatus", row.status), cells, row.reason, row.draft_id)
