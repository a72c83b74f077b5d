"""Deliveries: notes and webhooks on their way out."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from sqlalchemy import func, select, tuple_

from drafter.errors import InputError, NotFoundError
from drafter.store.database import Database
from drafter.store.events import SYSTEM, log
from drafter.store.ids import new_id
from drafter.store.records import DeliveryKind, DeliveryRecord, DeliveryState
from drafter.store.shelf import kept, kept_or_none, living_draft, now, size
from drafter.store.tables import DeliveryRow


class Deliveries:
    """What goes out for a draft, with every try."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        draft_id: str,
        *,
        target: str,
        kind: DeliveryKind,
        payload: str | None = None,
        id: str | None = None,  # noqa: A002 - what it is called everywhere else
    ) -> DeliveryRecord:
        """Plan a note or webhook, pending until an attempt succeeds; the same `id` again changes nothing.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            StoreError: the database failed.
        """
        moment = now()
        values = {
            "id": id or new_id("dlv"),
            "draft_id": draft_id,
            "target": target,
            "kind": kind,
            "state": "pending",
            "payload": kept_or_none(payload),
            "attempts": 0,
            "created": moment,
            "updated": moment,
        }
        with self._database.write() as session:
            living_draft(session, draft_id)
            if self._database.add(session, DeliveryRow, values):
                log(session, "delivery.added", str(values["id"]), actor=SYSTEM, draft=draft_id, kind=kind)
            return _record(session.get_one(DeliveryRow, values["id"]))

    def get(self, delivery_id: str) -> DeliveryRecord:
        """One delivery.

        Raises:
            NotFoundError: there is none with this id.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            row = session.get(DeliveryRow, delivery_id)
        if row is None:
            raise NotFoundError(f"there is no delivery '{delivery_id}'.")
        return _record(row)

    def page(self, state: DeliveryState | None = None, *, limit: int = 50, after: str | None = None) -> tuple[DeliveryRecord, ...]:
        """The newest deliveries, of one state or of all, or the next older ones after the one with this id."""
        query = select(DeliveryRow).order_by(DeliveryRow.created.desc(), DeliveryRow.id.desc())
        if state is not None:
            query = query.where(DeliveryRow.state == state)
        if after is not None:
            last = select(DeliveryRow.created, DeliveryRow.id).where(DeliveryRow.id == after)
            query = query.where(tuple_(DeliveryRow.created, DeliveryRow.id) < last.scalar_subquery())
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(query.limit(size(limit)))))

    def waiting(self, older_than: timedelta) -> tuple[DeliveryRecord, ...]:
        """The deliveries that are pending and that nothing has happened to for so long, the oldest first."""
        query = select(DeliveryRow).where(DeliveryRow.state == "pending", DeliveryRow.updated < now() - older_than)
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(query.order_by(DeliveryRow.created))))

    def reopen(self, delivery_id: str) -> DeliveryRecord:
        """Make a delivery that was given up pending again.

        Raises:
            NotFoundError: there is none with this id.
            InputError: it was not given up.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = session.get(DeliveryRow, delivery_id, with_for_update=True)
            if row is None:
                raise NotFoundError(f"there is no delivery '{delivery_id}'.")
            if row.state != "failed":
                raise InputError(f"the delivery '{delivery_id}' was not given up; it is {row.state}.")
            row.state, row.updated = "pending", now()
            log(session, "delivery.reopened", row.id, actor=SYSTEM, draft=row.draft_id)
            return _record(row)

    def attempt(
        self, delivery_id: str, *, ok: bool, error: str | None = None, ref: str | None = None, last: bool = False
    ) -> DeliveryRecord:
        """Note one try: done if `ok`, failed for good if it was the `last`, else still pending. What is done stays done.

        Raises:
            NotFoundError: there is no such delivery.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = session.get(DeliveryRow, delivery_id, with_for_update=True)
            if row is None:
                raise NotFoundError(f"there is no delivery '{delivery_id}'.")
            if row.state != "done":
                row.state = "done" if ok else "failed" if last else "pending"
                row.attempts, row.updated = row.attempts + 1, now()
                row.error, row.ref = (None if error is None else kept(error)), ref or row.ref
                log(session, "delivery.attempted", row.id, actor=SYSTEM, draft=row.draft_id, ok=ok, attempt=row.attempts)
            return _record(row)

    def of(self, draft_id: str) -> tuple[DeliveryRecord, ...]:
        """What goes out for one draft, the oldest first."""
        with self._database.read() as session:
            return tuple(
                map(_record, session.scalars(select(DeliveryRow).where(DeliveryRow.draft_id == draft_id).order_by(DeliveryRow.id)))
            )

    def counts(self) -> dict[tuple[str, str], int]:
        """How many deliveries there are, by kind and state."""
        query = select(DeliveryRow.kind, DeliveryRow.state, func.count()).group_by(DeliveryRow.kind, DeliveryRow.state)
        with self._database.read() as session:
            return {(kind, state): count for kind, state, count in session.execute(query)}


def _record(row: DeliveryRow) -> DeliveryRecord:
    return DeliveryRecord(
        id=row.id,
        draft_id=row.draft_id,
        target=row.target or "",
        kind=cast("DeliveryKind", row.kind),
        state=cast("DeliveryState", row.state),
        payload=row.payload,
        attempts=row.attempts,
        error=row.error,
        ref=row.ref,
        created=row.created,
        updated=row.updated,
    )
