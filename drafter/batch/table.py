"""Table: the customers in a CSV file, row by row, however long it is, with the line of each."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import IO, Self

from drafter.errors import Complaint, InputError, TextError
from drafter.spreadsheet import as_typed

ENCODINGS = {"utf-8": "utf-8-sig", "cp1252": "cp1252"}
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
_HEAD = 4000  # characters of the header that the sign between cells is looked for in
_QUOTE = "a quote stands inside a cell; put the whole cell in quotes, and double those in it."


@dataclass(frozen=True)
class Row:
    """A row as it stands: its line, counted from 1, its cells, and what is wrong with its shape."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class _Lines:
    """Lines for a reader, with those that it took for the row at hand."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._number = 0
        self.taken: list[str] = []

    def begin(self) -> int:
        """Begin a new row; gives the line that it starts on."""
        self.taken = []
        return self._number + 1

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._file)
        self._number += 1
        self.taken.append(line)
        return line


class Table:
    """A CSV file of customers: commas, semicolons, tabs or bars between cells, as its first line has them.

    Raises:
        TextError: it cannot be read, or is not in its encoding.
        InputError: it has no header, or a quote in it is never closed.
    """

    def __init__(self, source: Path | str, *, encoding: str = "utf-8") -> None:
        self.name = str(source) if isinstance(source, Path) else ""
        self._source = source
        self._encoding = ENCODINGS[encoding]
        self.digest = self._looked_through(encoding)
        with self._open() as file:
            first = next((line for line in file if line.strip()), "")
        self._delimiter = _delimiter(first)
        self.size = -1  # the header is none of them
        self.headers: tuple[str, ...] = ()
        for row in self._read():
            if self.size < 0:
                self.headers, self._header_line = row.cells, row.line
            self.size += 1
        if self.size < 0:
            raise InputError("it holds no header; the first line names the columns, such as customer,email,reference.", self.name)

    def rows(self) -> Iterator[Row]:
        """Every row after the header that holds something, in order; each has as many cells as there are headers, or a fault."""
        for row in self._read():
            if row.line > self._header_line:
                short = len(self.headers) - len(row.cells)
                yield row if not short or row.fault else Row(row.line, row.cells, _uneven(len(row.cells), len(self.headers)))

    def _read(self) -> Iterator[Row]:
        """Every line of cells that holds something, the header too."""
        with self._open() as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                line = lines.begin()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    if "unexpected end" in str(error) or "field larger" in str(error):
                        why = "a quote is opened here or below and never closed; close it, or double it where it is part of the text."
                        raise InputError([Complaint(why, line=line)], self.name) from None
                    yield Row(line, ("".join(lines.taken).rstrip("\r\n"),), _QUOTE)
                    continue
                if any(cell.strip() for cell in cells):
                    yield Row(line, tuple(as_typed(cell) for cell in cells))

    def _open(self) -> IO[str]:
        if isinstance(self._source, str):
            return StringIO(self._source.removeprefix("\ufeff"), newline="")
        return self._source.open(encoding=self._encoding, newline="")

    def _looked_through(self, encoding: str) -> str:
        """The hash of what the table holds, once all of it can be read."""
        if isinstance(self._source, str):
            return hashlib.sha256(self._source.encode()).hexdigest()
        found = hashlib.sha256()
        try:
            with self._source.open("rb") as file:
                start = file.read(4)
                if mark := _MARKS.get(start[:2]):
                    raise TextError(f"the file is {mark}; save it as CSV UTF-8 and try again.", self.name)
                file.seek(0)
                while block := file.read(_BLOCK):
                    found.update(block)
                    if b"\0" in block:
                        raise TextError("this is a binary file, no CSV; save the sheet as CSV UTF-8.", self.name)
            with self._open() as text:
                while text.read(_BLOCK):
                    pass
        except UnicodeDecodeError:
            raise TextError(_miscoded(self._source, encoding), self.name) from None
        except FileNotFoundError:
            raise TextError("there is no such file.", self.name) from None
        except OSError as error:
            raise TextError(f"the file cannot be read ({error.strerror}).", self.name) from None
        return found.hexdigest()


def _miscoded(path: Path, encoding: str) -> str:
    """Which line is not in the encoding, and what to do about it."""
    number = 0
    with path.open("rb") as file:
        for line in file:
            number += 1
            try:
                line.decode(ENCODINGS[encoding])
            except UnicodeDecodeError:
                break
    if encoding == "utf-8":
        return f"line {number} is not UTF-8, perhaps Windows-1252, as Excel writes it; add --encoding cp1252, or save it as CSV UTF-8."
    return f"line {number} is not {encoding}; save the file as CSV UTF-8 and leave --encoding out."


def _delimiter(first: str) -> str:
    try:
        return csv.Sniffer().sniff(first[:_HEAD], delimiters=_DELIMITERS).delimiter
    except csv.Error:  # a single column has none
        return ","


def _uneven(cells: int, headers: int) -> str:
    return f"it has {cells} cells, and the header {headers}; a cell that holds the sign between cells needs quotes."
