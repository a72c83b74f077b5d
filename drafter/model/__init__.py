"""The one place that knows openai, langchain-openai and tiktoken: a chat model behind any OpenAI-compatible endpoint."""

from drafter.model.budget import Budget
from drafter.model.endpoint import Answer, Form, Model

__all__ = ["Answer", "Budget", "Form", "Model"]
