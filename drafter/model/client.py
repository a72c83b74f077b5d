"""Client: langchain's chat client, which loses nothing that a stream says of how it ended."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI

from drafter.errors import InputError
from drafter.settings import Settings


class Client(ChatOpenAI):
    """A chat client whose streamed messages hold `refusal` as whole ones do; langchain-openai drops it from a stream."""

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        delta = next((choice.get("delta") for choice in chunk.get("choices") or ()), None) or {}
        if made and isinstance(made.message, AIMessageChunk) and delta.get("refusal"):
            made.message.additional_kwargs["refusal"] = delta["refusal"]
        return made


def check_key(settings: Settings) -> None:
    """Refuse a key that no header can hold, which the client would only find out call by call.

    Raises:
        InputError: it has a line break, a blank or a letter beyond ASCII; the key is not shown.
    """
    key = settings.key.get_secret_value() if settings.key else ""
    if not (key.isascii() and key.isprintable()) or " " in key:
        name = "DRAFTER_API_KEY" if settings.api_key else "OPENAI_API_KEY"
        raise InputError(f"{name} holds a line break, a blank or a letter that no key has: copy the key again, on one line.")
