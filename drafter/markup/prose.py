"""Prose: the words of a text without its markup, and where in the original each of them stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

UNKNOWN = "_"  # stands for code, addresses and quotations inside a sentence: a word, but none that a rule knows


class Piece(NamedTuple):
    """Characters of the prose from `at` on: those of the original from `start` to `end`, one for one where it is verbatim."""

    at: int
    start: int
    end: int
    verbatim: bool


@dataclass(frozen=True)
class Silence:
    """A stretch of prose in which the named rules are switched off or, with `others`, all but those."""

    start: int
    end: int
    rules: frozenset[str] = frozenset()
    others: bool = False

    def covers(self, rule: str, at: int) -> bool:
        """Whether a finding of the rule that begins there is switched off."""
        return self.start <= at < self.end and (rule in self.rules) is not self.others


class Named(NamedTuple):
    """A rule that a comment names, and where in the original the comment stands."""

    rule: str
    at: int


@dataclass(frozen=True)
class Prose:
    """The words of a text without its markup; without `pieces` they are the original itself.

    `encoded`: no word of it can be read in the original, as in base64.
    """

    original: str
    text: str
    pieces: tuple[Piece, ...] = ()
    silences: tuple[Silence, ...] = ()
    named: tuple[Named, ...] = ()
    encoded: bool = False
    outer: Prose | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the prose from `start` to `end` stands; its very end is that of the original."""
        if self.pieces:
            start, end = (len(self._read), len(self._read)) if start >= len(self.text) else (self._first(start), self._last(start, end))
        elif start >= len(self.text):
            start = end = len(self._read)
        return self.outer.place(start, end) if self.outer else (start, end)

    def within(self, outer: Prose) -> Prose:
        """The same prose, read from the text of `outer`, with its places in the original of that one."""
        named = tuple(Named(name.rule, outer.place(name.at, name.at)[0]) for name in self.named)
        return replace(self, original=outer.original, outer=outer, named=named, encoded=outer.encoded)

    @property
    def _read(self) -> str:
        """The text that the pieces index."""
        return self.outer.text if self.outer else self.original

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.at for piece in self.pieces]

    def _piece(self, at: int) -> Piece:
        return self.pieces[max(0, bisect_right(self._starts, at) - 1)]

    def _first(self, at: int) -> int:
        piece = self._piece(at)
        return piece.start + at - piece.at if piece.verbatim else piece.start

    def _last(self, start: int, end: int) -> int:
        if end <= start:
            return self._first(start)
        piece = self._piece(end - 1)
        return piece.start + end - piece.at if piece.verbatim else piece.end


class Builder:
    """Puts prose together, piece by piece in the order of the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.length = 0
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._tail = ""

    def copy(self, start: int, end: int) -> None:
        """Add the original from `start` to `end` as it stands."""
        last = self._pieces[-1] if self._pieces else None
        if last and last.verbatim and last.end == start:
            self._pieces[-1] = last._replace(end=end)
        elif start < end:
            self._pieces.append(Piece(self.length, start, end, verbatim=True))
        self._add(self.original[start:end])

    def put(self, words: str, start: int, end: int) -> None:
        """Add words that stand for the original from `start` to `end`."""
        if words:
            self._pieces.append(Piece(self.length, start, end, verbatim=False))
            self._add(words)

    def part(self, newlines: int, at: int) -> None:
        """See that what follows is parted from what is there by so many line ends at least."""
        if self.length:
            self.put("\n" * (newlines - (len(self._tail) - len(self._tail.rstrip("\n")))), at, at)

    @property
    def spaced(self) -> bool:
        """Whether a blank would add nothing here."""
        return not self._tail or self._tail[-1].isspace()

    def index(self, at: int) -> int:
        """Where in the prose the first character stands that is at or after `at` in the original."""
        number = bisect_right(self._pieces, at, key=lambda piece: piece.end)
        if number == len(self._pieces):
            return self.length
        piece = self._pieces[number]
        return piece.at + max(0, at - piece.start) if piece.verbatim else piece.at

    def prose(self, silences: Iterable[Silence] = (), named: Iterable[Named] = ()) -> Prose:
        """What was put together."""
        pieces = tuple(self._pieces) or (Piece(0, 0, 0, verbatim=False),)
        return Prose(self.original, "".join(self._parts), pieces, tuple(silences), tuple(named))

    def _add(self, words: str) -> None:
        self._parts.append(words)
        self.length += len(words)
        self._tail = (self._tail + words)[-3:]


def plain(text: str) -> Prose:
    """The prose of a text without markup: itself, with line ends as the rules know them."""
    if "\r" not in text:
        return Prose(text, text)
    builder = Builder(text)
    add_lines(builder, 0, len(text))
    return builder.prose()


def add_lines(builder: Builder, start: int, end: int) -> None:
    """Add plain text as it stands, but for the carriage returns of its line ends."""
    text = builder.original
    while (at := text.find("\r\n", start, end)) >= 0:
        builder.copy(start, at)
        builder.put("\n", at, at + 2)
        start = at + 2
    builder.copy(start, end)
