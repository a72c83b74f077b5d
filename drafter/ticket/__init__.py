"""A ticket: whether it reports a failure, what it says with the words it came from, the incident it opens, and what is still to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.ticket.facts import IN_DANGER, Dropped, ItemKind, Place, TicketFacts, TicketItem
from drafter.ticket.opening import incident_of
from drafter.ticket.questions import Question, questions
from drafter.ticket.rules import read_by_rules
from drafter.ticket.triage import Triage, triage

if TYPE_CHECKING:
    from drafter.ticket.reading import read_ticket

__all__ = [
    "IN_DANGER",
    "Dropped",
    "ItemKind",
    "Place",
    "Question",
    "TicketFacts",
    "TicketItem",
    "Triage",
    "incident_of",
    "questions",
    "read_by_rules",
    "read_ticket",
    "triage",
]


def __getattr__(name: str) -> Any:
    """read_ticket, once it is asked for: without a model nobody waits for what talks to one."""
    if name == "read_ticket":
        from drafter.ticket.reading import read_ticket

        return read_ticket
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
