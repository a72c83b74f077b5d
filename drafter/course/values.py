"""What a course is made of: frozen values, as the store gives them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from drafter.course.changes import Change
from drafter.incident import Approved, Incident, Kind, Severity

State = Literal["noticed", "acknowledged", "contained", "fixed", "resolved", "followed_up", "debriefed"]
EntryKind = Literal[
    "noticed",
    "note",
    "received",
    "containment",
    "facts",
    "state",
    "drafted",
    "sent",
    "kept",
    "broken",
    "handed",
    "dropped",
    "suggested",
    "approved",
    "refused",
]
PromiseState = Literal["open", "kept", "broken", "dropped"]
CLOSED: frozenset[State] = frozenset({"resolved", "followed_up", "debriefed"})


@dataclass(frozen=True)
class Entry:
    """Something that happened to an incident: when it did, when it was written down, and by whom. It is never changed."""

    id: str
    kind: EntryKind
    at: datetime
    written: datetime
    by: str | None
    text: str | None = None
    changes: tuple[Change, ...] = ()
    version: int | None = None  # of the facts, at that moment
    state: State | None = None  # that it came to
    draft_id: str | None = None
    promise_id: str | None = None


@dataclass(frozen=True)
class Promise:
    """Something that a message promised when it was sent, in its own words, and what became of it."""

    id: str
    draft_id: str
    incident_id: str | None  # the opened incident that the message belongs to
    fact: str
    words: str
    owner: str | None
    due: datetime | None  # None: no day was named
    sent: datetime
    state: PromiseState = "open"
    decided: datetime | None = None  # when it was kept, broken or dropped
    how: str | None = None
    by: str | None = None

    def overdue(self, at: datetime) -> bool:
        """Whether nobody has said what became of it, and its moment is past."""
        return self.state == "open" and self.due is not None and self.due < at


@dataclass(frozen=True)
class SentMessage:
    """A message that reached the customer: of what kind, in what words, and by which version of the facts."""

    draft_id: str
    kind: Kind
    at: datetime
    text: str | None  # None: it was erased
    version: int


@dataclass(frozen=True)
class Exposed:
    """Somebody else whom the fault hits or may hit: who, what they must stop doing now, and when they were told."""

    id: str
    incident_id: str
    who: str
    stop: str | None
    noted: datetime
    told: datetime | None = None


@dataclass(frozen=True)
class Course:
    """An opened incident: its facts as they are now, what happened, what was sent, and what was promised."""

    id: str
    title: str
    severity: Severity
    state: State
    version: int
    noticed: datetime
    opened: datetime
    updated: datetime
    incident: Incident
    told: Incident | None = None  # the facts by which the last message was written
    entries: tuple[Entry, ...] = ()  # by the moment they happened
    sent: tuple[SentMessage, ...] = ()  # the first one first
    promises: tuple[Promise, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    approved: tuple[Approved, ...] | None = None  # of remedies; None where none was ever suggested
    versions: Mapping[int, Incident] = field(default_factory=dict)  # the facts by which messages were written, where they were read

    def rested(self, message: SentMessage) -> Incident | None:
        """The facts by which a message was written; None where they were not read."""
        return self.versions.get(message.version) or (self.told if message is self.last else None)

    @property
    def closed(self) -> bool:
        """Whether it is resolved, or beyond."""
        return self.state in CLOSED

    @property
    def last(self) -> SentMessage | None:
        """The last message."""
        return self.sent[-1] if self.sent else None

    @property
    def resolution(self) -> Entry | None:
        """The entry by which it was resolved, where it still is."""
        moves = [entry for entry in self.entries if entry.kind == "state" and entry.state == "resolved"]
        return max(moves, key=_written) if moves and self.closed else None

    @property
    def resolution_told(self) -> bool:
        """Whether the last message was written by the facts that resolved it, or later ones."""
        resolution = self.resolution
        return resolution is not None and self.last is not None and self.last.version >= (resolution.version or 0)

    @property
    def followed_up(self) -> bool:
        """Whether a follow-up went out since it was resolved."""
        resolution = self.resolution
        return resolution is not None and any(message.kind == "follow_up" and message.at >= resolution.at for message in self.sent)


def _written(entry: Entry) -> tuple[datetime, str]:
    return entry.written, entry.id
