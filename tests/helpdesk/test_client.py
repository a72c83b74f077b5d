"""What of HTTP the adapters do not see: answers that never end, that are no JSON, and waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest

from drafter.errors import HelpdeskError
from drafter.helpdesk import client as module
from drafter.helpdesk.client import Client


@contextmanager
def answering(*parts: bytes, hang: bool = False) -> Iterator[str]:
    """The address of a server that answers one request with these bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            for part in parts:
                connection.sendall(part)
            if hang:
                done.wait(10)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        thread.join()
        listener.close()


def asked(url: str) -> HelpdeskError:
    """The error that a request to this address ends in."""
    made = Client("desk", url)
    with pytest.raises(HelpdeskError) as caught:
        made.get("/x", page=1)
    made.close()
    return caught.value


def answered(status: str, *headers: str, body: bytes = b"{}") -> bytes:
    """An answer as it goes over the wire."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]).encode() + body


def test_an_answer_that_is_no_json_asks_for_the_address() -> None:
    """A page of a proxy, or a login form."""
    with answering(answered("200 OK", body=b"<html>Log in</html>")) as url:
        assert str(asked(url)) == "the helpdesk 'desk' did not answer with JSON; is its url right?"


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helpdesk that was taken over cannot fill the memory."""
    monkeypatch.setattr(module, "LARGEST", 1000)
    with answering(answered("200 OK", body=b"x" * 2000)) as url:
        error = asked(url)
    assert error.permanent
    assert "more than 1,000 bytes" in str(error)


def test_a_helpdesk_that_does_not_answer_may_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time-out; whether a note was written nobody knows, so that the caller looks first."""
    monkeypatch.setattr(module, "TIMEOUT", httpx2.Timeout(0.2))
    with answering(hang=True) as url:
        error = asked(url)
    assert str(error) == "the helpdesk 'desk' did not answer in time."
    assert not error.permanent


def test_a_broken_answer_may_be_asked_again() -> None:
    """The connection ends within the answer."""
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") as url:
        assert not asked(url).permanent
    with answering(b"nonsense\r\n\r\n") as url:
        assert "could not be reached" in str(asked(url))


def test_a_redirect_is_not_followed() -> None:
    """Our token would go with it."""
    with answering(answered("302 Found", "Location: http://127.0.0.1:9/")) as url:
        error = asked(url)
    assert error.permanent
    assert "another address (302)" in str(error)


@pytest.mark.parametrize(
    ("value", "low", "high"), [("12", 12, 12), (" 3 ", 3, 3), ("soon", 60, 60), ("-5", 60, 60), ("date", 80, 90), ("past", 0, 0)]
)
def test_retry_after_is_read_in_both_forms(value: str, low: float, high: float) -> None:
    """Seconds or a date; where it says neither, a minute."""
    moments = {"date": timedelta(seconds=90), "past": -timedelta(hours=1)}
    text = format_datetime(datetime.now(UTC) + moments[value], usegmt=True) if value in moments else value
    with answering(answered("429 Too Many Requests", f"Retry-After: {text}")) as url:
        error = asked(url)
    assert error.retry_after is not None
    assert low <= error.retry_after <= high
