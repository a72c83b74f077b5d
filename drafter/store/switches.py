"""Switches: what is on or off by name, such as "drafting", "drafting:support" or "shadow:support"."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from drafter.store.database import Database
from drafter.store.events import code, log, through
from drafter.store.shelf import now
from drafter.store.tables import SwitchRow

_ON = select(SwitchRow.on).where(SwitchRow.name == bindparam("name"))  # made once: every draft asks


class Switches:
    """Things that are on or off for every process on this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, *, default: bool = False) -> bool:
        """Whether it is on; `default` where nobody has set it.

        Raises:
            StoreError: the database failed.
        """
        with self._database.read() as session:
            found = session.scalar(_ON, {"name": name})
        return default if found is None else found

    def set(self, name: str, on: bool, *, by: str | None) -> None:
        """Turn it on or off.

        Raises:
            StoreError: the database failed.
        """
        values = {"on": on, "made_by": by, "updated": now()}
        new = self._database.insert(SwitchRow).values(name=name, **values)
        with self._database.write(durable=True) as session:
            session.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))
            log(session, "switch.set", code(name), actor=through(by), on=on)

    def all(self) -> dict[str, bool]:
        """Every switch that somebody has set."""
        with self._database.read() as session:
            return dict(session.execute(select(SwitchRow.name, SwitchRow.on).order_by(SwitchRow.name)).all())
