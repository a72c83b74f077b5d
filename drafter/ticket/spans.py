"""Spans: whether a place lies within one of many, found without going through them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Many spans of one text, in whatever order, and overlapping or not."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._farthest = list(accumulate((end for _, end in ordered), max))  # the last end of all that begin no later

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them has all that stands from `start` to `end`."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._farthest[before - 1] >= end
