"""A gate before a page that says who it sees, and browsers to come with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from drafter.accounts import Accounts
from drafter.login import Gate

PASSWORD = "four candles and a saw"
ADDRESS = "http://localhost:7860"
Browsers = Callable[..., TestClient]


async def seen(scope: Scope, receive: Receive, send: Send) -> None:
    """A page that tells who it takes somebody for."""
    told = {name: scope.get(f"drafter.{name}") for name in ("user", "role", "way")}
    await JSONResponse(told, headers={"Content-Type": "text/html"})(scope, receive, send)


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """What Gradio answers at an address that it does not know."""
    await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)


class Connected:
    """What serves the page says who is connected; here it is whoever the test says."""

    def __init__(self, app: ASGIApp, peer: str) -> None:
        self._app, self._peer = app, peer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["drafter.peer"] = scope["client"] = (self._peer, 50_000)
        await self._app(scope, receive, send)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed at no cost: what a hash takes is not the subject here."""
    monkeypatch.setattr("drafter.accounts.PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """A file with an agent, a reviewer and an admin."""
    made = Accounts(tmp_path / "users.json")
    for name, role in (("maya", "agent"), ("ravi", "reviewer"), ("ada", "admin")):
        made.add(name, role, PASSWORD)
    return made


@pytest.fixture
def browsers(accounts: Accounts) -> Browsers:
    """Makes browsers, which share the gate unless one is given."""
    shared: list[Gate] = []

    def made(gate: Gate | None = None, *, address: str = ADDRESS, peer: str = "127.0.0.1", **headers: str) -> TestClient:
        if gate is None:
            shared.append(gate := shared[0] if shared else Gate(seen, accounts))
        given: dict[str, Any] = {"Accept": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return TestClient(Connected(gate, peer), base_url=address, follow_redirects=False, headers=given)

    return made


def log_in(browser: TestClient, name: str = "maya", password: str = PASSWORD, **more: str) -> Any:
    """Send the form."""
    return browser.post("/login", data={"name": name, "password": password, **more})
