"""One attempt to deliver a webhook, over real sockets."""

from __future__ import annotations

import base64
import json
import socket
import time
from datetime import UTC, datetime
from typing import Any

import httpcore2
import pytest
from standardwebhooks import Webhook

from drafter.webhooks import MAX_BYTES, Delivered, Failed, Outcome, Refused, deliver, message
from tests.webhooks.receiver import receiver
from tests.webhooks.test_address import resolver

SECRETS = ["whsec_" + base64.b64encode(bytes([number]) * 32).decode() for number in (7, 8)]
PAYLOAD = message("draft.done", {"draft": "dr_1", "status": "ready"}, when=datetime.now(UTC))
ANSWER = b"HTTP/1.1 %s\r\nContent-Length: 0\r\n%s\r\n"


def sent(url: str, payload: bytes = PAYLOAD, *, secrets: list[str] = SECRETS, allow_private: bool = True) -> Outcome:
    """What comes of one attempt."""
    return deliver(url, payload, id="dlv_1", secrets=secrets, now=datetime.now(UTC), allow_private=allow_private)


@pytest.fixture
def in_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt may take a second, not fifteen."""
    monkeypatch.setattr("drafter.webhooks.attempt._SECONDS", 1.0)


def test_a_receiver_gets_a_payload_that_it_can_verify() -> None:
    """One POST with the body byte for byte, JSON by its type, and a signature for each secret."""
    with receiver() as running:
        assert sent(running.url) == Delivered(204)
    ((headers, body),) = running.requests
    assert running.lines == ["POST /hooks?team=7 HTTP/1.1"]
    assert body == PAYLOAD
    assert (headers["content-type"], headers["webhook-id"], headers["host"]) == ("application/json", "dlv_1", f"127.0.0.1:{running.port}")
    for secret in SECRETS:
        assert Webhook(secret).verify(body, headers) == json.loads(PAYLOAD)


def test_an_ipv6_receiver_is_reached() -> None:
    """A number in brackets is an address like any other."""
    with receiver(host="::1") as running:
        assert sent(f"http://[::1]:{running.port}/") == Delivered(204)


@pytest.mark.parametrize(
    ("status", "head", "outcome"),
    [
        (b"200 OK", b"", Delivered(200)),
        (b"202 Accepted", b"", Delivered(202)),
        (b"410 Gone", b"Retry-After: 5\r\n", Failed("the receiver wants no more webhooks (410)", permanent=True)),
        (b"429 Too Many Requests", b"Retry-After: 30\r\n", Failed("the receiver answered 429", 30.0)),
        (b"503 Service Unavailable", b"retry-after: 7\r\n", Failed("the receiver answered 503", 7.0)),
        (b"503 Service Unavailable", b"Retry-After: later\r\n", Failed("the receiver answered 503")),
        (b"500 Internal Server Error", b"", Failed("the receiver answered 500")),
        (b"400 Bad Request", b"", Failed("the receiver answered 400")),
        (b"404 Not Found", b"", Failed("the receiver answered 404")),
        (
            b"302 Found",
            b"Location: http://127.0.0.1:9/\r\n",
            Failed("the receiver sent us on to another address (302), where no webhook follows"),
        ),
        (
            b"307 Temporary Redirect",
            b"Location: /other\r\n",
            Failed("the receiver sent us on to another address (307), where no webhook follows"),
        ),
    ],
)
def test_each_answer_is_what_it_means(status: bytes, head: bytes, outcome: Outcome) -> None:
    """2xx is delivered, 410 ends it for good, everything else may be tried again; a redirect is not followed."""
    with receiver(ANSWER % (status, head)) as running:
        assert sent(running.url) == outcome
    assert len(running.requests) == 1


def test_an_endless_body_is_not_read() -> None:
    """The status is all that counts, so that nobody can fill our memory or keep us."""
    with receiver(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 100_000) as running:
        assert sent(running.url) == Delivered(200)


@pytest.mark.usefixtures("in_a_second")
@pytest.mark.parametrize(
    ("answer", "drip"),
    [(b"HTTP/1.1 200 OK\r\nX: aaaaaaaaaaaaaaaaaaaa", 0.1), (b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 0.001), (b"H", 60)],
    ids=["dripping", "interim answers", "silent"],
)
def test_a_receiver_that_keeps_us_waiting_is_left(answer: bytes, drip: float) -> None:
    """Nothing, a byte now and then, or one interim answer after the other: the attempt ends in time."""
    with receiver(answer, drip=drip) as running:
        started = time.monotonic()
        assert sent(running.url) == Failed("the receiver did not answer within 1 seconds")
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "the receiver broke the connection off"),
        (b"\0\0\0", "the receiver broke the connection off"),
        (b"", "the receiver broke the connection off"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, "the receiver broke the connection off"),
    ],
)
def test_what_is_no_answer_is_a_failure(answer: bytes, reason: str) -> None:
    """Another protocol, a connection that ends, a head without an end."""
    with receiver(answer) as running:
        assert sent(running.url) == Failed(reason)


def test_nobody_there_is_a_failure() -> None:
    """A port that nothing listens on can be tried again."""
    with receiver() as running:
        url = running.url
    assert sent(url) == Failed("the receiver could not be reached")


def test_a_name_that_does_not_resolve_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may come back."""

    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("drafter.webhooks.address.getaddrinfo", fails)
    assert sent("https://hooks.example.com/") == Failed("the receiver could not be reached")


def test_a_name_keeps_its_host_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address, the request to the name."""
    asked = resolver(monkeypatch, ["127.0.0.1"])
    with receiver() as running:
        assert sent(f"http://hooks.example.com:{running.port}/") == Delivered(204)
    assert running.requests[0][0]["host"] == f"hooks.example.com:{running.port}"
    assert asked == ["hooks.example.com"]


def test_tls_names_the_host_and_verifies_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The greeting of TLS holds the name that was checked; what speaks no TLS, or shows no valid certificate, gets no payload."""
    resolver(monkeypatch, ["127.0.0.1"])
    with receiver() as running:
        outcome = sent(f"https://hooks.example.com:{running.port}/")
    assert isinstance(outcome, Failed)
    assert not outcome.permanent
    assert running.raw[0][:1] == b"\x16"
    assert b"hooks.example.com" in running.raw[0]
    assert not running.requests


def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a name with several addresses, one that works is enough."""
    resolver(monkeypatch, ["::1", "127.0.0.1"])
    with receiver() as running:
        assert sent(f"http://hooks.example.com:{running.port}/") == Delivered(204)


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when it is checked, loopback the next time - we connect to what was checked, and ask once."""
    went: list[str] = []

    def connect(self: object, host: str, *_: Any, **__: Any) -> None:
        went.append(host)
        raise httpcore2.ConnectError("unreachable")

    asked = resolver(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr("httpcore2.SyncBackend.connect_tcp", connect)
    with receiver() as running:
        outcome = sent(f"http://rebind.example.com:{running.port}/", allow_private=False)
    assert outcome == Failed("the receiver could not be reached")
    assert (asked, went) == (["rebind.example.com"], ["93.184.215.14"])
    assert not running.raw


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_no_socket_is_opened_to_a_private_address(host: str) -> None:
    """Loopback in all its spellings is refused, and the receiver on it hears nothing."""
    with receiver() as running:
        outcome = sent(f"http://{host}:{running.port}/", allow_private=False)
    assert isinstance(outcome, Refused)
    assert not running.raw


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect to an address that nobody checked."""
    with receiver() as proxy, receiver() as running:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert sent(running.url) == Delivered(204)
    assert not proxy.raw


def test_what_may_not_be_sent_is_refused() -> None:
    """A large payload, a missing secret, a user name in the address: each with its reason, and nothing goes out."""
    with receiver() as running:
        assert sent(running.url, b"x" * (MAX_BYTES + 1)) == Refused("the payload is larger than 20 kB")
        assert "DRAFTER_WEBHOOK_SECRETS" in reason(sent(running.url, secrets=[]))
        assert "user name" in reason(sent(running.url.replace("//", "//me:pw@")))
    assert not running.raw


@pytest.mark.parametrize("url", ["https://①②⑦.⓪.⓪.①/", "https://exa‥mple.com/", "https://-.-/", "https://xn--/", "https://...../"])
def test_a_strange_host_is_refused_or_fails_and_never_crashes(url: str) -> None:
    """Hosts that are no names, and digits in other scripts, end in an outcome."""
    assert isinstance(sent(url, allow_private=False), Refused | Failed)


def reason(outcome: Outcome) -> str:
    """Why nothing was sent."""
    assert isinstance(outcome, Refused)
    return outcome.reason
