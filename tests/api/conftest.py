"""Servers that the tests of the API share; one at a time can run in a process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.server import Server, serving
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model on SQLite."""
    with serving(tmp_path_factory.mktemp("api")) as running:
        yield running


@pytest.fixture(scope="module", params=KINDS)
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model, on SQLite and on PostgreSQL in turn."""
    place: dict[str, Any] = {}
    if request.param == "postgresql":
        running: Postgres = request.getfixturevalue("postgres")
        place = {"DRAFTER_DATABASE_URL": running.database()}
    with serving(tmp_path_factory.mktemp("api"), **place) as found:
        yield found
