"""An empty store on each kind of database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafter.draft import Draft
from drafter.incident import Incident
from drafter.store import Store, open_store
from drafter.store.tables import Row
from drafter.writer import Writer
from tests.postgres import Postgres

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite's with every table, to copy."""
    file = tmp_path_factory.mktemp("store") / "ready.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def ready_database(postgres: Postgres) -> str:
    """The address of a PostgreSQL database with every table, to empty after each test."""
    address = postgres.database()
    open_store(address).close()
    return address


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with every table and no row."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("ready_file"), tmp_path / "drafter.db")
        yield f"sqlite:///{tmp_path / 'drafter.db'}"
        return
    ready = request.getfixturevalue("ready_database")
    yield ready
    emptied(ready)


@pytest.fixture(params=KINDS)
def bare_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'drafter.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store, which keeps raw messages."""
    opened = open_store(address, keep_raw=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def letter(double_charge: Incident) -> Draft:
    """The composed reply to the incident of examples/double_charge.yaml."""
    return Writer().draft(double_charge)


def emptied(address: str) -> None:
    """Take every row out of a PostgreSQL database, past the triggers that keep events as they are."""
    import psycopg

    tables = ", ".join(sorted(Row.metadata.tables))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {tables}".encode())
