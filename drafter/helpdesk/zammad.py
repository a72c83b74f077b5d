"""Zammad: signed webhooks of triggers with the payload that Zammad sends by itself, and internal articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.note import marked
from drafter.helpdesk.payload import Number, Payload, Tags, When, answer, webhook
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import header, hexdigest, match
from drafter.markup.words import html_words


class _User(Payload):
    login: str | None = None
    email: str | None = None
    firstname: str | None = None
    lastname: str | None = None


class _Group(Payload):
    name: str | None = None


class _ToldTicket(Payload):
    id: Number
    article_count: int = 0
    group: _Group | None = None
    tags: Tags = ()
    updated_at: When = None


class _Article(Payload):
    id: str
    sender: str
    internal: bool
    body: str = ""
    content_type: str = "text/html"
    created_at: When = None


class _ToldArticle(_Article):
    created_by: _User | None = None


class _Told(Payload):
    ticket: _ToldTicket
    article: Annotated[_ToldArticle | None, BeforeValidator(lambda value: value or None)] = None


class _Ticket(Payload):
    id: str
    title: str | None = None
    group: str | None = None
    customer_id: str
    updated_at: When = None


class _TagList(Payload):
    tags: Tags = ()


class _Articles(Payload):
    items: tuple[_Article, ...]


class _Created(Payload):
    id: str


class Zammad:
    """A Zammad; the token is an agent's, for with a customer's every note would be public."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        self._client = Client(access.name, access.url, headers={"Authorization": f"Token token={access.token}"})

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk; Zammad signs no time."""
        expected = [f"sha1={hexdigest(secret, body, algorithm='sha1')}" for secret in self._access.secrets]
        match(header(headers, "X-Hub-Signature"), expected, what="the signature")

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk."""
        told = webhook(_Told, body)
        article, ticket = told.article, told.ticket
        by = article.created_by if article else None
        if article and article.internal and (marked(article.body) or (by and self._access.is_us(by.login, by.email))):
            return None
        # X-Zammad-Delivery is not signed; whoever replays a body could write another one
        delivery = f"{ticket.id}-{article.id if article else ''}-{ticket.updated_at or ''}"
        return Event(
            ticket.id,
            _kind(told),
            delivery,
            queue=ticket.group.name if ticket.group else None,
            tags=ticket.tags,
            text=own_words(_text(article)) if article else "",
            when=(article.created_at if article else None) or ticket.updated_at,
        )

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk."""
        told = answer(_Ticket, self._client.get(f"/api/v1/tickets/{number(ticket)}", expand="true"), name=self.name)
        articles = self._client.get(f"/api/v1/ticket_articles/by_ticket/{number(ticket)}", expand="true")
        tags = self._client.get("/api/v1/tags", object="Ticket", o_id=number(ticket))
        asker = answer(_User, self._client.get(f"/api/v1/users/{number(told.customer_id)}"), name=self.name)
        return Thread(
            ticket=told.id,
            subject=told.title or "",
            queue=told.group,
            tags=answer(_TagList, tags, name=self.name).tags,
            requester=Person(" ".join(filter(None, (asker.firstname, asker.lastname))) or None, asker.email),
            messages=tuple(message(_raw(item)) for item in answer(_Articles, {"items": articles}, name=self.name).items if _is_said(item)),
            updated=told.updated_at,
        )

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk."""
        data = {
            "ticket_id": int(number(ticket)),
            "type": "note",
            "internal": True,
            "content_type": "text/html",
            "body": note.html,
        }
        return answer(_Created, self._client.post("/api/v1/ticket_articles", data), name=self.name).id

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _is_said(article: _Article) -> bool:
    """Whether a person wrote it: Zammad's own articles tell of mail that it sent."""
    return article.internal or article.sender != "System"


def _kind(told: _Told) -> EventKind:
    article = told.article
    if article is None:
        return "tagged"  # a change of the ticket itself; the condition of the trigger said which
    if article.internal:
        return "note"
    if article.sender == "Customer":
        return "opened" if told.ticket.article_count <= 1 else "customer_wrote"
    return "agent_wrote" if article.sender == "Agent" else "other"


def _text(article: _Article) -> str:
    return html_words(article.body) if "html" in article.content_type else article.body


def _raw(article: _Article) -> TicketMessage:
    by: Author = "note" if article.internal else "customer" if article.sender == "Customer" else "us"
    return TicketMessage(article.id, by, _text(article), when=article.created_at, public=not article.internal)
