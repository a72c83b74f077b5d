"""The form that an answer is asked in, the answer that came, and the guard around all that reads one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from drafter.errors import ModelError

_LOG = logging.getLogger(__name__)


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


def whole_characters(text: str) -> str:
    """The text with halves of characters joined that came in two pieces.

    Raises:
        UnicodeDecodeError: a half stands alone; such a text can neither be counted nor sent.
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside, over what an endpoint sent, is a ModelError.

    Raises:
        ModelError: the one that was raised inside, or that the answer could not be read.
    """
    try:
        yield
    except ModelError:
        raise
    except Exception as error:  # noqa: BLE001 - an endpoint may send anything, and no list of what the readers raise over it is ever whole
        _LOG.warning("an answer could not be read", extra={"error": type(error).__name__})  # the message could quote the answer
        raise ModelError("the model's answer could not be read") from None
