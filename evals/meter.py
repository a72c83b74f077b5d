"""Meter: what the calls of a run take in tokens and money, how fast they may follow each other, and the cap that ends the run."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
from inspect_ai.model import CachePolicy, GenerateConfig, Model, ModelOutput

from drafter.errors import OutsideError
from drafter.settings import ModelTable
from evals.kept import EXPIRY
from evals.sitting import SITTING

_LOOK = 0.05  # seconds between two looks at whether the letters in hand are written


class CapError(OutsideError):
    """What a run may take is used up."""

    def __repr__(self) -> str:  # a log of Inspect's tells of an error by it
        return str(self)


@dataclass
class Meter:
    """What calls to models took, answers that were kept aside.

    No letter is begun that could pass the cap, by what calls took on average so far; those in hand are written to their end.
    """

    prices: ModelTable = field(default_factory=ModelTable)
    cap_cost: float | None = None  # in the currency of the prices
    cap_tokens: int | None = None
    per_minute: int | None = None
    clock: Callable[[], float] = time.monotonic
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    unpriced: int = 0  # of those tokens, a judge's, whose prices nobody has said
    _paid: tuple[int, int] = (0, 0)
    _in_hand: int = 0
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tokens(self) -> int:
        """Tokens in and out."""
        return self.input_tokens + self.output_tokens

    @property
    def cost(self) -> float | None:
        """What the calls cost; None where no price is known."""
        return price(self.prices, *self._paid)

    def spend(self, input_tokens: int, output_tokens: int, calls: int = 1, *, priced: bool = True) -> None:
        """Count what was asked and answered."""
        with self._lock:
            self.calls += calls
            self.input_tokens += input_tokens
            self.output_tokens += output_tokens
            if priced:
                self._paid = (self._paid[0] + input_tokens, self._paid[1] + output_tokens)
            else:
                self.unpriced += input_tokens + output_tokens

    def wait(self) -> float:
        """The seconds until the next call may begin, which takes its place in the row."""
        if self.per_minute is None:
            return 0.0
        with self._lock:
            now = self.clock()
            turn = max(now, self._next)
            self._next = turn + 60 / self.per_minute
            return turn - now

    @asynccontextmanager
    async def letter(self) -> AsyncIterator[None]:
        """One letter is written inside.

        Raises:
            CapError: it could pass the cap; no other is in hand by then.
        """
        while not self._begin():
            if not self._in_hand:
                raise CapError(self._reached())
            await anyio.sleep(_LOOK)
        try:
            yield
        finally:
            with self._lock:
                self._in_hand -= 1

    def _begin(self) -> bool:
        """Take a letter in hand, where that cannot pass the cap."""
        with self._lock:
            growth = 1 + (self._in_hand + 1) / self.calls if self.calls else 1  # by a call for each letter in hand, and for this one
            room = self.cap_tokens is None or self.tokens * growth <= self.cap_tokens
            if self.cap_cost is not None and self.cost is not None:
                room = room and self.cost * growth <= self.cap_cost
            self._in_hand += room
            return room

    def _reached(self) -> str:
        caps = [
            f"{self.cap_tokens} tokens" if self.cap_tokens is not None else "",
            f"{self.cap_cost:g}" if self.cap_cost is not None else "",
        ]
        spent = "" if self.cost is None else f", {self.cost:.4f}"
        return f"the cap of {' or '.join(filter(None, caps))} is reached: {self.tokens} tokens were used{spent}"


def price(prices: ModelTable, input_tokens: float, output_tokens: float) -> float | None:
    """What these tokens cost; None where no price is known."""
    if prices.price_in is None or prices.price_out is None:
        return None
    return (input_tokens * prices.price_in + output_tokens * prices.price_out) / 1e6


def metered(model: Model, meter: Meter, *, cached: bool, priced: bool = True) -> Model:
    """One of Inspect's models, whose calls wait for their turn and are counted; an answer from Inspect's cache is no call."""
    asked = model.api.generate

    async def generate(*given: object, **named: object) -> object:
        wait = meter.wait()
        await anyio.sleep(wait)
        if sitting := SITTING.get(None):
            sitting.waited += wait
        answer = await asked(*given, **named)  # type: ignore[arg-type]
        output = answer[0] if isinstance(answer, tuple) else answer
        if isinstance(output, ModelOutput) and output.usage:
            meter.spend(output.usage.input_tokens, output.usage.output_tokens, priced=priced)
        return answer

    model.api.generate = generate  # type: ignore[method-assign, assignment]  # below the cache, where Inspect has no hook that may wait
    model.config = model.config.merge(GenerateConfig(cache=CachePolicy(expiry=EXPIRY) if cached else False))
    return model
