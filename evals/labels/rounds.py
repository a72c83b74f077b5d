"""Round: one person's way through a file: which cases are open, in which order, and where each answer is kept."""

from __future__ import annotations

import getpass
import hashlib
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from drafter.errors import InputError
from evals.labels.journal import Journal
from evals.labels.rows import UNSETTLED, Kind, Row, is_open, kind_of, read_rows, write_rows

Mode = Literal["first", "blind", "settle"]
ANSWERS = ("labels", "elements", "first", "second", "settled")
_SHOWN_BLIND = ("id", "case", "text", "matter", "letter", "trade", "register", "kind", "channel", "public", "facts")


@dataclass(frozen=True)
class Case:
    """A case as it is shown: its row, which in a blind round holds nothing of what others said, and in settling both answers."""

    key: str
    row: Row
    both: tuple[Row, Row] | None = None

    @property
    def kind(self) -> Kind:
        """What it is."""
        return kind_of(self.row)


@dataclass
class Round:
    """The cases of a round in order, and the rows of the file that its answers go to."""

    mode: Mode
    name: str
    path: Path
    cases: tuple[Case, ...]
    rows: dict[str, Row]
    done: set[str]
    journal: Journal
    file: Path  # with the cases; `path` is where answers go
    passed: set[str] = field(default_factory=set)

    def next(self) -> Case | None:
        """The first case that is open and was not passed over in this sitting."""
        return next((one for one in self.cases if one.key not in self.done and one.key not in self.passed), None)

    @property
    def left(self) -> int:
        """How many cases are open."""
        return sum(one.key not in self.done for one in self.cases)

    def keep(self, case: Case, answer: Mapping[str, Any], note: str = "") -> None:
        """Keep an answer, on the disk when this returns."""
        self.journal.add(case.key, self.rows.get(case.key))
        row = deepcopy(self.rows.get(case.key, case.row))
        if self.mode == "settle":
            _settle(row, case, answer, self.name)
        else:
            row.update(answer)
            row.pop(UNSETTLED, None)
            if case.kind != "letter":  # of which `by` tells who wrote it
                row["by"] = self.name
        if note:
            row["note"] = note
        self._put(case.key, row)
        self.done.add(case.key)

    def undo(self) -> Case | None:
        """Take the last answer back and give its case, also where it was given another day; None where there is none left."""
        while entry := self.journal.back():
            key, before = entry
            case = next((one for one in self.cases if one.key == key), None)
            if case is None:
                continue
            self._put(key, before)
            self.done.discard(key)
            self.passed.discard(key)
            return case
        return None

    def _put(self, key: str, row: Row | None) -> None:
        if row is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = row
        write_rows(self.path, self.rows.values())


def open_round(path: Path, mode: Mode, name: str = "") -> Round:
    """A round over a file.

    Raises:
        TextError: a file cannot be read.
        InputError: a file does not follow the format, the name is none, or there are no second labels to settle.
    """
    name = name or getpass.getuser()
    if not re.fullmatch(r"[\w-]{1,40}", name):
        raise InputError(f"'{name}' is no name for a file: letters, digits and hyphens")
    rows = read_rows(path)
    journal = Journal(path.with_suffix(f".{name}.{mode}.journal"))
    if mode == "first":
        cases = tuple(Case(key, row) for key, row in rows.items())
        return Round(mode, name, path, cases, rows, {key for key, row in rows.items() if not is_open(row)}, journal, path)
    if mode == "blind":
        place = blind_path(path, name)
        own = read_rows(place) if place.exists() and place.stat().st_size else {}
        cases = tuple(Case(key, _bare(key, row)) for key, row in sorted(rows.items(), key=lambda each: _turn(name, each[0])))
        return Round(mode, name, place, cases, own, set(own), journal, path)
    both = dict(pairs(path, rows))
    if not both:
        raise InputError("nobody has given it second labels: label it with --blind first", str(path))
    for key, (_, other) in both.items():
        if kind_of(rows[key]) == "letter":
            rows[key]["second"] = other["first"]
    differ = {key: each for key, each in both.items() if differs(*each)}
    cases = tuple(Case(key, rows[key], each) for key, each in differ.items())
    return Round(mode, name, path, cases, rows, {key for key in differ if is_settled(rows[key])}, journal, path)


def blind_path(path: Path, name: str) -> Path:
    """Where somebody's blind labels of a file are kept: not where cases to measure with are read."""
    return path.with_suffix(f".{name}.blind")


def pairs(path: Path, rows: Mapping[str, Row], other: Path | None = None) -> Iterator[tuple[str, tuple[Row, Row]]]:
    """The cases that two people labelled, with the answers of both as each gave them.

    Raises:
        TextError: a file cannot be read.
        InputError: a file does not follow the format.
    """
    second: dict[str, Row] = {}
    for place in [other] if other else sorted(path.parent.glob(f"{path.stem}.*.blind")):
        second |= read_rows(place)
    for key, row in rows.items():
        if is_open(row):
            continue
        first = {**row, **row.get("was", {})}
        if key in second:
            yield key, (first, second[key])
        elif row.get("second"):
            yield key, (first, {**row, "first": row["second"]})


def differs(one: Row, other: Row) -> bool:
    """Whether two people gave a case different labels."""
    kind = kind_of(one)
    if kind == "letter":
        return bool(differing_lines(one, other))
    if kind == "sentence":
        return set(one["labels"]) != set(other["labels"])
    return _marks(one) != _marks(other) or set(one["elements"]) != set(other["elements"])


def differing_lines(one: Row, other: Row) -> list[str]:
    """The lines of the rubric on which two people differ."""
    return [line for line, holds in one["first"].items() if line in other["first"] and other["first"][line] != holds]


def _marks(row: Row) -> set[tuple[str, frozenset[str]]]:
    return {(mark["quote"], frozenset(mark["labels"])) for mark in row["labels"]}


def _settle(row: Row, case: Case, answer: Mapping[str, Any], name: str) -> None:
    """Put what was settled in place; what the first reader had said stays beside it, so that their agreement can still be told."""
    if case.kind == "letter" and case.both:
        row["settled"] = {line: answer["first"][line] for line in differing_lines(*case.both)}
        return
    row.setdefault("was", {key: row[key] for key in ("labels", "elements") if key in row})
    row.update(answer)
    row["settled_by"] = name


def is_settled(row: Row) -> bool:
    """Whether what two people differed on in it is settled."""
    return bool(row.get("settled")) if kind_of(row) == "letter" else "settled_by" in row


def _bare(name: str, row: Row) -> Row:
    """A row without what anybody or any rule has said of it, under the name by which it is found again."""
    bare = {"id": name} | {key: value for key, value in row.items() if key in _SHOWN_BLIND}
    return bare | ({"elements": None, "labels": None} if kind_of(row) == "reply" else {} if "letter" in row else {"labels": None})


def _turn(name: str, key: str) -> str:
    """The place of a case in somebody's own order."""
    return hashlib.sha256(f"{name}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()
