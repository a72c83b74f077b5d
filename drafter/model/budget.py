"""What one draft may still take, in seconds and in money, and what it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.errors import ModelError

if TYPE_CHECKING:
    from drafter.settings import ModelTable


Stopped = Callable[[], bool]


def never() -> bool:
    """Nobody stops it."""
    return False


@dataclass
class Budget:
    """The seconds and the money of one draft, spent call by call; none are left once it is `stopped`.

    `cost` is in the currency of the house's prices, and None where it has not said them.
    """

    limits: ModelTable
    stopped: Stopped = never
    started: float = field(default_factory=time.monotonic)
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def cost(self) -> float | None:
        """What the calls so far cost."""
        return self._price(self.input_tokens, self.output_tokens)

    def left(self) -> float:
        """The seconds that are left, never below nought."""
        return 0.0 if self.stopped() else max(0.0, self.started + self.limits.time_budget_seconds - time.monotonic())

    def allow(self, input_tokens: int) -> None:
        """Let one more call of this size begin.

        Raises:
            ModelError: no time is left, or the call could pass the cost limit.
        """
        if self.left() <= 0:
            raise ModelError(f"the {self.limits.time_budget_seconds:g} seconds that a draft may take were over")
        limit, cost = self.limits.cost_limit, self._price(input_tokens, self.limits.max_output_tokens)
        if limit is not None and cost is not None and (self.cost or 0) + cost > limit:
            raise ModelError(
                f"the call was not made: with {input_tokens} tokens in and up to {self.limits.max_output_tokens} out the draft could cost "
                f"{(self.cost or 0) + cost:.4f}, over the limit of {limit:g}"
            )

    def spend(self, input_tokens: int, output_tokens: int) -> None:
        """Count one call that was answered."""
        self.calls += 1
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens

    def _price(self, input_tokens: int, output_tokens: int) -> float | None:
        if self.limits.price_in is None or self.limits.price_out is None:
            return None
        return (input_tokens * self.limits.price_in + output_tokens * self.limits.price_out) / 1e6
