"""Watch: the sections of drafts that are being written in this process, as they pass their checks, and word to stop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from drafter.chain import OnSection
from drafter.draft import Section
from drafter.model import Stopped

_END = None
Sections = queue.SimpleQueue[Section | None]


class Watch:
    """Passes sections from the job that writes a draft to those who look on; nothing waits for them, and nothing is kept after it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: dict[str, list[Sections]] = {}
        self._so_far: dict[str, dict[str, Section]] = {}
        self._stops: dict[str, threading.Event] = {}

    @contextmanager
    def watching(self, draft_id: str) -> Iterator[Sections]:
        """The sections of a draft from now on; None says that there will be no more."""
        sections: Sections = queue.SimpleQueue()
        with self._lock:
            self._watchers.setdefault(draft_id, []).append(sections)
        try:
            yield sections
        finally:
            with self._lock:
                left = [other for other in self._watchers.get(draft_id, ()) if other is not sections]
                if left:
                    self._watchers[draft_id] = left
                else:
                    self._watchers.pop(draft_id, None)

    def so_far(self, draft_id: str) -> tuple[Section, ...]:
        """The sections of a draft that is being written which have passed their checks."""
        with self._lock:
            return tuple(self._so_far.get(draft_id, {}).values())

    @contextmanager
    def stoppable(self, work_id: str) -> Iterator[Stopped]:
        """Says from now on whether somebody has stopped the draft or the revision that is being written."""
        stop = threading.Event()
        with self._lock:
            self._stops[work_id] = stop
        try:
            yield stop.is_set
        finally:
            with self._lock:
                self._stops.pop(work_id, None)

    def stop(self, work_id: str) -> None:
        """Let go of the model that writes this draft or revision here, if one does."""
        with self._lock:
            if stop := self._stops.get(work_id):
                stop.set()

    def teller(self, draft_id: str) -> OnSection:
        """What a writer calls with each section of this draft."""
        return lambda section: self._tell(draft_id, section)

    def end(self, draft_id: str) -> None:
        """Say that a draft is written, or will not be."""
        self._tell(draft_id, _END)

    def _tell(self, draft_id: str, section: Section | None) -> None:
        with self._lock:
            if section is _END:
                self._so_far.pop(draft_id, None)
            else:
                self._so_far.setdefault(draft_id, {})[section.name] = section
            for sections in self._watchers.get(draft_id, ()):
                sections.put(section)
