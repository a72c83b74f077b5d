"""Signatures per Standard Webhooks: one for each secret, so that a secret can be changed without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook


def signed_headers(payload: bytes, *, id: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:  # noqa: A002 - the name in the standard
    """The headers webhook-id, webhook-timestamp and webhook-signature of a payload; `secrets` start with whsec_, newest first.

    Raises:
        ValueError: the id holds a dot, which would let one message pass for another, or there is no secret.
    """
    if "." in id or not secrets:
        raise ValueError("a webhook has an id without dots, and a secret that signs it")
    at = now.astimezone(UTC)
    signatures = [Webhook(secret).sign(id, at, payload.decode()) for secret in secrets]
    return {"webhook-id": id, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": " ".join(signatures)}
