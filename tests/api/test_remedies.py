"""Remedies over HTTP: suggested, approved by whoever the house lets, and an error in every letter that promises another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.facts import facts
from tests.api.server import Server, serving
from tests.postgres import Postgres

HOUSE = {
    "remedy": {
        "currency": "GBP",
        "limit": 30,
        "goodwill": [{"times": 0.5}],
        "statutory": [{"name": "delay", "where": "it came a week late or more", "amount": 20}],
        "approvers": [{"name": "Sam Osei", "role": "Shop manager", "up_to": 100}],
    }
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a house with rules for remedies."""
    place: dict[str, Any] = {}
    if request.param == "postgresql":
        running: Postgres = request.getfixturevalue("postgres")
        place = {"DRAFTER_DATABASE_URL": running.database()}
    with serving(tmp_path_factory.mktemp("api"), house=HOUSE, **place) as found:
        yield found


def opened(server: Server, **more: Any) -> str:
    """The id of an incident in which £40 were lost."""
    made = facts(**more)
    made.pop("as_of")
    made["problems"][0]["loss"] = "£40"
    found: str = server.call("POST", "/v1/incidents", {"incident": made}).json()["id"]
    return found


def suggested(server: Server, incident: str, **body: Any) -> dict[str, Any]:
    """A remedy that is suggested for it."""
    answer = server.call("POST", f"/v1/incidents/{incident}/remedies", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_remedy_from_the_suggestion_to_the_letter(house: Server) -> None:
    """A person chooses; what they approved stands in the letter, and nothing else may."""
    incident = opened(house)
    remedy = suggested(house, incident, applies=["delay"], by="ellen")
    assert [option["title"] for option in remedy["proposal"]["options"]][1] == "what is owed, and no goodwill"
    assert [share["reason"] for share in remedy["proposal"]["options"][0]["shares"]] == ["refund", "statutory", "goodwill"]
    path = f"/v1/remedies/{remedy['id']}/approved"
    for body, words in (
        ({"by": "Joe"}, "approves nothing by the rules of the house"),
        ({}, "approves nothing by the rules of the house"),
        ({"by": "Sam Osei", "amount": {"amount": "35", "currency": "GBP"}}, "more than the 30"),
        ({"by": "Sam Osei", "option": 9}, "no option 9"),
    ):
        refused = house.call("POST", path, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "out-of-order")
        assert words in refused.json()["detail"]
    done = house.call("POST", path, {"by": "Sam Osei", "amount": {"amount": "12.50", "currency": "GBP"}, "because": "as agreed"})
    assert (done.status_code, done.json()["state"], done.json()["role"]) == (200, "approved", "Shop manager")
    assert house.call("GET", f"/v1/incidents/{incident}/remedies").json()["items"] == [done.json()]
    again = house.call("POST", path, {"by": "Sam Osei"})
    assert (again.status_code, again.json()["code"]) == (409, "out-of-order")
    draft = house.call("POST", f"/v1/incidents/{incident}/drafts", {"kind": "apology"}).json()
    assert draft["findings"] == []
    assert all(amount in draft["text"] for amount in ("£40", "£20", "£12.50"))
    other = {"verdict": "edit", "text": draft["text"].replace("£12.50", "£20")}
    edited = house.call("POST", f"/v1/drafts/{draft['id']}/reviews", other).json()
    assert [finding["text"] for finding in edited["findings"] if finding["rule"] == "unapproved-remedy"] == ["£20"]


def test_a_draft_that_promises_what_was_refused_since_cannot_be_approved(house: Server) -> None:
    """What was ready before anybody decided is looked at again."""
    made = facts()
    made.pop("as_of")
    made["problems"][0] |= {"loss": "£0", "remedies": [{"kind": "credit", "amount": "£15"}]}
    incident = house.call("POST", "/v1/incidents", {"incident": made}).json()["id"]
    draft = house.call("POST", f"/v1/incidents/{incident}/drafts", {}).json()
    assert draft["status"] == "ready"
    remedy = suggested(house, incident)
    house.call("POST", f"/v1/remedies/{remedy['id']}/refused", {"because": "it was paid back in the shop", "by": "Sam Osei"})
    answer = house.call("POST", f"/v1/drafts/{draft['id']}/reviews", {"verdict": "approve"})
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")
    assert "unapproved-remedy" in {finding["rule"] for finding in answer.json()["findings"]}


def test_an_unknown_loss_is_asked_for(house: Server) -> None:
    """There is nothing to approve before it is known, and what was refused is not given."""
    made = facts()
    made.pop("as_of")
    incident = house.call("POST", "/v1/incidents", {"incident": made}).json()["id"]
    remedy = suggested(house, incident)
    assert (remedy["proposal"]["options"], "What did they pay too much" in remedy["proposal"]["questions"][0]) == ([], True)
    nothing = house.call("POST", f"/v1/remedies/{remedy['id']}/approved", {"by": "Sam Osei"})
    assert "answer the questions first" in nothing.json()["detail"]
    refused = house.call("POST", f"/v1/remedies/{remedy['id']}/refused", {"because": "nothing was paid", "by": "Sam Osei"})
    assert refused.json()["state"] == "refused"
    unknown = house.call("POST", f"/v1/incidents/{incident}/remedies", {"applies": ["dealy"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-request")
    assert "did you mean 'delay'" in unknown.text


@pytest.mark.parametrize(("scopes", "may"), [(["draft"], (201, 403, 403)), (["review"], (201, 200, 409)), (["check"], (403, 403, 403))])
def test_who_may_do_what(house: Server, scopes: list[str], may: tuple[int, int, int]) -> None:
    """Whoever drafts may ask for a suggestion; only whoever reviews may decide."""
    remedy = suggested(house, opened(house))
    _, secret = house.service.store.keys.create("one", scopes)
    headers = {"Authorization": f"Bearer {secret}"}
    other = house.call("POST", f"/v1/incidents/{opened(house)}/remedies", {}, headers=headers)
    approve = house.call("POST", f"/v1/remedies/{remedy['id']}/approved", {"by": "Sam Osei"}, headers=headers)
    refuse = house.call("POST", f"/v1/remedies/{remedy['id']}/refused", {"because": "no"}, headers=headers)
    assert (other.status_code, approve.status_code, refuse.status_code) == may
