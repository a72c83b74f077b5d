"""When a webhook that did not arrive is tried again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MINUTE, _HOUR = 60, 3600
_WAITS = (5, 30, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 10 * _HOUR)  # seconds
_SPREAD = 0.2  # share of a wait that it may be shorter or longer: receivers that come back are not hit by all at once
_LONGEST = 24 * _HOUR  # what a receiver may ask us to wait


def backoff(attempt: int, *, jitter: float = 0.5) -> float | None:
    """The seconds to wait after the failed attempt of this number, counted from 1; None after the last.

    `jitter`, from 0 to 1, chooses within a fifth around the wait; give a random one.
    """
    if attempt > len(_WAITS):
        return None
    return _WAITS[attempt - 1] * (1 + _SPREAD * (2 * jitter - 1))


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, which may be a date; None where it says nothing that can be used.

    >>> retry_after("120", now=datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    if value is None:
        return None
    try:
        asked = float(value) if re.fullmatch(r"\d{1,9}", value.strip()) else _until(value, now)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, asked), float(_LONGEST))


def _until(value: str, now: datetime) -> float:
    date = parsedate_to_datetime(value)
    return ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds()
