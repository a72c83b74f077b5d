"""The job that brings a draft back to its ticket as a private note: at most once, and never over a newer word of the customer's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafter.errors import HelpdeskError
from drafter.helpdesk import Helpdesk, Thread, build_note
from drafter.store import DeskTicket, DraftRecord, Store
from drafter.ticket import questions
from drafter.webhooks import backoff


@dataclass(frozen=True)
class Outcome:
    """What one try came to; `wait` is the seconds until the next, None where there is nothing more to try."""

    ok: bool
    because: str = ""
    wait: float | None = None


class Noting:
    """Writes notes. A note that may have been written is looked for first, so a second try never makes a second note."""

    def __init__(self, store: Store, helpdesks: Mapping[str, Helpdesk]) -> None:
        self._store = store
        self._helpdesks = helpdesks

    def plan(self, draft_id: str) -> str | None:
        """The delivery of a draft's note, planned once; None where none is to be written: shadow mode, or another way back."""
        record = self._store.drafts.get(draft_id)
        desk = record.desk
        helpdesk = self._helpdesks.get(desk.helpdesk) if desk else None
        if desk is None or helpdesk is None or not helpdesk.has_tickets or record.draft is None:
            return None
        if self._store.switches.get(f"shadow:{desk.helpdesk}", default=helpdesk.desk.shadow):
            return None
        return self._store.deliveries.add(draft_id, target=desk.helpdesk, kind="note", id=f"dlv_note_{draft_id}").id

    def write(self, draft_id: str, delivery_id: str, attempt: int) -> Outcome:
        """Try once."""
        try:
            ref, because = self._written(self._store.drafts.get(draft_id))
        except HelpdeskError as error:
            wait = None if error.permanent else (error.retry_after or backoff(attempt))
            self._store.deliveries.attempt(delivery_id, ok=False, error=str(error), last=wait is None)
            return Outcome(False, str(error), wait)
        self._store.deliveries.attempt(delivery_id, ok=True, ref=ref, error=because or None)
        return Outcome(True, because)

    def _written(self, record: DraftRecord) -> tuple[str | None, str]:
        """The id of the note in the ticket, and why there is none where there is none.

        Raises:
            HelpdeskError: the helpdesk is away, or refused it.
        """
        desk = record.desk
        if desk is None or record.draft is None:
            return None, "the draft was erased"
        helpdesk = self._helpdesks[desk.helpdesk]
        thread = helpdesk.thread(desk.ticket)
        if found := helpdesk.find_note(thread, record.id):
            return found, ""
        outdated = _wrote_again(thread, desk)
        if outdated and self._is_overtaken(record, desk):
            return None, "the customer wrote again, and a newer draft answers that"
        asked = [question.text for question in questions(self._store.incidents.get(record.incident_id).incident)]
        return helpdesk.add_note(desk.ticket, build_note(record.id, record.draft, questions=asked, outdated=outdated)), ""

    def _is_overtaken(self, record: DraftRecord, desk: DeskTicket) -> bool:
        later = self._store.drafts.of_ticket(desk.helpdesk, desk.ticket)
        return any(other.created > record.created and other.state != "cancelled" for other in later)


def _wrote_again(thread: Thread, desk: DeskTicket) -> bool:
    """Whether the customer's last message is another than the one the draft answers; no two clocks are compared."""
    return thread.newest is not None and desk.message is not None and thread.newest.id != desk.message
