"""The installed command as a process of its own, on a database in a folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from drafter.store import open_store

SCOPES = ("check", "draft", "review", "admin")


@dataclass(frozen=True)
class Process:
    """A running command: where it serves, the headers of a caller who may do everything, and the process."""

    url: str
    headers: dict[str, str]
    running: subprocess.Popen[str]

    def call(self, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        """The answer to a request."""
        return httpx2.request(method, self.url + path, json=body, headers={**self.headers, **headers}, timeout=30)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; gives the exit code."""
        self.running.send_signal(number)
        return self.running.wait(timeout=60)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Process]:
    """`drafter serve` with these options, from the moment it says where it is."""
    place = environment.get("DRAFTER_DATABASE_URL", f"sqlite:///{folder / 'drafter.db'}")
    headers = key(place)
    with command(folder, "serve", "--port", str(free_port()), *options, **{"DRAFTER_DATABASE_URL": place, **environment}) as running:
        assert running.stdout
        said = running.stdout.readline()
        found = re.search(r"http://\S+:\d+", said)
        assert found, said
        url = found[0].replace("0.0.0.0", "127.0.0.1")
        answer = httpx2.get(f"{url}/healthz", timeout=60)
        assert answer.status_code == 200
        yield Process(url, headers, running)


@contextmanager
def command(folder: Path, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The command, killed at the end if it still runs; its log is in log.txt of the folder."""
    base = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_"))}
    with (folder / "log.txt").open("a") as log:
        words = [str(Path(sys.executable).with_name("drafter")), *arguments]
        environ = {**base, "XDG_DATA_HOME": str(folder), **environment}
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=environ, cwd=folder) as running:
            try:
                yield running
            finally:
                running.kill()


def key(place: str) -> dict[str, str]:
    """The headers of a new key that may do everything, in a database."""
    store = open_store(place)
    try:
        return {"Authorization": f"Bearer {store.keys.create('a test', SCOPES)[1]}"}
    finally:
        store.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
