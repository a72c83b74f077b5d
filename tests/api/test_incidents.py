"""Opened incidents over HTTP: their course, two people at once, and what is asked for when a step comes too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.facts import facts
from tests.api.server import Server

PLAN = {"next": [{"will": "I will call you about the chain", "on": f"{(datetime.now(UTC) + timedelta(days=2)).date()}"}]}


def known(cause: str = "unknown", **more: Any) -> dict[str, Any]:
    """Facts of today, with nothing done yet."""
    made = facts(**more)
    made.pop("as_of")
    made["problems"][0] |= {"cause": cause, "fixes": [{"doing": "we are fitting a new chain"}], "unknown": ["why the chain slips"]}
    return made


def opened(server: Server, **more: Any) -> str:
    """The id of an incident that was opened."""
    answer = server.call("POST", "/v1/incidents", {"incident": known(**more), "title": "a chain", "by": "ellen"})
    assert answer.status_code == 201
    found: str = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/incidents/{found}/timeline"
    return found


def send(server: Server, incident: str) -> dict[str, Any]:
    """The next message, prepared and sent as it was written."""
    draft = server.call("POST", f"/v1/incidents/{incident}/drafts", {})
    assert draft.status_code == 202, draft.text
    found: dict[str, Any] = draft.json()
    assert found["part_of"] == incident
    assert server.call("POST", f"/v1/drafts/{found['id']}/sent", {"text": found["text"]}).status_code == 201
    return found


def test_the_course_of_an_incident(either: Server) -> None:
    """Opened, told, changed, resolved and followed up; each step is in the timeline, and what is due follows."""
    incident = opened(either, severity="urgent")
    early = either.call("POST", f"/v1/incidents/{incident}/state", {"state": "resolved"})
    assert (early.status_code, early.json()["code"], len(early.json()["errors"])) == (409, "out-of-order", 4)
    send(either, incident)
    silent = either.call("POST", f"/v1/incidents/{incident}/drafts", {})
    assert (silent.status_code, silent.json()["code"]) == (409, "no-news")
    assert any("what is being done at this moment" in fault["detail"] for fault in silent.json()["errors"])
    either.call("POST", f"/v1/incidents/{incident}/entries", {"text": "no other bike has this chain", "kind": "containment"})
    fixed = facts(severity="urgent")
    fixed.pop("as_of")
    changed = either.call("PUT", f"/v1/incidents/{incident}/facts", {"incident": fixed, "version": 1}).json()
    assert (changed["version"], changed["theirs"]) == (2, [])
    assert "apology" in str(send(either, incident)["elements"])
    assert either.call("POST", f"/v1/incidents/{incident}/state", {"state": "resolved", "by": "ellen"}).json()["state"] == "resolved"
    course = either.call("GET", f"/v1/incidents/{incident}/timeline").json()
    assert [entry["kind"] for entry in course["entries"]] == [
        "noticed", "drafted", "sent", "state", "containment", "facts", "drafted", "sent", "kept", "state",
    ]  # fmt: skip
    assert [message["kind"] for message in course["sent"]] == ["holding", "apology"]
    assert [item["step"] for item in course["due"] if item["step"] != "promise"] == ["follow_up", "debrief"]
    page = either.call("GET", "/v1/incidents?state=resolved&limit=1").json()
    assert (page["items"][0]["id"], page["items"][0]["overdue"], page["next"]) == (incident, 0, incident)
    assert either.call("GET", f"/v1/incidents/{incident}").json()["incident"]["severity"] == "urgent"


def test_two_people_at_once(server: Server) -> None:
    """The second is told what the first has changed; the same fact is 409 with both versions, and nothing is lost."""
    incident = opened(server)
    place = f"/v1/incidents/{incident}/facts"
    assert server.call("PUT", place, {"incident": known("we ordered the part late"), "version": 1}).status_code == 200
    second = server.call("PUT", place, {"incident": known(reference="job 5521"), "version": 1}).json()
    assert [(change["place"], change["after"]) for change in second["theirs"]] == [("problems.p1.cause", "we ordered the part late")]
    assert (second["incident"]["reference"], second["incident"]["problems"][0]["cause"]) == ("job 5521", "we ordered the part late")
    refused = server.call("PUT", place, {"incident": known("we lost the order"), "version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "changed")
    assert "“we ordered the part late” now, and yours says “we lost the order”" in refused.json()["detail"]
    assert server.call("PUT", place, {"incident": known(), "version": 99}).status_code == 404


def test_promises_are_due_until_somebody_says_what_became_of_them(server: Server) -> None:
    """Handed over, kept once, and told in the facts."""
    incident = opened(server, **PLAN)
    send(server, incident)
    due = server.call("GET", "/v1/due").json()["items"]
    (promise,) = [item["promise_id"] for item in due if item["incident_id"] == incident and item["step"] == "promise"]
    handed = server.call("POST", f"/v1/promises/{promise}/handed", {"owner": "Sam Osei"}).json()
    assert (handed["owner"], handed["state"]) == ("Sam Osei", "open")
    wrong = server.call("POST", f"/v1/promises/{promise}/kept", {"how": "I will call you"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid-facts")
    kept = server.call("POST", f"/v1/promises/{promise}/kept", {"how": "Sam Osei called you about the chain", "by": "sam"})
    assert (kept.status_code, kept.json()["by"]) == (200, "sam")
    again = server.call("POST", f"/v1/promises/{promise}/broken", {"plan": {"will": "I will call you at noon"}})
    assert (again.status_code, again.json()["code"]) == (409, "out-of-order")
    course = server.call("GET", f"/v1/incidents/{incident}/timeline").json()
    assert course["incident"]["problems"][0]["fixes"][-1]["done"] == "Sam Osei called you about the chain"
    other = opened(server, **PLAN)
    send(server, other)
    (one,) = server.call("GET", f"/v1/promises?state=open&incident_id={other}").json()["items"]
    assert server.call("POST", f"/v1/promises/{one['id']}/broken", {}).json()["state"] == "broken"
    assert server.call("GET", f"/v1/incidents/{other}/timeline").json()["incident"]["problems"][1]["fault"] == "ours"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v1/incidents", {"incident": {"company": "A"}}, 422, "invalid-facts"),
        ("POST", "/v1/incidents", {"incident": known(), "noticed": "2199-01-01T00:00:00Z"}, 422, "invalid-request"),
        ("POST", "/v1/incidents", {"incident": known(), "noticed": "0001-01-01T00:00:00+05:00"}, 422, "invalid-request"),
        ("POST", "/v1/incidents", known(), 422, "invalid-request"),
        ("POST", "/v1/incidents/ID/entries", {"text": " - "}, 422, "invalid-request"),
        ("POST", "/v1/incidents/ID/entries", {"text": "it", "kind": "remark"}, 422, "invalid-request"),
        ("POST", "/v1/incidents/ID/drafts", {"kind": "follow_up"}, 409, "out-of-order"),
        ("POST", "/v1/incidents/ID/drafts", {"kind": "answer"}, 422, "invalid-facts"),
        ("POST", "/v1/incidents/ID/state", {"state": "over"}, 422, "invalid-request"),
        ("PUT", "/v1/incidents/ID/facts", {"incident": known()}, 422, "invalid-request"),
        ("GET", "/v1/incidents/inc_" + "0" * 32 + "/timeline", None, 404, "not-found"),
        ("GET", "/v1/due?at=soon", None, 422, "invalid-request"),
        ("GET", "/v1/promises?incident_id=none", None, 422, "invalid-request"),
        ("POST", "/v1/promises/prm_" + "0" * 32 + "/dropped", {"why": "it is over"}, 404, "not-found"),
    ],
)
def test_what_cannot_be_done_is_a_problem(server: Server, method: str, path: str, body: Any, status: int, code: str) -> None:
    """With a code, and a detail that says what to send."""
    if "ID" in path:
        path = path.replace("ID", opened(server))
    answer = server.call(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_a_message_is_prepared_once_for_each_key(server: Server) -> None:
    """The same Idempotency-Key gives the same draft; the timeline has it once. Facts that were never opened have no course."""
    incident = opened(server)
    headers = {"Idempotency-Key": f'"{incident}"'}
    ids = {server.call("POST", f"/v1/incidents/{incident}/drafts", {}, headers=headers).json()["id"] for _ in range(2)}
    assert len(ids) == 1
    course = server.call("GET", f"/v1/incidents/{incident}/timeline").json()
    assert [entry["kind"] for entry in course["entries"]] == ["noticed", "drafted"]
    alone = server.call("POST", "/v1/drafts", {"incident": facts()}).json()
    answer = server.call("GET", f"/v1/incidents/{alone['incident_id']}/timeline")
    assert (answer.status_code, "was never opened" in answer.json()["detail"]) == (404, True)
