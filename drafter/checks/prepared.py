"""What takes long to read and is the same every time: heads of files as values, and what patterns need of a text.

`python -m evals.prepared` makes `prepared.json`. Each entry is found by the text that it was made of, so that one which is
not there, such as that of a rule just changed, is made anew and nothing is ever out of date.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("prepared.json")


def mark(text: str) -> str:
    """What a text is found by."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


@cache
def prepared(name: str) -> dict[str, Any]:
    """The entries of one name: `heads`, or `needs`."""
    found: dict[str, Any] = _file().get(name, {})
    return found


@cache
def _file() -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    except FileNotFoundError:  # before it is made for the first time
        return {}
    return read
