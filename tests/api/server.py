"""A real server of the API on loopback, in this process, on a database of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from drafter.api import Service
from drafter.api.log import JsonLines
from drafter.serve import application, listening
from drafter.settings import House, Settings

JOBS = {"poll_seconds": 0.02, "round_seconds": 0.2, "stop_seconds": 3}
SCOPES = ("check", "draft", "review", "admin")
Json = Any


@dataclass
class Server:
    """A running server: where it is, what it works on, and the log that it has written."""

    url: str
    service: Service = field(repr=False)
    log: list[str] = field(default_factory=list, repr=False)

    def key(self, *scopes: str, **limits: Any) -> dict[str, str]:
        """The headers of a caller with a new key, which has every scope unless some are named."""
        _, secret = self.service.store.keys.create("a test", scopes or SCOPES, **limits)
        return {"Authorization": f"Bearer {secret}"}

    def call(self, method: str, path: str, body: Json = None, **options: Any) -> httpx2.Response:
        """The answer to a request, with a key of every scope unless `headers` bring another."""
        headers = {**self.everything, **options.pop("headers", {})}
        return httpx2.request(method, self.url + path, json=body, headers=headers, timeout=30, **options)

    @property
    def everything(self) -> dict[str, str]:
        """The headers of a caller who may do everything."""
        if not hasattr(self, "_everything"):
            self._everything = self.key()
        return self._everything


@contextmanager
def serving(folder: Path, *, house: Mapping[str, Any] | None = None, **environment: Any) -> Iterator[Server]:
    """A server with a database in this folder, unless the environment names another; `environment` is that of `Settings`."""
    place = {"DRAFTER_DATABASE_URL": f"sqlite:///{folder / 'drafter.db'}"}
    settings = Settings.model_validate({**place, **environment, "house": House.model_validate({"jobs": JOBS, **(house or {})})})
    app = application(settings, page=False)
    log: list[str] = []
    with _logged(log), listening(0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        assert server.started, log
        try:
            yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", app.state.service, log)  # type: ignore[attr-defined]
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            app.state.service.store.close()  # type: ignore[attr-defined]


@contextmanager
def _logged(log: list[str]) -> Iterator[None]:
    """Keep every line that the log would have."""

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            log.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(JsonLines())
    root, ours = logging.getLogger(), logging.getLogger("drafter")
    level = ours.level
    root.addHandler(keeper)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(keeper)
        ours.setLevel(level)
