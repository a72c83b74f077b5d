"""Helpdesks: webhooks in, tickets read, private notes back. Nothing here can write to a customer."""

from __future__ import annotations

from drafter.helpdesk.load import KINDS, helpdesks
from drafter.helpdesk.note import build_note
from drafter.helpdesk.protocol import Helpdesk
from drafter.helpdesk.records import Event, Note, Person, Thread, TicketMessage, customer_wrote_since
from drafter.helpdesk.when import asks_for_draft

__all__ = [
    "KINDS",
    "Event",
    "Helpdesk",
    "Note",
    "Person",
    "Thread",
    "TicketMessage",
    "asks_for_draft",
    "build_note",
    "customer_wrote_since",
    "helpdesks",
]
