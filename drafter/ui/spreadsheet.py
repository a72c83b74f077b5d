"""Spreadsheet: rows as the CSV that one opens, with nothing in it that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run: OWASP, "CSV Injection"


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV; a text that begins like a formula is put behind an apostrophe, and None is empty."""
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
