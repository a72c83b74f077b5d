"""Which settings file holds: the one that is named, or that of the working folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.house.tables import House

CONFIG = "DRAFTER_CONFIG"
OWN, SHARED = "drafter.toml", "pyproject.toml"
_TABLE = re.compile(rb"^[^#\n]*\btool\b(?:[^\n]*\bdrafter\b|[\"'\s]*[\]=])", re.M)  # its own table, or one that may hold it


def find_house() -> House | None:
    """What DRAFTER_CONFIG names, else drafter.toml in the working folder, else [tool.drafter] in its pyproject.toml; None: nothing.

    Raises:
        TextError: the file cannot be read.
        InputError: it does not follow the format; all complaints at once, with lines.
    """
    if named := os.environ.get(CONFIG):
        path = Path(named)
    elif Path(OWN).exists():
        path = Path(OWN)
    elif _mentioned(Path(SHARED)):
        path = Path(SHARED)
    else:
        return None
    from drafter.house.read import load_house  # most checks have no file, and do not wait for its reader

    return load_house(path, required=bool(named))


def _mentioned(path: Path) -> bool:
    """Whether a file that others use too may hold something for Drafter."""
    try:
        return bool(_TABLE.search(path.read_bytes()))
    except OSError:
        return False
