"""The payload of a webhook: what happened, to what and when; identifiers and a link, the text only where the house wants it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

MAX_BYTES = 20_000  # of a payload, which the standard keeps small enough for every receiver

Value = str | int | float | bool | None


def message(event: str, data: Mapping[str, Value], *, when: datetime, content: str | None = None) -> bytes:
    """The payload that tells of an event; `data` holds identifiers, states and a link.

    `content` is the text of the draft; one that is too long for a webhook is left out, and the payload says so.
    """
    told: dict[str, Value] = {**data, **({} if content is None else {"text": content})}
    payload = _written(event, told, when)
    if content is not None and len(payload) > MAX_BYTES:
        return _written(event, {**data, "text": None, "text_left_out": "too long for a webhook; read the draft"}, when)
    return payload


def _written(event: str, data: Mapping[str, Value], when: datetime) -> bytes:
    at = when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": event, "timestamp": at, "data": data}, ensure_ascii=False, separators=(",", ":")).encode()
