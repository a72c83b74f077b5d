"""Drafts over HTTP: asked for, waited for, read, revised, watched and cancelled, on both databases."""

from __future__ import annotations

import json

import pytest

from drafter import Writer
from drafter.incident import incident_from
from tests.api.facts import facts
from tests.api.server import Server


def made(either: Server, **options: object) -> dict[str, object]:
    """A draft that is written."""
    found: dict[str, object] = either.call("POST", "/v1/drafts", {"incident": facts()}, **options).json()
    return found


def test_a_draft_is_the_writers_and_can_be_read_again(either: Server) -> None:
    """Without a model the letter is there at once: 202 with its place, and the same letter as from Python."""
    answer = either.call("POST", "/v1/drafts", {"incident": facts(), "person": "c-1"})
    assert answer.status_code == 202
    draft = answer.json()
    assert answer.headers["location"] == f"/v1/drafts/{draft['id']}"
    assert (draft["status"], draft["version"]) == ("ready", 1)
    assert draft["text"] == Writer().draft(incident_from(facts())).text
    assert either.call("GET", answer.headers["location"]).json() == draft


def test_whoever_waits_gets_201(either: Server) -> None:
    """Prefer: wait is honoured and said to be; wishes that mean nothing are passed over."""
    answer = either.call("POST", "/v1/drafts", {"incident": facts()}, headers={"Prefer": "respond-async, wait=5"})
    assert (answer.status_code, answer.headers["preference-applied"]) == (201, "wait=5")
    answer = either.call("POST", "/v1/drafts", {"incident": facts()}, headers={"Prefer": "wait=long"})
    assert answer.status_code == 202
    assert "preference-applied" not in answer.headers


def test_a_kind_beside_the_facts_is_one_in_them(either: Server) -> None:
    """A kind that fits makes that kind of letter, and one that does not says what does."""
    assert either.call("POST", "/v1/drafts", {"incident": facts(), "kind": "holding"}).status_code == 202
    answer = either.call("POST", "/v1/drafts", {"incident": facts(), "kind": "answer"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-facts")
    assert "kind answer does not fit fault ours" in answer.json()["detail"]


def test_numbers_stay_as_they_were_written(either: Server) -> None:
    """149.10 keeps its nought: an amount is never read as a binary fraction."""
    incident = facts()
    incident["problems"][0]["remedies"] = [{"kind": "refund", "amount": {"amount": 149.10, "currency": "GBP"}}]
    body = '{"incident": ' + json.dumps(incident).replace("149.1", "149.10") + "}"
    answer = either.call("POST", "/v1/drafts", content=body, headers={"Content-Type": "application/json"})
    assert "£149.10" in answer.json()["text"]


def test_drafts_are_listed_newest_first_in_pages(either: Server) -> None:
    """`next` leads on to older ones until nothing is left, and a status narrows the list."""
    ids = [made(either)["id"] for _ in range(3)]
    first = either.call("GET", "/v1/drafts", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == ids[:0:-1]
    second = either.call("GET", "/v1/drafts", params={"limit": 2, "after": first["next"]}).json()
    assert second["items"][0]["id"] == ids[0]
    ready = either.call("GET", "/v1/drafts", params={"status": "ready"}).json()["items"]
    assert {item["status"] for item in ready} == {"ready"}
    assert either.call("GET", "/v1/drafts", params={"status": "failed"}).json() == {"items": [], "next": None}


def test_a_revision_is_the_next_version(either: Server) -> None:
    """A wish that the composer can follow is followed at once; both versions stay."""
    draft = made(either)
    answer = either.call("POST", f"/v1/drafts/{draft['id']}/revisions", {"wish": "shorter"}, headers={"Prefer": "wait=5"})
    assert answer.status_code == 201
    revision = answer.json()
    assert (revision["status"], revision["version"]) == ("done", 2)
    assert either.call("GET", answer.headers["location"]).json() == revision
    versions = either.call("GET", f"/v1/drafts/{draft['id']}/versions").json()["items"]
    assert [version["number"] for version in versions] == [1, 2]
    assert versions[0]["draft"]["text"] == draft["text"]


def test_a_free_wish_needs_a_model(either: Server) -> None:
    """Without one, the answer says what can be wished for."""
    draft = made(either)
    answer = either.call("POST", f"/v1/drafts/{draft['id']}/revisions", {"wish": "mention the weather"})
    assert (answer.status_code, answer.json()["code"]) == (422, "model-needed")


def test_a_draft_that_is_written_stays_when_cancelled_or_tried_again(either: Server) -> None:
    """Cancelling comes too late, and only what failed can be tried again."""
    draft = made(either)
    assert either.call("POST", f"/v1/drafts/{draft['id']}/cancel").json()["status"] == "ready"
    answer = either.call("POST", f"/v1/drafts/{draft['id']}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")


def test_facts_are_kept_with_cards_masked(either: Server) -> None:
    """What is stored and read again holds no card number."""
    incident = facts()
    incident["problems"][0]["what"] = "your card 4111 1111 1111 1111 was declined"
    draft = either.call("POST", "/v1/drafts", {"incident": incident}).json()
    answer = either.call("GET", f"/v1/incidents/{draft['incident_id']}")
    assert answer.status_code == 200
    assert "4111 1111 1111 1111" not in answer.text
    assert answer.json()["incident"]["company"]["name"] == "Harrow & Finch"


def test_a_callback_that_nobody_signs_is_refused(either: Server) -> None:
    """A caller learns now that no webhook would come; an address that is none is named as such."""
    answer = either.call("POST", "/v1/drafts", {"incident": facts(), "callback": "https://hooks.example.org/x"})
    assert (answer.status_code, "DRAFTER_WEBHOOK_SECRETS" in answer.json()["detail"]) == (422, True)
    answer = either.call("POST", "/v1/drafts", {"incident": facts(), "callback": "ftp://hooks.example.org"})
    assert answer.json()["errors"][0]["pointer"] == "/callback"


def test_a_person_who_is_forgotten_leaves_a_404(either: Server) -> None:
    """After erasure the draft, its facts and what more could be written to it are gone."""
    draft = either.call("POST", "/v1/drafts", {"incident": facts(), "person": "c-forgotten"}).json()
    either.service.store.forget("c-forgotten")
    for method, path in (("GET", ""), ("GET", "/versions"), ("POST", "/cancel"), ("GET", "/events")):
        answer = either.call(method, f"/v1/drafts/{draft['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert either.call("GET", f"/v1/incidents/{draft['incident_id']}").status_code == 404


def test_drafting_can_be_switched_off(either: Server) -> None:
    """The switch holds at once; checks go on."""
    assert either.call("GET", "/v1/switches/drafting").json() == {"name": "drafting", "on": True, "set": False}
    try:
        assert either.call("PUT", "/v1/switches/drafting", {"on": False}).json() == {"name": "drafting", "on": False, "set": True}
        answer = either.call("POST", "/v1/drafts", {"incident": facts()})
        assert (answer.status_code, answer.json()["code"]) == (409, "switched-off")
        assert either.call("POST", "/v1/checks", {"text": "We lost it."}).status_code == 200
    finally:
        either.call("PUT", "/v1/switches/drafting", {"on": True})
    assert either.call("POST", "/v1/drafts", {"incident": facts()}).status_code == 202


def test_a_switch_that_is_none_is_answered_with_the_nearest(either: Server) -> None:
    """A slip in the name of a kill switch is never taken for the switch."""
    answer = either.call("PUT", "/v1/switches/draftin", {"on": False})
    assert (answer.status_code, "did you mean 'drafting'" in answer.json()["detail"]) == (404, True)


@pytest.mark.parametrize("path", ["", "/versions", "/events", "/revisions/wish_" + "0" * 32])
def test_an_unknown_draft_is_404(either: Server, path: str) -> None:
    """An id that nothing has, and one that nothing could have."""
    for draft_id in ("dr_" + "0" * 32, "nonsense"):
        answer = either.call("GET", f"/v1/drafts/{draft_id}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
