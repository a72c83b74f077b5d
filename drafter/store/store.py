"""Store: one small shelf for each noun, on one database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from drafter.store import person, retention
from drafter.store.address import prepare, read_address, require, shown
from drafter.store.batches import Batches
from drafter.store.courses import Courses
from drafter.store.database import Database
from drafter.store.deliveries import Deliveries
from drafter.store.drafts import Drafts
from drafter.store.events import Events
from drafter.store.exposures import Exposures
from drafter.store.figures import Figures
from drafter.store.idempotency import Idempotency
from drafter.store.inbox import Inbox
from drafter.store.incidents import Incidents
from drafter.store.keys import Keys
from drafter.store.migrate import HEAD, migrate
from drafter.store.promises import Promises
from drafter.store.queue import Queue
from drafter.store.records import About
from drafter.store.remedies import Remedies
from drafter.store.reviews import Dismissals, Reviews, Sent
from drafter.store.revisions import Revisions
from drafter.store.samples import Samples
from drafter.store.switches import Switches
from drafter.store.usage import Usage
from drafter.store.workers import Workers
from drafter.store.workings import Workings


class Store:
    """What Drafter keeps. Every method raises StoreError where the database fails, and has then changed nothing."""

    def __init__(self, database: Database, *, keep_raw: bool = False) -> None:
        self._database = database
        self.drafts = Drafts(database, keep_raw=keep_raw)
        self.incidents = Incidents(database)
        self.courses = Courses(database)
        self.promises = Promises(database)
        self.exposures = Exposures(database)
        self.remedies = Remedies(database)
        self.queue = Queue(database)
        self.reviews = Reviews(database)
        self.samples = Samples(database)
        self.sent = Sent(database)
        self.dismissals = Dismissals(database)
        self.events = Events(database)
        self.figures = Figures(database)
        self.deliveries = Deliveries(database)
        self.keys = Keys(database)
        self.inbox = Inbox(database)
        self.batches = Batches(database)
        self.revisions = Revisions(database)
        self.workers = Workers(database)
        self.workings = Workings(database)
        self.usage = Usage(database)
        self.idempotency = Idempotency(database)
        self.switches = Switches(database)

    @property
    def address(self) -> str:
        """Where it keeps things: the file, or the server's address without its password."""
        return shown(self._database.url)

    @property
    def is_file(self) -> bool:
        """Whether it is a file of this machine, which no other can share."""
        return self._database.is_sqlite

    def queue_address(self) -> str:
        """The address of the database for queues: the same server, or a file of its own beside this one.

        Raises:
            StoreError: the file cannot be made.
        """
        url = self._database.url
        if self.is_file:
            file = Path(str(url.database))
            url = url.set(database=str(file.with_name(f"{file.stem}-jobs{file.suffix}")))
            prepare(Path(str(url.database)))
        return url.render_as_string(hide_password=False)

    def ping(self) -> None:
        """Ask the database whether it is there.

        Raises:
            StoreError: it is not.
        """
        with self._database.read() as session:
            session.execute(text("SELECT 1"))

    def prune(self, before: datetime) -> dict[str, int]:
        """Delete what nothing has happened to since `before`; how many rows of each table went."""
        with self._database.write(durable=True) as session:
            counts = retention.prune(session, before)
        self._database.settle()
        return counts

    def stale(self, before: datetime) -> int:
        """How many drafts `prune` would delete."""
        with self._database.read() as session:
            return retention.stale(session, before)

    def about(self, who: str) -> About:
        """What `forget` would erase; `who` as there."""
        with self._database.read() as session:
            theirs = person.find(session, who)
        return About(tuple(row.id for row in theirs.drafts), tuple(theirs.incidents), theirs.mentions)

    def forget(self, who: str) -> dict[str, int]:
        """Empty everything that is about one person; how many rows of each table, and how many incidents of others mention them.

        `who` is an e-mail address, a customer's name, phone, account or handle, a reference, the name that a caller knows them by,
        or the id of a draft or incident.
        """
        with self._database.write(durable=True) as session:
            counts = person.forget(session, who)
        self._database.settle()
        return counts

    def export(self, who: str) -> dict[str, Any]:
        """Everything that is kept about one person, as JSON has it; `who` as for `forget`."""
        with self._database.write() as session:
            return person.export(session, who)

    def close(self) -> None:
        """Let go of every connection."""
        self._database.engine.dispose()


def open_store(url: str | None = None, *, keep_raw: bool = False, makes: bool = True) -> Store:
    """The store at an address, its tables brought to this version; None is the file in the user's data folder.

    `makes` says whether a file that is not there is made: not for who only looks, as an empty one would hide a mistyped name.

    Raises:
        InputError: it is no address of a database that Drafter can use, or there is no such file and none is to be made.
        StoreError: the database is away, cannot be written, or was made by a newer Drafter.
    """
    address = read_address(url)
    if not makes:
        require(address)
    database = Database(address)
    try:
        migrate(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database, keep_raw=keep_raw)


def upgrade_store(url: str | None = None) -> tuple[str | None, str]:
    """Bring a database to this version: the revision that it was at, None where it was empty, and the one that it is at now.

    Raises:
        InputError: it is no address of a database that Drafter can use.
        StoreError: the database is away, cannot be written, or was made by a newer Drafter.
    """
    database = Database(read_address(url))
    try:
        return migrate(database), HEAD
    finally:
        database.engine.dispose()
