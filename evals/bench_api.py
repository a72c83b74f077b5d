"""How many requests a second the API takes, and how long they wait: `make bench-api`.

A service of its own on loopback and SQLite, in as many processes as asked. Beside the times stands the CPU time that the service
took for each answer, which says more than they do on a machine that has other work.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter.api.examples import CHECK, DRAFT
from drafter.store import open_store
from evals.load import Request, load, wrk

_TICK = os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement")
    parser.add_argument("--workers", type=int, default=2, help="processes that serve")
    parser.add_argument("--only", default="", metavar="WORDS", help="only what has these words in its name")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder), options.workers) as service:
        for name, path, body in (item for item in _bodies() if options.only in item[0]):
            request = Request(service.port, path, service.key, body)
            load(request, 2)  # warm
            if found := wrk(request, options.seconds):
                print(f"{name + ' (wrk)':<40}{found}")
            before = service.cpu()
            full = load(request, options.seconds)
            took = 1000 * (service.cpu() - before) / max(1.0, full.per_second * options.seconds)
            print(f"{name:<40}{full}   {took:.1f} ms of CPU each")
            print(f"{'  at half that load':<40}{load(request, options.seconds, rate=full.per_second / 2)}", flush=True)


@dataclass(frozen=True)
class _Service:
    port: int
    key: str
    process: int

    def cpu(self) -> float:
        """Seconds of CPU that its processes took so far."""
        return sum(_seconds(process) for process in (self.process, *_children(self.process)))


@contextmanager
def _serving(folder: Path, workers: int) -> Iterator[_Service]:
    place = f"sqlite:///{folder}/drafter.db"
    store = open_store(place)
    key = store.keys.create("a benchmark", ["check", "draft"])[1]
    store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    words = [str(Path(sys.executable).with_name("drafter")), "serve", "--no-page", "--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, "DRAFTER_DATABASE_URL": place}
    with (folder / "log").open("w") as log, subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, env=environment) as service:
        try:
            assert service.stdout
            service.stdout.readline()
            yield _Service(port, key, service.pid)
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(timeout=60)


def _bodies() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("checks of a sentence", "/v1/checks", _example(CHECK, "bare")),
        ("checks of a reply against its facts", "/v1/checks", _example(CHECK, "with_facts")),
        ("composed drafts", "/v1/drafts", _example(DRAFT, "facts")),
    ]


def _example(source: dict[str, Any], name: str) -> dict[str, Any]:
    value: dict[str, Any] = source["requestBody"]["content"]["application/json"]["examples"][name]["value"]
    return value


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended, or this is no Linux
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


if __name__ == "__main__":
    main()
