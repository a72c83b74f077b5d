"""Incidents played from first word to follow-up: every message is the one that was read and kept, by command and over HTTP alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.server import Server, serving
from tests.course.play import PLAYED, by_command, by_http, golden, names


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model on SQLite."""
    with serving(tmp_path_factory.mktemp("course")) as running:
        yield running


@pytest.mark.parametrize("name", names())
def test_a_course_by_command(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of wording shows as a difference to the golden file; `python -m tests.course.play` writes it anew."""
    monkeypatch.setenv("DRAFTER_DATABASE_URL", f"sqlite:///{tmp_path / 'drafter.db'}")
    assert golden(by_command(name, tmp_path)) == (PLAYED / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", names())
def test_a_course_over_http(name: str, server: Server) -> None:
    """The same facts at the same moments make the same messages."""
    assert golden(by_http(name, server)) == (PLAYED / f"{name}.txt").read_text(encoding="utf-8")
