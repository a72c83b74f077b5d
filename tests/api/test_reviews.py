"""Reviews, sent texts and dismissals over HTTP: what people make of drafts, checked again and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from drafter.incident import incident_from
from tests.api.facts import BLAMING, facts
from tests.api.server import Server


@pytest.fixture(scope="module")
def draft(server: Server) -> dict[str, Any]:
    """A draft that is ready."""
    found: dict[str, Any] = server.call("POST", "/v1/drafts", {"incident": facts()}).json()
    return found


def test_an_edit_is_checked_and_kept_with_its_diff(server: Server, draft: dict[str, Any]) -> None:
    """Findings point into the edited text, and the diff shows what changed."""
    text = draft["text"].replace("Ellen Marsh", "Your Ellen") + "\n\nWe're sorry if you were affected."
    answer = server.call("POST", f"/v1/drafts/{draft['id']}/reviews", {"verdict": "edit", "text": text, "reason": "warmer"})
    assert answer.status_code == 201
    review = answer.json()
    assert all(text[item["start"] : item["end"]] == item["text"] for item in review["findings"])
    assert "conditional-apology" in {item["rule"] for item in review["findings"]}
    assert "-Ellen Marsh" in review["diff"]
    assert "+Your Ellen" in review["diff"]
    assert server.service.store.reviews.of(draft["id"])[-1].id == review["id"]


def test_what_is_ready_can_be_approved(server: Server, draft: dict[str, Any]) -> None:
    """As it stands, or with a text that has no error."""
    for body in ({"verdict": "approve"}, {"verdict": "approve", "text": draft["text"]}, {"verdict": "approve", "version": 1}):
        assert server.call("POST", f"/v1/drafts/{draft['id']}/reviews", body).status_code == 201


def test_of_two_decisions_that_differ_the_second_is_told_of_the_first(server: Server) -> None:
    """Two people at a time learn of each other; whoever means it names the decision that falls."""
    place = server.call("POST", "/v1/drafts", {"incident": facts()}).headers["location"]
    reject = {"verdict": "reject", "reason": "the customer has called"}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda body: server.call("POST", f"{place}/reviews", body), ({"verdict": "approve"}, reject)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert second.json()["code"] == "reviewed"
    for word in ("version 1 was", first.json()["id"], " by key_"):
        assert word in second.json()["detail"]
    anew = {"verdict": "approve"} if first.json()["verdict"] == "reject" else reject
    assert server.call("POST", f"{place}/reviews", anew | {"instead_of": first.json()["id"]}).status_code == 201
    stale = {"verdict": first.json()["verdict"], "reason": "as before", "instead_of": first.json()["id"]}
    assert server.call("POST", f"{place}/reviews", stale).status_code == 409


def test_a_text_with_an_error_cannot_be_approved(server: Server, draft: dict[str, Any]) -> None:
    """409 says where the errors stand, and nothing is kept."""
    before = len(server.service.store.reviews.of(draft["id"]))
    answer = server.call("POST", f"/v1/drafts/{draft['id']}/reviews", {"verdict": "approve", "text": BLAMING})
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")
    found = answer.json()["findings"]
    assert {item["severity"] for item in found} == {"error"}
    assert all(BLAMING[item["start"] : item["end"]] == item["text"] for item in found)
    assert len(server.service.store.reviews.of(draft["id"])) == before


def test_another_version_than_the_latest_cannot_be_approved(server: Server) -> None:
    """Whoever saw an older version decides about that, not about the new one."""
    draft = server.call("POST", "/v1/drafts", {"incident": facts()}).json()
    server.call("POST", f"/v1/drafts/{draft['id']}/revisions", {"wish": "shorter"})
    answer = server.call("POST", f"/v1/drafts/{draft['id']}/reviews", {"verdict": "approve", "version": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
    assert "version 2" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"verdict": "edit"}, "/text: this key is missing"),
        ({"verdict": "reject"}, "/reason: this key is missing"),
        ({"verdict": "aprove"}, "approve"),
        ({}, "`verdict` is missing"),
        ({"verdict": "approve", "reson": "x"}, "did you mean 'reason'"),
    ],
)
def test_half_a_review_is_refused(server: Server, draft: dict[str, Any], body: dict[str, Any], words: str) -> None:
    """An edit has a text, a rejection a reason."""
    answer = server.call("POST", f"/v1/drafts/{draft['id']}/reviews", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert words in answer.json()["detail"]


def test_sent_texts_are_kept_with_their_distance(server: Server, draft: dict[str, Any]) -> None:
    """Word for word is 0 and unedited; blanks make no difference; another text is far."""
    sent = [
        server.call("POST", f"/v1/drafts/{draft['id']}/sent", {"text": text}).json()
        for text in (draft["text"], draft["text"].replace("\n", "\r\n"), draft["text"].replace("sorry", "very sorry"), BLAMING)
    ]
    assert [item["unedited"] for item in sent] == [True, True, False, False]
    assert 0 == sent[0]["distance"] < sent[2]["distance"] < 0.1 < sent[3]["distance"] <= 1
    assert "conditional-apology" in {item["rule"] for item in sent[3]["findings"]}


def test_a_card_in_a_sent_text_is_masked_before_it_is_checked(server: Server, draft: dict[str, Any]) -> None:
    """Nothing stored holds it, and findings stay in place."""
    sent = server.call("POST", f"/v1/drafts/{draft['id']}/sent", {"text": f"Your card 4111 1111 1111 1111. {BLAMING}"}).json()
    assert "4111 1111 1111 1111" not in sent["text"]
    assert all(sent["text"][item["start"] : item["end"]] == item["text"] for item in sent["findings"])


def test_dismissals_are_counted_by_rule_and_never_by_person(server: Server, draft: dict[str, Any]) -> None:
    """Counts grow; a rule that is none is answered with the nearest."""
    path = f"/v1/drafts/{draft['id']}/dismissals"
    counts = [server.call("POST", path, {"rule": "stock-phrase", "reason": "a name"}).json()["dismissed"] for _ in range(2)]
    assert counts[1] == counts[0] + 1
    answer = server.call("POST", path, {"rule": "stock-phrse"})
    assert (answer.status_code, "did you mean 'stock-phrase'" in answer.json()["detail"]) == (422, True)


def test_nothing_can_be_reviewed_before_it_is_written(server: Server) -> None:
    """A draft without a version is not at that point yet."""
    record = server.service.store.drafts.accept(incident_from(facts()))
    for path, body in (("reviews", {"verdict": "approve"}), ("sent", {"text": "Hi."}), ("revisions", {"wish": "shorter"})):
        answer = server.call("POST", f"/v1/drafts/{record.id}/{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
