"""What callers send: bodies of requests, in which unknown keys are refused."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from drafter.course import State
from drafter.draft import SectionName
from drafter.house.webhooks import url_fault
from drafter.incident import Action, Channel, Incident, Kind, Money
from drafter.markup import Markup
from drafter.texts import MAX_CHARACTERS

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)")
_SEEN = r"[^\x00-\x1f\x7f\u2028\u2029]*"


def _moment(value: Any) -> Any:
    if value is not None and not isinstance(value, datetime) and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise ValueError("write a moment with its offset, such as 2026-11-26T09:30:00Z")
    return value


def _url(value: str) -> str:
    if fault := url_fault(value):
        raise ValueError(f"this {fault}")
    return value


def _sound(value: datetime) -> datetime:
    if not 1990 <= value.year <= 2200:
        raise ValueError(f"the year {value.year} is surely a slip")
    return value


When = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_sound)]
"""A moment with its offset, in a year that can be meant."""
Line = Annotated[str, Field(min_length=1, max_length=1000, pattern=rf"^{_SEEN}[^\s\x00-\x1f\x7f]{_SEEN}$")]
Reason = Annotated[str, Field(min_length=1, max_length=4000)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
Who = Annotated[Line, Field(max_length=200)]


_Header = Annotated[str, Field(max_length=200)]
_Cell = Annotated[str, Field(max_length=10_000)]


class Body(BaseModel):
    """A body; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckBody(Body):
    """A text to check, and what it answers."""

    text: Text
    incident: Incident | None = None
    kind: Kind | None = None
    as_of: Annotated[AwareDatetime | None, BeforeValidator(_moment)] = None
    language: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    markup: Markup = "text"
    channel: Channel | None = None


class OpenBody(Body):
    """An incident to open: its facts as far as they are known, what it is called, and when it was noticed, if not now."""

    incident: Incident
    title: Line | None = None
    noticed: When | None = None
    by: Who | None = None


class EntryBody(Body):
    """Something to write into the timeline: a note of ours, what the customer wrote ("received"), or what was done for containment."""

    text: Text
    kind: Literal["note", "received", "containment"] = "note"
    at: When | None = None
    by: Who | None = None


class FactsBody(Body):
    """The whole facts as they are now, and the version that they started from."""

    incident: Incident
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    at: When | None = None
    by: Who | None = None


class StateBody(Body):
    """The state that an incident comes to; `because` is what a person says of it."""

    state: State
    because: Reason | None = None
    at: When | None = None
    by: Who | None = None


class MessageBody(Body):
    """The next message of an incident: of the kind that is due, unless one is named; `at` is the moment of writing, if not now."""

    kind: Kind | None = None
    at: When | None = None


class LettersBody(Body):
    """A customer in each row: of `csv`, with its header, or of `rows`, by the names of the columns.

    `facts` are what all share, with gaps such as {order}; without them, the facts of the incident. With `helpdesk`, each letter goes
    to the `ticket` of its row as a private note.
    """

    csv: Text | None = None
    rows: Annotated[tuple[dict[_Header, _Cell], ...], Field(max_length=20_000)] = ()
    facts: dict[str, Any] | None = None
    helpdesk: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.csv is None) == (not self.rows):
            raise ValueError("write the customers either as csv or as rows")
        return self


class KeptBody(Body):
    """How a promise was kept, as a full clause: "I called the carrier, as I said I would"."""

    how: Reason
    at: When | None = None
    by: Who | None = None


class BrokenBody(Body):
    """That a promise was broken: `ours` admits it, where that cannot be told from the promise; `plan` is what comes in its place."""

    ours: Reason | None = None
    plan: Action | None = None
    at: When | None = None
    by: Who | None = None


class HandedBody(Body):
    """Who takes a promise over; `words` is the plan with them as the one who acts, where it is about me."""

    owner: Who
    words: Reason | None = None
    by: Who | None = None


class SuggestBody(Body):
    """What a remedy is suggested from, beside the facts: the rights of the house that apply, by their names in its settings."""

    applies: Annotated[tuple[Who, ...], Field(max_length=20)] = ()
    by: Who | None = None


class ApprovedBody(Body):
    """Which of the ways is approved, and by whom; `amount` is another for its goodwill, `because` why it goes beyond the limits."""

    option: Annotated[int, Field(ge=1, le=10)] = 1
    amount: Money | None = None
    because: Reason | None = None
    by: Who | None = None


class RefusedBody(Body):
    """Why none of it is given."""

    because: Reason
    by: Who | None = None


class DroppedBody(Body):
    """Why nobody waits for a promise any more."""

    why: Reason
    at: When | None = None
    by: Who | None = None


class DraftBody(Body):
    """The facts to draft from; `person` is what the caller knows the customer by, for export and erasure."""

    incident: Incident
    kind: Kind | None = None
    person: Annotated[Line, Field(max_length=200)] | None = None
    callback: Annotated[str, AfterValidator(_url), Field(max_length=2000, json_schema_extra={"format": "uri"})] | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_kind(cls, value: Any) -> Any:
        """A kind beside the facts is one in them: whether the two fit is seen there."""
        if isinstance(value, dict) and isinstance(value.get("incident"), dict) and value.get("kind") is not None:
            return {**value, "incident": {**value["incident"], "kind": value["kind"]}}
        return value


class RevisionBody(Body):
    """A wish for other words: "shorter", "warmer", "plainer", or what an agent asks for in their own words."""

    wish: Line
    section: SectionName | None = None


class _Reviewed(Body):
    version: Annotated[int, Field(ge=1, le=1_000_000, description="The version that was seen; the latest unless given.")] | None = None
    instead_of: Annotated[str, Field(pattern=r"^rev_[0-9a-f]{32}$", description="The review that falls by this one.")] | None = None


class ApprovalBody(_Reviewed):
    """The draft may go, as it stands or with this text."""

    verdict: Literal["approve"]
    text: Text | None = None
    reason: Reason | None = None


class EditBody(_Reviewed):
    """The draft may go with this text, the whole of it as edited."""

    verdict: Literal["edit"]
    text: Text
    reason: Reason | None = None


class RejectionBody(_Reviewed):
    """The draft must not go, for this reason."""

    verdict: Literal["reject"]
    reason: Reason
    text: None = None


ReviewBody = Annotated[ApprovalBody | EditBody | RejectionBody, Field(discriminator="verdict")]


class SentBody(Body):
    """What was sent to the customer in the end; `at` is when, if not now, and `by` who sent it."""

    text: Text
    at: When | None = None
    by: Who | None = None


class DismissalBody(Body):
    """A finding that somebody passed over, and why."""

    rule: Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,59}$")]
    reason: Reason | None = None


class SwitchBody(Body):
    """Whether a switch is on."""

    on: Annotated[bool, Field(strict=True)]


class TestBody(Body):
    """A ticket to try a helpdesk with; nothing is written to it."""

    ticket: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,100}$")]


DraftStatus = Literal["queued", "writing", "failed", "cancelled", "ready", "needs_review", "blocked"]
