"""Places within spans, found without going through them all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafter.ticket.spans import Spans

PAIRS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(PAIRS, max_size=20), PAIRS)
def test_a_place_is_held_as_if_each_span_were_asked(spans: list[tuple[int, int]], place: tuple[int, int]) -> None:
    """In whatever order they come, and where they overlap."""
    assert Spans(spans).hold(*place) == any(start <= place[0] and place[1] <= end for start, end in spans)
