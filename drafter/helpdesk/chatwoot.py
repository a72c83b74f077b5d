"""Chatwoot, from February 2026 on: signed account webhooks, and private messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.note import markdown, marked
from drafter.helpdesk.payload import Number, Payload, Tags, When, answer, webhook
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import header, hexdigest, is_recent, match, unix

_TYPES = {0: "incoming", 1: "outgoing", 2: "activity", 3: "template"}


class _Sender(Payload):
    id: str | None = None
    name: str | None = None
    email: str | None = None


class _Conversation(Payload):
    id: Number
    labels: Tags = ()


class _Inbox(Payload):
    id: str | None = None
    name: str | None = None


class _Kind(Payload):
    event: str


class _ToldMessage(Payload):
    id: str
    content: str | None = None
    message_type: str | int
    private: bool = False
    created_at: When = None
    sender: _Sender | None = None
    conversation: _Conversation
    inbox: _Inbox = _Inbox()


class _ToldConversation(Payload):
    id: Number
    labels: Tags = ()
    inbox_id: str | None = None
    timestamp: When = None
    changed_attributes: tuple[dict[str, Any], ...] | None = None


class _Meta(Payload):
    sender: _Sender = _Sender()


class _Ticket(Payload):
    id: str
    labels: Tags = ()
    inbox_id: str | None = None
    last_activity_at: When = None
    meta: _Meta = _Meta()
    additional_attributes: dict[str, Any] | None = None


class _Message(Payload):
    id: int
    content: str | None = None
    message_type: int
    private: bool = False
    created_at: When = None


class _Messages(Payload):
    payload: tuple[_Message, ...]


class _Created(Payload):
    id: str


class Chatwoot:
    """One account of a Chatwoot; the token is an agent's."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        self._base = f"/api/v1/accounts/{access.desk.account}/conversations"
        self._client = Client(access.name, access.url, headers={"api_access_token": access.token})

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk."""
        moment = header(headers, "X-Chatwoot-Timestamp")
        when = unix(moment)
        content = str(moment).encode("utf-8", "replace") + b"." + body
        expected = [f"sha256={hexdigest(secret, content)}" for secret in self._access.secrets]
        match(header(headers, "X-Chatwoot-Signature"), expected, what="the signature")
        is_recent(when, now)

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk. A conversation that begins is told by its first message."""
        kind = webhook(_Kind, body).event
        if kind == "message_created":
            return self._written(webhook(_ToldMessage, body))
        return _labelled(webhook(_ToldConversation, body)) if kind == "conversation_updated" else None

    def _written(self, told: _ToldMessage) -> Event | None:
        kind = _kind(told)
        us = told.message_type != "incoming" and told.sender is not None and self._access.is_us(told.sender.email, told.sender.name)
        if kind == "other" or (told.private and (us or marked(told.content or ""))):
            return None
        return Event(
            told.conversation.id,
            kind,
            f"message-{told.id}",  # X-Chatwoot-Delivery is not signed
            queue=told.inbox.name or told.inbox.id,
            tags=told.conversation.labels,
            text=own_words(told.content or ""),
            author_is_us=us,
            when=told.created_at,
        )

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk."""
        told = answer(_Ticket, self._client.get(f"{self._base}/{number(ticket)}"), name=self.name)
        asker = told.meta.sender
        return Thread(
            ticket=told.id,
            subject=str((told.additional_attributes or {}).get("mail_subject") or ""),
            queue=told.inbox_id,
            tags=told.labels,
            requester=Person(asker.name, asker.email),
            messages=tuple(message(_raw(item)) for item in self._messages(ticket) if item.message_type in (0, 1)),
            updated=told.last_activity_at,
        )

    def _messages(self, ticket: str) -> list[_Message]:
        """All messages, oldest first; Chatwoot gives the newest ones, and those before a message."""
        found: dict[int, _Message] = {}
        before: dict[str, str | int] = {}
        while True:
            data = self._client.get(f"{self._base}/{number(ticket)}/messages", **before)
            page = answer(_Messages, data, name=self.name).payload
            if not (new := [item for item in page if item.id not in found]):
                return [found[key] for key in sorted(found)]
            found |= {item.id: item for item in new}
            before = {"before": min(found)}

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk; without `private`, Chatwoot would send the text to the customer."""
        data = {"content": markdown(note), "message_type": "outgoing", "private": True}
        return answer(_Created, self._client.post(f"{self._base}/{number(ticket)}/messages", data), name=self.name).id

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _kind(told: _ToldMessage) -> EventKind:
    sort = _TYPES.get(told.message_type, "") if isinstance(told.message_type, int) else told.message_type
    if sort == "incoming":
        return "customer_wrote"
    if sort != "outgoing":
        return "other"
    return "note" if told.private else "agent_wrote"


def _labelled(told: _ToldConversation) -> Event | None:
    """An event where labels were added; Chatwoot tells every change of a conversation."""
    for change in told.changed_attributes or ():
        labels = change.get("label_list") or change.get("cached_label_list")
        if isinstance(labels, dict) and (added := _set(labels.get("current_value")) - _set(labels.get("previous_value"))):
            delivery = f"labels-{told.id}-{'-'.join(sorted(added))}-{told.timestamp or ''}"
            return Event(told.id, "tagged", delivery, queue=told.inbox_id, tags=tuple(sorted(added)), when=told.timestamp)
    return None


def _set(value: Any) -> set[str]:
    return set(value.replace(",", " ").split()) if isinstance(value, str) else set(map(str, value or ()))


def _raw(item: _Message) -> TicketMessage:
    by: Author = "note" if item.private else "customer" if item.message_type == 0 else "us"
    return TicketMessage(str(item.id), by, item.content or "", when=item.created_at, public=not item.private)
