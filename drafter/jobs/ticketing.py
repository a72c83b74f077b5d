"""The job that a helpdesk's event starts: is a draft wanted, what does the ticket say, and a draft accepted - once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from drafter.helpdesk import Event, Helpdesk, Thread
from drafter.house.desks import Desk
from drafter.incident import Incident
from drafter.store import DeskTicket, Store
from drafter.ticket import Place, incident_of, triage
from drafter.writer import Writer

SWITCH, SHADOW = "drafting", "shadow"  # alone, or with ":" and a helpdesk's name; with a second ":" and a queue


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

    def open(self, inbox_id: str) -> Opened:
        """Accept a draft for an event of the inbox, if one is wanted; the same event again accepts no second one.

        Raises:
            HelpdeskError: the ticket cannot be read.
            StoreError: the database failed.
        """
        entry = self._store.inbox.get(inbox_id)
        helpdesk = self._helpdesks.get(entry.helpdesk)
        if entry.event is None or helpdesk is None:
            return Opened(None, "it was dealt with before" if helpdesk else "the helpdesk is not set up any more")
        event = Event.from_json(entry.event)
        opened = self._opened(helpdesk, event, draft_id=f"dr_{uuid5(NAMESPACE_URL, inbox_id).hex}")
        self._store.inbox.done(inbox_id, opened.draft_id, opened.because)
        return opened

    def _opened(self, helpdesk: Helpdesk, event: Event, *, draft_id: str) -> Opened:
        if off := self._off(helpdesk.name, event.queue):
            return Opened(None, off)
        if no := unasked(event, helpdesk.desk):
            return Opened(None, no)
        thread = event.thread or helpdesk.thread(event.ticket)
        if no := unwanted(event, thread, helpdesk.desk) or self._off(helpdesk.name, thread.queue):
            return Opened(None, no)
        incident = self._incident(thread, helpdesk.desk)
        if incident is None:
            return Opened(None, "nothing in the ticket says what went wrong")
        desk = DeskTicket(helpdesk.name, event.ticket, thread.queue or event.queue, event.delivery)
        newest = thread.newest
        record = self._store.drafts.accept(
            incident, id=draft_id, person=thread.requester.email or thread.requester.name, desk=desk, raw=newest.text if newest else None
        )
        return Opened(record.id, "accepted")

    def _off(self, name: str, queue: str | None) -> str | None:
        """Why nothing is drafted here, where a switch is off."""
        names = [SWITCH, f"{SWITCH}:{name}", *([f"{SWITCH}:{name}:{queue}"] if queue else [])]
        off = next((switch for switch in names if not self._store.switches.get(switch, default=True)), None)
        return f"the switch {off} is off" if off else None

    def _incident(self, thread: Thread, desk: Desk) -> Incident | None:
        if thread.newest is None:
            return None
        place = Place(desk.locale, desk.timezone, thread.newest.when)
        facts = self._writer.read_ticket(thread.newest.text, place=place)
        customer = {"customer": {"name": thread.requester.name}} if thread.requester.name else {}
        return incident_of(facts, {**desk.frame(), **customer, "reference": thread.ticket}, thread.history())


def unasked(event: Event, desk: Desk) -> str | None:
    """Why an event asks for no draft, as far as it can be told before the ticket is read."""
    if event.author_is_us:
        return "it is of our own doing"
    if event.kind not in desk.events:
        return f"an event of the kind {event.kind} asks for nothing"
    if event.queue is not None and not desk.queues.has(event.queue):
        return "its queue is off"
    return None


def unwanted(event: Event, thread: Thread, desk: Desk) -> str | None:
    """Why nobody wants a draft for this ticket, by what the house said of when one is wanted."""
    if not desk.queues.has(thread.queue or event.queue):
        return "its queue is off"
    if any(_asks(rule, event, thread) for rule in desk.when):
        return None
    return "no rule of `when` asks for a draft"


def _asks(rule: str, event: Event, thread: Thread) -> bool:
    kind, _, word = rule.partition(":")
    wrote = event.kind in ("opened", "customer_wrote")
    if kind == "failure":
        return wrote and thread.newest is not None and triage(thread.newest.text).failure
    if kind == "tag":
        return word.casefold() in {tag.casefold() for tag in (*event.tags, *(thread.tags if wrote else ()))}
    if kind == "queue":
        return wrote and word.casefold() == (thread.queue or event.queue or "").casefold()
    if kind == "mention":
        return event.kind == "note" and word.casefold() in event.text.casefold()
    return wrote


