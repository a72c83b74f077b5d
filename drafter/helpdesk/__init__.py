"""Helpdesks: webhooks in, tickets read, private notes back. Nothing here can write to a customer."""

from __future__ import annotations

from drafter.helpdesk.protocol import Helpdesk
from drafter.helpdesk.records import Event, Note, Person, Thread, TicketMessage, customer_wrote_since

__all__ = ["Event", "Helpdesk", "Note", "Person", "Thread", "TicketMessage", "customer_wrote_since"]
