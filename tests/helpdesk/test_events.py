"""What webhooks tell: recorded ones of each helpdesk, and bodies that are none."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.errors import PayloadError
from drafter.house.desks import DeskKind
from tests.helpdesk.adapters import ALL, EVENTS, Recorded, adapter, all_recorded, recorded, signed

RECORDED = list(all_recorded())


@pytest.mark.parametrize("told", RECORDED, ids=lambda told: f"{told.kind}/{told.name}")
def test_each_recorded_webhook_becomes_its_event(told: Recorded) -> None:
    """Ticket, kind, queue, tags and words, without what was quoted; None where nothing is to be done."""
    event = adapter(told.kind).event(told.body, signed(told.kind, told.body)[0])
    if told.expect is None:
        assert event is None
        return
    assert event is not None
    expect = dict(told.expect)
    messages = expect.pop("messages", None)
    assert {"ticket": event.ticket, "kind": event.kind, "queue": event.queue, "tags": list(event.tags), "text": event.text} == expect
    assert event.delivery
    assert not event.author_is_us
    assert (len(event.thread.messages) if event.thread else None) == messages
    assert event.when is None or event.when.tzinfo is not None


def test_every_helpdesk_has_recorded_events() -> None:
    """For each: a customer's words, an agent's note where it tells of one, and our own note, which is no event."""
    for kind in ALL:
        mine = [told for told in RECORDED if told.kind == kind]
        kinds = {told.expect["kind"] for told in mine if told.expect}
        assert kinds & {"opened", "customer_wrote"}, kind
        assert any(told.expect is None for told in mine), kind
        if kind not in ("generic", "freshdesk"):
            assert {"note", "agent_wrote"} <= kinds, kind


@pytest.mark.parametrize("kind", ALL)
def test_a_second_delivery_has_the_same_id_and_another_event_has_not(kind: DeskKind) -> None:
    """By this id a second delivery is known; headers that are not signed do not change it."""
    mine = [told for told in RECORDED if told.kind == kind and told.expect]
    desk = adapter(kind)
    told = mine[0]
    unsigned = {"X-Zendesk-Webhook-Invocation-Id": "2", "X-Chatwoot-Delivery": "2", "X-Zammad-Delivery": "2", "X-Request-Id": "2"}
    headers = signed(kind, told.body)[0]
    first, again = desk.event(told.body, headers), desk.event(told.body, {**headers, **unsigned})
    assert first is not None
    assert again is not None
    assert first.delivery == again.delivery
    if kind in ("generic", "request-tracker"):
        other = desk.event(told.body, {**headers, "webhook-id": "msg_2"})
        assert other is not None
        assert other.delivery != first.delivery
        return
    changes: dict[str, Any] = {
        "zendesk": ("cbe4028c-7239-495d-b020-f22348516046", "other-event"),
        "chatwoot": ('"id": 901', '"id": 902'),
        "zammad": ('"id": 104', '"id": 105'),
        "freshdesk": ("03:45:54", "03:45:55"),
        "django-helpdesk": ('"followup_id": 2', '"followup_id": 1'),
    }
    source = recorded(kind, EVENTS[kind]).body.decode()
    once, next_one = desk.event(source.encode(), headers), desk.event(source.replace(*changes[kind]).encode(), headers)
    assert once is not None
    assert next_one is not None
    assert once.delivery != next_one.delivery


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b'{"event": 3}', b'{"ticket": {"id": {}}}'])
def test_a_body_that_is_none_is_refused_in_plain_words(kind: DeskKind, body: bytes) -> None:
    """No trace, no values: which keys are wrong. Chatwoot's events that we do not know are of no interest."""
    if kind == "chatwoot" and body == b'{"event": 3}':
        assert adapter(kind).event(body, {}) is None
        return
    with pytest.raises(PayloadError, match="the webhook's body is not what it should be: "):
        adapter(kind).event(body, {})


@pytest.mark.parametrize("kind", ALL)
def test_complaints_about_a_body_name_keys_and_hold_no_words_of_it(kind: DeskKind) -> None:
    """A person's words never reach a log through an error."""
    body = json.dumps({"event": "message_created", "type": "zen:x", "ticket": "ana@customer.example", "detail": "ana@customer.example"})
    with pytest.raises(PayloadError) as caught:
        adapter(kind).event(body.encode(), {})
    assert "ana@" not in str(caught.value)


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "generic"])
@pytest.mark.parametrize("ticket", ["../../users/1", "42/../43", "42?x=1", "", "x", "４２"])
def test_a_ticket_that_is_no_number_is_refused(kind: DeskKind, ticket: str) -> None:
    """It becomes part of an address, so that nothing else may come through."""
    told = json.loads(recorded(kind, EVENTS[kind]).body)
    place = {"zendesk": ("detail", "id"), "chatwoot": ("conversation", "id"), "freshdesk": ("ticket",)}.get(kind, ("ticket", "id"))
    inner = told
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = ticket
    with pytest.raises(PayloadError):
        adapter(kind).event(json.dumps(told).encode(), {"webhook-id": "1"})


def test_a_trigger_of_zendesk_without_the_moment_of_the_update_is_refused() -> None:
    """Two events of one ticket could not be told apart."""
    with pytest.raises(PayloadError, match="updated"):
        adapter("zendesk").event(b'{"ticket": "42", "event": "tagged"}', {})


def test_a_customer_who_writes_our_marker_is_heard_all_the_same() -> None:
    """The marker only counts where a customer could not have put it."""
    body = recorded("zendesk", "comment_by_customer").body.replace(b"Still nothing.", b"[drafter:dr_0197aa] hello")
    event = adapter("zendesk").event(body, {})
    assert event is not None
    assert event.text.startswith("[drafter:")


@pytest.mark.parametrize("kind", ALL)
@settings(max_examples=25, deadline=None)
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["ticket", "event", "id", "article", "detail", "type", "conversation", "messages"]), inner, max_size=4
            )
        ),
    )
)
def test_any_json_is_an_event_or_refused(kind: DeskKind, data: Any) -> None:
    """Nothing that somebody sends ends in another error."""
    with suppress(PayloadError):
        adapter(kind).event(json.dumps(data).encode(), {})
