"""What the parts of an incident are made of: texts in one form, clauses, names, one or many, and facts with an id."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_CLAUSE = 4000
UNKNOWN = "unknown"
_UNKNOWN_WORDS = {"unknown", "don't know", "dont know", "not known", "we don't know", "?"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN = re.compile(r"[\ud800-\udfff]")


def readable(value: str) -> str:
    """The text, when every character of it can be shown."""
    if _CONTROL.search(value):
        raise ValueError("the text holds a control character; remove it")
    if _BROKEN.search(value):
        raise ValueError("the text holds half of a character; type it again")
    return value


def paragraph(value: str) -> str:
    """The text as it is, when there is something in it to read."""
    if not any(letter.isalnum() for letter in readable(value)):
        raise ValueError("the text is empty; leave the key out instead")
    return value


def _clause(value: str) -> str:
    text = re.sub(r"\s+", " ", readable(value)).strip()
    text = text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") else text
    if not any(letter.isalnum() for letter in text):
        raise ValueError("the text is empty; leave the key out instead")
    if len(text) > MAX_CLAUSE:
        raise ValueError(f"the text has {len(text)} characters; a clause has at most {MAX_CLAUSE}")
    return text


def one_or_many(value: Any) -> Any:
    """A single item where a list is expected is a list of one."""
    return [value] if isinstance(value, (str, dict, BaseModel)) else value


def is_unknown(value: Any) -> bool:
    """Whether this says that something is not known, in one way or another."""
    return isinstance(value, str) and value.strip().lower() in _UNKNOWN_WORDS


def unknown_or_many(value: Any) -> Any:
    """A list, or that nothing is known."""
    return UNKNOWN if is_unknown(value) else one_or_many(value)


Clause = Annotated[str, AfterValidator(_clause)]
"""A full clause in its true tense, kept on one line, without its full stop."""
Clauses = Annotated[tuple[Clause, ...], BeforeValidator(one_or_many), Field(max_length=30)]
Name = Annotated[str, AfterValidator(_clause), Field(max_length=200)]


class Part(BaseModel):
    """A frozen part of an incident; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Fact(Part):
    """A part that others refer to: `id` is given by the writer, or made from its place ("p1.fix2")."""

    id: str = Field(default="", pattern=r"^[a-z0-9_.-]*$", max_length=60)
