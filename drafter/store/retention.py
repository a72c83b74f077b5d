"""Retention: what is older than somebody wants to keep goes, all of a draft at once; events and usage stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CompoundSelect, CursorResult, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from drafter.course.values import CLOSED
from drafter.store.events import SYSTEM, log
from drafter.store.tables import (
    AnswerRow,
    BatchLineRow,
    BatchRow,
    CourseRow,
    DeliveryRow,
    DismissalRow,
    DraftRow,
    EntryRow,
    ExposedRow,
    FactsRow,
    FlagRow,
    InboxRow,
    IncidentRow,
    MeasureRow,
    PromiseRow,
    RawRow,
    RemedyRow,
    ReviewRow,
    RevisionRow,
    SentRow,
    VersionRow,
    WorkingRow,
)

_PARTS = (VersionRow, RawRow, ReviewRow, RevisionRow, SentRow, DeliveryRow, MeasureRow, FlagRow, PromiseRow)


def prune(session: Session, before: datetime) -> dict[str, int]:
    """Delete the drafts that nothing has happened to since `before`, with all that belongs to them; how many rows of each table.

    Drafts that are still to be written stay. So does an opened incident with all its messages until it is resolved and nothing
    has happened to it since `before`. Dismissals stay as figures, without their reasons.
    """
    old = _old(before)
    session.execute(update(DismissalRow).where(DismissalRow.draft_id.in_(old)).values(draft_id=None, reason=None))
    counts = {str(part.__tablename__): _gone(session, delete(part).where(part.draft_id.in_(old))) for part in _PARTS}
    ended = list(session.scalars(_ended(before)))
    counts["drafts"] = _gone(session, delete(DraftRow).where(DraftRow.id.in_(old)))
    ended = [one for one in ended if session.scalar(select(DraftRow.id).where(DraftRow.part_of == one).limit(1)) is None]
    for part in (EntryRow, FactsRow, RemedyRow, ExposedRow, CourseRow):
        counts[str(part.__tablename__)] = _gone(session, delete(part).where(part.incident_id.in_(ended)))
    over = select(BatchRow.id).where(BatchRow.created < before, BatchRow.incident_id.not_in(select(CourseRow.incident_id)))
    counts["batch_lines"] = _gone(session, delete(BatchLineRow).where(BatchLineRow.batch_id.in_(over)))
    counts["batches"] = _gone(session, delete(BatchRow).where(BatchRow.id.in_(over)))
    counts["incidents"] = _gone(session, delete(IncidentRow).where(IncidentRow.created < before, IncidentRow.id.not_in(_in_use())))
    counts["idempotent_answers"] = _gone(session, delete(AnswerRow).where(AnswerRow.created < before))
    counts["inbox"] = _gone(session, delete(InboxRow).where(InboxRow.created < before, InboxRow.done.is_not(None)))
    counts["workings"] = _gone(session, delete(WorkingRow).where(WorkingRow.updated < before))
    log(session, "data.pruned", SYSTEM, actor=SYSTEM, before=before.date().isoformat(), drafts=counts["drafts"])
    return counts


def stale(session: Session, before: datetime) -> int:
    """How many drafts `prune` would delete."""
    return session.scalar(select(func.count()).select_from(_old(before).subquery())) or 0


def _old(before: datetime) -> Select[str]:
    alone = or_(DraftRow.part_of.is_(None), DraftRow.part_of.in_(_ended(before)))
    return select(DraftRow.id).where(DraftRow.updated < before, DraftRow.state.not_in(("queued", "writing")), alone)


def _ended(before: datetime) -> Select[str]:
    """The opened incidents that are over."""
    over = or_(CourseRow.state.in_(CLOSED), CourseRow.erased.is_not(None))
    return select(CourseRow.incident_id).where(CourseRow.updated < before, over)


def _in_use() -> CompoundSelect[str]:
    return select(DraftRow.incident_id).union(select(CourseRow.incident_id), select(BatchRow.incident_id))


def _gone(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement, execution_options={"synchronize_session": False})).rowcount
