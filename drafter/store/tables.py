"""The tables as SQLAlchemy maps them; the migrations make them, and a test holds the two together."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from drafter.store.types import Cost, Instant

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """A row of any table."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {datetime: Instant(), date: Date(), Decimal: Cost(), str: Text(), bytes: LargeBinary()}


class IncidentRow(Row):
    """The facts of one mistake; erased, the row stays and the facts are gone."""

    __tablename__ = "incidents"
    id: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[str | None]
    created: Mapped[datetime] = mapped_column(index=True)
    erased: Mapped[datetime | None]


class DraftRow(Row):
    """One request for a reply, whom it is for, and how far it has come."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index("ix_drafts_state_created", "state", "created"),
        Index("ix_drafts_created_id", "created", "id"),
        Index("ix_drafts_helpdesk_ticket", "helpdesk", "ticket"),
        Index("ix_drafts_part_of", "part_of"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    state: Mapped[str]
    version: Mapped[int]
    error: Mapped[str | None]
    person: Mapped[str | None] = mapped_column(index=True)
    key_id: Mapped[str | None]
    helpdesk: Mapped[str | None]
    ticket: Mapped[str | None]
    queue: Mapped[str | None]
    event: Mapped[str | None]
    message: Mapped[str | None]
    callback: Mapped[str | None]
    created: Mapped[datetime]
    updated: Mapped[datetime] = mapped_column(index=True)
    erased: Mapped[datetime | None]
    part_of: Mapped[str | None]  # the opened incident that it is a message of
    facts_version: Mapped[int | None]  # of that incident, by which it is written


class CourseRow(Row):
    """The course of an opened incident: what it is at; erased, the row stays and its title is gone."""

    __tablename__ = "courses"
    __table_args__ = (Index("ix_courses_state_updated", "state", "updated"),)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    title: Mapped[str | None]
    severity: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    noticed: Mapped[datetime]
    opened: Mapped[datetime]
    updated: Mapped[datetime]
    erased: Mapped[datetime | None]


class FactsRow(Row):
    """One version of the facts of an opened incident, whole; `incidents` holds the latest."""

    __tablename__ = "fact_versions"
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    facts: Mapped[str | None]
    made_by: Mapped[str | None]
    created: Mapped[datetime]


class EntryRow(Row):
    """Something that happened to an opened incident; never changed, only erased."""

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_incident_id_at", "incident_id", "at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"))
    kind: Mapped[str]
    at: Mapped[datetime]  # when it happened
    made_by: Mapped[str | None]
    body: Mapped[str | None]
    version: Mapped[int | None]  # of the facts, at that moment
    state: Mapped[str | None]  # that it came to
    draft_id: Mapped[str | None]
    promise_id: Mapped[str | None]
    created: Mapped[datetime]  # when it was written down


class VersionRow(Row):
    """One version of a draft, whole."""

    __tablename__ = "versions"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str | None]
    made_by: Mapped[str]
    created: Mapped[datetime]


class RawRow(Row):
    """The message that a draft answers, as it came in; kept only where the house says so."""

    __tablename__ = "raw_messages"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    text: Mapped[str | None]
    created: Mapped[datetime]


class ReviewRow(Row):
    """What a person decided about a version; with `sent_id`, about what was sent."""

    __tablename__ = "reviews"
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int]
    verdict: Mapped[str]
    reason: Mapped[str | None]
    made_by: Mapped[str | None]
    text: Mapped[str | None]
    findings: Mapped[str | None]
    diff: Mapped[str | None]
    created: Mapped[datetime]
    sent_id: Mapped[str | None] = mapped_column(index=True)


class SentRow(Row):
    """What was sent to the customer in the end."""

    __tablename__ = "sent_texts"
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    text: Mapped[str | None]
    findings: Mapped[str | None]
    distance: Mapped[float]
    unedited: Mapped[bool]
    created: Mapped[datetime]


class MeasureRow(Row):
    """What figures need of one draft, so that none of them has to read its versions or what was sent."""

    __tablename__ = "measures"
    __table_args__ = (Index("ix_measures_status_created", "status", "created"),)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    created: Mapped[datetime] = mapped_column(index=True)  # when the draft was asked for
    queue: Mapped[str | None]  # or its helpdesk
    channel: Mapped[str]
    severity: Mapped[str]
    first: Mapped[str]  # the status of its first version
    status: Mapped[str]  # of the latest
    model: Mapped[bool]  # whether a model was asked for the first version
    written: Mapped[int]  # sections that the model wrote
    kept: Mapped[int]  # those of them that stand
    passed: Mapped[int]  # errors in the latest version that somebody passed over
    sensitive: Mapped[bool]
    cost: Mapped[Decimal | None]  # of all versions; None where it is not known
    ready_seconds: Mapped[int | None]  # from the request until it was ready, or approved, for the first time
    sent: Mapped[datetime | None] = mapped_column(index=True)  # the last time
    reply_seconds: Mapped[int | None]  # from the request until it was sent for the first time
    distance: Mapped[float | None]  # from the draft to what was sent
    unedited: Mapped[bool | None]
    errors: Mapped[int | None]  # in what was sent
    again: Mapped[bool]  # whether the ticket came up again after it was sent


class FlagRow(Row):
    """How often a rule was found in a version; number 0 is what was sent."""

    __tablename__ = "flags"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


class PromiseRow(Row):
    """Something that a sent text promises: its words, whose it is, when it falls due, and what became of it."""

    __tablename__ = "promises"
    __table_args__ = (UniqueConstraint("draft_id", "fact"), Index("ix_promises_state_due", "state", "due"))
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    fact: Mapped[str]
    part_of: Mapped[str | None] = mapped_column(index=True)  # the opened incident that the message belongs to
    words: Mapped[str | None]
    owner: Mapped[str | None]
    due: Mapped[datetime | None] = mapped_column(index=True)  # None: no day was named
    sent: Mapped[datetime]
    state: Mapped[str]
    decided: Mapped[datetime | None]  # when it was kept, broken or dropped
    how: Mapped[str | None]
    made_by: Mapped[str | None]


class RemedyRow(Row):
    """A remedy that was suggested for an opened incident, and what a person decided; erased, the bare row stays."""

    __tablename__ = "remedies"
    __table_args__ = (Index("ix_remedies_state_decided", "state", "decided"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    state: Mapped[str]
    version: Mapped[int]  # of the facts that it was suggested by
    proposal: Mapped[str | None]
    option: Mapped[int | None]
    shares: Mapped[str | None]  # what was approved
    made_by: Mapped[str | None]  # who decided
    role: Mapped[str | None]
    because: Mapped[str | None]
    created: Mapped[datetime]
    decided: Mapped[datetime | None]


class ExposedRow(Row):
    """Somebody else whom the fault of an opened incident hits or may hit, and when they were told; erased, the bare row stays."""

    __tablename__ = "exposed"
    id: Mapped[str] = mapped_column(primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    who: Mapped[str | None]
    stop: Mapped[str | None]  # what they must stop doing now, as a sentence to them
    told: Mapped[datetime | None]
    created: Mapped[datetime]


class DismissalRow(Row):
    """A finding that somebody passed over: which rule and why, never who; it outlives its draft, without the reason."""

    __tablename__ = "dismissals"
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    rule: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    created: Mapped[datetime]


class EventRow(Row):
    """Something that happened; never changed and never deleted, and without personal data."""

    __tablename__ = "events"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    actor: Mapped[str]
    data: Mapped[str]
    created: Mapped[datetime]


class DeliveryRow(Row):
    """A note or webhook on its way out, and how it went."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_state_created", "state", "created"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    target: Mapped[str | None]
    kind: Mapped[str]
    state: Mapped[str]
    payload: Mapped[str | None]
    attempts: Mapped[int]
    error: Mapped[str | None]
    ref: Mapped[str | None]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class InboxRow(Row):
    """An event of a helpdesk that was accepted; what it says is kept until it is dealt with, the row to know it again."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_done_created", "done", "created"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    helpdesk: Mapped[str]
    event: Mapped[str | None]
    draft_id: Mapped[str | None] = mapped_column(index=True)
    outcome: Mapped[str | None]
    created: Mapped[datetime]
    done: Mapped[datetime | None]


class BatchRow(Row):
    """Shared facts for the letters of many customers of an incident, and what their table's columns are."""

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_state_created", "state", "created"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), index=True)
    key_id: Mapped[str | None]
    helpdesk: Mapped[str | None]
    state: Mapped[str]  # accepted, begun
    body: Mapped[str | None]
    created: Mapped[datetime]


class BatchLineRow(Row):
    """One customer of a batch: the cells until there is a letter, and what became of them."""

    __tablename__ = "batch_lines"
    __table_args__ = (Index("ix_batch_lines_batch_id_status", "batch_id", "status"),)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]  # waiting, ready, needs_review, blocked, set_aside
    body: Mapped[str | None]
    reason: Mapped[str | None]
    draft_id: Mapped[str | None] = mapped_column(index=True)


class RevisionRow(Row):
    """A wish for other words, and the version that came of it."""

    __tablename__ = "revisions"
    __table_args__ = (Index("ix_revisions_state_created", "state", "created"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    wish: Mapped[str | None]
    section: Mapped[str | None]
    made_by: Mapped[str]
    state: Mapped[str]
    version: Mapped[int | None]
    error: Mapped[str | None]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class WorkerRow(Row):
    """A process that runs jobs, and when it was last heard of."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    left: Mapped[bool]
    seen: Mapped[datetime]


class KeyRow(Row):
    """An API key: everything but its secret, of which a hash is kept."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    digest: Mapped[str]
    scopes: Mapped[str]
    rate_per_minute: Mapped[int | None]
    cost_per_day: Mapped[Decimal | None]
    created: Mapped[datetime]
    revoked: Mapped[datetime | None]


class UsageRow(Row):
    """What one key used on one day for one kind of call; "" is the page and the command line."""

    __tablename__ = "usage"
    key_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    calls: Mapped[int] = mapped_column(BigInteger)
    input_tokens: Mapped[int] = mapped_column(BigInteger)
    output_tokens: Mapped[int] = mapped_column(BigInteger)
    cost: Mapped[Decimal]


class AnswerRow(Row):
    """The answer to a request with an Idempotency-Key, or the claim of the one who is working on it."""

    __tablename__ = "idempotent_answers"
    key_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int | None]  # None: in flight
    headers: Mapped[str | None]
    body: Mapped[bytes | None]
    created: Mapped[datetime] = mapped_column(index=True)


class SwitchRow(Row):
    """Something that is on or off by name."""

    __tablename__ = "switches"
    name: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[bool]
    made_by: Mapped[str | None]
    updated: Mapped[datetime]


class WorkingRow(Row):
    """What somebody is working on at the page, as they left it; erased, the row stays and its contents are gone."""

    __tablename__ = "workings"
    __table_args__ = (Index("ix_workings_owner_updated", "owner", "updated"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    body: Mapped[str | None]
    draft_id: Mapped[str | None] = mapped_column(index=True)
    created: Mapped[datetime]
    updated: Mapped[datetime] = mapped_column(index=True)
