"""Counts of hits and misses, and the figures made of them, each with its 95% interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev


def wilson(hits: float, tried: int) -> tuple[float, float]:
    """The 95% interval of a share of `hits` among `tried` (Wilson's score interval).

    >>> tuple(round(bound, 3) for bound in wilson(95, 100))
    (0.888, 0.978)
    """
    if not tried:
        return 0.0, 1.0
    z = 1.959964
    share, scale = hits / tried, 1 + z * z / tried
    middle = (share + z * z / (2 * tried)) / scale
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried)) / scale
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


@dataclass(frozen=True)
class Figure:
    """A share between 0 and 1 with its 95% interval."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, tried: int) -> Figure:
        """The share of `hits` among `tried`; 0 where nothing was tried."""
        return cls(hits / tried if tried else 0.0, *wilson(hits, tried))

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def mean_figure(values: Sequence[float]) -> Figure:
    """The mean of values between 0 and 1, with the 95% interval that their own spread gives; 0 to 1 where there are fewer than two."""
    if len(values) < 2:
        return Figure(sum(values), 0.0, 1.0)
    middle = fmean(values)
    half = 1.959964 * stdev(values) / math.sqrt(len(values))
    return Figure(middle, max(0.0, middle - half), min(1.0, middle + half))


@dataclass
class Counts:
    """What was found and should have been, was found and should not, and was not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, said: bool, meant: bool) -> None:
        """Count one more decision."""
        self.right += said and meant
        self.wrong += said and not meant
        self.missed += meant and not said

    @property
    def precision(self) -> Figure:
        """The share of what was found that should have been."""
        return Figure.of(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Figure:
        """The share of what should have been found that was."""
        return Figure.of(self.right, self.right + self.missed)

    @property
    def f1(self) -> Figure:
        """The harmonic mean of precision and recall.

        It is 2J / (1 + J) for the share J of hits among all that was found or should have been, and grows with J: the
        bounds of J give its own.
        """
        shared = Figure.of(self.right, self.right + self.wrong + self.missed)
        return Figure(*(2 * part / (1 + part) for part in (shared.value, shared.low, shared.high)))
