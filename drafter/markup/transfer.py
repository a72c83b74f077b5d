"""The two encodings in which mail travels, decoded with the place of every character."""

from __future__ import annotations

import base64
import codecs
import re

from drafter.markup.prose import Builder

_UNIT = re.compile(r"=(?P<hex>[0-9A-Fa-f]{2})|(?P<soft>=[ \t]*\r?\n)|(?P<end>[ \t]*\r?\n)|(?P<plain>[^=\r\n \t]+|[\s\S])")
_DIGIT = re.compile(r"[A-Za-z0-9+/]")
_SHIFTING = ("iso2022", "hz", "utf-7")  # charsets in which an ASCII byte may be a part of another character at any place
_ASCII = bytes(range(32, 127))


class Decoder:
    """Characters from the bytes of a charset, each with the stretch of the original that its bytes came from.

    Raises:
        LookupError: there is no such charset.
    """

    def __init__(self, charset: str) -> None:
        "".encode(charset)  # a LookupError also for what is a codec of bytes
        self._decoder = codecs.getincrementaldecoder(charset)(errors="replace")
        self._begun: int | None = None
        name = codecs.lookup(charset).name
        self._shifting = name.startswith(_SHIFTING) or _ASCII.decode(charset, "replace") != _ASCII.decode()

    @property
    def open(self) -> bool:
        """Whether an ASCII byte may now be something else than its own character."""
        return self._shifting or self._begun is not None

    def feed(self, builder: Builder, byte: int, start: int, end: int) -> None:
        """Take a byte that the original from `start` to `end` stands for."""
        begun = start if self._begun is None else self._begun
        words = self._decoded(bytes([byte]))
        self._begun = None if words else begun
        if words != "\r":
            builder.put(words, begun, end)

    def flush(self, builder: Builder, at: int) -> None:
        """End a character that is incomplete."""
        words = self._decoded(b"", final=True)
        if words and self._begun is not None:
            builder.put(words, self._begun, at)
        self._decoder.reset()
        self._begun = None

    def _decoded(self, data: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeError:  # some decoders give up, for all that they are told to go on
            self._decoder.reset()
            return "\ufffd"


def add_quoted_printable(builder: Builder, characters: Decoder, start: int, end: int) -> None:
    """Add what quoted-printable from `start` to `end` stands for."""
    for unit in _UNIT.finditer(builder.original, start, end):
        first, last = unit.span()
        if unit["hex"]:
            characters.feed(builder, int(unit["hex"], 16), first, last)
        elif unit["plain"]:
            while first < last and characters.open and builder.original[first].isascii():
                characters.feed(builder, ord(builder.original[first]), first, first + 1)
                first += 1
            if first < last:
                characters.flush(builder, first)
                builder.copy(first, last)
        elif unit["end"]:
            characters.flush(builder, first)
            builder.put("\n", first, last)
    characters.flush(builder, end)


def add_base64(builder: Builder, characters: Decoder, start: int, end: int) -> None:
    """Add what base64 from `start` to `end` stands for; a character stands in the groups of four digits that hold its bytes."""
    original = builder.original
    digits = [match.start() for match in _DIGIT.finditer(original, start, end)]
    for group in (digits[i : i + 4] for i in range(0, len(digits) - 1, 4)):
        written = "".join(original[at] for at in group)
        for byte in base64.b64decode(written.ljust(4, "=")):
            characters.feed(builder, byte, group[0], group[-1] + 1)
    characters.flush(builder, end)
