"""What every helpdesk is read into: events, threads, messages, and the note that goes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

EventKind = Literal["opened", "customer_wrote", "tagged", "agent_wrote", "note", "other"]

Author = Literal["customer", "us", "note"]


@dataclass(frozen=True)
class Person:
    """The one who asked for help, as far as the helpdesk knows."""

    name: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class TicketMessage:
    """One message of a ticket, as plain text without quoted trails.

    `by` is "note" for whatever only agents see. `ours`: Drafter wrote it. `draft_id` is what its marker names.
    """

    id: str
    by: Author
    text: str
    when: datetime | None = None  # aware; None: the helpdesk does not say
    public: bool = True
    ours: bool = False
    draft_id: str | None = None


@dataclass(frozen=True)
class Thread:
    """A ticket with its messages, oldest first; `updated` is when anything of it last changed."""

    ticket: str
    subject: str
    queue: str | None
    tags: tuple[str, ...]
    requester: Person
    messages: tuple[TicketMessage, ...]
    updated: datetime | None = None

    @property
    def newest(self) -> TicketMessage | None:
        """What the customer wrote last."""
        return next((message for message in reversed(self.messages) if message.by == "customer"), None)

    def history(self) -> tuple[dict[str, Any], ...]:
        """The messages that a customer has seen, as an incident takes them: no internal notes, and nothing of Drafter's own."""
        seen = (message for message in self.messages if message.public and not message.ours and message.text)
        return tuple({"by": message.by, "text": message.text, "when": message.when, "public": True} for message in seen)


@dataclass(frozen=True)
class Event:
    """What a webhook told. `delivery` is the same for every delivery of one event, and no other has it.

    `text` is what was written, where the event brings it. `author_is_us`: Drafter's own user of the helpdesk did it.
    `thread` is there where the helpdesk has none that could be read later.
    """

    ticket: str
    kind: EventKind
    delivery: str
    queue: str | None = None
    tags: tuple[str, ...] = ()
    text: str = ""
    author_is_us: bool = False
    when: datetime | None = None
    thread: Thread | None = None


@dataclass(frozen=True)
class Note:
    """A note for agents, in both forms; `build_note` makes it, with the marker of `draft_id` in it."""

    draft_id: str
    plain: str
    html: str


def customer_wrote_since(thread: Thread, when: datetime) -> bool:
    """Whether the customer wrote after `when`: a draft that was begun then answers an older message."""
    return any(message.by == "customer" and message.when is not None and message.when > when for message in thread.messages)
