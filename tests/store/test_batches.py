"""Batches: lines that are accepted once, have one outcome, and go when they are old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from drafter.errors import NotFoundError
from drafter.incident import incident_from
from drafter.store import BatchRecord, Store
from tests.conftest import Facts

PLAN = {"facts": {"company": "Harrow & Finch"}, "headers": ["customer", "order"]}
LINES = [(2, ["Ada Birch", "1"], ""), (3, ["Bo Dorn", ""], "order: this is empty."), (5, ["Cy Grau", "3"], "")]


def accepted(store: Store, facts: Facts) -> BatchRecord:
    """A batch of an opened incident."""
    course = store.courses.open(incident_from(facts()))
    return store.batches.accept(course.id, PLAN, LINES, key=None)


def test_a_batch_is_taken_on_whole(store: Store, facts: Facts) -> None:
    """Its plan, its lines in their order, those that were set aside, and a word in the timeline of its incident."""
    made = accepted(store, facts)
    assert store.batches.get(made.id) == made
    assert (made.plan, made.counts) == (PLAN, {"waiting": 2, "set_aside": 1})
    lines = store.batches.lines(made.id)
    assert [(one.line, one.status, one.cells, one.reason) for one in lines] == [
        (2, "waiting", ("Ada Birch", "1"), None),
        (3, "set_aside", ("Bo Dorn", ""), "order: this is empty."),
        (5, "waiting", ("Cy Grau", "3"), None),
    ]
    assert [one.line for one in store.batches.lines(made.id, after=2, limit=1)] == [3]
    assert [one.line for one in store.batches.lines(made.id, status="set_aside")] == [3]
    assert store.courses.get(made.incident_id).entries[-1].text == f"Letters to 3 customers were asked for: {made.id}."


def test_a_line_has_one_outcome(store: Store, facts: Facts) -> None:
    """The first stays, and where there is a letter the cells are gone."""
    made = accepted(store, facts)
    store.batches.end(made.id, 2, "ready", draft_id="dr_1")
    store.batches.end(made.id, 2, "set_aside", reason="again")
    line = store.batches.lines(made.id)[0]
    assert (line.status, line.cells, line.reason, line.draft_id) == ("ready", None, None, "dr_1")


def test_the_words_that_were_first_stay(store: Store, facts: Facts) -> None:
    """A batch is begun once."""
    made = accepted(store, facts)
    assert store.batches.waiting(timedelta(seconds=-5)) == (made.id,)
    store.batches.share(made.id, "{}")
    store.batches.share(made.id, None)
    assert store.batches.get(made.id).plan["shared"] == "{}"
    assert store.batches.waiting(timedelta(seconds=-5)) == ()


def test_the_same_id_again_changes_nothing(store: Store, facts: Facts) -> None:
    """Whoever asks again after a crash gets the batch that is there."""
    made = accepted(store, facts)
    assert store.batches.accept(made.incident_id, PLAN, LINES[:1], id=made.id) == made


def test_only_an_opened_incident_has_letters(store: Store) -> None:
    """And what is not there is said."""
    with pytest.raises(NotFoundError):
        store.batches.accept("inc_0", PLAN, LINES, key=None)
    with pytest.raises(NotFoundError, match="there is no batch"):
        store.batches.get("bat_0")


def test_an_old_batch_goes_with_its_incident(store: Store, facts: Facts) -> None:
    """It stays as long as the incident does."""
    made = accepted(store, facts)
    store.prune(datetime.now(UTC) + timedelta(minutes=1))
    assert store.batches.get(made.id).counts
