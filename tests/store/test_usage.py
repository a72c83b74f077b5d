"""Usage is added up exactly, by key, day and kind; switches are on or off for everyone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from drafter.store import Store


def test_usage_is_added_up_by_key_day_and_kind(store: Store) -> None:
    """Costs are exact sums, and what has no key is the page's and the command line's."""
    today = datetime.now(UTC).date()
    for key, kind, cost in (
        ("key_1", "draft", 0.1),
        ("key_1", "draft", 0.2),
        ("key_1", "check", None),
        (None, "draft", Decimal("0.000001")),
    ):
        store.usage.add(key, kind=kind, input_tokens=100, output_tokens=10, cost=cost)
    rows = {(row.key_id, row.kind): row for row in store.usage.of(None, since=today)}
    assert (rows["key_1", "draft"].calls, rows["key_1", "draft"].input_tokens, rows["key_1", "draft"].cost) == (2, 200, Decimal("0.3"))
    assert rows[None, "draft"].cost == Decimal("0.000001")
    assert {row.kind for row in store.usage.of("key_1", since=today)} == {"check", "draft"}
    assert store.usage.spent("key_1", day=today) == Decimal("0.3")
    assert store.usage.spent("key_1", day=today - timedelta(days=1)) == 0
    assert store.usage.of(None, since=today + timedelta(days=1)) == ()


def test_nothing_is_lost_when_many_add_at_once(store: Store) -> None:
    """Eight threads add to the same row."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: store.usage.add("key_1", kind="check", output_tokens=3, cost=0.01), range(80)))
    (row,) = store.usage.of("key_1", since=datetime.now(UTC).date())
    assert (row.calls, row.output_tokens, row.cost) == (80, 240, Decimal("0.8"))


def test_a_switch_is_off_until_somebody_turns_it_on(store: Store) -> None:
    """The last one holds; each turn is in the log."""
    assert (store.switches.get("drafting"), store.switches.get("drafting", default=True)) == (False, True)
    store.switches.set("drafting", True, by=None)
    store.switches.set("drafting", False, by="key_1")
    store.switches.set("shadow:support", True, by=None)
    assert (store.switches.get("drafting", default=True), store.switches.all()) == (False, {"drafting": False, "shadow:support": True})
    assert [(event.actor, event.data) for event in store.events.of("drafting")] == [("system", {"on": True}), ("key_1", {"on": False})]
