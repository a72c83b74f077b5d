"""The job that tells other software of a draft by webhook: signed, tried again with growing waits, never into a private network."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from drafter.helpdesk import Helpdesk
from drafter.house.webhooks import WebhooksTable
from drafter.jobs.noting import Outcome
from drafter.store import DraftRecord, Store
from drafter.webhooks import Delivered, Refused, backoff, deliver, message
from drafter.webhooks.message import Value

_CHANCE = random.Random()  # of its own: a thread must not move the one that others may have seeded
_EVENTS = {"done": "draft.done", "failed": "draft.failed", "cancelled": "draft.cancelled"}


class Telling:
    """Sends webhooks. `secrets` sign them, the newest first; without one, nothing is sent."""

    def __init__(self, store: Store, table: WebhooksTable, secrets: Sequence[str], helpdesks: Mapping[str, Helpdesk]) -> None:
        self._store = store
        self._table = table
        self._secrets = tuple(secrets)
        self._helpdesks = helpdesks

    def plan(self, draft_id: str) -> list[str]:
        """The deliveries of what became of a draft, planned once: to its caller's address and to those of the house."""
        record = self._store.drafts.get(draft_id)
        event = _EVENTS.get(record.state)
        if event is None or event not in self._table.events:
            return []
        payload = self._payload(event, record).decode()
        return [
            self._store.deliveries.add(
                draft_id, target=url, kind="webhook", payload=payload, id=f"dlv_hook_{draft_id}_{record.state}_{record.version}_{place}"
            ).id
            for place, url in enumerate(self._addresses(record))
        ]

    @property
    def tells_of_all(self) -> bool:
        """Whether the house wants to know of every draft."""
        return bool(self._table.urls)

    def is_told(self, record: DraftRecord) -> bool:
        """Whether anybody wants to know what becomes of this draft."""
        return bool(self._addresses(record)) or record.desk is not None

    def send(self, delivery_id: str, attempt: int) -> Outcome:
        """Try once."""
        delivery = self._store.deliveries.get(delivery_id)
        if delivery.payload is None or not delivery.target:
            return Outcome(True, "it was erased")
        result = deliver(
            delivery.target,
            delivery.payload.encode(),
            id=delivery_id,
            secrets=self._secrets,
            now=datetime.now(UTC),
            allow_private=self._table.allow_private,
        )
        if isinstance(result, Delivered):
            self._store.deliveries.attempt(delivery_id, ok=True)
            return Outcome(True)
        stop = isinstance(result, Refused) or result.permanent
        wait = None if stop else backoff(attempt, jitter=_CHANCE.random())
        if wait is not None and not isinstance(result, Refused) and result.retry_after is not None:
            wait = max(wait, result.retry_after)
        self._store.deliveries.attempt(delivery_id, ok=False, error=result.reason, last=wait is None)
        return Outcome(False, result.reason, wait)

    def _addresses(self, record: DraftRecord) -> list[str]:
        helpdesk = self._helpdesks.get(record.desk.helpdesk) if record.desk else None
        own = [str(helpdesk.desk.callback)] if helpdesk and helpdesk.desk.callback else []
        return list(dict.fromkeys([*([record.callback] if record.callback else []), *own, *self._table.urls]))

    def _payload(self, event: str, record: DraftRecord) -> bytes:
        told: dict[str, Value] = {
            "draft_id": record.id,
            "version": record.version,
            "status": record.draft.status if record.draft else record.state,
            "link": f"/v1/drafts/{record.id}",
            "helpdesk": record.desk.helpdesk if record.desk else None,
            "ticket": record.desk.ticket if record.desk else None,
        }
        content = record.draft.text if record.draft and self._table.content else None
        return message(event, told, when=record.updated, content=content)
