"""Idempotency: the same request with the same key is done once, on both databases, also when it comes twice at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete

from drafter.store.tables import AnswerRow
from tests.api.facts import facts
from tests.api.server import Server

BODY = {"incident": facts()}


def test_the_same_again_is_answered_alike(either: Server) -> None:
    """One draft, and the same answer to the letter."""
    headers = {"Idempotency-Key": '"same-again"', "Prefer": "wait=5"}
    first, second = (either.call("POST", "/v1/drafts", BODY, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"]
    assert second.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("wait", ["wait=5", "respond-async"])
def test_the_same_again_after_erasure_is_404(either: Server, wait: str) -> None:
    """What was erased is not told again from the answer that was kept, and nothing is written anew."""
    headers = {"Idempotency-Key": f'"erased-{wait}"', "Prefer": wait}
    body = BODY | {"person": "c-erased"}
    first = either.call("POST", "/v1/drafts", body, headers=headers).json()
    either.service.store.forget("c-erased")
    for _ in range(2):
        answer = either.call("POST", "/v1/drafts", body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
        assert "was erased on" in answer.json()["detail"]
        assert "Ravi" not in answer.text
    assert either.service.store.drafts.get(first["id"]).draft is None


def test_another_request_under_the_key_is_422(either: Server) -> None:
    """A key belongs to one request; another caller may have the same."""
    headers = {"Idempotency-Key": '"another"'}
    assert either.call("POST", "/v1/drafts", BODY, headers=headers).status_code == 202
    answer = either.call("POST", "/v1/drafts", {"incident": facts(reference="2")}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "reused-idempotency-key")
    other = either.call("POST", "/v1/drafts", {"incident": facts(reference="2")}, headers={**headers, **either.key("draft")})
    assert other.status_code == 202


@pytest.mark.parametrize("key", ["bare", '"', '""', '"a', '"é"', '"' + "x" * 256 + '"', '"a"; b'])
def test_a_malformed_key_is_400(either: Server, key: str) -> None:
    """The header is a structured-field string."""
    answer = either.call("POST", "/v1/drafts", BODY, headers={"Idempotency-Key": key.encode()})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-idempotency-key")


def test_a_request_in_flight_is_409(either: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is worked on, the same is told to come again, and the first is answered all the same."""
    begun, go_on = threading.Event(), threading.Event()
    accept = either.service.jobs.accept

    def slow(*args: Any, **options: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return accept(*args, **options)

    monkeypatch.setattr(either.service.jobs, "accept", slow)
    headers = {"Idempotency-Key": '"in flight"'}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(either.call, "POST", "/v1/drafts", BODY, headers=headers)
        assert begun.wait(20)
        second = either.call("POST", "/v1/drafts", BODY, headers=headers)
        go_on.set()
    assert (second.status_code, second.json()["code"], second.headers["retry-after"]) == (409, "in-flight", "1")
    assert first.result().status_code == 202


def test_many_at_a_time_make_one_draft(either: Server) -> None:
    """Ten of the same at once: one draft, and for the rest its answer or 409."""
    headers = {"Idempotency-Key": '"ten at once"'}
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: either.call("POST", "/v1/drafts", BODY, headers=headers), range(10)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 202}) == 1
    assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 409)


def test_a_request_that_failed_may_be_made_again(either: Server) -> None:
    """A refusal keeps no claim: the same key works once the cause is gone."""
    headers = {"Idempotency-Key": '"after the switch"'}
    either.call("PUT", "/v1/switches/drafting", {"on": False})
    assert either.call("POST", "/v1/drafts", BODY, headers=headers).status_code == 409
    either.call("PUT", "/v1/switches/drafting", {"on": True})
    assert either.call("POST", "/v1/drafts", BODY, headers=headers).status_code == 202


def test_a_request_that_a_crash_cut_off_makes_the_same_draft(either: Server) -> None:
    """Accepted, and killed before the answer was kept: done again, it is the same draft, not a second one."""
    headers = {"Idempotency-Key": '"cut off"'}
    first = either.call("POST", "/v1/drafts", BODY, headers=headers).json()
    with either.service.store._database.write() as session:
        session.execute(delete(AnswerRow))
    assert either.call("POST", "/v1/drafts", BODY, headers=headers).json()["id"] == first["id"]
