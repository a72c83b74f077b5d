"""Client: langchain's chat client, which loses nothing that a stream says of how it ended."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI


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
