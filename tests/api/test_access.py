"""Keys: what they open, how often, for how much, and how soon one that is revoked opens nothing."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from tests.api.facts import facts
from tests.api.server import SCOPES, Server

NEEDS: dict[str, list[tuple[str, str, Any]]] = {
    "check": [("POST", "/v1/checks", {"text": "We lost it."})],
    "draft": [("POST", "/v1/drafts", {"incident": facts()}), ("POST", "/v1/drafts/dr_" + "0" * 32 + "/cancel", None)],
    "review": [("POST", "/v1/drafts/dr_" + "0" * 32 + "/sent", {"text": "Hi."})],
    "admin": [("GET", "/v1/deliveries", None), ("GET", "/v1/jobs/failed", None), ("PUT", "/v1/switches/drafting", {"on": True})],
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_opens_what_its_scope_says_and_nothing_else(server: Server, scope: str) -> None:
    """Every other scope gets 403, with the one that is wanted."""
    for method, path, body in NEEDS[scope]:
        allowed = server.call(method, path, body, headers=server.key(scope))
        assert allowed.status_code in (200, 202, 404)
        refused = server.call(method, path, body, headers=server.key(*(other for other in SCOPES if other != scope)))
        assert (refused.status_code, refused.json()["code"]) == (403, "missing-scope")
        assert f"scope {scope}" in refused.json()["detail"]


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer x", "Bearer drafter_key_" + "0" * 32 + "_" + "a" * 43, "Basic YTpi"])
def test_without_a_key_that_is_known_nothing_opens(server: Server, header: str | None) -> None:
    """401 says how to authenticate, before anything is said of the body."""
    headers = {"Authorization": header or ""}
    answer = server.call("POST", "/v1/checks", {"nonsense": 1}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unknown-key")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_revoked_key_opens_nothing_within_three_seconds(server: Server) -> None:
    """Keys are remembered for a moment only."""
    key, secret = server.service.store.keys.create("a test", ["check"])
    headers = {"Authorization": f"Bearer {secret}"}
    assert server.call("GET", "/v1/rules", headers=headers).status_code == 200
    server.service.store.keys.revoke(key.id)
    end = time.monotonic() + 3
    while server.call("GET", "/v1/rules", headers=headers).status_code == 200:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert server.call("GET", "/v1/rules", headers=headers).status_code == 401


def test_a_key_has_its_calls_a_minute(server: Server) -> None:
    """Headers count them down; then 429 says how long to wait, and other keys are served."""
    headers = server.key("check", rate_per_minute=3)
    left = [server.call("GET", "/v1/rules", headers=headers).headers["ratelimit"] for _ in range(3)]
    assert [item.split(";")[1] for item in left] == ["r=2", "r=1", "r=0"]
    answer = server.call("GET", "/v1/rules", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (429, "too-fast")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["ratelimit-policy"] == '"key";q=3;w=60'
    assert server.call("GET", "/v1/rules").status_code == 200


def test_usage_is_that_of_the_key_and_administrators_see_all(server: Server) -> None:
    """A key learns nothing of others."""
    ours, theirs = server.key("draft"), server.key("draft")
    server.call("POST", "/v1/drafts", {"incident": facts()}, headers=ours)
    rows = server.call("GET", "/v1/usage", headers=ours).json()["items"]
    assert [(row["kind"], row["calls"]) for row in rows] == [("draft", 1)]
    assert server.call("GET", "/v1/usage", headers=theirs).json()["items"] == []
    assert rows[0] in server.call("GET", "/v1/usage", headers=server.key("admin")).json()["items"]
    assert Decimal(str(rows[0]["cost"])) == 0
