"""One attempt to deliver a webhook."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import httpcore2
import httpx2

from drafter.house.webhooks import url_fault
from drafter.webhooks.address import ForbiddenError
from drafter.webhooks.connection import Checked, Deadline
from drafter.webhooks.message import MAX_BYTES
from drafter.webhooks.outcome import Delivered, Failed, Outcome, Refused
from drafter.webhooks.retry import retry_after
from drafter.webhooks.sign import signed_headers

_SECONDS = 15.0  # for one attempt, all in all
_GONE = 410
_HEADERS = (("content-type", "application/json"), ("user-agent", "Drafter"))


def deliver(url: str, payload: bytes, *, id: str, secrets: Sequence[str], now: datetime, allow_private: bool) -> Outcome:  # noqa: A002 - the name in the standard
    """POST a signed payload once: no redirect is followed, no proxy used, and nothing of the answer's body is read.

    `id` is the webhook's own, the same over all attempts; `now` is signed, and has to be the time of this attempt.
    """
    if fault := url_fault(url):
        return Refused(f"the address {fault}")
    if len(payload) > MAX_BYTES:
        return Refused(f"the payload is larger than {MAX_BYTES // 1000} kB")
    if not secrets:
        return Refused("no secret is set to sign it with: set DRAFTER_WEBHOOK_SECRETS")
    signature = signed_headers(payload, id=id, secrets=secrets, now=now)
    try:
        return _sent(url, payload, [*_HEADERS, *signature.items()], Checked(Deadline(_SECONDS), allow_private=allow_private), now)
    except ForbiddenError as error:
        return Refused(str(error))
    except httpx2.InvalidURL:
        return Refused("the address is not one such as https://example.com/hooks")
    except httpcore2.TimeoutException:
        return Failed(f"the receiver did not answer within {_SECONDS:g} seconds")
    except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError) as error:
        return Failed(_failure(error))


def _sent(url: str, payload: bytes, headers: Sequence[tuple[str, str]], backend: Checked, now: datetime) -> Outcome:
    parts = httpx2.URL(url)
    target = httpcore2.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
    with (
        httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
        pool.stream("POST", target, headers=headers, content=payload) as response,
    ):
        return _outcome(response, now)


def _outcome(response: httpcore2.Response, now: datetime) -> Outcome:
    status = response.status
    if 200 <= status < 300:
        return Delivered(status)
    if status == _GONE:
        return Failed("the receiver wants no more webhooks (410)", permanent=True)
    if 300 <= status < 400:
        return Failed(f"the receiver sent us on to another address ({status}), where no webhook follows")
    asked = next((value for name, value in response.headers if name.lower() == b"retry-after"), None)
    return Failed(f"the receiver answered {status}", retry_after(asked.decode("latin-1") if asked else None, now=now))


def _failure(error: Exception) -> str:
    told = str(error).lower()
    if isinstance(error, ssl.SSLError) or "ssl" in told or "certificate" in told:
        return "the receiver's certificate could not be verified"
    return "the receiver could not be reached" if isinstance(error, httpcore2.ConnectError) else "the receiver broke the connection off"


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)
