"""Spreadsheet: rows as the CSV that one opens, with nothing in it that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run: OWASP, "CSV Injection"


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV; a text that begins like a formula is put behind an apostrophe, and None is empty."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue()


def as_typed(text: str) -> str:
    """The text that `harmless` put behind an apostrophe; any other as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def harmless(value: object) -> object:
    """A text that begins like a formula behind an apostrophe; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
