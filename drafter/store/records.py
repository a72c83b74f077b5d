"""What the store gives out: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from drafter.checks.report import Finding
from drafter.draft import Draft
from drafter.incident import Incident

DraftState = Literal["queued", "writing", "done", "failed", "cancelled"]
Verdict = Literal["approve", "edit", "reject"]
DeliveryKind = Literal["note", "webhook"]
DeliveryState = Literal["pending", "done", "failed"]
Scope = Literal["check", "draft", "review", "admin"]
Detail = str | int | float | bool | None


@dataclass(frozen=True)
class DeskTicket:
    """The ticket that asked for a draft, and the delivery that told of it."""

    helpdesk: str
    ticket: str
    queue: str | None = None
    event: str | None = None
    message: str | None = None  # the customer's last message that the draft answers


@dataclass(frozen=True)
class IncidentRecord:
    """The facts of one mistake, as they were accepted, with cards masked."""

    id: str
    incident: Incident
    created: datetime


@dataclass(frozen=True)
class DraftRecord:
    """One request for a reply: how far it has come, and its latest version."""

    id: str
    incident_id: str
    state: DraftState
    version: int  # 0: none yet
    draft: Draft | None
    error: dict[str, Any] | None  # a problem document, where it failed
    person: str | None
    key: str | None
    desk: DeskTicket | None
    callback: str | None
    created: datetime
    updated: datetime
    erased: datetime | None = None  # when its person was forgotten; facts and texts are gone then
    part_of: str | None = None  # the opened incident that it is a message of


@dataclass(frozen=True)
class VersionRecord:
    """One version of a draft."""

    draft_id: str
    number: int
    draft: Draft
    by: str
    created: datetime


@dataclass(frozen=True)
class InboxRecord:
    """An event of a helpdesk; `event` is None once it was dealt with, or its person forgotten."""

    id: str
    helpdesk: str
    event: dict[str, Any] | None
    draft_id: str | None
    outcome: str | None
    created: datetime
    done: datetime | None


LineStatus = Literal["waiting", "ready", "needs_review", "blocked", "set_aside"]


@dataclass(frozen=True)
class BatchRecord:
    """Letters for many customers of an incident: the shared facts and the columns, and how many of its lines have each status."""

    id: str
    incident_id: str
    key: str | None
    helpdesk: str | None
    plan: dict[str, Any]
    counts: dict[LineStatus, int]
    created: datetime


@dataclass(frozen=True)
class LineRecord:
    """One customer of a batch; `cells` are kept until there is a letter, and those that were set aside until they are erased."""

    line: int
    status: LineStatus
    cells: tuple[str, ...] | None
    reason: str | None
    draft_id: str | None


@dataclass(frozen=True)
class RevisionRecord:
    """A wish for other words; `version` is the one that came of it."""

    id: str
    draft_id: str
    wish: str
    section: str | None
    by: str
    state: DraftState
    version: int | None
    error: dict[str, Any] | None
    created: datetime
    updated: datetime


@dataclass(frozen=True)
class WorkerRecord:
    """A process that runs jobs; `left` says that it ended as it should."""

    id: str
    host: str
    pid: int
    left: bool
    seen: datetime


@dataclass(frozen=True)
class ReviewRecord:
    """What a person decided about a version; `text` and `diff` where they edited it."""

    id: str
    draft_id: str
    version: int
    verdict: Verdict
    reason: str | None
    by: str | None
    text: str | None
    findings: tuple[Finding, ...]
    diff: str
    created: datetime


@dataclass(frozen=True)
class SentRecord:
    """What was sent in the end, and how far it is from the draft: 0.0 is word for word, 1.0 another text."""

    id: str
    draft_id: str
    text: str
    findings: tuple[Finding, ...]
    distance: float
    unedited: bool
    created: datetime


@dataclass(frozen=True)
class DismissalRecord:
    """A finding that somebody passed over: of which rule, and why."""

    rule: str
    reason: str | None
    created: datetime


@dataclass(frozen=True)
class QueueRecord:
    """A draft as a queue lists it, with the last decision about its latest version."""

    id: str
    status: str
    subject: str  # or how its text begins
    queue: str
    findings: int
    created: datetime
    version: int
    verdict: Verdict | None
    reason: str | None
    sent: bool


@dataclass(frozen=True)
class Sampled:
    """A sent reply that was drawn: its weight, the risks that make it up, and what a person thought of it last."""

    draft_id: str
    sent_id: str
    sent: datetime
    weight: int
    risks: tuple[str, ...]
    verdict: Verdict | None
    reason: str | None


@dataclass(frozen=True)
class Sample:
    """What was drawn, and from how many."""

    of: int
    drawn: tuple[Sampled, ...]


@dataclass(frozen=True)
class EventRecord:
    """Something that happened: what, to what, by whom and when; without personal data."""

    id: str
    kind: str
    subject: str
    actor: str
    data: dict[str, Detail]
    created: datetime


@dataclass(frozen=True)
class DeliveryRecord:
    """A note or webhook on its way out: how often it was tried, and what became of it."""

    id: str
    draft_id: str
    target: str
    kind: DeliveryKind
    state: DeliveryState
    payload: str | None
    attempts: int
    error: str | None
    ref: str | None  # what the other side calls it, such as the id of the note
    created: datetime
    updated: datetime


@dataclass(frozen=True)
class Key:
    """An API key, without its secret."""

    id: str
    name: str
    scopes: frozenset[Scope]
    rate_per_minute: int | None
    cost_per_day: Decimal | None
    created: datetime
    revoked: datetime | None = None


@dataclass(frozen=True)
class UsageRecord:
    """What one key used on one day for one kind of call; a key of None is the page and the command line."""

    key_id: str | None
    day: date
    kind: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: Decimal


@dataclass(frozen=True)
class WorkingRecord:
    """What somebody is working on at the page, as they left it."""

    id: str
    owner: str
    body: dict[str, Any]
    draft_id: str | None
    created: datetime
    updated: datetime


@dataclass(frozen=True)
class About:
    """What is kept about one person, by id; and the incidents of others that mention them."""

    drafts: tuple[str, ...]
    incidents: tuple[str, ...]
    mentions: tuple[str, ...]


@dataclass(frozen=True)
class Fresh:
    """Nobody has asked this yet: do it, then `finish` or `abandon`."""


@dataclass(frozen=True)
class InFlight:
    """The same request is being worked on."""

    since: datetime


@dataclass(frozen=True)
class Done:
    """The same request was answered: answer it again with these."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Mismatch:
    """The same key came with another request."""


Claim = Fresh | InFlight | Done | Mismatch
