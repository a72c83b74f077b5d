"""When a webhook is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.webhooks import backoff, retry_after

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def test_the_waits_grow_from_seconds_to_hours_and_end() -> None:
    """Ten attempts over a bit more than a day; the eleventh is not made."""
    waits = [backoff(attempt) for attempt in range(1, 10)]
    assert waits == [5, 30, 120, 600, 1800, 7200, 18000, 36000, 36000]
    assert backoff(10) is None
    assert all(earlier <= later for earlier, later in pairwise(wait or 0 for wait in waits))


@given(st.integers(1, 9), st.floats(0, 1))
def test_chance_moves_a_wait_by_a_fifth_at_most(attempt: int, jitter: float) -> None:
    """Those that failed together are not tried again together, and none much too early."""
    usual, wait = backoff(attempt), backoff(attempt, jitter=jitter)
    assert usual is not None
    assert wait is not None
    assert 0.8 * usual <= wait + 1e-9 <= 1.2 * usual + 2e-9


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("999999999", 86400),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), 0),
        ("Thu, 26 Nov 2026 08:10:00 -0000", 600),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("", None),
        ("9" * 5000, None),
        ("Thu, 99 Nov 2026 08:10:00 GMT", None),
    ],
)
def test_what_a_receiver_asks_to_wait_is_read(value: str | None, seconds: float | None) -> None:
    """Seconds or a date, a day at the most; whatever else it says is not a wait."""
    assert retry_after(value, now=NOW) == seconds


@given(st.text())
def test_no_header_breaks_the_reader(value: str) -> None:
    """Whatever stands in the header, the answer is a wait or none."""
    asked = retry_after(value, now=NOW)
    assert asked is None or 0 <= asked <= 86400
