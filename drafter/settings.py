"""Settings: the model endpoint and the database from the environment, and what the house decides in its settings file."""

from __future__ import annotations

import base64
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from drafter.errors import Complaint, InputError
from drafter.house.find import find_house
from drafter.house.tables import House, ModelTable

__all__ = ["House", "ModelTable", "Settings", "load_settings"]

NO_MODEL = "none"
USERS_FILE = "DRAFTER_USERS_FILE"
Role = Literal["agent", "reviewer", "admin"]
"""What a person may do at the page."""
_SIGNING = "whsec_"


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


def _signing(value: SecretStr) -> SecretStr:
    """Secrets that can sign: each is whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it."""
    for secret in _several(value):
        try:
            size = len(base64.b64decode(secret.removeprefix(_SIGNING), validate=True))
        except ValueError:
            size = 0
        if not (secret.startswith(_SIGNING) and 24 <= size <= 64):
            raise ValueError(f"holds what cannot sign: a secret is {_SIGNING} and 24 to 64 bytes in base64, the next one after a comma")
    return value


def _several(value: SecretStr) -> tuple[str, ...]:
    return tuple(secret.strip() for secret in value.get_secret_value().split(",") if secret.strip())


def _networks(value: str) -> str:
    """Addresses of machines or of networks, with commas between."""
    for each in filter(None, (part.strip() for part in value.split(","))):
        try:
            ip_network(each)
        except ValueError:
            raise ValueError(f"'{each}' is not an address such as 127.0.0.1 or 10.0.0.0/8; write the next one after a comma") from None
    return value


def _header(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", value.strip()):
        raise ValueError("is not the name of a header such as X-Forwarded-User")
    return value.strip().lower()


_Header = Annotated[str, AfterValidator(_header)]
_Secrets = Annotated[SecretStr, AfterValidator(_signing)]


class Settings(BaseSettings):
    """Where the model and the database are, and what the house allows; read with `load_settings`.

    The DRAFTER_ variables come first. OPENAI_API_KEY is only used where the address is OpenAI's own or OPENAI_BASE_URL,
    so that it never travels to an address it was not meant for.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True)

    base_url: _Address | None = Field(default=None, validation_alias="DRAFTER_BASE_URL")
    api_key: SecretStr | None = Field(default=None, validation_alias="DRAFTER_API_KEY")
    model: str | None = Field(default=None, validation_alias="DRAFTER_MODEL", min_length=1)
    database_url: SecretStr | None = Field(default=None, validation_alias="DRAFTER_DATABASE_URL")  # it may hold a password
    openai_base_url: _Address | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    webhook_secrets: _Secrets | None = Field(default=None, validation_alias="DRAFTER_WEBHOOK_SECRETS")
    users_file: Path | None = Field(default=None, validation_alias=USERS_FILE)
    proxy_user_header: _Header | None = Field(default=None, validation_alias="DRAFTER_PROXY_USER_HEADER")
    proxy_role_header: _Header | None = Field(default=None, validation_alias="DRAFTER_PROXY_ROLE_HEADER")
    proxy_role: Role = Field(default="agent", validation_alias="DRAFTER_PROXY_ROLE")
    proxy_addresses: Annotated[str, AfterValidator(_networks)] = Field(default="", validation_alias="DRAFTER_PROXY_ADDRESSES")
    house: House = House()

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """The secrets that sign our webhooks, newest first; with none, no webhook is sent."""
        return _several(self.webhook_secrets) if self.webhook_secrets else ()

    @property
    def accounts(self) -> Path:
        """The file of accounts: the one that is set, else the one in the user's data folder."""
        return self.users_file or self.house.login.users_file or user_data_path("drafter", appauthor=False) / "users.json"

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses and networks of proxies whose word counts."""
        return tuple(filter(None, (part.strip() for part in self.proxy_addresses.split(","))))

    @property
    def address(self) -> str | None:
        """The address of the endpoint; None is OpenAI's own."""
        return self.base_url or self.openai_base_url

    @property
    def key(self) -> SecretStr | None:
        """The key that belongs to `address`."""
        return self.api_key or (None if self.base_url else self.openai_api_key)

    @property
    def database(self) -> str | None:
        """The address of the database; None is the file in the user's data folder."""
        return self.database_url.get_secret_value() if self.database_url else None

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
    """The settings of the environment and of the house's settings file (`find_house` says which).

    Raises:
        InputError: a value that cannot be used, named as the user wrote it; the value of a key is never shown.
        TextError: the settings file cannot be read.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise InputError([_complaint(detail) for detail in error.errors(include_url=False)], "environment") from None
    settings = settings.model_copy(update={"house": find_house() or House()})
    return settings.with_model(model or (NO_MODEL if (settings.model or "").strip().lower() == NO_MODEL else None))


def _complaint(detail: ErrorDetails) -> Complaint:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    return Complaint(_reason(detail), name)


def _reason(detail: ErrorDetails) -> str:
    message: str = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    shown: Any = detail["input"]
    return message + (f", not {shown!r}" if isinstance(shown, (int, float)) else "")
