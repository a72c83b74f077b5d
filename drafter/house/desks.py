"""The `[helpdesks.NAME]` tables: which helpdesks call, how drafts for them are framed, and when one is wanted."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

DeskKind = Literal["generic", "django-helpdesk", "request-tracker", "zendesk", "chatwoot", "zammad", "freshdesk"]
DeskChannel = Literal["email", "chat", "letter", "sms", "social", "status_page"]
DeskEvent = Literal["opened", "customer_wrote", "tagged", "note"]

_RULE = re.compile(r"(?:failure|always|(?:tag|queue|mention):\S.*)")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")
_WORDS = ("failure", "always", "tag:", "queue:", "mention:")


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not re.search(r"\s|[?#@]", value)
    except ValueError:
        sound = False
    if not sound:
        raise ValueError(f"'{value}' is not an address such as https://northwind.zendesk.com")
    return value.rstrip("/")


def _rule(value: str) -> str:
    rule = value.strip()
    if not _RULE.fullmatch(rule):
        near = difflib.get_close_matches(rule, _WORDS, 1)
        raise ValueError(
            f"'{value}' is not one of failure, always, tag:NAME, queue:NAME, mention:@NAME"
            + (f"; did you mean '{near[0]}'?" if near else "")
        )
    return rule


def one_or_many(value: Any) -> Any:
    """A single text where a list is expected is a list of one."""
    return [value] if isinstance(value, str) else value


def _zone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), 1)
        raise ValueError(f"'{value}' is not a time zone such as Europe/London" + (f"; did you mean '{near[0]}'?" if near else ""))
    return value


Address = Annotated[str, AfterValidator(_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Rule = Annotated[str, AfterValidator(_rule)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[tuple[Word, ...], BeforeValidator(one_or_many)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Signer(_Table):
    """Who signs the drafts."""

    name: Word
    role: Word | None = None
    phone: Word | None = None
    email: Word | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Queues(_Table):
    """Which queues are on, all where none is named, and which are off all the same."""

    on: Words = ()
    off: Words = ()

    def has(self, queue: str | None) -> bool:
        """Whether drafts are written for this queue; capitals make no difference."""
        name = (queue or "").casefold()
        named = {word.casefold() for word in self.on}
        return (not named or name in named) and name not in {word.casefold() for word in self.off}


class Desk(_Table):
    """One helpdesk. Its secrets and its token come from the environment only (`drafter.helpdesk.helpdesks`).

    `when` names what asks for a draft; `events` is what may do so at all. `shadow`: drafts are stored, no note is written.
    """

    kind: DeskKind
    url: Address | None = None
    account: Word | None = None  # Chatwoot: the number of the account
    user: Word | None = None  # who we are there, where the token does not say: Zendesk's e-mail, a user's number or name
    callback: Address | None = None  # generic: where the draft goes
    company: Word
    signer: Signer
    locale: Word = "en-US"
    timezone: Zone = "UTC"
    channel: DeskChannel = "email"
    when: Annotated[tuple[Rule, ...], BeforeValidator(one_or_many)] = ("failure",)
    events: Annotated[tuple[DeskEvent, ...], BeforeValidator(one_or_many)] = get_args(DeskEvent)
    queues: Queues = Queues()
    shadow: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Desk:
        if self.url is None and self.kind != "generic":
            raise ValueError("url is missing: the address of the helpdesk, such as https://help.northwind.example")
        if self.kind == "chatwoot" and not (self.account or "").isdigit():
            raise ValueError('account is missing: the number of the Chatwoot account, as in .../app/accounts/3: account = "3"')
        if self.kind == "zendesk" and "@" not in (self.user or ""):
            raise ValueError("user is missing: the e-mail address of the agent whose API token is used")
        if self.callback and self.kind != "generic":
            raise ValueError("callback goes with kind generic only; elsewhere the draft becomes a note")
        return self

    def frame(self) -> dict[str, Any]:
        """The part of an incident that the house gives: who answers, where, when and how."""
        return {
            "company": self.company,
            "signer": self.signer.model_dump(exclude_none=True),
            "locale": self.locale,
            "timezone": self.timezone,
            "channel": self.channel,
        }


def _with_kinds(value: Any) -> Any:
    """The tables of all helpdesks; one that does not say its kind has it in its name."""
    if not isinstance(value, dict):
        return value
    return {name: {"kind": name, **table} if isinstance(table, dict) else table for name, table in value.items()}


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(f"'{value}' cannot stand in an address; use small letters, digits and hyphens")
    return value


Desks = Annotated[dict[Annotated[str, AfterValidator(_name)], Desk], BeforeValidator(_with_kinds)]
