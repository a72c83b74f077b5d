"""The one place that knows openai, langchain-openai and tiktoken: a chat model behind any OpenAI-compatible endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.model.answer import Answer, Form, guarded
from drafter.model.budget import Budget, Stopped, never

if TYPE_CHECKING:
    from drafter.model.endpoint import Model

__all__ = ["Answer", "Budget", "Form", "Model", "Stopped", "guarded", "never"]


def __getattr__(name: str) -> Any:
    """Model, once it is asked for: the client takes most of a second to load, and a composed draft never needs it."""
    if name == "Model":
        from drafter.model.endpoint import Model

        return Model
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
