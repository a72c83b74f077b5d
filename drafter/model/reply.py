"""Reply: what one question brought, in a form that can be kept outside the process and taken up again after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from drafter.errors import ModelError
from drafter.model.answer import Answer
from drafter.model.budget import Budget

Ended = Literal["whole", "cut_off", "refused"]
Keep = Callable[[Callable[[], dict[str, Any]]], dict[str, Any]]
"""Runs a question and keeps what it gives; or gives what it kept of the same question, and does not run it again."""


@dataclass(frozen=True)
class Reply:
    """An answer, or the reason why there is none, with what it took; numbers are of this question alone."""

    text: str = ""
    ended: Ended = "whole"
    structured: bool = False
    failure: str | None = None
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @classmethod
    def answered(cls, ask: Callable[[], Answer], budget: Budget) -> Reply:
        """What `ask` gives, counted by what it takes from the budget."""
        calls, tokens_in, tokens_out = budget.calls, budget.input_tokens, budget.output_tokens
        try:
            answer, failure = ask(), None
        except ModelError as error:
            answer, failure = Answer("", "whole", structured=False), str(error)
        spent = (budget.calls - calls, budget.input_tokens - tokens_in, budget.output_tokens - tokens_out)
        return cls(answer.text, answer.ended, answer.structured, failure, *spent)

    def answer(self) -> Answer:
        """The answer.

        Raises:
            ModelError: there is none.
        """
        if self.failure is not None:
            raise ModelError(self.failure)
        return Answer(self.text, self.ended, self.structured)


def kept(ask: Callable[[], Answer], budget: Budget, keep: Keep) -> Answer:
    """The answer to a question that is asked once: what was kept of it counts against the budget as it did then.

    Raises:
        ModelError: there was no answer.
    """
    asked_now = False

    def call() -> dict[str, Any]:
        nonlocal asked_now
        asked_now = True
        return asdict(Reply.answered(ask, budget))

    reply = Reply(**keep(call))
    if not asked_now:
        budget.calls += reply.calls
        budget.input_tokens += reply.input_tokens
        budget.output_tokens += reply.output_tokens
    return reply.answer()
