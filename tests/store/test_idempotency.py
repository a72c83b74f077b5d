"""The same request is done once, and answered again as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from drafter.store import Done, Fresh, InFlight, Mismatch, Store, idempotency


def test_a_request_is_fresh_then_in_flight_then_done(store: Store) -> None:
    """Status, headers and bytes come back; another request with the key does not pass, another caller's does."""
    asked = store.idempotency.begin
    assert isinstance(asked("key_1", "a", fingerprint="f"), Fresh)
    assert isinstance(asked("key_1", "a", fingerprint="f"), InFlight)
    assert isinstance(asked("key_1", "a", fingerprint="g"), Mismatch)
    store.idempotency.finish("key_1", "a", status=202, headers={"Location": "/v1/drafts/dr_1"}, body=b"\x00\xff{}")
    assert asked("key_1", "a", fingerprint="f") == Done(202, {"Location": "/v1/drafts/dr_1"}, b"\x00\xff{}")
    assert isinstance(asked("key_1", "a", fingerprint="g"), Mismatch)
    assert isinstance(asked("key_2", "a", fingerprint="g"), Fresh)
    assert isinstance(asked(None, "a", fingerprint="g"), Fresh)


def test_the_first_answer_holds(store: Store) -> None:
    """One that comes late, from a process that was thought dead, changes nothing, nor gives the claim back."""
    store.idempotency.begin("key_1", "a", fingerprint="f")
    store.idempotency.finish("key_1", "a", status=201, headers={}, body=b"1")
    store.idempotency.finish("key_1", "a", status=500, headers={}, body=b"2")
    store.idempotency.abandon("key_1", "a")
    assert store.idempotency.begin("key_1", "a", fingerprint="f") == Done(201, {}, b"1")


def test_an_abandoned_request_is_fresh_again(store: Store) -> None:
    """What failed before anything was done may be asked again."""
    store.idempotency.begin("key_1", "a", fingerprint="f")
    store.idempotency.abandon("key_1", "a")
    assert isinstance(store.idempotency.begin("key_1", "a", fingerprint="f"), Fresh)


def test_the_claim_of_a_dead_process_is_taken_over_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many who ask after that time, one is given it."""
    store.idempotency.begin("key_1", "a", fingerprint="f")
    monkeypatch.setattr(idempotency, "_ABANDONED", timedelta(seconds=-1))
    assert isinstance(store.idempotency.begin("key_1", "a", fingerprint="f"), Fresh)
    monkeypatch.setattr(idempotency, "_ABANDONED", timedelta(minutes=2))
    assert isinstance(store.idempotency.begin("key_1", "a", fingerprint="f"), InFlight)


def test_answers_are_let_go_after_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the key may be used anew."""
    store.idempotency.begin("key_1", "a", fingerprint="f")
    store.idempotency.finish("key_1", "a", status=201, headers={}, body=b"1")
    monkeypatch.setattr(idempotency, "_KEPT", timedelta(0))
    assert isinstance(store.idempotency.begin("key_1", "a", fingerprint="g"), Fresh)


def test_of_many_at_once_one_is_fresh(store: Store) -> None:
    """Eight threads with the same request: one does it."""
    with ThreadPoolExecutor(8) as threads:
        claims = list(threads.map(lambda _: store.idempotency.begin("key_1", "a", fingerprint="f"), range(8)))
    assert sum(isinstance(claim, Fresh) for claim in claims) == 1
    assert sum(isinstance(claim, InFlight) for claim in claims) == 7
