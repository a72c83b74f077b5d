"""Tally: checks, counted in memory and written down every second, so that no caller waits for a database to count."""

from __future__ import annotations

import logging
import threading
from collections import Counter

from drafter.errors import StoreError
from drafter.store import Store

_LOG = logging.getLogger(__name__)
_EVERY = 1.0


class Tally:
    """Counts checks by key. A process that is killed loses the counts of its last second."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._go, name="drafter-tally", daemon=True)

    def start(self) -> None:
        """Begin to write counts down."""
        self._thread.start()

    def stop(self) -> None:
        """Write the last counts down and stop."""
        self._stopped.set()
        self._thread.join(timeout=10)
        self._write()

    def add(self, key_id: str) -> None:
        """Count a check of this key."""
        with self._lock:
            self._counts[key_id] += 1

    def _go(self) -> None:
        while not self._stopped.wait(_EVERY):
            self._write()

    def _write(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for key_id, calls in counts.items():
            try:
                self._store.usage.add(key_id, kind="check", calls=calls)
            except StoreError as error:
                _LOG.warning("checks could not be counted; trying again", extra={"reason": str(error)})
                with self._lock:
                    self._counts[key_id] += calls
