"""Run: every row of a table becomes a letter in a folder, on all processors, and goes on where it was killed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait as ended
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.batch.folder import Folder, Journal, Outcome, Shape, put
from drafter.batch.merge import Merge
from drafter.batch.same import Same
from drafter.batch.table import Row, Table
from drafter.chain.shared import Shared, shape
from drafter.compose import compose
from drafter.errors import InputError, OutsideError
from drafter.house.tables import House
from drafter.incident import Incident
from drafter.writer import Writer

if TYPE_CHECKING:
    from drafter.model import Model

_AT_ONCE = 16  # rows that a process takes
_AHEAD = 3  # pieces of work that wait for each process
_LOOKED_AT = 60  # rows that are looked at for the shape of most letters
_ALONE = 40  # rows for which no further process is worth its start
Told = Callable[[int], None]


@dataclass(frozen=True)
class Batch:
    """What a batch is made of: shared facts, the table of customers, the house's rules, and where its letters go."""

    facts: Mapping[str, Any]
    table: Table
    folder: Path
    house: House
    shape: Shape = "text"
    model: Model | None = None

    def plan(self) -> dict[str, Any]:
        """What must be the same for a batch to go on, by its hash, and the facts that it writes from."""
        return {
            "facts": _digest(self.facts),
            "customers": self.table.digest,
            "settings": _digest(self.house.model_dump(mode="json")),
            "format": self.shape,
            "model": self.model.name if self.model else None,
        }


def run(batch: Batch, *, processes: int | None = None, told: Told = lambda _: None) -> Folder:
    """Write the letters that are not written yet; the same call again goes on where this one was killed.

    `told` hears how many rows are done, first those of before. With `processes` 1, all is done here.

    Raises:
        InputError: the table and the facts do not go together, the facts do not hold together, or the folder holds something else.
        OutsideError: the folder cannot be written, or a process was killed.
    """
    merge = Merge(batch.facts, batch.table.headers, batch.table.name)
    first = next(batch.table.rows(), None)
    if first is None:
        raise InputError("it holds no customers: there is no row under the header.", batch.table.name)
    merge.prove(first)
    folder = Folder(batch.folder)
    with folder.open({**batch.plan(), "as_of": merge.facts["as_of"]}) as plan:
        merge.facts["as_of"] = plan["as_of"]
        told(len(folder.done))
        shared = None
        if batch.model:
            writer = Writer(batch.model, house=batch.house)
            shared = folder.shared(lambda: shared_words(writer, merge, batch.table.rows()))
        hand = _Hand(merge.facts, batch.table.headers, batch.folder, batch.house, batch.shape, shared)
        with folder.journal() as journal:
            _written(hand, merge, folder, journal, batch.table, processes or _processors(), told)
        folder.summarise(batch.table)
    return folder


def _written(hand: _Hand, merge: Merge, folder: Folder, journal: Journal, table: Table, processes: int, told: Told) -> None:
    left = table.size - len(folder.done)
    pieces = _pieces(merge, table, frozenset(folder.done), journal, told)
    for outcomes in _alone(hand, pieces) if min(processes, left) == 1 or left < _ALONE else _shared(hand, pieces, processes):
        journal.write(outcomes)
        told(len(outcomes))


def shared_words(writer: Writer, merge: Merge, rows: Iterable[Row]) -> Shared:
    """The words of a model for the letters of the commonest shape among the first rows, from one call about one of them."""
    found: dict[str, list[tuple[Row, Incident]]] = {}
    for row in islice(rows, _LOOKED_AT):
        with suppress(InputError):
            incident = merge.incident(row)
            found.setdefault(str(shape(compose(incident))), []).append((row, incident))
    if not found:
        return Shared(trouble="no row among the first could be used")
    row, incident = max(found.values(), key=len)[0]
    return writer.share(incident, merge.given(row))


def _pieces(merge: Merge, table: Table, done: frozenset[int], journal: Journal, told: Told) -> Iterator[list[Row]]:
    """The rows to write, some at a time; of two rows for the same letter the second is set aside here."""
    same = Same(merge)

    def rows() -> Iterator[Row]:
        for row in table.rows():
            why = same.again(row)
            if row.line in done:
                continue
            if why:
                journal.write([Outcome(row.line, "set_aside", reasons=(why,))])
                told(1)
            else:
                yield row

    found = rows()
    while piece := list(islice(found, _AT_ONCE)):
        yield piece


def _alone(hand: _Hand, pieces: Iterator[list[Row]]) -> Iterator[list[Outcome]]:
    desk = hand.desk()
    return (desk(piece) for piece in pieces)


def _shared(hand: _Hand, pieces: Iterator[list[Row]], processes: int) -> Iterator[list[Outcome]]:
    """The outcomes of all pieces, as they come from several processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(hand,)) as pool:
        running: set[Future[list[Outcome]]] = set()
        try:
            while True:
                running |= {pool.submit(_write, piece) for piece in islice(pieces, _AHEAD * processes - len(running))}
                if not running:
                    return
                over, running = wait(running, return_when=FIRST_COMPLETED)
                for future in over:
                    yield future.result()
        except BrokenProcessPool:
            raise OutsideError("a process that wrote letters was killed; the same command goes on where it stopped.") from None
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class _Hand:
    """What a process needs to write letters."""

    facts: dict[str, Any]
    headers: Sequence[str]
    folder: Path
    house: House
    shape: Shape
    shared: Shared | None

    def desk(self) -> Callable[[list[Row]], list[Outcome]]:
        """What writes the letters of some rows."""
        merge, writer = Merge(self.facts, self.headers), Writer(house=self.house)

        def outcome(row: Row) -> Outcome:
            try:
                incident = merge.incident(row)
                draft = writer.fill(incident, self.shared, merge.given(row)) if self.shared else writer.draft(incident)
            except InputError as error:
                return Outcome(row.line, "set_aside", reasons=tuple(map(str, error.complaints)))
            except Exception as error:  # noqa: BLE001 - whatever it is, the other customers get their letters
                return Outcome(row.line, "set_aside", reasons=(f"Drafter itself failed ({type(error).__name__}); please report it.",))
            called = merge.values(row).get("id") or incident.reference or ""
            name, to = incident.customer.name or "", incident.customer.email or ""
            return put(self.folder, row.line, draft, to=to, customer=name, called=called, shape=self.shape, shared=self.shared is not None)

        return lambda rows: [outcome(row) for row in rows]


_desk: Callable[[list[Row]], list[Outcome]] | None = None


def _begin(hand: _Hand) -> None:
    """Get a process ready, which ends with the one that started it, however that ends."""
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (ended([parent.sentinel]), os._exit(1)), daemon=True).start()
    _desk = hand.desk()


def _write(rows: list[Row]) -> list[Outcome]:
    assert _desk is not None
    return _desk(rows)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
