"""What is old goes, whole; what is still to be done, the log and the figures stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from drafter.draft import Draft
from drafter.errors import NotFoundError
from drafter.house.cadence import CadenceTable
from drafter.incident import Incident
from drafter.store import Store


def test_old_drafts_go_with_all_that_belongs_to_them(store: Store, double_charge: Incident, letter: Draft) -> None:
    """Facts, versions, message, reviews, sent texts and deliveries; dismissals stay as figures, usage and events stay."""
    old, waits = (store.drafts.accept(double_charge, raw="Hello").id for _ in range(2))
    store.drafts.finish(old, letter, number=1, by="worker")
    store.reviews.add(old, version=1, verdict="approve", by=None)
    store.sent.add(old, text="Hi", findings=(), distance=0.0, unedited=True)
    store.deliveries.add(old, target="t", kind="note")
    store.dismissals.add(old, rule="excuse", reason="it is so")
    store.usage.add("key_1", kind="draft")
    before = datetime.now(UTC)
    new = store.drafts.accept(double_charge).id
    store.drafts.finish(new, letter, number=1, by="worker")
    events = len(store.events.page())
    assert store.stale(before) == 1
    counts = store.prune(before)
    assert {name: counts[name] for name in ("drafts", "incidents", "versions", "raw_messages", "reviews", "sent_texts", "deliveries")} == {
        "drafts": 1, "incidents": 1, "versions": 1, "raw_messages": 1, "reviews": 1, "sent_texts": 1, "deliveries": 1,
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        store.drafts.get(old)
    assert {record.id for record in store.drafts.page()} == {waits, new}
    assert (store.dismissals.counts(), store.dismissals.reasons("excuse")) == ({"excuse": 1}, ())
    assert len(store.events.page()) == events + 1
    assert len(store.usage.of("key_1", since=date(2020, 1, 1))) == 1
    assert store.stale(before) == 0


def test_a_draft_is_as_old_as_what_happened_to_it_last(store: Store, incident: Callable[..., Incident], letter: Draft) -> None:
    """A request of long ago that was finished today stays."""
    made = store.drafts.accept(incident())
    before = datetime.now(UTC)
    store.drafts.finish(made.id, letter, number=1, by="worker")
    assert store.prune(before)["drafts"] == 0
    assert store.prune(datetime.now(UTC) + timedelta(seconds=1))["drafts"] == 1


def test_an_opened_incident_stays_until_it_is_over(store: Store, incident: Callable[..., Incident], letter: Draft) -> None:
    """With all its messages, however old they are; then all of it goes at once."""
    course = store.courses.open(incident(fixes=[{"done": "I fitted the new chain"}]))
    message = store.drafts.accept(course.incident, draft=letter, incident_id=course.id)
    store.sent.add(message.id, text="We are sorry.", findings=(), distance=0.5, unedited=False)
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert (store.prune(later)["drafts"], store.courses.get(course.id).state) == (0, "acknowledged")
    store.courses.move(course.id, "resolved", cadence=CadenceTable())
    counts = store.prune(datetime.now(UTC) + timedelta(seconds=1))
    assert {name: counts[name] for name in ("drafts", "courses", "entries", "fact_versions", "incidents")} == {
        "drafts": 1, "courses": 1, "entries": 5, "fact_versions": 1, "incidents": 2,
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        store.courses.get(course.id)
