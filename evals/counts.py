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
    """The mean of values between 0 and 1 with its 95% interval; 0 to 1 where there are fewer than two.

    The interval is the one of their own spread; where each is 0 or 1, or all are the same, that of a share: ten of ten is no
    proof of always.
    """
    if len(values) < 2:
        return Figure(sum(values), 0.0, 1.0)
    if set(values) <= {0.0, 1.0} or len(set(values)) == 1:
        return Figure(fmean(values), *wilson(math.fsum(values), len(values)))
    return _spread(fmean(values), stdev(values) / math.sqrt(len(values)))


def ratio_figure(hits: Sequence[int], tried: Sequence[int]) -> Figure:
    """The share of all hits among all that was tried, where both come in groups that stand or fall together, such as letters.

    The interval is that of the ratio of two sums over groups (Cochran, Sampling Techniques, 1977, section 6.3); where every group
    has the same share, that of a share among as many tries as there are groups.
    """
    groups = [(hit, all_) for hit, all_ in zip(hits, tried, strict=True) if all_]
    total = sum(all_ for _, all_ in groups)
    if not total:
        return Figure.of(0, 0)
    share, count = sum(hit for hit, _ in groups) / total, len(groups)
    off = [hit - share * all_ for hit, all_ in groups]
    if count < 2 or not any(abs(each) > 1e-9 for each in off):
        return Figure(share, *wilson(share * count, count))
    return _spread(share, math.sqrt(count / (count - 1) * math.fsum(each * each for each in off)) / total)


def _spread(middle: float, error: float) -> Figure:
    half = 1.959964 * error
    return Figure(middle, max(0.0, middle - half), min(1.0, middle + half))


def paired(moves: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of the mean of paired differences, each from -1 to 1.

    Half a difference of 1 and half a one of -1 are added, and one of 0, so that it is honest where few cases differ (Agresti and
    Min, Statistics in Medicine 24, 2005, for pairs of yes and no; the same as theirs where each difference is -1, 0 or 1).
    """
    count = len(moves) + 2
    middle = math.fsum(moves) / count
    spread = (math.fsum(move * move for move in moves) + 1) / count - middle * middle
    half = 1.959964 * math.sqrt(spread / count)
    return max(-1.0, middle - half), min(1.0, middle + half)


def sign_test(better: int, worse: int) -> float:
    """How likely wins and losses are to be at least as uneven by chance alone: two-sided and exact (of yes and no, McNemar's test).

    >>> sign_test(0, 6)
    0.03125
    """
    tried = better + worse
    tail = sum(math.comb(tried, i) for i in range(min(better, worse) + 1))
    return min(1.0, tail / 2 ** (tried - 1)) if tried else 1.0


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
