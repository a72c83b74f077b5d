"""Who called: signatures over the raw body, and secrets in the address, compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from drafter.errors import ForgedError, StaleError

WINDOW = timedelta(minutes=5)
SHORTEST_TOKEN = 16  # characters of a secret that stands in an address itself, where nothing else protects it
ZENDESK_TEST = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="  # what Zendesk's test button signs with, for everybody
_PREFIX = "whsec_"


def header(headers: Mapping[str, str], name: str) -> str | None:
    """The one value of a header, whatever its capitals.

    Raises:
        ForgedError: it is there twice with different values, so that nobody knows which one was meant.
    """
    values = {value for key, value in headers.items() if key.lower() == name.lower()}
    if len(values) > 1:
        raise ForgedError(f"the header {name} is there twice, with different values.")
    return next(iter(values), None)


def match(given: str | None, expected: Iterable[str], *, what: str) -> None:
    """Return if `given` is one of what was expected.

    Raises:
        ForgedError: there is none, or it is another one.
    """
    if not given:
        raise ForgedError(f"{what} is missing.")
    raw = given.encode("utf-8", "replace")
    if not any(hmac.compare_digest(raw, value.encode("utf-8", "replace")) for value in expected):
        raise ForgedError(f"{what} is not one of ours.")


def match_token(secrets: Sequence[str], given: str | None) -> None:
    """Return if the secret of the webhook's address is one of ours.

    Raises:
        ForgedError: it is not.
    """
    match(given, secrets, what="the secret in the webhook's address")


def hexdigest(secret: str, content: bytes, *, algorithm: str = "sha256") -> str:
    """The HMAC in hexadecimal digits."""
    return hmac.new(secret.encode(), content, algorithm).hexdigest()


def b64digest(secret: bytes, content: bytes) -> str:
    """The HMAC-SHA256 in base64."""
    return base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()


def is_recent(moment: datetime, now: datetime) -> None:
    """Return if the two are at most five minutes apart.

    Raises:
        StaleError: they are not.
    """
    if abs(now - moment) > WINDOW:
        raise StaleError("the webhook was signed more than five minutes from now: it is old, or a clock is wrong.")


def unix(value: str | None) -> datetime:
    """The moment that a header gives in seconds since 1970.

    Raises:
        ForgedError: it gives none.
    """
    try:
        return datetime.fromtimestamp(int(value or ""), UTC)
    except (ValueError, OverflowError, OSError):
        raise ForgedError("the time of the signature is missing, or is no time.") from None


def iso(value: str | None) -> datetime:
    """The moment that a header gives as 2026-07-22T10:00:00Z.

    Raises:
        ForgedError: it gives none.
    """
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        raise ForgedError("the time of the signature is missing, or is no time.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def standard_key(secret: str) -> bytes:
    """The key that a secret of Standard Webhooks stands for.

    Raises:
        ValueError: it is not base64.
    """
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("is not base64, as whsec_... of Standard Webhooks is") from None


def verify_standard(body: bytes, headers: Mapping[str, str], *, secrets: Sequence[str], now: datetime) -> None:
    """Return if the body was signed by the rules of Standard Webhooks.

    The package standardwebhooks keeps a clock of its own and raises ValueError for broken signatures; hence by hand.

    Raises:
        ForgedError: it was not.
        StaleError: it was, at another time.
    """
    name, moment = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
    when = unix(moment)
    if not name:
        raise ForgedError("the id of the webhook is missing.")
    content = b".".join((name.encode("utf-8", "replace"), str(moment).encode("utf-8", "replace"), body))
    given = (header(headers, "webhook-signature") or "").split()
    expected = [f"v1,{b64digest(standard_key(secret), content)}" for secret in secrets]
    if not any(_is_one(value, expected) for value in given):
        raise ForgedError("the signature is missing, or is not one of ours.")
    is_recent(when, now)


def _is_one(given: str, expected: Iterable[str]) -> bool:
    """Whether a signature is one of those expected; all are compared, so that time tells nothing."""
    raw = given.encode("utf-8", "replace")
    return sum(hmac.compare_digest(raw, value.encode("utf-8", "replace")) for value in expected) > 0
