"""The service as it is started for real: `drafter serve` in a process of its own, which can be stopped or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import ROOT


@dataclass
class Running:
    """A service in a folder that holds its settings and its store; `environment` is added to that of the tests."""

    folder: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    key: str = ""
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> str:
        """The address of its store."""
        return f"sqlite:///{self.folder / 'drafter.db'}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.key = self.key or self._command("keys", "create", "tests", "--scope", "draft", "--scope", "admin").strip()
        with (self.folder / "service.log").open("ab") as log:
            command = [sys.executable, "-m", "drafter", "serve", "--no-page", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=self.folder, env=self._environment(), stdout=log, stderr=log)
        end = time.monotonic() + 60
        while not self._ready():
            assert self.process.poll() is None, self.told()
            assert time.monotonic() < end, self.told()
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it: it has no time for anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop."""
        if self.process is not None:
            self._end(signal.SIGTERM)

    def told(self) -> str:
        """What it has printed."""
        return (self.folder / "service.log").read_text(encoding="utf-8")

    def get(self, path: str) -> Any:
        """What its API answers."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def post(self, path: str, body: bytes, **headers: str) -> int:
        """The status with which it answers."""
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json", **headers})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def _end(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(60)
        self.process = None

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def _command(self, *words: str) -> str:
        run = [sys.executable, "-m", "drafter", *words]
        return subprocess.run(run, cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=True).stdout

    def _environment(self) -> dict[str, str]:
        store = {"DRAFTER_DATABASE_URL": self.store, "PYTHONPATH": str(ROOT)}
        return {**os.environ, **store, **self.environment}
