"""Request Tracker 5: webhooks that the scrip of docs/helpdesks.md signs, and comments, which are not correspondence."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from drafter.errors import HelpdeskError
from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.note import marked
from drafter.helpdesk.payload import Number, Payload, When, answer, webhook
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import header, verify_standard
from drafter.markup.words import html_words

_PAGE = 100
_TYPES = ("Create", "Correspond", "Comment")
_BODIES = ("text/plain", "text/html")


class _ToldTicket(Payload):
    id: Number
    queue: str | None = None
    requestors: tuple[str, ...] = ()


class _ToldTransaction(Payload):
    id: str
    type: str
    creator: str
    email: str | None = None
    content: str | None = None
    created: When = None


class _Told(Payload):
    ticket: _ToldTicket
    transaction: _ToldTransaction


class _Ref(Payload):
    id: str
    name: str | None = Field(default=None, alias="Name")


class _Ticket(Payload):
    id: str
    subject: str | None = Field(default=None, alias="Subject")
    queue: _Ref = Field(alias="Queue")
    requestors: tuple[_Ref, ...] = Field(default=(), alias="Requestor")
    copied: tuple[_Ref, ...] = Field(default=(), alias="Cc")
    updated: When = Field(default=None, alias="LastUpdated")


class _Transaction(Payload):
    id: str
    type: str = Field(alias="Type")
    creator: _Ref = Field(alias="Creator")
    created: When = Field(default=None, alias="Created")


class _Attachment(Payload):
    id: str
    transaction: str = Field(alias="TransactionId")
    content_type: str = Field(default="", alias="ContentType")
    filename: str | None = Field(default=None, alias="Filename")


class _Body(Payload):
    content: str = Field(default="", alias="Content")


class _User(Payload):
    name: str | None = Field(default=None, alias="RealName")
    email: str | None = Field(default=None, alias="EmailAddress")


class _Page(Payload):
    items: tuple[dict[str, Any], ...] = ()
    pages: int | None = None


class RequestTracker:
    """A Request Tracker; the token is an authentication token, or USER:PASSWORD."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        auth = access.basic() if ":" in access.token else None
        headers = None if auth else {"Authorization": f"token {access.token}"}
        self._client = Client(access.name, f"{access.url}/REST/2.0", auth=auth, headers=headers)

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk."""
        verify_standard(body, headers, secrets=self._access.secrets, now=now)

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk."""
        told = webhook(_Told, body)
        ticket, transaction = told.ticket, told.transaction
        words = transaction.content or ""
        kind = _kind(told)
        if kind == "other" or (kind == "note" and marked(words)):
            return None
        return Event(
            ticket.id,
            kind,
            header(headers, "webhook-id") or f"{ticket.id}-{transaction.id}",
            queue=ticket.queue,
            text=own_words(words),
            author_is_us=self._access.is_us(transaction.creator, transaction.email),
            when=transaction.created,
        )

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk."""
        told = answer(_Ticket, self._client.get(f"/ticket/{number(ticket)}"), name=self.name)
        queue = answer(_Ref, self._client.get(f"/queue/{number(told.queue.id)}"), name=self.name)
        asked = {person.id for person in (*told.requestors, *told.copied)}
        bodies = self._bodies(ticket)
        return Thread(
            ticket=told.id,
            subject=told.subject or "",
            queue=queue.name or told.queue.id,
            tags=(),
            requester=self._person(told),
            messages=tuple(message(_raw(item, self._text(bodies[item.id]), asked)) for item in self._said(ticket) if item.id in bodies),
            updated=told.updated,
        )

    def _person(self, told: _Ticket) -> Person:
        if not told.requestors:
            return Person()
        try:
            user = answer(_User, self._client.get(f"/user/{told.requestors[0].id}"), name=self.name)
        except HelpdeskError as error:
            if not error.permanent:
                raise
            user = _User()  # reading users is a right of its own
        return Person(user.name, user.email or (told.requestors[0].id if "@" in told.requestors[0].id else None))

    def _said(self, ticket: str) -> list[_Transaction]:
        rows = self._all(f"/ticket/{number(ticket)}/history", "Type,Creator,Created")
        return [item for row in rows if (item := answer(_Transaction, row, name=self.name)).type in _TYPES]

    def _bodies(self, ticket: str) -> dict[str, _Attachment]:
        """The text of each transaction, plain where there is one; files that somebody attached are not it."""
        found: dict[str, _Attachment] = {}
        for row in self._all(f"/ticket/{number(ticket)}/attachments", "TransactionId,ContentType,Filename"):
            part = answer(_Attachment, row, name=self.name)
            if part.content_type in _BODIES and not part.filename:
                held = found.get(part.transaction)
                if held is None or (held.content_type, part.content_type) == ("text/html", "text/plain"):
                    found[part.transaction] = part
        return found

    def _text(self, part: _Attachment) -> str:
        body = answer(_Body, self._client.get(f"/attachment/{number(part.id)}"), name=self.name)
        try:
            text = base64.b64decode(body.content).decode("utf-8", "replace")
        except binascii.Error:
            raise HelpdeskError(f"the helpdesk '{self.name}' answered in a form that is not known here: Content.") from None
        return html_words(text) if part.content_type == "text/html" else text

    def _all(self, path: str, fields: str) -> Iterator[dict[str, Any]]:
        page = 1
        while True:
            found = answer(_Page, self._client.get(path, fields=fields, per_page=_PAGE, page=page), name=self.name)
            yield from found.items
            if len(found.items) < _PAGE or (found.pages is not None and page >= found.pages):
                return
            page += 1

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk; RT says that a comment was added, not which one, so that it is looked up."""
        self._client.post(f"/ticket/{number(ticket)}/comment", {"Content": note.plain, "ContentType": "text/plain"})
        comments = [item.id for item in self._said(ticket) if item.type == "Comment"]
        if not comments:
            raise HelpdeskError(f"the helpdesk '{self.name}' took a comment and does not show it; check the right ShowTicketComments.")
        return comments[-1]

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _kind(told: _Told) -> EventKind:
    sort, emails = told.transaction.type.lower(), {email.casefold() for email in told.ticket.requestors}
    if sort == "create":
        return "opened"
    if sort == "comment":
        return "note"
    if sort != "correspond":
        return "other"
    by = {(name or "").casefold() for name in (told.transaction.creator, told.transaction.email)}
    return "customer_wrote" if by & emails else "agent_wrote"


def _raw(item: _Transaction, text: str, asked: set[str]) -> TicketMessage:
    """The message of a transaction; who opens a ticket does so for the one who asks."""
    by: Author = "note" if item.type == "Comment" else "customer" if item.type == "Create" or item.creator.id in asked else "us"
    return TicketMessage(item.id, by, text, when=item.created, public=item.type != "Comment")
