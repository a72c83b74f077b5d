"""Word lists of the ticket reader: one phrase a line, which patterns name as {list}; blanks stand for any number of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from drafter.checks.lexicon import SLOT

FOLDER = Path(__file__).parent / "lexicon" / "en"


@cache
def listed(name: str) -> str:
    """The list as one pattern for folded text in small letters, longest entries first."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    entries = sorted((line for line in lines if line and not line.startswith("#")), key=lambda entry: (-len(entry), entry))
    return rf"(?<!\w)(?:{'|'.join(entries)})(?!\w)"


@cache
def finder(pattern: str) -> re.Pattern[str]:
    """The pattern, with its {lists} filled in, as it finds words in folded text in small letters."""
    filled = SLOT.sub(lambda match: listed(match[1]), pattern)
    return re.compile(filled.replace("n't", "n'?t"))


def has(name: str, lower: str) -> bool:
    """Whether a phrase of the list stands in the text."""
    return bool(finder(f"{{{name}}}").search(lower))
