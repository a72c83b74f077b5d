"""What an agent sent in the end, matched to the draft that it came from."""

from __future__ import annotations

from drafter.helpdesk import Event, Helpdesk, Thread
from drafter.privacy import mask_cards
from drafter.store import DraftRecord, Store
from drafter.writer import Writer


class Matching:
    """Keeps the public reply that follows a draft: what of it was changed, and what the checks find in it."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def match(self, helpdesk: Helpdesk, event: Event) -> str:
        """Match an agent's public reply to the last draft of its ticket, and say what came of it; only the first reply counts.

        Raises:
            HelpdeskError: the ticket cannot be read.
            StoreError: the database failed.
        """
        record = self._waiting(helpdesk.name, event.ticket)
        if record is None or record.draft is None:
            return "no draft waits for a reply"
        thread = event.thread or helpdesk.thread(event.ticket)
        text = mask_cards(_reply(thread, record) or "")
        if not text:
            return "no public reply follows the draft"
        incident = self._store.incidents.get(record.incident_id).incident
        distance = record.draft.distance(text)
        self._store.sent.add(
            record.id, text=text, findings=self._writer.check(text, incident).findings, distance=distance, unedited=distance == 0
        )
        return f"matched to {record.id}"

    def _waiting(self, helpdesk: str, ticket: str) -> DraftRecord | None:
        """The last draft of a ticket, unless what was sent of it is known."""
        written = [record for record in self._store.drafts.of_ticket(helpdesk, ticket) if record.state == "done" and record.draft]
        return written[-1] if written and not self._store.sent.of(written[-1].id) else None


def _reply(thread: Thread, record: DraftRecord) -> str | None:
    """The first public reply of ours after the customer's message that the draft answers."""
    seen = record.desk is None or record.desk.message is None
    for message in thread.messages:
        if seen and message.by == "us" and message.public and not message.ours:
            return message.text
        seen = seen or (record.desk is not None and message.id == record.desk.message)
    return None
