"""A trusted proxy says who asks; from any other address, what it would say is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.accounts import Accounts
from drafter.login import Gate, Proxy
from drafter.ui.saying import words
from tests.login.conftest import Browsers, log_in, seen

W = words()
PROXY = Proxy(("127.0.0.1", "10.1.0.0/16", "::1"), "x-user", "x-groups")


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Behind the proxy, without accounts."""
    return Gate(seen, Accounts(tmp_path / "none.json"), proxy=PROXY)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ({}, "agent"),
        ({"X-Groups": "reviewer"}, "reviewer"),
        ({"X-Groups": "staff, Reviewer,agent"}, "reviewer"),
        ({"X-Groups": "admin,agent"}, "admin"),
        ({"X-Groups": "administrators"}, "agent"),
    ],
)
def test_a_trusted_proxy_names_user_and_role(gate: Gate, browsers: Browsers, groups: dict[str, str], role: str) -> None:
    """Of several roles the highest counts, and where none is named, the one that is set."""
    answer = browsers(gate, peer="10.1.2.3", **{"X-User": "Maya@House"}).get("/", headers=groups)
    assert answer.json() == {"user": "Maya@House", "role": role, "way": "proxy"}


@pytest.mark.parametrize("peer", ["::1", "::ffff:10.1.0.9", "127.0.0.1"])
def test_addresses_and_networks_are_trusted_in_every_spelling(gate: Gate, browsers: Browsers, peer: str) -> None:
    """IPv6 too, and IPv4 within it."""
    assert browsers(gate, peer=peer, **{"X-User": "maya"}).get("/").status_code == 200


@pytest.mark.parametrize("peer", ["10.2.0.1", "192.0.2.1", "127.0.0.2", "not an address", ""])
def test_from_elsewhere_the_header_is_passed_over(gate: Gate, browsers: Browsers, peer: str) -> None:
    """Whoever reaches us around the proxy is nobody, whatever they say, also of where they come from."""
    browser = browsers(gate, peer=peer, **{"X-User": "ada", "X-Groups": "admin", "X-Forwarded-For": "127.0.0.1"})
    refused = browser.get("/")
    assert refused.status_code == 403
    assert W.login.by_proxy in refused.text
    assert browser.post("/gradio_api/component_server", json={}).status_code == 403


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x1b[2Jb"])
def test_a_name_that_is_none_lets_nobody_in(gate: Gate, browsers: Browsers, name: str) -> None:
    """The proxy is trusted, and knows nobody."""
    assert browsers(gate, **{"X-User": name}).get("/").status_code == 403


def test_two_names_let_nobody_in(gate: Gate, browsers: Browsers) -> None:
    """One of them was sent by the browser, and the proxy let it through."""
    answer = browsers(gate).get("/", headers=[("X-User", "maya"), ("X-User", "ada")])
    assert answer.status_code == 403


def test_a_role_needs_a_header_that_was_named(browsers: Browsers, tmp_path: Path) -> None:
    """Without one, nobody rises by sending it."""
    gate = Gate(seen, Accounts(tmp_path / "none.json"), proxy=Proxy(("127.0.0.1",), "x-user"))
    assert browsers(gate, **{"X-User": "maya", "X-Groups": "admin"}).get("/").json()["role"] == "agent"


def test_an_agent_behind_a_proxy_opens_no_reviews(gate: Gate, browsers: Browsers) -> None:
    """Roles hold there too, and so does the guard against other sites."""
    browser = browsers(gate, **{"X-User": "maya"})
    assert browser.get("/review").status_code == 403
    assert browser.post("/gradio_api/component_server", json={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_with_accounts_too_either_way_leads_in(browsers: Browsers, accounts: Accounts) -> None:
    """Whom no proxy brings logs in."""
    gate = Gate(seen, accounts, proxy=PROXY)
    around = browsers(gate, peer="192.0.2.1", **{"X-User": "ada"})
    assert around.get("/").status_code == 303
    log_in(around)
    assert around.get("/").json() == {"user": "maya", "role": "agent", "way": "session"}
    assert browsers(gate, **{"X-User": "tom"}).get("/").json()["user"] == "tom"


def test_a_name_beyond_ascii_arrives(gate: Gate, browsers: Browsers) -> None:
    """As UTF-8, which is how proxies send it."""
    answer = browsers(gate).get("/", headers={b"X-User": "Zoë".encode()})
    assert answer.json()["user"] == "Zoë"
