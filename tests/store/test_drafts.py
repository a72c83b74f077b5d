"""Drafts: what is accepted is kept whole, moves one way, and is never overwritten by what comes late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from drafter.draft import Draft
from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.store import DeskTicket, Store, new_id, open_store

CARD = "4012 8888 8888 1881"
Act = Callable[[Store, str, Draft], object]
ACTS: dict[str, Act] = {
    "begin": lambda store, draft_id, letter: store.drafts.begin(draft_id),
    "finish": lambda store, draft_id, letter: store.drafts.finish(draft_id, letter, number=1, by="worker"),
    "fail": lambda store, draft_id, letter: store.drafts.fail(draft_id, {"title": "The model is away", "status": 503}),
    "cancel": lambda store, draft_id, letter: store.drafts.cancel(draft_id),
}


def test_a_request_is_kept_whole(store: Store, double_charge: Incident) -> None:
    """Facts, person, key, ticket, callback and message are there again, with moments that know their zone."""
    desk = DeskTicket("zendesk", "88", "support", "evt-1")
    made = store.drafts.accept(
        double_charge, person="cust-1", key="key_1", desk=desk, raw="I was charged twice!", callback="https://x.example/done"
    )
    found = store.drafts.get(made.id)
    assert found == made
    assert (found.state, found.version, found.draft, found.error) == ("queued", 0, None, None)
    assert (found.person, found.key, found.desk, found.callback) == ("cust-1", "key_1", desk, "https://x.example/done")
    assert found.created.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - found.created < timedelta(minutes=1)
    assert store.incidents.get(found.incident_id).incident == double_charge
    assert store.drafts.raw(made.id) == "I was charged twice!"


def test_a_message_is_kept_only_where_the_house_says_so(address: str, double_charge: Incident) -> None:
    """Without `[store] raw = true`, the message itself is nowhere."""
    store = open_store(address)
    made = store.drafts.accept(double_charge, raw="I was charged twice!")
    assert store.drafts.raw(made.id) is None
    store.close()


def test_the_same_id_is_accepted_once(store: Store, incident: Callable[..., Incident], double_charge: Incident) -> None:
    """A request that is made again changes nothing, and leaves no second facts behind."""
    draft_id = new_id("dr")
    first = store.drafts.accept(double_charge, id=draft_id)
    store.drafts.begin(draft_id)
    second = store.drafts.accept(incident(), id=draft_id)
    assert (second.incident_id, second.state) == (first.incident_id, "writing")
    assert len(store.incidents.page()) == 1
    assert [event.kind for event in store.events.of(draft_id)] == ["draft.accepted", "draft.begun"]


def test_cards_are_masked_before_they_are_kept(store: Store, incident: Callable[..., Incident]) -> None:
    """In facts, in the message, in a problem document and in a reply, only the last digits remain."""
    made = store.drafts.accept(
        incident(ours=f"we charged your card {CARD} twice"), raw=f"my card is {CARD}, security code 921, and it was 4111-1111-1111-1112"
    )
    store.drafts.fail(made.id, {"title": "failed", "detail": f"at {CARD}"})
    raw, error = store.drafts.raw(made.id), store.drafts.get(made.id).error
    assert store.incidents.get(made.incident_id).incident.problems[0].ours == "we charged your card ending 1881 twice"
    assert raw == "my card is ending 1881, security code ***, and it was card ending 1112"
    assert error == {"title": "failed", "detail": "at card ending 1881"}


def test_a_card_in_a_reply_is_masked_too(store: Store, double_charge: Incident, letter: Draft) -> None:
    """What a model or a person brought into a version is masked like facts."""
    made = store.drafts.accept(double_charge)
    told = letter.model_copy(update={"text": f"{letter.text} Your card is {CARD}."})
    found = store.drafts.finish(made.id, told, number=1, by="worker")
    assert found.draft is not None
    assert found.draft.text == f"{letter.text} Your card is ending 1881."


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ("begin", "writing"),
        ("begin finish", "done"),
        ("finish", "done"),
        ("begin fail", "failed"),
        ("begin fail begin finish", "done"),
        ("begin finish begin", "done"),
        ("begin finish fail", "done"),
        ("begin finish cancel", "done"),
        ("cancel begin", "cancelled"),
        ("cancel finish", "cancelled"),
        ("begin cancel fail", "cancelled"),
        ("begin fail cancel", "cancelled"),
    ],
)
def test_a_draft_moves_one_way(store: Store, double_charge: Incident, letter: Draft, acts: str, state: str) -> None:
    """Done and cancelled are final; failed may begin again."""
    made = store.drafts.accept(double_charge)
    for act in acts.split():
        ACTS[act](store, made.id, letter)
    found = store.drafts.get(made.id)
    assert found.state == state
    assert (found.draft == letter) is (state == "done")
    assert (found.error is not None) is (state == "failed")
    assert [version.number for version in store.drafts.versions(made.id)] == ([1] if state == "done" else [])


def test_every_version_is_kept_and_the_first_of_a_number_holds(store: Store, double_charge: Incident, letter: Draft) -> None:
    """A version that comes twice, as after a crash, is the first one; the newest number is the draft's own."""
    made = store.drafts.accept(double_charge)
    second = letter.model_copy(update={"text": "Shorter."})
    store.drafts.finish(made.id, letter, number=1, by="worker")
    store.drafts.finish(made.id, second, number=2, by="key_9")
    found = store.drafts.finish(made.id, second, number=1, by="worker")
    assert (found.version, found.draft) == (2, second)
    assert [(version.number, version.draft, version.by) for version in store.drafts.versions(made.id)] == [
        (1, letter, "worker"),
        (2, second, "key_9"),
    ]
    finished = [event for event in store.events.of(made.id) if event.kind == "draft.finished"]
    assert [(event.actor, event.data["version"]) for event in finished] == [("worker", 1), ("key_9", 2)]


@pytest.mark.parametrize("act", ACTS)
def test_an_unknown_draft_is_not_found(store: Store, letter: Draft, act: str) -> None:
    """Whatever is done to it, the answer names the id."""
    with pytest.raises(NotFoundError, match="there is no draft 'dr_none'"):
        ACTS[act](store, "dr_none", letter)


def test_pages_have_the_newest_first_and_go_on_where_one_ended(store: Store, incident: Callable[..., Incident]) -> None:
    """Every draft and incident stands on one page; a state leaves the others out."""
    made = [store.drafts.accept(incident()).id for _ in range(7)]
    store.drafts.begin(made[2])
    first = store.drafts.page(limit=3)
    second = store.drafts.page(limit=10, after=first[-1].id)
    assert [record.id for record in (*first, *second)] == made[::-1]
    assert [record.id for record in store.drafts.page("writing")] == [made[2]]
    facts = store.incidents.page(limit=5)
    assert len((*facts, *store.incidents.page(after=facts[-1].id))) == 7
    assert store.drafts.page(after=made[0]) == ()


def test_what_is_not_written_is_found_by_its_age(store: Store, incident: Callable[..., Incident]) -> None:
    """The sweep sees what waits or was begun, the oldest first, and nothing that is over or new."""
    made = [store.drafts.accept(incident()).id for _ in range(4)]
    store.drafts.begin(made[1])
    store.drafts.cancel(made[3])
    assert store.drafts.waiting(timedelta(0)) == tuple(made[:3])
    assert store.drafts.waiting(timedelta(minutes=1)) == ()


def test_the_drafts_of_a_ticket_are_found(store: Store, incident: Callable[..., Incident]) -> None:
    """Only those of the same helpdesk and ticket, the oldest first."""
    made = [
        store.drafts.accept(incident(), desk=DeskTicket(desk, ticket)).id
        for desk, ticket in (("a", "1"), ("b", "1"), ("a", "1"), ("a", "2"))
    ]
    assert [record.id for record in store.drafts.of_ticket("a", "1")] == [made[0], made[2]]


def test_unknown_facts_are_not_found(store: Store) -> None:
    """An id that names nothing says so."""
    with pytest.raises(NotFoundError, match="there is no incident 'inc_none'"):
        store.incidents.get("inc_none")
