"""Where in a TOML text a key stands: the library that reads it does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Keys = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(?P<list>\[)?\[\s*(?P<name>{_NAME})\s*\]")
_PAIR = re.compile(rf"\s*(?P<name>{_NAME})\s*=")


def line_of(text: str, keys: Sequence[str | int], *, words: str = "") -> int | None:
    """The line, counted from 1, of what stands under `keys` or, if they are not written out, under the most of them that are.

    `words` are looked for from there on: the item of a list that holds them.
    """
    best, reached = None, 0
    for number, found in _written(text):
        if reached < len(found) and found == tuple(keys)[: len(found)]:
            best, reached = number, len(found)
    if best is None or not words:
        return best
    rows = text.splitlines()
    return next((number for number in range(best, len(rows) + 1) if words in " ".join(rows[number - 1].split())), best)


def _written(text: str) -> Iterator[tuple[int, Keys]]:
    """Each line that names a table or a key, with the whole way to it; the tables of a list are counted from 0."""
    table: Keys = ()
    seen: Counter[Keys] = Counter()
    for number, row in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(row):
            table = _parts(header["name"])
            if header["list"]:
                seen[table] += 1
                table = (*table, seen[table] - 1)
            yield number, table
        elif pair := _PAIR.match(row):
            yield number, (*table, *_parts(pair["name"]))


def _parts(name: str) -> Keys:
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))
