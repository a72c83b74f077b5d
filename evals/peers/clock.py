"""Times, and the figures made of them, each with its 95% interval."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench import REPLY, timed
from evals.counts import Figure, wilson

COLD_RUNS = 15


def quantile(seconds: Sequence[float], share: float) -> Figure:
    """The value below which `share` of the times lie; its interval lies between two of the ordered times.

    >>> quantile([3.0, 1.0, 2.0], 0.5).value
    2.0
    """
    ordered, last = sorted(seconds), len(seconds) - 1
    low, high = wilson(share * len(ordered), len(ordered))
    places = (share * last, math.floor(low * last), math.ceil(high * last))
    return Figure(*(ordered[round(place)] for place in places))


def rate(seconds: Sequence[float]) -> Figure:
    """How many a second, from the mean of the times."""
    mean = statistics.fmean(seconds)
    half = 1.959964 * statistics.stdev(seconds) / math.sqrt(len(seconds))
    return Figure(1 / mean, 1 / (mean + half), 1 / (mean - half))


def cold_starts() -> list[float]:
    """Seconds on the wall clock of `drafter check` in processes of their own, one reply each."""
    command = [str(Path(sys.executable).with_name("drafter")), "check", "-"]
    return timed(lambda: subprocess.run(command, input=REPLY, text=True, stdout=subprocess.DEVNULL, check=False), COLD_RUNS, warm=1)
