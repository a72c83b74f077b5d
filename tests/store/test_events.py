"""Events are in order, without personal data, and nobody can change or delete one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from drafter.incident import Incident
from drafter.store import DeskTicket, Store
from drafter.store.address import read_address


def test_events_come_back_in_order(store: Store) -> None:
    """By subject, and page by page from the first one on."""
    made = [store.events.append("job.started", f"dr_{i % 2}", "worker", {"attempt": i, "late": False, "cost": 0.5}) for i in range(5)]
    assert store.events.of("dr_1") == (made[1], made[3])
    first = store.events.page(limit=2)
    assert (*first, *store.events.page(first[-1].id)) == tuple(made)


@pytest.mark.parametrize("value", ["Tom Okafor", "tom@mail.example", "Sorry, it was late", "a" * 121])
def test_free_text_is_refused(store: Store, value: str) -> None:
    """What is more than a code may be somebody's; the log would keep it for good."""
    with pytest.raises(ValueError, match="holds codes"):
        store.events.append("job.failed", "dr_1", "worker", {"because": value})
    assert store.events.page() == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET actor = 'x'", "DELETE FROM events", "TRUNCATE events", "UPDATE events SET id = id"]
)
def test_the_database_itself_refuses_to_change_events(store: Store, address: str, statement: str) -> None:
    """Whoever has a connection can add to the log and read it, no more."""
    store.events.append("job.started", "dr_1", "worker")
    engine = create_engine(read_address(address))
    with pytest.raises(SQLAlchemyError), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert [(event.kind, event.actor) for event in store.events.page()] == [("job.started", "worker")]


def test_names_with_blanks_do_not_lose_a_request(store: Store, incident: Callable[..., Incident]) -> None:
    """A helpdesk or queue may be called anything; the log writes it as one word."""
    made = store.drafts.accept(incident(), desk=DeskTicket("Help Desk", "1"))
    store.switches.set("drafting:Customer care", True, by="Maya")
    data: dict[str, Any] = store.events.of(made.id)[0].data
    assert data["helpdesk"] == "Help_Desk"
    assert store.events.of("drafting:Customer_care")[0].actor == "person"
