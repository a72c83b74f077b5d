"""Checks over HTTP: the same report as from Python, told quickly, and counted."""

from __future__ import annotations

import json
import time

import pytest

from drafter import check
from drafter.incident import incident_from
from tests.api.facts import BLAMING, facts
from tests.api.server import Server


def test_a_check_says_what_python_says(server: Server) -> None:
    """Over HTTP nothing is added to a report, and nothing lost."""
    found = server.call("POST", "/v1/checks", {"text": BLAMING, "incident": facts()})
    assert found.status_code == 200
    assert found.json() == json.loads(check(BLAMING, incident_from(facts())).model_dump_json())
    assert "conditional-apology" in {finding["rule"] for finding in found.json()["findings"]}


def test_a_bare_text_has_no_score_and_a_kind_gives_one(server: Server) -> None:
    """Alone a text owes nothing; a text of a kind owes what that kind does."""
    text = "We lost your parcel, and we're sorry."
    assert server.call("POST", "/v1/checks", {"text": text}).json()["score"] is None
    assert server.call("POST", "/v1/checks", {"text": text, "kind": "apology"}).json()["score"] > 0


def test_a_long_text_is_checked_too(server: Server) -> None:
    """A text that is checked in a thread gets the same report."""
    text = "We lost your parcel. " * 500 + "We're sorry if you were affected."
    found = server.call("POST", "/v1/checks", {"text": text}).json()["findings"]
    assert any(text[item["start"] : item["end"]] == item["text"] and item["rule"] == "conditional-apology" for item in found)


def test_places_in_html_are_those_of_the_body(server: Server) -> None:
    """With markup, only the prose is judged, and spans point into what was sent."""
    text = "<p>We&#39;re sorry <b>if you were affected</b>.</p>"
    found = server.call("POST", "/v1/checks", {"text": text, "markup": "html"}).json()["findings"]
    assert all(text[item["start"] : item["end"]] == item["text"] for item in found)
    assert found


def test_as_of_is_the_day_that_tomorrow_counts_from(server: Server) -> None:
    """A moment of the caller's own is heeded."""
    body = {"text": "Your bike will be ready tomorrow, on 14 March 2026.", "incident": facts(), "as_of": "2026-03-13T09:00:00Z"}
    assert server.call("POST", "/v1/checks", body).status_code == 200


def test_checks_are_counted_within_two_seconds(server: Server) -> None:
    """The caller waits for no database, and the count is there soon after."""
    headers = server.key("check")
    for _ in range(3):
        server.call("POST", "/v1/checks", {"text": "We lost it."}, headers=headers)
    end = time.monotonic() + 5
    while (counted := sum(row["calls"] for row in server.call("GET", "/v1/usage", headers=headers).json()["items"])) < 3:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert counted == 3


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        ({"text": "   "}, 422, "invalid-text", "empty"),
        ({"text": "Hello.", "language": "tlh"}, 422, "unknown-language", "en"),
        ({"text": "Hello.", "txt": "x"}, 422, "invalid-request", "did you mean 'text'"),
        ({}, 422, "invalid-request", "/text: this key is missing"),
        ({"text": 5}, 422, "invalid-request", "/text"),
        ({"text": "Hello.", "kind": "excuse"}, 422, "invalid-request", "/kind"),
        ({"text": "Hello.", "as_of": "tomorrow"}, 422, "invalid-request", "/as_of"),
        ({"text": "Hello.", "incident": "facts"}, 422, "invalid-facts", "/incident"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_the_callers_terms(server: Server, body: object, status: int, code: str, words: str) -> None:
    """Each fault is named with its place and what to write instead."""
    answer = server.call("POST", "/v1/checks", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
