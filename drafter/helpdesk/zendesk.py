"""Zendesk: signed webhooks, of event subscriptions or of triggers with the JSON of docs/helpdesks.md, and private comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import httpx2

from drafter.errors import PayloadError
from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.note import marked
from drafter.helpdesk.payload import Number, Payload, Tags, When, answer, webhook
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import b64digest, header, is_recent, iso, match
from drafter.markup.words import html_words

_KIND = "zen:event-type:ticket."


class _Author(Payload):
    id: str | None = None
    name: str | None = None
    is_staff: bool = False


class _NewComment(Payload):
    id: str | None = None
    body: str = ""
    is_public: bool = True
    author: _Author = _Author()


class _Change(Payload):
    comment: _NewComment | None = None
    tags_added: tuple[str, ...] = ()


class _Detail(Payload):
    id: Number
    tags: Tags = ()
    group_id: str | None = None
    actor_id: str | None = None
    description: str | None = None


class _Subscription(Payload):
    type: str
    id: str
    time: When = None
    detail: _Detail
    event: _Change = _Change()


class _Trigger(Payload):
    ticket: Number
    event: EventKind
    queue: str | None = None
    tags: Tags = ()
    updated: When = None
    by: str | None = None


class _Any(Payload):
    type: str | None = None


class _User(Payload):
    id: str
    name: str | None = None
    email: str | None = None
    role: str = "end-user"


class _Group(Payload):
    id: str
    name: str


class _Ticket(Payload):
    id: str
    subject: str | None = None
    tags: Tags = ()
    group_id: str | None = None
    requester_id: str | None = None
    updated_at: When = None


class _TicketAnswer(Payload):
    ticket: _Ticket
    users: tuple[_User, ...] = ()
    groups: tuple[_Group, ...] = ()


class _Comment(Payload):
    id: str
    author_id: str
    plain_body: str | None = None
    html_body: str | None = None
    body: str = ""
    public: bool
    created_at: When = None


class _Meta(Payload):
    has_more: bool = False
    after_cursor: str | None = None


class _Comments(Payload):
    comments: tuple[_Comment, ...]
    users: tuple[_User, ...] = ()
    meta: _Meta = _Meta()


class _AuditEvent(Payload):
    id: str
    type: str


class _Audit(Payload):
    id: str
    events: tuple[_AuditEvent, ...] = ()


class _Updated(Payload):
    audit: _Audit


class Zendesk:
    """A Zendesk account; the user is the e-mail address of the agent whose API token is used."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        self._client = Client(access.name, access.url, auth=httpx2.BasicAuth(f"{access.desk.user}/token", access.token))

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk."""
        moment = header(headers, "X-Zendesk-Webhook-Signature-Timestamp") or ""
        when = iso(moment)
        expected = [b64digest(secret.encode(), moment.encode("utf-8", "replace") + body) for secret in self._access.secrets]
        match(header(headers, "X-Zendesk-Webhook-Signature"), expected, what="the signature")
        is_recent(when, now)

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk."""
        return self._subscribed(body) if webhook(_Any, body).type else self._triggered(body)

    def _triggered(self, body: bytes) -> Event | None:
        told = webhook(_Trigger, body)
        if told.updated is None and told.by is None:
            raise PayloadError("the webhook's body does not say when the ticket was updated; take the JSON of docs/helpdesks.md.")
        if self._access.is_us(told.by):
            return None
        # the invocation id is not signed; the body is, and holds the moment of the update
        delivery = sha256(body).hexdigest()[:32]
        return Event(told.ticket, told.event, delivery, queue=told.queue, tags=told.tags, when=told.updated)

    def _subscribed(self, body: bytes) -> Event | None:
        told = webhook(_Subscription, body)
        detail, comment = told.detail, told.event.comment
        kind = _kind(told)
        if kind == "other" or (comment and not comment.is_public and marked(comment.body)):
            return None
        text = own_words(comment.body if comment else detail.description or "")
        tags = told.event.tags_added or detail.tags
        return Event(detail.id, kind, told.id, queue=detail.group_id, tags=tags, text=text, when=told.time)

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk."""
        told = answer(_TicketAnswer, self._client.get(f"/api/v2/tickets/{number(ticket)}.json", include="users,groups"), name=self.name)
        comments, users = self._comments(ticket)
        people = {user.id: user for user in (*told.users, *users)}
        asker = people.get(told.ticket.requester_id or "") or _User(id="")
        groups = {group.id: group.name for group in told.groups}
        staff = {user.id for user in people.values() if user.role != "end-user"} - {asker.id}
        return Thread(
            ticket=told.ticket.id,
            subject=told.ticket.subject or "",
            queue=groups.get(told.ticket.group_id or "", told.ticket.group_id),
            tags=told.ticket.tags,
            requester=Person(asker.name, asker.email),
            messages=tuple(message(_raw(comment, staff)) for comment in comments),
            updated=told.ticket.updated_at,
        )

    def _comments(self, ticket: str) -> tuple[list[_Comment], list[_User]]:
        comments: list[_Comment] = []
        users: list[_User] = []
        cursor: dict[str, str | int] = {}
        while True:
            path = f"/api/v2/tickets/{number(ticket)}/comments.json"
            page = answer(_Comments, self._client.get(path, **{"page[size]": 100, "include": "users", **cursor}), name=self.name)
            comments += page.comments
            users += page.users
            if not (page.meta.has_more and page.meta.after_cursor):
                return comments, users
            cursor = {"page[after]": page.meta.after_cursor}

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk; `public` is sent always, for Zendesk takes its absence as true."""
        data = {"ticket": {"comment": {"html_body": note.html, "public": False}}}
        audit = answer(_Updated, self._client.put(f"/api/v2/tickets/{number(ticket)}.json", data), name=self.name).audit
        return next((event.id for event in audit.events if event.type == "Comment"), audit.id)

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _kind(told: _Subscription) -> EventKind:
    name, comment = told.type.removeprefix(_KIND), told.event.comment
    if name == "created":
        return "opened"
    if name == "tags_changed" and told.event.tags_added:
        return "tagged"
    if name != "comment_added" or comment is None:
        return "other"
    if not comment.is_public:
        return "note"
    return "agent_wrote" if comment.author.is_staff else "customer_wrote"


def _raw(comment: _Comment, staff: set[str]) -> TicketMessage:
    by: Author = "note" if not comment.public else "us" if comment.author_id in staff else "customer"
    text = html_words(comment.html_body) if comment.html_body else comment.plain_body or comment.body
    return TicketMessage(comment.id, by, text, when=comment.created_at, public=comment.public)
