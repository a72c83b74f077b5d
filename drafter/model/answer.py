"""The form that an answer is asked in, and the answer that came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Form:
    """How an answer is to be written: by a JSON schema where the endpoint keeps one, else as the words of `plain` say."""

    name: str
    schema: dict[str, Any]
    structured: str  # said to the model beside the schema
    plain: str  # said to the model where there is no schema


@dataclass(frozen=True)
class Answer:
    """What a model wrote, and how it ended; `structured` says whether it was held to the schema."""

    text: str
    ended: Literal["whole", "cut_off", "refused"]
    structured: bool
