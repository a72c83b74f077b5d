"""The queue of reviewers is read a page at a time, and what is drawn for quality review is drawn by its risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, update

from drafter.draft import Draft
from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.store import DeskTicket, Store
from drafter.store.address import read_address
from drafter.store.tables import MeasureRow

NOW = datetime.now(UTC)
SPAN: dict[str, Any] = {"since": NOW - timedelta(days=1), "until": NOW + timedelta(days=1)}
Make = Callable[..., str]


@pytest.fixture
def make(store: Store, double_charge: Incident, letter: Draft) -> Make:
    """Makes a draft with this status and text; its id."""

    def build(status: str = "needs_review", text: str = "Hi Tom", **more: Any) -> str:
        draft = letter.model_copy(update={"status": status, "text": text, "subject": None, **more})
        return store.drafts.accept(double_charge, draft=draft, desk=DeskTicket("zendesk", "1", "orders")).id

    return build


def test_what_waits_is_read_by_the_page(store: Store, make: Make) -> None:
    """The blocked ones first, then the newest; what is ready or decided does not wait, and a page goes on where the last one ended."""
    first, blocked, second, ready, decided = make(), make("blocked"), make(), make("ready"), make()
    store.reviews.add(decided, version=1, verdict="reject", by=None, reason="too long")
    assert [item.id for item in store.queue.page("waiting")] == [blocked, second, first]
    assert [item.id for item in store.queue.page("waiting", limit=1, skip=1)] == [second]
    (item,) = store.queue.page("reject")
    assert (item.id, item.verdict, item.reason, item.queue, item.subject) == (decided, "reject", "too long", "orders", "Hi Tom")
    assert {item.id for item in store.queue.page("all")} == {first, blocked, second, ready, decided}


def test_a_new_version_waits_again(store: Store, make: Make, letter: Draft) -> None:
    """A decision is about the version that was seen."""
    draft_id = make()
    store.reviews.add(draft_id, version=1, verdict="approve", by=None)
    assert store.queue.page("waiting") == ()
    store.drafts.finish(draft_id, letter.model_copy(update={"status": "blocked"}), number=2, by="page")
    assert [(item.version, item.verdict) for item in store.queue.page("waiting")] == [(2, None)]


@pytest.mark.parametrize("sought", ['said "50%', "SAID", "Ösch"])
def test_the_search_reads_texts_and_ids(store: Store, make: Make, sought: str) -> None:
    """Signs that a database gives a meaning to are only themselves, and the names of fields are found nowhere."""
    other, draft_id = make(text="They 500 x"), make(text='Hi Ösch,\nthey said "50%_" to us')
    assert [item.id for item in store.queue.page("waiting", sought=sought)] == [draft_id]
    assert [item.id for item in store.queue.page("waiting", sought=other[4:].upper())] == [other]
    assert store.queue.page("waiting", sought="provenance") == ()


def test_an_erased_draft_is_in_no_queue_and_no_sample(store: Store, make: Make) -> None:
    """Nothing of a forgotten person is shown."""
    draft_id = make()
    store.sent.add(draft_id, text="a", findings=(), distance=0.0, unedited=True)
    store.forget(draft_id)
    assert store.queue.page("all") == ()
    assert store.samples.draw("s", 5, **SPAN).of == 0
    with pytest.raises(NotFoundError):
        store.samples.judge(draft_id, "approve", by=None)


def sent(store: Store, make: Make, amount: int) -> list[str]:
    """So many drafts that were sent."""
    ids = [make("ready") for _ in range(amount)]
    for draft_id in ids:
        store.sent.add(draft_id, text="a", findings=(), distance=0.0, unedited=True)
    return ids


@pytest.fixture
def change(address: str) -> Iterator[Callable[..., None]]:
    """Changes measures past the store."""
    engine = create_engine(read_address(address))

    def apply(ids: list[str], **values: Any) -> None:
        with engine.begin() as connection:
            connection.execute(update(MeasureRow).where(MeasureRow.draft_id.in_(ids)).values(values))

    yield apply
    engine.dispose()


def test_a_sample_is_the_same_again_and_another_with_another_seed(store: Store, make: Make) -> None:
    """The seed and what was sent say what is drawn; a reply sent later takes a place or none, and moves no other."""
    sent(store, make, 12)
    drawn = [one.draft_id for one in store.samples.draw("2026-48", 4, **SPAN).drawn]
    assert drawn == [one.draft_id for one in store.samples.draw("2026-48", 4, **SPAN).drawn]
    assert any(drawn != [one.draft_id for one in store.samples.draw(seed, 4, **SPAN).drawn] for seed in "abc")
    assert len({*drawn}) == 4
    assert store.samples.draw("2026-48", 40, **SPAN).of == 12
    sent(store, make, 1)
    again = [one.draft_id for one in store.samples.draw("2026-48", 5, **SPAN).drawn]
    assert [one for one in again if one in drawn] == drawn[: sum(one in drawn for one in again)]
    assert store.samples.draw("s", 4, since=NOW - timedelta(days=2), until=NOW - timedelta(days=1)).of == 0


def test_what_is_riskier_is_drawn_more_often(store: Store, make: Make, change: Callable[..., None]) -> None:
    """Of two replies with the weights 4 and 1, the first one is drawn in four fifths of many draws; its risks are named."""
    risky, calm = sent(store, make, 2)
    change([risky, calm], severity="normal", again=False)
    change([risky], passed=1)
    firsts = Counter(store.samples.draw(str(seed), 1, **SPAN).drawn[0].draft_id for seed in range(300))
    assert 0.73 < firsts[risky] / 300 < 0.87
    drawn = {one.draft_id: (one.weight, one.risks) for one in store.samples.draw("s", 2, **SPAN).drawn}
    assert drawn == {risky: (4, ("passed",)), calm: (1, ())}
    everything = {"severity": "urgent", "errors": 1, "sensitive": True, "distance": 0.4, "channel": "social", "model": True}
    change([risky], again=True, **everything)
    found = next(one for one in store.samples.draw("s", 2, **SPAN).drawn if one.draft_id == risky)
    assert (found.weight, found.risks) == (20, ("urgent", "passed", "errors", "sensitive", "rewritten", "public", "again", "model"))


def test_a_verdict_on_what_was_sent_is_no_decision_about_the_draft(store: Store, make: Make) -> None:
    """It is kept with the sent text, shown with the sample, and changes neither the text nor the queue."""
    (draft_id,) = sent(store, make, 1)
    (one,) = store.samples.draw("s", 1, **SPAN).drawn
    assert one.verdict is None
    store.samples.judge(one.sent_id, "reject", by="Ana", reason="blames the courier")
    (again,) = store.samples.draw("s", 1, **SPAN).drawn
    assert (again.verdict, again.reason) == ("reject", "blames the courier")
    assert store.reviews.of(draft_id) == ()
    assert [item.verdict for item in store.queue.page("all")] == [None]
    assert [record.text for record in store.sent.of(draft_id)] == ["a"]
    assert [(event.actor, event.data) for event in store.events.of(draft_id)][-1] == ("person", {"verdict": "reject"})
