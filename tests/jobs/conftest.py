"""Where services of these tests keep their things: SQLite, and PostgreSQL made from a template."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from drafter.jobs import Jobs
from drafter.store import Store
from tests.jobs.process import Place, service
from tests.jobs.warm import Warm
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]
_NUMBERS = count(1)
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def ready_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a service that has started once, to copy."""
    folder = tmp_path_factory.mktemp("service")
    _started(Place(f"sqlite:///{folder / 'drafter.db'}", f"sqlite:///{folder / 'jobs.db'}"))
    return folder


@pytest.fixture(scope="session")
def template(postgres: Postgres) -> str:
    """The name of a PostgreSQL database that a service has started on once, to copy."""
    address = postgres.database()
    _started(Place(address, address))
    return address.split("/")[3].split("?")[0]


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The place of a service, with every table and no row."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("ready_folder"), tmp_path, dirs_exist_ok=True)
        yield Place(f"sqlite:///{tmp_path / 'drafter.db'}", f"sqlite:///{tmp_path / 'jobs.db'}")
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = copied(server, request.getfixturevalue("template"))
    yield Place(address, address)


def copied(server: Postgres, template: str) -> str:
    """The address of a new database like the template."""
    import psycopg

    name = f"service{next(_NUMBERS)}"
    with psycopg.connect(f"host={server.folder} user=drafter dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return f"postgresql://drafter@/{name}?host={server.folder}"


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """A warm process."""
    process = Warm()
    yield process
    process.close()


@pytest.fixture
def jobs_at() -> Iterator[Callable[[Place], tuple[Store, Jobs]]]:
    """Starts the one service that a process can have; it is stopped when the test ends."""
    with ExitStack() as running:
        yield lambda place: running.enter_context(service(place))


def _started(place: Place) -> None:
    with service(place):
        pass
