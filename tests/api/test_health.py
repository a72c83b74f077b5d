"""Health, metrics and the OpenAPI document."""

from __future__ import annotations

import json

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from drafter.errors import StoreError
from tests.api.facts import facts
from tests.api.server import Server
from tests.conftest import ROOT


def test_healthz_asks_nobody(either: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is fine while the database is away."""
    monkeypatch.setattr(either.service.store, "ping", _away)
    answer = httpx2.get(f"{either.url}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_tells_what_the_service_stands_on(either: Server) -> None:
    """Everything answers, and there is no model."""
    answer = httpx2.get(f"{either.url}/readyz", timeout=20)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "queue": "ok", "model": "none", "helpdesks": {}})


def test_readyz_is_503_without_its_database(either: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says which of both is away."""
    monkeypatch.setattr(either.service.store, "ping", _away)
    answer = httpx2.get(f"{either.url}/readyz", timeout=20)
    assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (503, "away", "away")


def test_readyz_is_503_without_its_queue(either: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue may have a file of its own."""
    monkeypatch.setattr(either.service.jobs, "state", _away)
    answer = httpx2.get(f"{either.url}/readyz", timeout=20)
    assert (answer.status_code, answer.json()["queue"]) == (503, "away")


def test_metrics_can_be_read_and_name_nobody(either: Server) -> None:
    """Requests by template and status, drafts by state; labels hold neither ids nor facts."""
    draft = either.call("POST", "/v1/drafts", {"incident": facts()}).json()
    either.call("GET", f"/v1/drafts/{draft['id']}")
    page = httpx2.get(f"{either.url}/metrics", timeout=20).text
    found = {family.name: family for family in text_string_to_metric_families(page)}
    requests = {
        tuple(sample.labels.values()): sample.value for sample in found["drafter_requests"].samples if sample.name.endswith("_total")
    }
    assert requests["GET", "/v1/drafts/{draft_id}", "200"] >= 1
    assert {sample.labels["state"]: sample.value for sample in found["drafter_drafts"].samples}["done"] >= 1
    assert {"drafter_queue_depth", "drafter_deliveries", "drafter_model_cost", "drafter_request_seconds"} <= found.keys()
    assert draft["id"] not in page
    assert "Ravi" not in page


def test_metrics_of_a_database_that_is_away_say_so(either: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of the process are there all the same."""
    monkeypatch.setattr(either.service.store.drafts, "counts", _away)
    page = httpx2.get(f"{either.url}/metrics", timeout=20).text
    assert "drafter_database_up 0.0" in page
    assert "drafter_requests_total" in page


def test_the_document_that_is_kept_is_the_one_that_is_served(either: Server) -> None:
    """docs/openapi.json is in step; `make openapi` writes it again."""
    served = httpx2.get(f"{either.url}/openapi.json", timeout=20).json()
    assert served == json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert served["openapi"].startswith("3.1")


def test_every_operation_is_described(either: Server) -> None:
    """A name, a summary, and every problem that it may answer with, as a problem document."""
    document = httpx2.get(f"{either.url}/openapi.json", timeout=20).json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        problems = [
            answer for status, answer in operation["responses"].items() if status >= "400" and "application/json" not in answer["content"]
        ]
        assert problems
        assert all(answer["content"]["application/problem+json"]["examples"] for answer in problems)


def _away(*_: object, **__: object) -> None:
    raise StoreError("away")
