"""Sitting: one letter being written within a run: which epoch it is of, and what a clock cannot tell of the time that it takes."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Sitting:
    """What was asked for one letter."""

    epoch: int = 1
    asked: int = 0
    kept: int = 0  # of those asked, the ones whose answer was kept from before
    saved: float = 0.0  # seconds that those took when they were first answered
    waited: float = 0.0  # seconds in the row, none of them a model's

    def seconds(self, elapsed: float) -> float:
        """How long the letter takes to write, by what a clock says and what it cannot know."""
        return max(0.0, elapsed - self.waited + self.saved)


SITTING: ContextVar[Sitting] = ContextVar("SITTING")
