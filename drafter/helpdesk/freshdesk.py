"""Freshdesk: webhooks of automations, which are not signed, with the JSON of docs/helpdesks.md; private notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import httpx2
from pydantic import TypeAdapter

from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.payload import Number, Payload, Tags, When, answer, webhook
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import header, match_token
from drafter.markup.words import html_words

_PAGE = 100
_HEADER = "X-Drafter-Secret"  # automations can send headers of one's own, which stand in fewer logs than an address


class _Told(Payload):
    ticket: Number
    event: EventKind
    queue: str | None = None
    tags: Tags = ()
    updated: str
    by: str | None = None


class _Requester(Payload):
    name: str | None = None
    email: str | None = None


class _Ticket(Payload):
    id: str
    subject: str | None = None
    description: str | None = None
    tags: Tags = ()
    group_id: str | None = None
    requester: _Requester | None = None
    created_at: When = None
    updated_at: When = None


class _Conversation(Payload):
    id: str
    body: str | None = None
    incoming: bool = False
    private: bool
    created_at: When = None


class _Conversations(Payload):
    items: tuple[_Conversation, ...]


class _Created(Payload):
    id: str


class Freshdesk:
    """A Freshdesk account; the token is an agent's API key."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        self._client = Client(access.name, access.url, auth=httpx2.BasicAuth(access.token, "X"))

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk; Freshdesk signs nothing and sends no time."""
        match_token(self._access.secrets, token or header(headers, _HEADER))

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk."""
        told = webhook(_Told, body)
        if self._access.is_us(told.by):
            return None
        delivery = f"{told.ticket}-{told.event}-{told.updated}"
        return Event(told.ticket, told.event, delivery, queue=told.queue or None, tags=told.tags, when=_read(told.updated))

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk."""
        told = answer(_Ticket, self._client.get(f"/api/v2/tickets/{number(ticket)}", include="requester"), name=self.name)
        asker = told.requester or _Requester()
        first = TicketMessage("description", "customer", html_words(told.description or ""), when=told.created_at)
        return Thread(
            ticket=told.id,
            subject=told.subject or "",
            queue=told.group_id,
            tags=told.tags,
            requester=Person(asker.name, asker.email),
            messages=(message(first), *(message(_raw(item)) for item in self._conversations(ticket))),
            updated=told.updated_at,
        )

    def _conversations(self, ticket: str) -> Iterator[_Conversation]:
        page = 1
        while True:
            data = self._client.get(f"/api/v2/tickets/{number(ticket)}/conversations", per_page=_PAGE, page=page)
            found = answer(_Conversations, {"items": data}, name=self.name).items
            yield from found
            if len(found) < _PAGE:
                return
            page += 1

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk."""
        data = {"body": note.html, "private": True}
        return answer(_Created, self._client.post(f"/api/v2/tickets/{number(ticket)}/notes", data), name=self.name).id

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _read(moment: str) -> datetime | None:
    """When it was, where the placeholder gives that in a form for machines."""
    try:
        read = TypeAdapter(datetime).validate_python(moment)
    except ValueError:
        return None
    return read if read.tzinfo else None


def _raw(item: _Conversation) -> TicketMessage:
    by: Author = "note" if item.private else "customer" if item.incoming else "us"
    return TicketMessage(item.id, by, html_words(item.body or ""), when=item.created_at, public=not item.private)
