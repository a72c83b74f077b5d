"""Reads JSON that helpdesks send, as records: their webhooks' bodies and their answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from drafter.errors import HelpdeskError, PayloadError


class Payload(BaseModel):
    """A record with what we use of a helpdesk's; there is always more in it."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


def _moment(value: Any) -> Any:
    """A moment in any of the forms that helpdesks have, always with its zone."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = value.strip().removesuffix(" UTC")
    moment: datetime = TypeAdapter(datetime).validate_python(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _words(value: Any) -> Any:
    """Tags as a list or as one string, with commas or spaces between them."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return value or ()


Number = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]  # of a ticket: it becomes part of an address
When = Annotated[datetime | None, BeforeValidator(_moment)]
Tags = Annotated[tuple[str, ...], BeforeValidator(_words)]
_Record = TypeVar("_Record", bound=BaseModel)


def webhook(shape: type[_Record], body: bytes) -> _Record:
    """The record that the body of a webhook holds.

    Raises:
        PayloadError: it holds none; its message names keys, never their values.
    """
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise PayloadError(f"the webhook's body is not what it should be: {_keys(error)}.") from None


def answer(shape: type[_Record], data: Any, *, name: str) -> _Record:
    """The record that a helpdesk's answer holds.

    Raises:
        HelpdeskError: it holds none.
    """
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise HelpdeskError(f"the helpdesk '{name}' answered in a form that is not known here: {_keys(error)}.") from None


def _keys(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, detail['loc'])) or 'body'}: {detail['type'].replace('_', ' ')}" for detail in details[:5])
