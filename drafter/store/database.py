"""The database: one way to read, one way to write, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, FromClause, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from drafter.errors import StoreError
from drafter.store.address import prepare
from drafter.store.tables import Row

_WAIT = 30  # seconds for a lock or a connection
_NOT_AT_ALL = "not at all"

Insert = sqlite.Insert | postgresql.Insert


class Database:
    """A pool of connections, and sessions that end with everything written or nothing.

    On SQLite, a write takes its lock before it reads, so that two writers wait for each other instead of failing. In WAL mode
    `synchronous=NORMAL` survives a killed process, but a power cut may take the last commits; FULL, which costs a wait for the
    disk, is for what somebody was told is kept.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            prepare(Path(str(url.database)))
        self.engine = _engine(url)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _on_connect)
            event.listen(self.engine, "begin", _on_begin)
        self._writing = {durable: self.engine.execution_options(writing="FULL" if durable else "NORMAL") for durable in (True, False)}
        self._added: dict[type[Row], Any] = {}
        self._queue: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()  # fairer than SQLite's own wait

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the data.

        Raises:
            StoreError: the database failed.
        """
        with self._session(self.engine) as session:
            yield session

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Session]:
        """A session whose changes are all written when it ends, or none; `durable` ones outlive a power cut.

        Raises:
            StoreError: the database failed, and nothing was written.
        """
        with self._queue, self._session(self._writing[durable]) as session:
            yield session

    def settle(self) -> None:
        """Let nothing that was deleted stand in files any longer, as far as that is ours to do.

        SQLite overwrites what it frees; what was written before still stands in the log until that is emptied. PostgreSQL keeps
        old rows until a vacuum.

        Raises:
            StoreError: the database failed.
        """
        outside = {"writing": _NOT_AT_ALL} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}  # of any transaction
        with self.told(), self._queue, self.engine.execution_options(**outside).connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else "VACUUM"))

    def insert(self, row: type[Row] | FromClause) -> Insert:
        """An insert that can say what to do where the row is there already."""
        return sqlite.insert(cast("Table", row)) if self.is_sqlite else postgresql.insert(cast("Table", row))

    def add(self, session: Session, row: type[Row], values: dict[str, Any]) -> bool:
        """Whether a row was added: not where one with its key is there already."""
        if (statement := self._added.get(row)) is None:  # made once: it costs more than it does
            table = inspect(row).local_table
            statement = self._added[row] = self.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
        return session.execute(statement, values).first() is not None

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn failures of the database into plain words, without the values of a statement: they may be personal data."""
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(f"the database failed: {_reason(error)}.") from None

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with self.told(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return create_engine(url, hide_parameters=True, connect_args={"timeout": _WAIT}, pool_size=5, max_overflow=45, pool_timeout=_WAIT)
    arguments = {"connect_timeout": 10, "application_name": "drafter"}
    return create_engine(
        url, hide_parameters=True, connect_args=arguments, pool_pre_ping=True, pool_size=5, max_overflow=15, pool_timeout=_WAIT
    )


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would begin too late, and only for some statements
    _log_ahead(connection)
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _log_ahead(connection: Any) -> None:
    """Write ahead: a new file is switched under a lock for which SQLite does not wait by itself where others open it too."""
    for wait in (*(0.02 * number for number in range(1, 20)), None):  # 4 seconds at the most
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError:
            if wait is None:
                raise
            time.sleep(wait)


def _on_begin(connection: Connection) -> None:
    level = connection.get_execution_options().get("writing")
    if level == _NOT_AT_ALL:
        return
    if level:
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _reason(error: SQLAlchemyError) -> str:
    """Why it failed: the driver's own first line where it is about the server or the file, else only what kind of failure it is."""
    if isinstance(error, PoolTimeout):
        return "every connection is busy"
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return " ".join(str(error.orig).split("\n")[0].split()).rstrip(".")
    if isinstance(error, DBAPIError):
        return type(error.orig).__name__
    return type(error).__name__
