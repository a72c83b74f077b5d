"""Queue: the drafts that reviewers look at, a page at a time, filtered and in order as the database has them."""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlalchemy import JSON, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from drafter.store.database import Database
from drafter.store.records import QueueRecord
from drafter.store.shelf import size
from drafter.store.tables import DraftRow, FlagRow, MeasureRow, ReviewRow, VersionRow

Show = Literal["waiting", "approve", "edit", "reject", "sent", "all"]
_RANK = case({"blocked": 0, "needs_review": 1}, value=MeasureRow.status, else_=2)
_START = 200  # characters of a text that has no subject


class Queue:
    """Drafts for a second person: those that wait, those that somebody has decided about, those that were sent, or all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, show: Show, *, sought: str = "", limit: int = 50, skip: int = 0) -> tuple[QueueRecord, ...]:
        """The next drafts after the first `skip`, those that are blocked before the others, then the newest first.

        `sought` stands in the subject, the text or the id; capitals make no difference (in SQLite, those of A to Z).
        """
        last, version = aliased(ReviewRow), aliased(VersionRow)
        flags = select(func.coalesce(func.sum(FlagRow.times), 0)).where(FlagRow.draft_id == DraftRow.id, FlagRow.number == DraftRow.version)
        subject, text = self._said(version, "subject"), self._said(version, "text")
        columns: Any = (
            DraftRow.id,
            MeasureRow.status,
            subject,
            func.substr(text, 1, _START),
            func.coalesce(MeasureRow.queue, ""),
            flags.scalar_subquery(),
            DraftRow.created,
            DraftRow.version,
            last.verdict,
            last.reason,
            MeasureRow.sent.is_not(None),
        )
        query = select(*columns).join(MeasureRow, MeasureRow.draft_id == DraftRow.id)
        query = query.join(version, and_(version.draft_id == DraftRow.id, version.number == DraftRow.version))
        query = query.outerjoin(last, and_(last.id == _last_review(), last.version == DraftRow.version))
        query = _shown(query.where(DraftRow.erased.is_(None)), show, last)
        if sought.strip():
            near = json.dumps(sought.strip(), ensure_ascii=False)[1:-1]  # as it stands in the JSON: most versions need no reading
            in_text = or_(*(part.icontains(sought.strip(), autoescape=True) for part in (subject, text)))
            holds = and_(version.body.icontains(near, autoescape=True), in_text)
            query = query.where(or_(holds, DraftRow.id.icontains(sought.strip(), autoescape=True)))
        query = query.order_by(_RANK, DraftRow.created.desc(), DraftRow.id.desc()).limit(size(limit)).offset(max(0, skip))
        with self._database.read() as session:
            return tuple(_record(*row) for row in session.execute(query))

    def _said(self, version: Any, name: str) -> Any:
        """A text of a version, read from its JSON."""
        return func.json_extract(version.body, f"$.{name}") if self._database.is_sqlite else cast(version.body, JSON)[name].as_string()


def _last_review() -> Any:
    return (
        select(func.max(ReviewRow.id))
        .where(ReviewRow.draft_id == DraftRow.id, ReviewRow.sent_id.is_(None))
        .correlate(DraftRow)
        .scalar_subquery()
    )


def _shown(query: Select[Any], show: Show, last: Any) -> Select[Any]:
    if show == "waiting":
        return query.where(last.id.is_(None), MeasureRow.sent.is_(None), MeasureRow.status.in_(("blocked", "needs_review")))
    if show == "sent":
        return query.where(MeasureRow.sent.is_not(None))
    return query if show == "all" else query.where(last.verdict == show)


def _record(draft_id: str, status: str, subject: str | None, start: str | None, *rest: Any) -> QueueRecord:
    queue, findings, created, version, verdict, reason, sent = rest
    said = subject or " ".join((start or "").split())[:70]
    return QueueRecord(draft_id, status, said, queue, int(findings), created, version, verdict, reason, bool(sent))
