"""The store: what Drafter keeps, in SQLite or PostgreSQL, and how it is brought to a new version, given out and erased."""

from drafter.store.courses import Changed
from drafter.store.ids import new_id
from drafter.store.records import (
    Claim,
    DeliveryRecord,
    DeskTicket,
    Done,
    DraftRecord,
    EventRecord,
    Fresh,
    InboxRecord,
    IncidentRecord,
    InFlight,
    Key,
    Mismatch,
    ReviewRecord,
    RevisionRecord,
    SentRecord,
    UsageRecord,
    VersionRecord,
    WorkerRecord,
    WorkingRecord,
)
from drafter.store.store import Store, open_store, upgrade_store

__all__ = [
    "Changed",
    "Claim",
    "DeliveryRecord",
    "DeskTicket",
    "Done",
    "DraftRecord",
    "EventRecord",
    "Fresh",
    "InFlight",
    "InboxRecord",
    "IncidentRecord",
    "Key",
    "Mismatch",
    "ReviewRecord",
    "RevisionRecord",
    "SentRecord",
    "Store",
    "UsageRecord",
    "VersionRecord",
    "WorkerRecord",
    "WorkingRecord",
    "new_id",
    "open_store",
    "upgrade_store",
]
