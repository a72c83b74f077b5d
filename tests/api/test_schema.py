"""schemathesis over the whole OpenAPI document: whatever it sends, nothing is answered that the document does not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from drafter.api import create_api
from tests.api.fuzz import known as ids
from tests.api.process import Process, serving

# facts hold together, or not, by more than a schema can say; the same goes for texts and languages
_CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422", "502", "503"]},
        },
        "phases": {"coverage": {"enabled": False}, "stateful": {"enabled": False}},
    }
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A service in a process of its own: it uses chance, which Hypothesis wants for itself."""
    with serving(tmp_path_factory.mktemp("schema"), "--no-page") as running:
        yield running


@pytest.fixture(scope="module")
def known(server: Process) -> dict[str, str]:
    """Ids that lead somewhere."""
    return {**ids(server), "name": "drafting"}


schema = schemathesis.openapi.from_dict(create_api().openapi(), config=_CONFIG)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_service_keeps_to_its_document(case: schemathesis.Case[Any], server: Process, known: dict[str, str]) -> None:
    """Every check of schemathesis, with ids that lead somewhere as often as not."""
    if case.meta is None or case.meta.generation.mode.is_positive:
        case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}
    case.call_and_validate(base_url=server.url, headers=server.headers, timeout=30)
