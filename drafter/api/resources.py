"""What callers get: resources, as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from drafter.api.bodies import DraftStatus
from drafter.checks.report import Claim, Covered, Finding, Withheld
from drafter.draft import Draft, LeftOut, Provenance, Section
from drafter.incident import Incident
from drafter.store.records import (
    DeliveryKind,
    DeliveryRecord,
    DeliveryState,
    DraftRecord,
    DraftState,
    ReviewRecord,
    RevisionRecord,
    SentRecord,
    UsageRecord,
    Verdict,
    VersionRecord,
)


class Resource(BaseModel):
    """A resource."""

    model_config = ConfigDict(frozen=True)


class DraftResource(Resource):
    """A draft: how far it has come, and its latest version, whose fields are null until there is one.

    `incident_id` leads to the facts that it is made of, and `part_of` to the opened incident that it is a message of.
    """

    id: str
    status: DraftStatus
    version: int
    incident_id: str
    created: datetime
    updated: datetime
    error: dict[str, Any] | None = None
    reasons: tuple[str, ...] | None = None
    subject: str | None = None
    text: str | None = None
    sections: tuple[Section, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    coverage: tuple[Covered, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    elements: dict[str, str] | None = None
    left_out: tuple[LeftOut, ...] | None = None
    withheld: Withheld | None = None
    withheld_text: str | None = None
    score: int | None = None
    provenance: Provenance | None = None
    part_of: str | None = None

    @classmethod
    def of(cls, record: DraftRecord) -> DraftResource:
        """The resource of a record."""
        version = _fields(record.draft) if record.draft else {"status": record.state}
        return cls.model_construct(
            id=record.id,
            version=record.version,
            incident_id=record.incident_id,
            created=record.created,
            updated=record.updated,
            error=record.error,
            part_of=record.part_of,
            **version,
        )


class DraftPage(Resource):
    """Some drafts, the newest first; `next` goes into `after` for those that follow, and is null at the end."""

    items: tuple[DraftResource, ...]
    next: str | None


class VersionResource(Resource):
    """One version of a draft; `by` is drafter or the key that asked for it."""

    number: int
    by: str
    created: datetime
    draft: Draft

    @classmethod
    def of(cls, record: VersionRecord) -> VersionResource:
        """The resource of a record."""
        return cls.model_construct(number=record.number, by=record.by, created=record.created, draft=record.draft)


class VersionList(Resource):
    """Every version of a draft, the first one first."""

    items: tuple[VersionResource, ...]


class RevisionResource(Resource):
    """A wish for other words; `version` is the version of the draft that came of it."""

    id: str
    draft_id: str
    wish: str
    section: str | None
    status: DraftState
    version: int | None
    error: dict[str, Any] | None
    created: datetime
    updated: datetime

    @classmethod
    def of(cls, record: RevisionRecord) -> RevisionResource:
        """The resource of a record."""
        return cls.model_construct(status=record.state, **_but(record, "state", "by"))


class ReviewResource(Resource):
    """What a person decided about a version; of an edit also the text, what was found in it, and how it differs."""

    id: str
    draft_id: str
    version: int
    verdict: Verdict
    reason: str | None
    text: str | None
    findings: tuple[Finding, ...]
    diff: str
    created: datetime

    @classmethod
    def of(cls, record: ReviewRecord) -> ReviewResource:
        """The resource of a record."""
        return cls.model_construct(**_but(record, "by"))


class SentResource(Resource):
    """What was sent: what was found in it, and how far it is from the draft (0 is word for word, 1 is another text)."""

    id: str
    draft_id: str
    text: str
    findings: tuple[Finding, ...]
    distance: Annotated[float, Field(ge=0, le=1)]
    unedited: bool
    created: datetime

    @classmethod
    def of(cls, record: SentRecord) -> SentResource:
        """The resource of a record."""
        return cls.model_construct(**_but(record))


class ReviewList(Resource):
    """Every decision about a draft, the first one first."""

    items: tuple[ReviewResource, ...]


class SentList(Resource):
    """Everything that was sent of a draft, the first one first."""

    items: tuple[SentResource, ...]


class DismissalResource(Resource):
    """How often findings of a rule were passed over, by anybody: who it was is not kept."""

    rule: str
    dismissed: int


class IncidentResource(Resource):
    """The facts of a mistake, as they were accepted, with cards, bank accounts and passports masked."""

    id: str
    created: datetime
    incident: Incident


class RuleSummary(Resource):
    """A rule in one sentence; `severity` is the house's, "off" where it wants none."""

    id: str
    kind: str
    severity: str
    summary: str


class RuleList(Resource):
    """The rules in force."""

    items: tuple[RuleSummary, ...]


class RuleResource(RuleSummary):
    """A rule: its page as Markdown, texts that it flags, with the flagged words in brackets, and texts that it lets pass."""

    body: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    source: tuple[str, ...]


class UsageRow(Resource):
    """What a key used on a day (UTC), by kind of call; a key of null is the page and the command line."""

    key_id: str | None
    day: date
    kind: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float

    @classmethod
    def of(cls, record: UsageRecord) -> UsageRow:
        """The resource of a record."""
        return cls.model_construct(**_but(record, "cost"), cost=float(record.cost))


class UsageList(Resource):
    """Usage since a day, the oldest first: of the calling key, or of all where it is an administrator's."""

    since: date
    items: tuple[UsageRow, ...]


class SwitchResource(Resource):
    """A switch: on or off, and whether anybody has set it or this is how it comes."""

    name: str
    on: bool
    set: bool


class DeliveryResource(Resource):
    """A note or webhook on its way out; `ref` is what the other side calls it."""

    id: str
    draft_id: str
    target: str
    kind: DeliveryKind
    state: DeliveryState
    attempts: int
    error: str | None
    ref: str | None
    created: datetime
    updated: datetime

    @classmethod
    def of(cls, record: DeliveryRecord) -> DeliveryResource:
        """The resource of a record."""
        return cls.model_construct(**_but(record, "payload"))


class DeliveryPage(Resource):
    """Some deliveries, the newest first; `next` goes into `after` for those that follow."""

    items: tuple[DeliveryResource, ...]
    next: str | None


class JobResource(Resource):
    """A job that ended in a fault, or took its process down too often."""

    id: str
    name: str
    state: str


class JobList(Resource):
    """Jobs, the newest first."""

    items: tuple[JobResource, ...]


class ReplayResource(Resource):
    """What is tried again; how far it comes is seen where it stands: the draft, the delivery, or the list of what failed."""

    id: str


class WebhookResource(Resource):
    """What became of a webhook: accepted, known already, or of no interest."""

    status: Annotated[str, Field(pattern="^(accepted|known|ignored)$")]


class TestResource(Resource):
    """What Drafter would do with a ticket; nothing was written to it."""

    helpdesk: str
    ticket: str
    messages: int
    would_draft: bool
    because: str


class Health(Resource):
    """That the process answers."""

    status: str


class Readiness(Resource):
    """What the service stands on: ok, degraded (it works without), or away."""

    status: str
    database: str
    queue: str
    model: str
    helpdesks: dict[str, str]


def _fields(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in Draft.model_fields}


def _but(record: Any, *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in left_out}
