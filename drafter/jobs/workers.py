"""Workers: who runs jobs, who has gone, and the round that each makes to pick up what others have left."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from drafter.store import Store, WorkerRecord

_LOG = logging.getLogger(__name__)


def _host() -> str:
    """The name of this machine, or of this container: two that share a name have process numbers of their own."""
    try:
        return f"{socket.gethostname()}-{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:  # not Linux
        return socket.gethostname()


_HOST = _host()


def worker_name() -> str:
    """A name for this process that no other has had: where it runs helps whoever reads the log."""
    return f"{_HOST}-{os.getpid()}-{uuid4().hex[:8]}"


class Round:
    """A thread that does the rounds: says that this worker lives, takes over from those who do not, hands in what waits.

    `every` is seconds between two rounds; a worker that has not been heard of for `gone` seconds is taken to be gone, one
    on this machine as soon as its process is.
    """

    def __init__(self, store: Store, worker: str, *, every: float, gone: float) -> None:
        self._store = store
        self._worker = worker
        self._every = every
        self._gone = timedelta(seconds=gone)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, take_over: Callable[[str], int], hand_in: Callable[[], int]) -> None:
        """Make a first round now, and go on until stopped."""
        self._store.workers.beat(self._worker, host=_HOST, pid=os.getpid())
        self._make(take_over, hand_in)
        self._thread = threading.Thread(target=self._go, args=(take_over, hand_in), name="drafter-rounds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Make no more rounds."""
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=10)

    def leave(self) -> None:
        """Say that this worker has gone, once it runs nothing more: others take over at their next round."""
        self._store.workers.leave(self._worker)

    def _go(self, take_over: Callable[[str], int], hand_in: Callable[[], int]) -> None:
        while not self._stopped.wait(self._every):
            try:
                self._store.workers.beat(self._worker, host=_HOST, pid=os.getpid())
                self._make(take_over, hand_in)
            except Exception as error:  # noqa: BLE001 - a database that is away now may be back at the next round
                _LOG.warning("a round failed", extra={"error": type(error).__name__})

    def _make(self, take_over: Callable[[str], int], hand_in: Callable[[], int]) -> None:
        for worker in filter(self._is_gone, self._store.workers.page()):
            if jobs := take_over(worker.id):
                _LOG.warning("took over the jobs of a worker that is gone", extra={"worker": worker.id, "jobs": jobs})
            self._store.workers.forget(worker.id)
        if jobs := hand_in():
            _LOG.warning("handed in drafts that were waiting without a job", extra={"jobs": jobs})

    def _is_gone(self, other: WorkerRecord) -> bool:
        if other.id == self._worker:
            return False
        return other.left or other.seen < datetime.now(UTC) - self._gone or _is_dead(other.host, other.pid)


def _is_dead(host: str, pid: int) -> bool:
    """Whether a process of this machine is there no more; one with our own number is one that had it before us."""
    if host != _HOST:
        return False
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
