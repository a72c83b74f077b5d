"""A PostgreSQL server of the tests' own: started where its programs are, on a socket in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

_PROGRAMS = ("initdb", "pg_ctl")
_FAST = "-F -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c max_connections=60"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server: databases are made at will, and gone when it stops."""

    folder: Path

    def database(self) -> str:
        """The address of a new and empty database."""
        import psycopg

        name = f"drafter{next(_NUMBERS)}"
        with psycopg.connect(f"host={self.folder} user=drafter dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://drafter@/{name}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this run; a test that asks for it is skipped where there is none, or fails where services are required."""
    if (programs := _programs()) is None:
        reason = (
            f"no PostgreSQL here ({' and '.join(_PROGRAMS)} are neither in PATH nor in /usr/lib/postgresql); apt-get install postgresql"
        )
        if os.environ.get("DRAFTER_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(programs) as server:
        yield server


@contextmanager
def running(programs: Path) -> Iterator[Postgres]:
    """A new server, stopped and deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="drafter-pg-"))  # short: the path of a socket has at most 107 characters
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")  # the server refuses to run as root
    data = folder / "data"
    try:
        _run(programs / "initdb", "-D", data, "-U", "drafter", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        _run(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses='' {_FAST}", "-w", "start")
        try:
            yield Postgres(folder)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder that holds the server's programs: that of PATH, or else the newest that Debian's packages have brought."""
    if found := shutil.which("initdb"):
        folder = Path(found).resolve().parent
        if (folder / "pg_ctl").exists():
            return folder
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return next((folder for folder in reversed(folders) if all((folder / name).exists() for name in _PROGRAMS)), None)


def _run(*command: str | Path) -> None:
    """Run one of the server's programs, as a user that it accepts."""
    words = [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []), *map(str, command)]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", timeout=60, check=False
    )
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
