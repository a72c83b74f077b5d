"""Folder: where the letters of a batch lie, what was made of each row, and how far it has come if it is killed."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from drafter.batch.columns import BESIDE
from drafter.batch.table import Table
from drafter.chain.shared import Shared
from drafter.draft import Draft
from drafter.errors import InputError, OutsideError
from drafter.spreadsheet import harmless

Shape = Literal["text", "eml"]
Status = Literal["ready", "needs_review", "blocked", "set_aside"]
STATUSES: tuple[Status, ...] = ("ready", "needs_review", "blocked", "set_aside")
_JOURNAL, _LOCK = "journal.jsonl", ".lock"
_ENDINGS: dict[Shape, str] = {"text": "txt", "eml": "eml"}


@dataclass(frozen=True)
class Outcome:
    """What became of one row: its line, how its letter fares, where that lies, and why it is not ready."""

    line: int
    status: Status
    file: str = ""
    size: int = 0
    customer: str = ""
    model: str | None = None  # whose words it is in; None: Drafter's own
    reasons: tuple[str, ...] = ()


class Folder:
    """The folder of a batch: `ready`, `needs_review` and `blocked`, a file for each letter, and a journal of the rows that are done.

    Nobody else writes into it meanwhile. A file stands whole or not at all, and is named by its row, so a row that is done again
    after a kill takes the place of what it left.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: dict[int, Outcome] = {}

    @contextmanager
    def open(self, plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Hold the folder for a batch with this plan; gives the plan that it began with, which is another only in its moment.

        Raises:
            InputError: it holds something else, or somebody is at work in it.
            OutsideError: it cannot be written.
        """
        with _writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / _LOCK, blocking=False)
        try:
            with lock:
                yield self._begun(plan)
        except Timeout:
            raise InputError("somebody else is writing letters into this folder; wait until that ends.", str(self.path)) from None
        with suppress(OSError):
            (self.path / _LOCK).unlink()

    def _begun(self, plan: dict[str, Any]) -> dict[str, Any]:
        journal = self.path / _JOURNAL
        lines = [line for line in _lines(journal) if line is not None]
        if not lines:
            if any(one.name != _LOCK and one.name != _JOURNAL for one in self.path.iterdir()):
                raise InputError("there is something in this folder already, and it is no batch; name a new one.", str(self.path))
            with _writing(journal):
                journal.write_text(json.dumps(plan, ensure_ascii=False) + "\n", encoding="utf-8")
            return plan
        begun = lines[0]
        if other := [name for name, value in plan.items() if name != "as_of" and begun.get(name) != value]:
            raise InputError(f"this folder holds letters by other {' and '.join(other)}; name a new one.", str(self.path))
        outcomes = (Outcome(**{**line, "reasons": tuple(line["reasons"])}) for line in lines[1:])
        self.done = {one.line: one for one in outcomes if not one.file or self._holds(one)}
        _mend(journal)
        for part in self.path.glob(".*.part"):  # of a process that was killed while it wrote
            part.unlink(missing_ok=True)
        return begun

    def _holds(self, outcome: Outcome) -> bool:
        try:
            return (self.path / outcome.file).stat().st_size == outcome.size
        except OSError:
            return False

    def shared(self, ask: Callable[[], Shared]) -> Shared:
        """The words that the letters share, asked for once and kept in the folder."""
        place = self.path / "shared.json"
        if place.exists():
            return Shared.model_validate_json(place.read_bytes())
        words = ask()
        with _writing(place):
            part = place.with_suffix(".part")
            part.write_text(words.model_dump_json(), encoding="utf-8")
            part.replace(place)
        return words

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """The journal to write into, whose words are on the disk when this ends."""
        with _writing(self.path / _JOURNAL), (self.path / _JOURNAL).open("a", encoding="utf-8") as out:
            yield Journal(self, out)
            out.flush()
            os.fsync(out.fileno())

    def summarise(self, table: Table) -> None:
        """Write `letters.csv`, a line for each letter, and `set_aside.csv`, the rows that got none, as they came."""
        letters = sorted((one for one in self.done.values() if one.file), key=lambda one: one.line)
        rows = ([one.line, one.customer, one.status, one.file, one.model or "Drafter", " ".join(one.reasons)] for one in letters)
        self._table("letters.csv", ["line", "customer", "status", "file", "words_of", "reasons"], rows)
        aside = {one.line: " ".join(one.reasons) for one in self.done.values() if one.status == "set_aside"}
        width = len(table.headers)
        found = (row for row in table.rows() if row.line in aside)
        shown = ([*_filled(row.cells[:width], width), row.line, aside[row.line], *row.cells[width:]] for row in found)
        self._table("set_aside.csv", [*table.headers, *BESIDE], shown)

    def _table(self, name: str, head: list[str], rows: Iterable[list[Any]]) -> None:
        place = self.path / name
        with _writing(place):
            part = place.with_suffix(".part")
            with part.open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(head)
                writer.writerows([harmless(value) for value in row] for row in rows)
            part.replace(place)


class Journal:
    """Says of each row what became of it, once its letter lies in the folder."""

    def __init__(self, folder: Folder, out: Any) -> None:
        self._folder = folder
        self._out = out

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Say what became of some rows."""
        for outcome in outcomes:
            self._folder.done[outcome.line] = outcome
            self._out.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
        self._out.flush()


def put(folder: Path, line: int, draft: Draft, *, to: str, customer: str, called: str, shape: Shape, shared: bool) -> Outcome:
    """Write the letter of one row; the file stands whole or not at all.

    Raises:
        OutsideError: it cannot be written.
    """
    name = f"{draft.status}/{line:06d}{_slug(called)}.{_ENDINGS[shape]}"
    data = _mail(draft, to) if shape == "eml" else _text(draft, to).encode("utf-8", "replace")
    place = folder / name
    with _writing(place):
        place.parent.mkdir(exist_ok=True)
        part = folder / f".{os.getpid()}.part"
        part.write_bytes(data)
        part.replace(place)
    made = draft.provenance.model
    reasons = () if draft.status == "ready" and not shared else draft.reasons
    return Outcome(line, draft.status, name, len(data), customer, made, reasons)


def _text(draft: Draft, to: str) -> str:
    head = [f"{name}: {value}" for name, value in (("To", to), ("Subject", draft.subject)) if value]
    return "\n".join([*head, *([""] if head else []), draft.text, ""])


def _mail(draft: Draft, to: str) -> bytes:
    mail = EmailMessage(policy=SMTP.clone(cte_type="8bit"))
    mail["Subject"] = draft.subject or ""
    if to:
        mail["To"] = to
    mail["X-Unsent"] = "1"  # mail programs open it to be sent, not as received
    mail.set_content(draft.text + "\n")
    return mail.as_bytes()


def _slug(called: str) -> str:
    words = re.sub(r"[^\w]+", "-", called).strip("-").lower()[:40]
    return f"-{words}" if words else ""


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _lines(journal: Path) -> Iterator[dict[str, Any] | None]:
    """The lines of a journal; None for one that was only half written when its process was killed."""
    try:
        text = journal.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.split("\n"):
        try:
            yield json.loads(line) if line else None
        except ValueError:
            yield None


def _mend(journal: Path) -> None:
    """End a line that was half written, so that the next one stands on its own."""
    with _writing(journal), journal.open("rb+") as file:
        if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) is not None and file.read(1) != b"\n":
            file.write(b"\n")


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutsideError(f"{place}: it cannot be written ({error.strerror or error}).") from None
