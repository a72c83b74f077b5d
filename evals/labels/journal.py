"""Journal: how each case stood before it was labelled, so that any answer can be taken back, also another day."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Entry = tuple[str, dict[str, Any] | None]  # a case and its row before; None: it had none


class Journal:
    """A file that grows by one line for each answer; a last line that was cut off by a crash is none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, key: str, before: dict[str, Any] | None) -> None:
        """Note how a case stands, on the disk when this returns."""
        entries = self._entries()
        self._write([*entries, (key, before)])

    def back(self) -> Entry | None:
        """The last entry, which is gone from the journal then; None where there is none."""
        entries = self._entries()
        if not entries:
            return None
        self._write(entries[:-1])
        return entries[-1]

    def _entries(self) -> list[Entry]:
        found: list[Entry] = []
        for line in self._path.read_text("utf-8").splitlines() if self._path.exists() else ():
            try:
                key, before = json.loads(line)
            except ValueError:
                break
            found.append((key, before))
        return found

    def _write(self, entries: list[Entry]) -> None:
        beside = self._path.with_name(f"{self._path.name}.new")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in entries)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
