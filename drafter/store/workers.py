"""Workers: the processes that run jobs, and when each was last heard of."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from drafter.store.database import Database
from drafter.store.records import WorkerRecord
from drafter.store.shelf import now
from drafter.store.tables import WorkerRow


class Workers:
    """Who runs jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, worker: str, *, host: str, pid: int) -> None:
        """Say that a worker lives.

        Raises:
            StoreError: the database failed.
        """
        values = {"host": host, "pid": pid, "left": False, "seen": now()}
        new = self._database.insert(WorkerRow).values(id=worker, **values)
        with self._database.write() as session:
            session.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))

    def leave(self, worker: str) -> None:
        """Say that a worker runs nothing any more."""
        with self._database.write() as session:
            session.execute(update(WorkerRow).where(WorkerRow.id == worker).values(left=True))

    def forget(self, worker: str) -> None:
        """Take a worker that is gone, and whose jobs others have, off the list."""
        with self._database.write() as session:
            session.execute(delete(WorkerRow).where(WorkerRow.id == worker))

    def page(self) -> tuple[WorkerRecord, ...]:
        """Every worker on the list, the one last heard of first."""
        with self._database.read() as session:
            rows = session.scalars(select(WorkerRow).order_by(WorkerRow.seen.desc()))
            return tuple(WorkerRecord(row.id, row.host, row.pid, row.left, row.seen) for row in rows)
