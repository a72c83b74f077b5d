"""Deliveries: every try is noted, and what a helpdesk sends twice is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.store import Store


def test_a_delivery_is_pending_until_a_try_succeeds(store: Store, incident: Callable[..., Incident]) -> None:
    """Tries are counted, the last error goes when one succeeds, and what is done stays done."""
    made = store.drafts.accept(incident())
    note = store.deliveries.add(made.id, target="zendesk:88", kind="note")
    failed = store.deliveries.attempt(note.id, ok=False, error="the helpdesk answered 502")
    assert (failed.state, failed.attempts, failed.error) == ("pending", 1, "the helpdesk answered 502")
    done = store.deliveries.attempt(note.id, ok=True, ref="n-17")
    assert (done.state, done.attempts, done.error, done.ref) == ("done", 2, None, "n-17")
    assert store.deliveries.attempt(note.id, ok=False, error="late").state == "done"
    assert store.deliveries.of(made.id) == (done,)


def test_a_last_try_that_fails_is_final(store: Store, incident: Callable[..., Incident]) -> None:
    """It stays in the list as failed, and a replay may still succeed."""
    made = store.drafts.accept(incident())
    hook = store.deliveries.add(made.id, target="https://x.example", kind="webhook", payload='{"id": 1}')
    assert store.deliveries.attempt(hook.id, ok=False, error="410", last=True).state == "failed"
    assert store.deliveries.attempt(hook.id, ok=True).state == "done"


def test_an_unknown_delivery_is_not_found(store: Store) -> None:
    """The answer names the id."""
    with pytest.raises(NotFoundError, match="there is no delivery 'dlv_none'"):
        store.deliveries.attempt("dlv_none", ok=True)
