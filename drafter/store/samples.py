"""Samples: sent replies drawn for quality review, the riskier the likelier, and the same again for the same seed."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from datetime import datetime
from math import log
from typing import Any, Literal

from sqlalchemy import func, select

from drafter.store.database import Database
from drafter.store.events import log as log_event
from drafter.store.events import through
from drafter.store.ids import new_id
from drafter.store.records import Sample, Sampled
from drafter.store.shelf import kept_or_none, living_draft, now
from drafter.store.tables import DraftRow, MeasureRow, ReviewRow, SentRow

Risk = Literal["urgent", "serious", "passed", "errors", "sensitive", "rewritten", "public", "again", "model"]
RISKS: dict[Risk, int] = {
    "urgent": 3,
    "serious": 2,
    "passed": 3,  # an error was passed over
    "errors": 3,  # one stands in what was sent
    "sensitive": 3,
    "rewritten": 2,  # much was changed though it had been ready
    "public": 2,
    "again": 2,  # the ticket came up again after it
    "model": 1,
}
"""What each risk adds to a weight, which is 1 without any."""
_MUCH = 0.3  # of a text
_PUBLIC = ("social", "status_page")


class Samples:
    """Sent replies for quality review. What is decided about one changes nothing of what was sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draw(self, seed: str, amount: int, *, since: datetime, until: datetime) -> Sample:
        """Replies sent between the two moments, each by its last sending, without replacement and in the order in which they were drawn.

        A reply is drawn with a chance in proportion to its weight: each gets the key u**(1/weight), u evenly spread over (0, 1), and
        the greatest keys win (P. S. Efraimidis and P. G. Spirakis, "Weighted random sampling with a reservoir", Information
        Processing Letters 97, 2006, 181-185). u is a hash of seed and id, so that a reply sent later changes nothing but its own
        place. Erased drafts are left out.
        """
        query = select(MeasureRow).join(DraftRow, DraftRow.id == MeasureRow.draft_id)
        query = query.where(MeasureRow.sent >= since, MeasureRow.sent < until, DraftRow.erased.is_(None))
        with self._database.read() as session:
            keyed, of = [], 0
            for row in session.scalars(query).yield_per(2000):
                of += 1
                risks = tuple(_risks(row))
                weight = 1 + sum(RISKS[risk] for risk in risks)
                keyed.append((log(_even(seed, row.draft_id)) / weight, row.draft_id, weight, risks))
            drawn = heapq.nlargest(max(0, amount), keyed)
            return Sample(of, tuple(_sampled(session, *one[1:]) for one in drawn))

    def judge(self, sent_id: str, verdict: Literal["approve", "reject"], *, by: str | None, reason: str | None = None) -> None:
        """Keep what a person thinks of a sent reply.

        Raises:
            NotFoundError: its draft is gone, or was erased.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            draft_id = session.scalar(select(SentRow.draft_id).where(SentRow.id == sent_id)) or sent_id
            draft = living_draft(session, draft_id)
            session.add(
                ReviewRow(
                    id=new_id("rev"),
                    draft_id=draft.id,
                    version=draft.version,
                    verdict=verdict,
                    reason=kept_or_none(reason),
                    made_by=by,
                    created=now(),
                    sent_id=sent_id,
                )
            )
            log_event(session, "sent.reviewed", draft.id, actor=through(by), verdict=verdict)


def _risks(row: MeasureRow) -> Iterator[Risk]:
    """What makes a reply worth a second look, the weightiest before the others."""
    if row.severity == "urgent":
        yield "urgent"
    if row.passed:
        yield "passed"
    if row.errors:
        yield "errors"
    if row.sensitive:
        yield "sensitive"
    if row.severity == "serious":
        yield "serious"
    if row.first == "ready" and (row.distance or 0) >= _MUCH:
        yield "rewritten"
    if row.channel in _PUBLIC:
        yield "public"
    if row.again:
        yield "again"
    if row.model:
        yield "model"


def _even(seed: str, draft_id: str) -> float:
    """A number between 0 and 1, both left out, evenly spread over the ids."""
    digest = hashlib.blake2b(f"{seed}\n{draft_id}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest) + 1) / (2**64 + 2)


def _sampled(session: Any, draft_id: str, weight: int, risks: tuple[Risk, ...]) -> Sampled:
    sent = session.execute(select(SentRow.id, SentRow.created).where(SentRow.draft_id == draft_id).order_by(SentRow.id.desc())).first()
    newest = select(func.max(ReviewRow.id)).where(ReviewRow.sent_id == sent.id).scalar_subquery()
    review = session.execute(select(ReviewRow.verdict, ReviewRow.reason).where(ReviewRow.id == newest)).first()
    return Sampled(draft_id, sent.id, sent.created, weight, risks, *(review or (None, None)))
