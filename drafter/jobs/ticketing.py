"""The job that a helpdesk's event starts: is a draft wanted, what does the ticket say, and a draft accepted - once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from pydantic import TypeAdapter

from drafter.errors import InputError, NotFoundError
from drafter.helpdesk import Event, Helpdesk, Thread, TicketMessage, asks_for_draft
from drafter.house.desks import Desk
from drafter.incident import Incident
from drafter.jobs.matching import Matching
from drafter.store import DeskTicket, Store
from drafter.ticket import Place, incident_of, triage
from drafter.writer import Writer

SWITCH = "drafting"  # for everything; with ":" and a helpdesk's name for one, with a second ":" and a queue for one of its queues
_LONGEST = 20_000  # characters of a message that are read
_MOST = 100  # messages of a ticket, the newest, that an incident holds
_LOG = logging.getLogger(__name__)
ACCEPTED = "accepted"
EVENT = TypeAdapter(Event)


@dataclass(frozen=True)
class Opened:
    """What became of an event: the draft that was accepted, or why none was, in words for the log of a helpdesk."""

    draft_id: str | None
    because: str


class Ticketing:
    """Turns events of helpdesks into accepted drafts."""

    def __init__(self, store: Store, writer: Writer, helpdesks: Mapping[str, Helpdesk]) -> None:
        self._store = store
        self._writer = writer
        self._helpdesks = helpdesks
        self._matching = Matching(store, writer)

    def open(self, inbox_id: str) -> Opened:
        """Accept a draft for an event of the inbox, if one is wanted; the same event again accepts no second one.

        Raises:
            HelpdeskError: the ticket cannot be read.
            StoreError: the database failed.
        """
        entry = self._store.inbox.get(inbox_id)
        helpdesk = self._helpdesks.get(entry.helpdesk)
        if entry.event is None:
            return Opened(entry.draft_id, entry.outcome or "its person was forgotten")
        if helpdesk is None:
            return Opened(None, "the helpdesk is not set up any more")
        event = EVENT.validate_python(entry.event)
        if event.kind == "agent_wrote":
            opened = Opened(None, self._matching.match(helpdesk, event))
        else:
            draft_id = f"dr_{uuid5(NAMESPACE_URL, inbox_id).hex}"
            opened = self._known(draft_id) or self._opened(helpdesk, event, draft_id=draft_id)
        self._store.inbox.done(inbox_id, opened.draft_id, opened.because)
        return opened

    def _known(self, draft_id: str) -> Opened | None:
        """A draft that was accepted just before a crash: the ticket is not read again, which would ask the model again."""
        try:
            return Opened(self._store.drafts.get(draft_id).id, ACCEPTED)
        except NotFoundError:
            return None

    def _opened(self, helpdesk: Helpdesk, event: Event, *, draft_id: str) -> Opened:
        if off := self._off(helpdesk.name):
            return Opened(None, off)
        thread = _shortened(event.thread or helpdesk.thread(event.ticket))
        queue = event.queue or thread.queue  # the event has its name, where the thread of some helpdesks has but a number
        if off := self._off(helpdesk.name, queue):
            return Opened(None, off)
        if asks_for_draft(helpdesk.desk, event, thread=thread, failure=lambda text: triage(text).failure) is None:
            return Opened(None, "nothing in it asks for a draft")
        newest = thread.newest
        try:
            incident = self._incident(thread, newest, helpdesk.desk) if newest else None
        except InputError as error:
            _LOG.warning("a ticket could not be turned into facts", extra={"error": type(error).__name__, "helpdesk": helpdesk.name})
            return Opened(None, "what it says could not be turned into facts")
        if newest is None or incident is None:
            return Opened(None, "nothing in the ticket says what went wrong")
        desk = DeskTicket(helpdesk.name, event.ticket, queue, event.delivery, newest.id)
        person = thread.requester.email or thread.requester.name
        record = self._store.drafts.accept(incident, id=draft_id, person=person, desk=desk, raw=newest.text)
        return Opened(record.id, ACCEPTED)

    def _off(self, name: str, queue: str | None = None) -> str | None:
        """Why nothing is drafted here, where a switch is off."""
        names = [SWITCH, f"{SWITCH}:{name}", *([f"{SWITCH}:{name}:{queue}"] if queue else [])]
        off = next((switch for switch in names if not self._store.switches.get(switch, default=True)), None)
        return f"the switch {off} is off" if off else None

    def _incident(self, thread: Thread, newest: TicketMessage, desk: Desk) -> Incident | None:
        facts = self._writer.read_ticket(newest.text, place=Place(desk.locale, desk.timezone, newest.when))
        frame = {**desk.frame(), "reference": thread.ticket}
        if thread.requester.name:
            frame["customer"] = {"name": thread.requester.name}
        return incident_of(facts, frame, thread.history())


def _shortened(thread: Thread) -> Thread:
    """The newest messages, of each the beginning: what failed stands there, and a log that was pasted below it says nothing of it."""
    return replace(thread, messages=tuple(replace(message, text=message.text[:_LONGEST]) for message in thread.messages[-_MOST:]))
