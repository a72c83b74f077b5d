"""The inbox: each event of a helpdesk is taken on once, and what it says is kept no longer than it is needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.store import Store

NOW = timedelta(0)
SAID = {"ticket": "42", "text": "My card 4111 1111 1111 1111 was charged twice. Ana Lima"}


def test_an_event_that_comes_twice_is_taken_on_once(store: Store) -> None:
    """Each helpdesk has ids of its own, of any length."""
    ids = [("a", "1"), ("b", "1"), ("a", "x" * 100_000)]
    entries = [store.inbox.put(*one, SAID) for one in ids]
    assert len(set(entries)) == 3
    assert [store.inbox.put(*one, SAID) for one in ids] == [None] * 3


def test_of_many_at_once_one_is_the_first(store: Store) -> None:
    """The same webhook on eight threads starts one job."""
    with ThreadPoolExecutor(8) as threads:
        entries = list(threads.map(lambda _: store.inbox.put("a", "1", SAID), range(8)))
    assert sum(entry is not None for entry in entries) == 1


def test_what_was_said_goes_when_it_was_dealt_with(store: Store) -> None:
    """It is masked while it waits, and gone after; the first outcome stays."""
    entry = store.inbox.put("a", "1", SAID)
    assert entry is not None
    assert store.inbox.waiting(NOW) == (entry,)
    waiting = store.inbox.get(entry)
    assert waiting.event is not None
    assert waiting.event["ticket"] == "42"
    assert "4111 1111" not in waiting.event["text"]
    store.inbox.done(entry, "dr_1", "accepted")
    store.inbox.done(entry, None, "something else")
    dealt = store.inbox.get(entry)
    assert (dealt.event, dealt.draft_id, dealt.outcome) == (None, "dr_1", "accepted")
    assert store.inbox.waiting(NOW) == ()


def test_a_person_is_forgotten_in_events_that_wait(store: Store, double_charge: Incident) -> None:
    """What names them is emptied, and what names others stays."""
    store.drafts.accept(double_charge, person="Ana Lima")
    theirs, others = store.inbox.put("a", "1", SAID), store.inbox.put("a", "2", {"ticket": "43", "text": "Late again. Ben"})
    assert theirs is not None
    assert others is not None
    store.forget("Ana Lima")
    assert store.inbox.get(theirs).event is None
    assert store.inbox.get(others).event is not None


def test_an_unknown_entry_is_not_found(store: Store) -> None:
    """The answer names the id."""
    with pytest.raises(NotFoundError, match="there is no entry 'in_none'"):
        store.inbox.get("in_none")
