"""Any other system: Standard Webhooks in, with the whole thread in them; the draft goes out as a webhook, not as a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from drafter.errors import HelpdeskError
from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.payload import Payload, Tags, When, webhook
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import header, verify_standard
from drafter.markup.words import html_words


class _Message(Payload):
    id: str
    by: Author
    text: str | None = None
    html: str | None = None
    when: When = None


class _Requester(Payload):
    name: str | None = None
    email: str | None = None


class _Told(Payload):
    event: EventKind
    ticket: str = Field(min_length=1, max_length=200)
    subject: str = ""
    queue: str | None = None
    tags: Tags = ()
    requester: _Requester = _Requester()
    messages: tuple[_Message, ...] = ()
    updated: When = None


class Generic:
    """A system that sends what docs/helpdesks.md asks for."""

    has_tickets = False

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk."""
        verify_standard(body, headers, secrets=self._access.secrets, now=now)

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk; the event holds its thread."""
        told = webhook(_Told, body)
        thread = Thread(
            ticket=told.ticket,
            subject=told.subject,
            queue=told.queue,
            tags=told.tags,
            requester=Person(told.requester.name, told.requester.email),
            messages=tuple(message(_raw(item)) for item in told.messages),
            updated=told.updated,
        )
        newest = thread.messages[-1] if thread.messages else None
        if newest is not None and newest.ours:
            return None
        return Event(
            told.ticket,
            told.event,
            header(headers, "webhook-id") or "",
            queue=told.queue,
            tags=told.tags,
            text=newest.text if newest else "",
            when=newest.when if newest else told.updated,
            thread=thread,
        )

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk; there is none here.

        Raises:
            HelpdeskError: always.
        """
        raise HelpdeskError(f"the helpdesk '{self.name}' cannot be read: each of its webhooks brings the thread.", permanent=True)

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk; the draft goes to `callback`.

        Raises:
            HelpdeskError: always.
        """
        raise HelpdeskError(f"the helpdesk '{self.name}' takes no notes: its drafts go to its callback.", permanent=True)

    def close(self) -> None:
        """See Helpdesk; there are no connections."""


def _raw(item: _Message) -> TicketMessage:
    text = html_words(item.html) if item.html else item.text or ""
    return TicketMessage(item.id, item.by, text, when=item.when, public=item.by != "note")
