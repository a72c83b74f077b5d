"""Settings: the model endpoint from the environment, and the house's own figures from drafter.toml."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from drafter.errors import Complaint, InputError
from drafter.texts import read_text

DEFAULT_CONFIG = "drafter.toml"
NO_MODEL = "none"


def _address(value: str) -> str:
    """The address itself, when it has a scheme of the web, a host that can be looked up and, if any, a port."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna")  # a ValueError for empty or endless labels, as for a port or bracket below
        sound = parts.scheme in ("http", "https") and host and parts.port != 0 and not any(map(str.isspace, value))
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("is not an address such as http://127.0.0.1:8000/v1")
    return value


_Address = Annotated[str, AfterValidator(_address)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelTable(_Table):
    """The `[model]` table: prices per million tokens, and what one draft may cost in money and time."""

    price_in: float | None = Field(default=None, ge=0)
    price_out: float | None = Field(default=None, ge=0)
    cost_limit: float | None = Field(default=None, gt=0)  # per draft, in the currency of the prices
    time_budget_seconds: float = Field(default=60, gt=0, le=900)  # per draft, both calls and every retry
    max_output_tokens: int = Field(default=4000, ge=200, le=100_000)  # per call

    @model_validator(mode="after")
    def _limit_has_prices(self) -> ModelTable:
        if self.cost_limit is not None and (self.price_in is None or self.price_out is None):
            raise ValueError("cost_limit needs price_in and price_out, the prices of a million tokens")
        return self


class House(_Table):
    """What drafter.toml holds."""

    model: ModelTable = ModelTable()


class Settings(BaseSettings):
    """Where the model is and what the house allows; read with `load_settings`.

    The DRAFTER_ variables come first. OPENAI_API_KEY is only used where the address is OpenAI's own or OPENAI_BASE_URL,
    so that it never travels to an address it was not meant for.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True)

    base_url: _Address | None = Field(default=None, validation_alias="DRAFTER_BASE_URL")
    api_key: SecretStr | None = Field(default=None, validation_alias="DRAFTER_API_KEY")
    model: str | None = Field(default=None, validation_alias="DRAFTER_MODEL", min_length=1)
    config: Path | None = Field(default=None, validation_alias="DRAFTER_CONFIG")
    openai_base_url: _Address | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    house: House = House()

    @property
    def address(self) -> str | None:
        """The address of the endpoint; None is OpenAI's own."""
        return self.base_url or self.openai_base_url

    @property
    def key(self) -> SecretStr | None:
        """The key that belongs to `address`."""
        return self.api_key or (None if self.base_url else self.openai_api_key)

    @property
    def has_model(self) -> bool:
        """Whether drafts are written with a model."""
        return self.model is not None

    def with_model(self, name: str | None) -> Settings:
        """These settings with another model: None keeps the one that is set, "none" is no model.

        Raises:
            InputError: a model is named, and nothing says where it is.
        """
        settings = self if name is None else self.model_copy(update={"model": None if name.strip().lower() == NO_MODEL else name.strip()})
        if settings.model is not None and settings.address is None and settings.key is None:
            raise InputError(
                f"the model '{settings.model}' is named, but not where it is: "
                "set DRAFTER_BASE_URL, or DRAFTER_API_KEY for OpenAI, or use --model none."
            )
        return settings


def load_settings(model: str | None = None) -> Settings:
    """The settings of the environment and of drafter.toml (DRAFTER_CONFIG, or the one in the working folder).

    Raises:
        InputError: a value that cannot be used, named as the user wrote it; the value of a key is never shown.
        TextError: drafter.toml cannot be read.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise InputError([_complaint(detail) for detail in error.errors(include_url=False)], "environment") from None
    path = settings.config or Path(DEFAULT_CONFIG)
    if settings.config or path.exists():
        settings = settings.model_copy(update={"house": load_house(path)})
    return settings.with_model(model or (NO_MODEL if (settings.model or "").strip().lower() == NO_MODEL else None))


def load_house(path: Path) -> House:
    """What a drafter.toml holds.

    Raises:
        TextError: it cannot be read.
        InputError: it is not TOML, or has an unknown key or a wrong value; all complaints at once, with lines.
    """
    text = read_text(path)
    try:
        return House.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}.", str(path)) from None
    except ValidationError as error:
        raise InputError([_house_complaint(detail, text) for detail in error.errors(include_url=False)], str(path)) from None


def _complaint(detail: ErrorDetails) -> Complaint:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    return Complaint(_reason(detail), name)


def _house_complaint(detail: ErrorDetails, text: str) -> Complaint:
    path = [str(step) for step in detail["loc"]]
    line = next((number for number, row in enumerate(text.splitlines(), 1) if path and row.split("=")[0].strip(" []") == path[-1]), None)
    if detail["type"] == "extra_forbidden":
        valid = list((ModelTable if path[:-1] == ["model"] else House).model_fields)
        near = difflib.get_close_matches(path[-1], valid, 1, 0.5)
        return Complaint(
            "unknown key; " + (f"did you mean '{near[0]}'?" if near else f"valid keys are {', '.join(valid)}"), ".".join(path), line
        )
    return Complaint(_reason(detail), ".".join(path), line)


def _reason(detail: ErrorDetails) -> str:
    message: str = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    shown: Any = detail["input"]
    return message + (f", not {shown!r}" if isinstance(shown, (int, float)) else "")
