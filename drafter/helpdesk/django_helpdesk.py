"""django-helpdesk 2.6: unsigned webhooks with the whole ticket in them, and private follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from drafter.helpdesk.access import Access, message, note_of
from drafter.helpdesk.client import Client, number
from drafter.helpdesk.note import markdown, marked
from drafter.helpdesk.payload import Number, Payload, When, answer, webhook
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Author, Event, EventKind, Note, Person, Thread, TicketMessage
from drafter.helpdesk.signature import match_token


class _FollowUp(Payload):
    id: str
    user: str | None = None
    comment: str | None = None
    public: bool
    date: When = None
    message_id: str | None = None


class _Ticket(Payload):
    id: Number
    queue: str
    title: str = ""
    description: str | None = None
    submitter_email: str | None = None
    followup_set: tuple[_FollowUp, ...] = ()


class _Told(Payload):
    ticket: _Ticket
    queue_slug: str | None = None
    followup_id: str | None = None


class DjangoHelpdesk:
    """A django-helpdesk; the token is USER:PASSWORD of a staff user."""

    has_tickets = True

    def __init__(self, access: Access) -> None:
        self.name, self.desk = access.name, access.desk
        self._access = access
        self._client = Client(access.name, access.url, auth=access.basic())

    def verify(self, body: bytes, headers: Mapping[str, str], *, token: str | None, now: datetime) -> None:
        """See Helpdesk; django-helpdesk signs nothing and sends no time."""
        match_token(self._access.secrets, token)

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event | None:
        """See Helpdesk."""
        told = webhook(_Told, body)
        if told.followup_id is None:
            return Event(
                told.ticket.id, "opened", f"{told.ticket.id}-new", queue=told.queue_slug, text=own_words(told.ticket.description or "")
            )
        found = next((item for item in told.ticket.followup_set if item.id == told.followup_id), None)
        if found is None or not found.comment or (not found.public and marked(found.comment)):
            return None
        us = found.user is not None and self._access.is_us(found.user)
        delivery = f"{told.ticket.id}-{found.id}"
        words = own_words(found.comment)
        return Event(told.ticket.id, _kind(found), delivery, queue=told.queue_slug, text=words, author_is_us=us, when=found.date)

    def thread(self, ticket: str) -> Thread:
        """See Helpdesk. The API knows neither the customer's name nor tags, and a queue by its number only."""
        told = answer(_Ticket, self._client.get(f"/api/tickets/{number(ticket)}/"), name=self.name)
        followups = sorted(told.followup_set, key=lambda item: int(number(item.id)))
        return Thread(
            ticket=told.id,
            subject=told.title,
            queue=told.queue,
            tags=(),
            requester=Person(email=told.submitter_email),
            messages=tuple(message(raw) for raw in _raw(told, followups)),
            updated=max((item.date for item in followups if item.date), default=None),
        )

    def find_note(self, thread: Thread, draft_id: str) -> str | None:
        """See Helpdesk."""
        return note_of(thread, draft_id)

    def add_note(self, ticket: str, note: Note) -> str:
        """See Helpdesk. No `title` is sent, for it would rename the ticket, and no `new_status`."""
        data = {"ticket": int(number(ticket)), "comment": markdown(note), "public": False}
        return answer(_FollowUp, self._client.post("/api/followups/", data), name=self.name).id

    def close(self) -> None:
        """See Helpdesk."""
        self._client.close()


def _kind(found: _FollowUp) -> EventKind:
    if not found.public:
        return "note"
    return "customer_wrote" if _is_from_customer(found) else "agent_wrote"


def _is_from_customer(found: _FollowUp) -> bool:
    """Whether it came by mail, or from the public page, where nobody is signed in."""
    return found.user is None or found.message_id is not None


def _raw(told: _Ticket, followups: list[_FollowUp]) -> Iterator[TicketMessage]:
    """The description, then the follow-ups but for the first where it only repeats the description."""
    words = (told.description or "").strip()
    first = followups[0] if followups else None
    repeats = first is not None and first.public and (first.comment or "").strip() == words
    yield TicketMessage("description", "customer", words, when=first.date if first and repeats else None)
    for item in followups[1:] if repeats else followups:
        if item.comment:
            by: Author = "note" if not item.public else "customer" if _is_from_customer(item) else "us"
            yield TicketMessage(item.id, by, item.comment, when=item.date, public=item.public)
