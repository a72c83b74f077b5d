"""Letters to many over HTTP: taken on at once, paged by line, rows set aside with reasons, and what stops a batch before it begins."""

from __future__ import annotations

import time
from typing import Any

import pytest

from drafter.api.examples import LETTERS
from evals.double_charges import BAD, rows, spoiled, written
from tests.api.facts import facts
from tests.api.server import Server

SHARED: dict[str, Any] = {
    "company": "Northwind Coffee",
    "signer": "Maya Lindqvist",
    "problems": [
        {
            "what": "your card was charged twice for order {order}",
            "ours": "we charged your card twice for order {order}, {amount:money} each time",
            "when": "{paid}",
            "fixes": [{"done": "I refunded the second {amount:money}"}],
        }
    ],
}


def opened(server: Server) -> str:
    """The id of an incident that was opened."""
    found: str = server.call("POST", "/v1/incidents", {"incident": facts()}).json()["id"]
    return found


def done(server: Server, place: str) -> dict[str, Any]:
    """The batch at this address, once no letter waits."""
    end = time.monotonic() + 60
    while not (found := server.call("GET", place).json())["done"] and time.monotonic() < end:
        time.sleep(0.05)
    return dict(found)


def test_letters_are_taken_on_written_and_listed(either: Server) -> None:
    """202 with the place of the batch, then every row by its line, in pages, once."""
    table = spoiled(rows(30))
    answer = either.call("POST", f"/v1/incidents/{opened(either)}/letters", {"csv": written(table), "facts": SHARED})
    assert answer.status_code == 202, answer.text
    place = answer.headers["location"]
    assert place == f"/v1/batches/{answer.json()['id']}"
    found = done(either, place)
    assert {name: found[name] for name in ("customers", "waiting", "ready", "set_aside")} == {
        "customers": 30,
        "waiting": 0,
        "ready": 30 - BAD,
        "set_aside": BAD,
    }
    items: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = either.call("GET", f"{place}/letters?limit=7&after={after}").json()
        items, after = [*items, *page["items"]], page["next"]
    assert [item["line"] for item in items] == list(range(2, 32))
    aside = either.call("GET", f"{place}/letters?status=set_aside").json()["items"]
    assert aside == [item for item in items if item["status"] == "set_aside"]
    assert all(item["reason"] and item["cells"] and item["draft_id"] is None for item in aside)
    first = next(item for item in items if item["status"] == "ready")
    draft = either.call("GET", f"/v1/drafts/{first['draft_id']}").json()
    assert draft["status"] == "ready"
    assert f"for order {table[first['line'] - 2][2]}" in draft["text"]


def test_the_same_request_again_is_the_same_batch(server: Server) -> None:
    """An Idempotency-Key makes no customer a second letter."""
    incident = opened(server)
    body = {"csv": written(rows(2)), "facts": SHARED}
    first, second = (
        server.call("POST", f"/v1/incidents/{incident}/letters", body, headers={"Idempotency-Key": '"letters-1"'}) for _ in range(2)
    )
    assert first.json()["id"] == second.json()["id"]


@pytest.mark.parametrize("example", LETTERS["requestBody"]["content"]["application/json"]["examples"])
def test_every_example_is_taken(server: Server, example: str) -> None:
    """What the OpenAPI document shows can be sent."""
    body = LETTERS["requestBody"]["content"]["application/json"]["examples"][example]["value"]
    answer = server.call("POST", f"/v1/incidents/{opened(server)}/letters", body)
    assert answer.status_code == 202, answer.text
    found = done(server, answer.headers["location"])
    assert found["customers"] == 2
    assert found["set_aside"] == 0


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"csv": "customer,odrer\nTom,7\n", "facts": SHARED}, "did you mean 'order'"),
        ({"csv": "customer\n"}, "there are no customers"),
        ({"csv": 'customer\n"Tom\n'}, "a quote is opened here"),
        ({"csv": "customer\nTom\n", "rows": [{"customer": "Tom"}]}, "either as csv or as rows"),
        ({}, "either as csv or as rows"),
        ({"csv": "customer\nTom\n", "facts": {"company": "Northwind"}}, "this key is missing"),
        ({"csv": "customer\nTom\n", "helpdesk": "support"}, "there is no helpdesk 'support' here"),
    ],
)
def test_what_cannot_begin_is_refused(server: Server, body: dict[str, Any], says: str) -> None:
    """Before a letter is written, in words that say what to mend."""
    answer = server.call("POST", f"/v1/incidents/{opened(server)}/letters", body)
    assert 400 <= answer.status_code < 500, answer.text
    assert says in answer.text


def test_what_is_not_there_is_not_found(server: Server) -> None:
    """An incident that was never opened, and a batch that nobody asked for."""
    assert server.call("POST", f"/v1/incidents/inc_{'0' * 32}/letters", {"csv": "customer\nTom\n"}).status_code == 404
    assert server.call("POST", f"/v1/incidents/inc_{'0' * 32}/letters", {"csv": written(rows(1)), "facts": SHARED}).status_code == 404
    assert server.call("GET", f"/v1/batches/bat_{'0' * 32}").status_code == 404
    assert server.call("GET", f"/v1/batches/bat_{'0' * 32}/letters").status_code == 404
