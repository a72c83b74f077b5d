"""Helpdesk: what each of them is to the rest of Drafter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from drafter.helpdesk.records import Event, Note, Thread
from drafter.house.desks import Desk


class Helpdesk(Protocol):
    """One helpdesk that calls us, and takes private notes. Nothing here can write to a customer."""

    @property
    def name(self) -> str:
        """What the house calls it: the last part of its webhook's address."""
        ...

    @property
    def desk(self) -> Desk:
        """What the house decided about it."""
        ...

    @property
    def has_tickets(self) -> bool:
        """Whether `thread` and `add_note` work; without, an event brings its thread and the draft goes out as a webhook."""
        ...

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """Return if the raw body was signed, or the address called, with one of our secrets.

        Raises:
            ForgedError: it was not.
            StaleError: it was, but not within five minutes of `now`, where the signature has a time.
        """
        ...

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """What a verified body tells; None for what is of no interest, our own notes before all.

        Raises:
            PayloadError: it is not what this helpdesk sends.
        """
        ...

    def thread(self, ticket: str) -> Thread:
        """The ticket as it stands now.

        Raises:
            HelpdeskError: it cannot be read.
        """
        ...

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """The id of the note that already holds this draft."""
        ...

    def add_note(self, ticket: str, note: Note) -> str:
        """Add a note that only agents see, and return its id. Not idempotent: look with `find_note` first.

        Raises:
            HelpdeskError: it was not added, or nobody knows (a time-out).
        """
        ...

    def close(self) -> None:
        """Close the connections to it."""
        ...
