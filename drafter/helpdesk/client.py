"""The one HTTP client: what a helpdesk answers, as JSON, or an error in plain words that says whether trying again helps."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from drafter.errors import HelpdeskError

TIMEOUT = httpx2.Timeout(20, connect=5)
LARGEST = 20_000_000  # bytes of one answer
_WAIT = 60.0  # seconds, where a helpdesk that wants us to wait does not say how long
_REFUSALS = {
    401: "does not accept our token (401); check {token}",
    403: "does not let our token do this (403); check the rights of the user it belongs to",
    404: "has no such ticket, or nothing at this address (404)",
    410: "has closed or deleted this ticket (410)",
    413: "says that the note is too large (413)",
}


class Client:
    """Requests to one helpdesk. Redirects are not followed: our token would go with them."""

    def __init__(self, name: str, url: str, *, auth: httpx2.Auth | None = None, headers: dict[str, str] | None = None) -> None:
        self._name = name
        self._http = httpx2.Client(base_url=url, auth=auth, headers=headers, timeout=TIMEOUT)

    def get(self, path: str, **params: str | int) -> Any:
        """What stands at a path.

        Raises:
            HelpdeskError: it could not be read.
        """
        return self._send("GET", path, params=params)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """What a helpdesk answers to data that is new.

        Raises:
            HelpdeskError: it was not taken, or nobody knows.
        """
        return self._send("POST", path, data=data)

    def put(self, path: str, data: dict[str, Any]) -> Any:
        """What a helpdesk answers to data that changes something.

        Raises:
            HelpdeskError: it was not taken, or nobody knows.
        """
        return self._send("PUT", path, data=data)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _send(self, method: str, path: str, *, params: dict[str, str | int] | None = None, data: dict[str, Any] | None = None) -> Any:
        try:
            with self._http.stream(method, path, params=params or None, json=data) as response:
                body = self._read(response)
        except httpx2.TimeoutException:
            raise HelpdeskError(f"the helpdesk '{self._name}' did not answer in time.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise HelpdeskError(f"the helpdesk '{self._name}' could not be reached ({type(error).__name__}).") from None
        if not response.is_success:
            raise self._refused(response)
        try:
            return json.loads(body)
        except ValueError:
            raise HelpdeskError(f"the helpdesk '{self._name}' did not answer with JSON; is its url right?") from None

    def _read(self, response: httpx2.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > LARGEST:
                raise HelpdeskError(f"the helpdesk '{self._name}' answered with more than {LARGEST:,} bytes.", permanent=True)
            parts.append(part)
        return b"".join(parts)

    def _refused(self, response: httpx2.Response) -> HelpdeskError:
        status = response.status_code
        wait = _seconds(response.headers.get("retry-after"))
        if status in (409, 429, 503) or status >= 500:
            why = "asks us to wait" if status == 429 else "is away or busy"
            retry = wait if wait is not None or status != 429 else _WAIT
            return HelpdeskError(f"the helpdesk '{self._name}' {why} ({status}).", retry_after=retry, status=status)
        if response.is_redirect:
            why = f"sent us to another address ({status}); write the last one as url"
        else:
            why = _REFUSALS.get(status, f"refused what we asked ({status})").format(token=f"{environment(self._name)}_TOKEN")
        return HelpdeskError(f"the helpdesk '{self._name}' {why}.", permanent=True, status=status)


def number(ticket: str) -> str:
    """The number of a ticket, which may become part of an address.

    Raises:
        HelpdeskError: it is none.
    """
    if not (ticket.isascii() and ticket.isdigit()):
        raise HelpdeskError("there is no ticket without a number.", permanent=True)
    return ticket


def environment(name: str) -> str:
    """How the environment variables of a helpdesk begin: DRAFTER_HELPDESK_SUPPORT_EU for "support-eu"."""
    return "DRAFTER_HELPDESK_" + "".join(letter if letter.isalnum() else "_" for letter in name).upper()


def _seconds(value: str | None) -> float | None:
    """How long Retry-After asks to wait, given in seconds or as a date."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
