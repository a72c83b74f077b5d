"""Access: what an adapter is made from, and which text of a helpdesk counts as whose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import httpx2

from drafter.helpdesk.note import marked
from drafter.helpdesk.quoting import own_words
from drafter.helpdesk.records import Thread, TicketMessage
from drafter.house.desks import Desk


@dataclass(frozen=True)
class Access:
    """A helpdesk by its name in the settings, with its secrets, newest first, and the token for its API."""

    name: str
    desk: Desk
    secrets: tuple[str, ...] = field(repr=False)
    token: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """The address of the helpdesk; settings without one are refused, but for those of kind generic."""
        return self.desk.url or ""

    def basic(self) -> httpx2.BasicAuth:
        """The token as USER:PASSWORD."""
        user, _, password = self.token.partition(":")
        return httpx2.BasicAuth(user, password)

    def is_us(self, *names: str | None) -> bool:
        """Whether one of these names of a user is the one that the settings name as ours."""
        return self.desk.user is not None and self.desk.user.casefold() in {name.casefold() for name in names if name}


def message(raw: TicketMessage) -> TicketMessage:
    """The message with whose it is: Drafter's own where its marker stands in what a customer did not write; else its own words only."""
    named = marked(raw.text) if raw.by != "customer" else None
    if named and not raw.public:
        return replace(raw, ours=True, draft_id=named)
    return replace(raw, text=own_words(raw.text), draft_id=named)


def note_of(thread: Thread, draft_id: str) -> str | None:
    """The id of the internal note that holds a draft; what a customer writes is never taken for one."""
    return next((message.id for message in thread.messages if message.ours and message.draft_id == draft_id), None)
