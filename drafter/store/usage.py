"""Usage: what each key used a day, by kind of call, and what it cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import cast

from sqlalchemy import Table, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from drafter.store.database import Database
from drafter.store.records import UsageRecord
from drafter.store.shelf import now
from drafter.store.tables import DraftRow, RevisionRow, UsageRow

_OPEN = ("queued", "writing")
_NOBODY = ""  # the page and the command line


class Usage:
    """Calls, tokens and cost, added up by key, day (UTC) and kind of call."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        key_id: str | None,
        *,
        kind: str,
        calls: int = 1,
        input_tokens: int = 0,
        output_tokens: int = 0,
        cost: Decimal | float | None = None,
    ) -> None:
        """Add to today's row of this key and kind.

        Raises:
            StoreError: the database failed.
        """
        with self._database.write() as session:
            count(session, self._database, key_id, kind, calls=calls, input_tokens=input_tokens, output_tokens=output_tokens, cost=cost)

    def of(self, key_id: str | None, *, since: date) -> tuple[UsageRecord, ...]:
        """The rows since this day, the oldest first: of one key, or of all where it is None."""
        query = select(UsageRow).where(UsageRow.day >= since).order_by(UsageRow.day, UsageRow.key_id, UsageRow.kind)
        with self._database.read() as session:
            rows = session.scalars(query if key_id is None else query.where(UsageRow.key_id == key_id)).all()
        return tuple(
            UsageRecord(row.key_id or None, row.day, row.kind, row.calls, row.input_tokens, row.output_tokens, row.cost) for row in rows
        )

    def spent(self, key_id: str | None, *, day: date) -> Decimal:
        """What this key cost on this day."""
        query = select(func.sum(UsageRow.cost)).where(UsageRow.key_id == (key_id or _NOBODY), UsageRow.day == day)
        with self._database.read() as session:
            return session.scalar(query) or Decimal(0)

    def in_flight(self, key_id: str) -> int:
        """How many drafts, and revisions of its drafts, are not written yet, whose cost will be this key's."""
        drafts = select(func.count()).where(DraftRow.key_id == key_id, DraftRow.state.in_(_OPEN))
        revisions = select(func.count()).where(RevisionRow.state.in_(_OPEN), RevisionRow.draft_id == DraftRow.id, DraftRow.key_id == key_id)
        with self._database.read() as session:
            return (session.scalar(drafts) or 0) + (session.scalar(revisions) or 0)


def count(
    session: Session,
    database: Database,
    key_id: str | None,
    kind: str,
    *,
    calls: int = 1,
    input_tokens: int = 0,
    output_tokens: int = 0,
    cost: Decimal | float | None = None,
) -> None:
    """Add to today's row of a key and kind, within a session that keeps what was paid for."""
    added = {"calls": calls, "input_tokens": input_tokens, "output_tokens": output_tokens, "cost": Decimal(str(cost or 0))}
    session.execute(_adding(database.is_sqlite), {"key_id": key_id or _NOBODY, "day": now().date(), "kind": kind, **added})


@cache
def _adding(is_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    """The statement that adds to a row or makes it; made once, for many calls add."""
    table = cast("Table", inspect(UsageRow).local_table)
    new = sqlite.insert(table) if is_sqlite else postgresql.insert(table)
    sums = {name: table.c[name] + new.excluded[name] for name in ("calls", "input_tokens", "output_tokens", "cost")}
    return new.on_conflict_do_update(index_elements=["key_id", "day", "kind"], set_=sums)
