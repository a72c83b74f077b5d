"""Figures are what a person counts by hand in a small store, on each kind of database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, insert

from drafter.incident import Incident
from drafter.store import Store
from drafter.store.address import read_address
from drafter.store.figures import Dismissed, Flagged, Promises, Span, Tally, wilson
from drafter.store.tables import DismissalRow, DraftRow, FlagRow, IncidentRow, MeasureRow, PromiseRow, SentRow, WorkingRow

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
SPAN = Span(MONDAY, MONDAY + timedelta(days=21))
HOUR = timedelta(hours=1)


def draft(name: str, ticket: str | None = None) -> dict[str, Any]:
    """A draft, for a ticket or for none."""
    made = {"id": name, "incident_id": "inc", "state": "done", "version": 1, "created": MONDAY, "updated": MONDAY}
    return made | {"helpdesk": "desk" if ticket else None, "ticket": ticket}


def measure(name: str, at: datetime, first: str, **more: Any) -> dict[str, Any]:
    """What is known of a draft, by default one that was composed and neither ready nor sent."""
    made = {"draft_id": name, "created": at, "first": first, "status": first, "model": False, "written": 0, "kept": 0, "passed": 0}
    return made | {"channel": "email", "severity": "normal", "sensitive": False, "again": False} | more


def sent(at: datetime, seconds: int, distance: float) -> dict[str, Any]:
    """That a reply went out so long after it was asked for."""
    return {"sent": at, "reply_seconds": seconds, "distance": distance, "unedited": distance == 0, "errors": 0}


@pytest.fixture
def counted(store: Store, address: str) -> Store:
    """Four drafts in two weeks: a and b of the queue "orders", c of "returns", d without a queue; a was written by a model."""
    late = MONDAY + timedelta(days=8)
    before = MONDAY - timedelta(days=1)
    promises: list[dict[str, Any]] = [
        {"draft_id": "a", "sent": MONDAY + 2 * HOUR, "due": late + 11 * HOUR},  # c went out for the same ticket
        {"draft_id": "b", "sent": MONDAY + 5 * HOUR, "due": MONDAY + 30 * HOUR},
        {"draft_id": "c", "sent": late + 12 * HOUR, "due": late + timedelta(days=9)},
        {"draft_id": "d", "sent": late + 2 * HOUR, "due": late + 3 * HOUR},
        {"draft_id": "d", "sent": late + 2 * HOUR, "due": late + 3 * HOUR, "state": "kept", "decided": late + 3 * HOUR},
        {"draft_id": "a", "sent": MONDAY + 2 * HOUR, "due": late + 11 * HOUR, "state": "kept", "decided": late + 12 * HOUR},
        {"draft_id": "c", "sent": late + 12 * HOUR, "due": late + timedelta(days=9), "state": "broken", "decided": late},
        {"draft_id": "c", "sent": late + 12 * HOUR, "due": late + timedelta(days=9), "state": "dropped", "decided": late},
        {"draft_id": "c", "sent": late + 12 * HOUR, "due": None},
    ]
    rows: dict[Any, list[dict[str, Any]]] = {
        IncidentRow: [{"id": "inc", "created": MONDAY}],
        DraftRow: [draft("a", "1"), draft("b", "2"), draft("c", "1"), draft("d"), draft("old")],
        MeasureRow: [
            measure("a", MONDAY, "ready", queue="orders", model=True, written=4, kept=3, cost=Decimal("0.5"), ready_seconds=3600)
            | sent(MONDAY + 2 * HOUR, 7200, 0.0),
            measure("b", MONDAY, "needs_review", queue="orders", ready_seconds=10_800) | sent(MONDAY + 4 * HOUR, 14_400, 0.25),
            measure("c", late, "blocked", queue="returns", ready_seconds=32_400) | sent(late + 12 * HOUR, 36_000, 0.5),
            measure("d", late, "ready", ready_seconds=0),
            measure("old", before, "ready", queue="orders") | sent(MONDAY, 86_400, 1.0),
        ],
        SentRow: [
            {"id": f"s{name}", "draft_id": name, "distance": 0.0, "unedited": True, "created": at}
            for name, at in (("a", MONDAY + 2 * HOUR), ("b", MONDAY + 4 * HOUR), ("c", late + 10 * HOUR))
        ],
        FlagRow: [
            *({"draft_id": name, "number": 1, "rule": "excuse", "times": 2} for name in "abc"),
            {"draft_id": "b", "number": 0, "rule": "excuse", "times": 1},
            {"draft_id": "c", "number": 0, "rule": "jargon", "times": 1},
            {"draft_id": "d", "number": 1, "rule": "jargon", "times": 1},
        ],
        DismissalRow: [
            {"id": "1", "draft_id": "a", "rule": "excuse", "created": MONDAY},
            {"id": "2", "draft_id": "a", "rule": "excuse", "created": MONDAY},
            {"id": "3", "draft_id": "c", "rule": "stock-phrase", "created": late},
            {"id": "4", "draft_id": None, "rule": "excuse", "created": late},
        ],
        PromiseRow: [{"id": f"prm_{number}", "fact": f"next{number}", "state": "open", **one} for number, one in enumerate(promises)],
        WorkingRow: [{"id": "w", "owner": "maya", "draft_id": "b", "created": MONDAY, "updated": MONDAY}],
    }
    engine = create_engine(read_address(address), poolclass=NullPool)
    with engine.begin() as connection:
        for table, values in rows.items():
            for value in values:
                connection.execute(insert(table).values(value))
    engine.dispose()
    return store


def test_drafts_are_counted_by_the_week(counted: Store) -> None:
    """All that became of a draft goes to the week in which it was asked for; nothing from outside the span is counted."""
    assert counted.figures.tallies(SPAN, "time") == {
        date(2026, 11, 2): Tally(
            drafts=2, ready=1, written=4, kept=3, sent=2, unedited=1, distance=0.125, reply_seconds=3 * 3600.0,
            readied=2, ready_seconds=2 * 3600.0, priced=1, cost=Decimal("0.5"),
        ),
        date(2026, 11, 9): Tally(
            drafts=2, ready=1, sent=1, distance=0.5, reply_seconds=36_000.0, readied=2, ready_seconds=16_200.0
        ),
    }  # fmt: skip
    days = counted.figures.tallies(Span(SPAN.since, SPAN.until, "day"), "time")
    assert {day: tally.drafts for day, tally in days.items()} == {date(2026, 11, 2): 2, date(2026, 11, 10): 2}


def test_drafts_are_counted_by_queue_model_and_person(counted: Store) -> None:
    """A draft without a queue goes under its helpdesk, or under none; a person is who had it in hand."""
    figures = counted.figures
    assert figures.queues() == ("", "orders", "returns")
    by_queue = figures.tallies(SPAN, "queue")
    assert {queue: (tally.drafts, tally.ready, tally.sent) for queue, tally in by_queue.items()} == {
        "": (1, 1, 0),
        "orders": (2, 1, 2),
        "returns": (1, 0, 1),
    }
    by_model = figures.tallies(SPAN, "model")
    assert {model: (tally.drafts, tally.ready, tally.sent, tally.unedited, tally.reply_seconds) for model, tally in by_model.items()} == {
        False: (3, 1, 2, 0, 25_200.0),
        True: (1, 1, 1, 1, 7200.0),
    }
    assert {who: (tally.drafts, tally.reply_seconds) for who, tally in figures.tallies(SPAN, "person").items()} == {"maya": (1, 4 * 3600.0)}
    (whole,) = figures.tallies(SPAN, "all").values()
    assert (whole.drafts, whole.sent, whole.distance, whole.reply_seconds) == (4, 3, 0.25, 4 * 3600.0)
    (orders,) = figures.tallies(Span(SPAN.since, SPAN.until, queue="orders"), "all").values()
    assert (orders.drafts, orders.sent, orders.priced) == (2, 2, 1)


def test_flags_are_counted_before_and_after_editing(counted: Store) -> None:
    """Only in drafts that were sent, each once, and of how many: d was not."""
    assert counted.figures.flags(SPAN) == (Flagged("excuse", 3, 1, 3), Flagged("jargon", 0, 1, 3))


def test_a_rule_is_passed_over_once_in_a_draft(counted: Store) -> None:
    """What is passed over without standing in a kept version is a case too; what lost its draft is none."""
    assert set(counted.figures.dismissals(SPAN)) == {Dismissed("excuse", 3, 1), Dismissed("jargon", 1, 0), Dismissed("stock-phrase", 1, 1)}


def test_a_rule_is_demoted_only_with_enough_cases() -> None:
    """The lower end of Wilson's interval has to be over one half: 15 of 20 is, 14 of 20 is not, and 19 of 19 are too few."""
    assert wilson(14, 20) == pytest.approx(0.4810, abs=1e-4)
    assert [Dismissed("r", cases, passed).demotes for cases, passed in ((20, 15), (20, 14), (19, 19), (0, 0))] == [
        True,
        False,
        False,
        False,
    ]


def test_promises_are_told_by_what_went_out_later_for_the_same_ticket(counted: Store) -> None:
    """Kept by a later reply in time, overdue without one, still to come, and past without a ticket to tell by.

    What somebody said of it comes first: kept in time or too late, broken, or waited for by nobody; without a day it is none of these.
    """
    assert counted.figures.promises(SPAN, at=MONDAY + timedelta(days=10)) == Promises(coming=1, kept=2, overdue=3, untold=1)


def test_an_empty_store_has_no_figures(store: Store) -> None:
    """Nothing is divided by nothing."""
    figures = store.figures
    assert (figures.tallies(SPAN, "time"), figures.tallies(SPAN, "all"), figures.flags(SPAN), figures.dismissals(SPAN)) == ({}, {}, (), ())
    assert (figures.promises(SPAN, at=MONDAY), figures.queues(), figures.first()) == (Promises(), (), None)


def test_what_is_asked_and_sent_is_counted(store: Store, incident: Callable[..., Incident]) -> None:
    """A draft that came in by the front door is in the figures of its day."""
    from drafter.writer import Writer

    facts = incident()
    made = store.drafts.accept(facts, draft=Writer().draft(facts))
    store.sent.add(made.id, text="a", findings=(), distance=0.0, unedited=True)
    now = datetime.now(UTC)
    (tally,) = store.figures.tallies(Span(now - HOUR, now + HOUR, "day"), "time").values()
    assert (tally.drafts, tally.sent, tally.unedited, tally.readied) == (
        1,
        1,
        1,
        int(made.draft is not None and made.draft.status == "ready"),
    )
