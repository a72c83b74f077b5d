"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from drafter.errors import StoreError
from drafter.store.database import Database

HEAD = "0007"  # the newest revision in migrations/versions; a test holds the two together
_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x6472_6166_7465  # "drafte", the number of our advisory lock


def revision(connection: Connection) -> str | None:
    """The revision that a database is at; None: it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(database: Database) -> str | None:
    """Bring the database to this version, once, however many processes start at the same time; the revision it had before.

    Raises:
        StoreError: the database failed, or a newer Drafter made it.
    """
    with database.read() as session:
        before = revision(session.connection())
    if before != HEAD:
        with database.write(durable=True) as session:
            _upgrade(session.connection(), locked=not database.is_sqlite)
    return before


def _upgrade(connection: Connection, *, locked: bool) -> None:
    from alembic import command  # most starts have nothing to migrate, and do not wait for it
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    if locked:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if (found := revision(connection)) not in known | {None}:
        raise StoreError(f"a newer Drafter made this database (revision {found}, and this one knows up to {HEAD}); update Drafter.")
    command.upgrade(config, "head")
