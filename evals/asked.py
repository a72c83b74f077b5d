"""Asked: the product's model within a run: its answers are kept, its calls are counted and wait for their turn.

The chain asks by `drafter.model.Model`, which answers in one place, `ask`. An answer that is kept is put in there and counts against
the draft's own budget as it did at first. Langchain's cache would stand too deep: its key holds the seconds that are left.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from langchain_core.prompt_values import PromptValue

from drafter.model import Answer, Budget, Form, Model
from drafter.model.endpoint import OnText
from drafter.model.reply import kept
from drafter.settings import Settings
from evals.kept import Kept, Question
from evals.meter import Meter
from evals.sitting import SITTING, Sitting


def _nothing() -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Terms:
    """On what terms a run asks models."""

    meter: Meter = field(default_factory=Meter)
    kept: Kept | None = None
    step: Callable[[], None] = _nothing  # after each letter that is judged


TERMS: ContextVar[Terms] = ContextVar("TERMS", default=Terms())  # noqa: B039 - a meter without a cap only counts


class Asked(Model):
    """A model that asks on the terms of a run."""

    def __init__(self, settings: Settings, terms: Terms) -> None:
        super().__init__(settings)
        self._endpoint, self._most = settings.address, settings.house.model.max_output_tokens
        self._terms = terms

    def ask(self, prompt: PromptValue, form: Form, *, budget: Budget, on_text: OnText | None = None) -> Answer:
        """The answer to a rendered prompt: the one that is kept, or a new one.

        Raises:
            ModelError: there is no answer.
        """
        sitting = SITTING.get(Sitting())
        question = Question.of(prompt.to_messages(), form, model=self.name, endpoint=self._endpoint, most=self._most, epoch=sitting.epoch)
        sitting.asked += 1

        def ask() -> Answer:
            return super(Asked, self).ask(prompt, form, budget=budget, on_text=on_text)

        def keep(call: Any) -> dict[str, Any]:
            found = self._terms.kept.get(question) if self._terms.kept else None
            if found is not None:
                sitting.kept += 1
                sitting.saved += found["seconds"]
                return dict(found["reply"])
            wait = self._terms.meter.wait()
            time.sleep(wait)
            sitting.waited += wait
            budget.started += wait  # the wait for its turn is none of the draft's time
            started = time.monotonic()
            reply: dict[str, Any] = call()
            seconds = time.monotonic() - started
            self._terms.meter.spend(reply["input_tokens"], reply["output_tokens"], reply["calls"])
            if self._terms.kept and reply["failure"] is None:
                self._terms.kept.put(question, {"reply": reply, "seconds": round(seconds, 3)})
            return reply

        return kept(ask, budget, keep)
