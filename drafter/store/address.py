"""Where the data is kept: a file of SQLite's, or a PostgreSQL server."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from drafter.errors import InputError, StoreError

VARIABLE = "DRAFTER_DATABASE_URL"
_POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}
_EXAMPLES = "sqlite:////var/lib/drafter/drafter.db or postgresql://user:password@host/name"


def read_address(address: str | None) -> URL:
    """The address as SQLAlchemy takes it; None is the file in the user's data folder.

    Raises:
        InputError: it is no address of a database that Drafter can use; a password in it is never shown.
    """
    if address is None:
        return URL.create("sqlite", database=str(default_file()))
    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        raise InputError(f"this is not an address of a database; write {_EXAMPLES}.", VARIABLE) from None
    if url.drivername in _POSTGRES:
        return _postgres(url)
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(url)
    raise InputError(f"'{url.drivername}' is not a database that Drafter can use; write {_EXAMPLES}.", VARIABLE)


def default_file() -> Path:
    """The file in the user's data folder."""
    return user_data_path("drafter", appauthor=False) / "drafter.db"


def shown(url: URL) -> str:
    """The address as people may see it: the file, or the server's address without its password."""
    return (
        str(url.database) if url.get_backend_name() == "sqlite" else url.set(drivername="postgresql").render_as_string(hide_password=True)
    )


def require(url: URL) -> None:
    """Refuse a file that is not there; whether a server has the database, the server says.

    Raises:
        InputError: there is no such file.
    """
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise InputError(
            f"there is no database '{url.database}', so there is nothing to read in it; name the one that is used in {VARIABLE}. "
            "`drafter serve`, `keys create` and `incident open` make a new one."
        )


def prepare(file: Path) -> None:
    """Make the file and its folder, which nobody else may read, where they are not there yet.

    Raises:
        StoreError: they cannot be made or written.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.is_dir():
            raise StoreError(f"the database '{file}' is a folder; name a file in it.")
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"the database '{file}' cannot be written: {error.strerror}. Name another with {VARIABLE}.") from None
    if not os.access(file.parent, os.W_OK):
        raise StoreError(f"the folder '{file.parent}' cannot be written, and SQLite keeps files beside its database there.")


def _postgres(url: URL) -> URL:
    if find_spec("psycopg") is None:
        raise InputError("PostgreSQL needs its driver: pip install 'drafter[postgres]'.", VARIABLE)
    if not url.database:
        raise InputError("this address names no database; write postgresql://user:password@host/name.", VARIABLE)
    return url.set(drivername="postgresql+psycopg")


def _sqlite(url: URL) -> URL:
    if url.host or url.query:
        raise InputError("an address of SQLite has three strokes before the whole path: sqlite:////var/lib/drafter/drafter.db.", VARIABLE)
    if url.database in (None, "", ":memory:"):
        raise InputError("a database in memory keeps nothing; name a file: sqlite:////var/lib/drafter/drafter.db.", VARIABLE)
    if not Path(url.database).is_absolute():
        raise InputError(f"'{url.database}' is seen from wherever Drafter starts; write its whole path: sqlite:////…/drafter.db.", VARIABLE)
    return url.set(drivername="sqlite")
