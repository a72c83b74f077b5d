"""What the tests share: the examples, and facts to vary."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from drafter.incident import Incident, Problem, incident_from, read_incident
from tests.postgres import postgres

__all__ = ["postgres"]

settings.register_profile("thorough", max_examples=3000, deadline=None)

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
Facts = Callable[..., dict[str, Any]]

_FACTS: dict[str, Any] = {
    "company": "Harrow & Finch",
    "signer": {"name": "Ellen Marsh", "role": "Workshop manager"},
    "customer": {"name": "Ravi Anand"},
    "locale": "en-GB",
    "timezone": "Europe/London",
    "as_of": "2026-03-12 10:00",
    "problems": [{"what": "your bike was not ready on Tuesday", "ours": "we missed the date we had given you for your bike"}],
}
_PROBLEM = frozenset(Problem.model_fields) - {"id"}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the model settings of the machine it runs on."""
    for name in list(os.environ):
        if name.startswith(("DRAFTER_", "OPENAI_")) and name != "DRAFTER_REQUIRE_SERVICES":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads what a command has kept on the machine it runs on, or leaves anything there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def facts() -> Facts:
    """Facts of a small mistake; keywords replace a key of the frame or of the one problem, None takes it away."""

    def build(**changes: Any) -> dict[str, Any]:
        made = deepcopy(_FACTS)
        for key, value in changes.items():
            place = made["problems"][0] if key in _PROBLEM else made
            if value is None:
                place.pop(key, None)
            else:
                place[key] = value
        return made

    return build


@pytest.fixture
def incident(facts: Facts) -> Callable[..., Incident]:
    """The incident of such facts."""
    return lambda **changes: incident_from(facts(**changes))


@pytest.fixture(scope="session")
def double_charge() -> Incident:
    """The incident of examples/double_charge.yaml."""
    return read_incident(ROOT / "examples" / "double_charge.yaml")
