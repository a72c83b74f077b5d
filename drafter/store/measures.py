"""Measures: the few numbers of a draft that figures are made of, kept up as versions, reviews and sent texts come in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from drafter.checks.report import Finding
from drafter.draft import Draft
from drafter.store.tables import DraftRow, FlagRow, IncidentRow, MeasureRow, SentRow, VersionRow

SENT = 0  # the number under which the flags of what was sent stand


def is_bought(session: Session, draft_id: str, draft: Draft) -> bool:
    """Whether something was spent on this version: an edited one says of itself what the version that it started from had cost."""
    bodies = session.scalars(select(VersionRow.body).where(VersionRow.draft_id == draft_id, VersionRow.body.is_not(None)))
    used = draft.provenance.model_dump(mode="json")
    return all(json.loads(body or "")["provenance"] != used for body in bodies)


def measure_version(session: Session, row: Mapping[str, Any], draft: Draft, *, number: int, bought: bool, created: datetime) -> None:
    """Keep the numbers of a version of the draft in `row`."""
    _flag(session, row["id"], number, draft.findings)
    measures = session.get(MeasureRow, row["id"])
    if measures is None:
        measures = _first(session, row, draft)
        session.add(measures)
    measures.status = draft.status
    measures.sensitive = draft.withheld is not None
    measures.passed = sum(one.severity == "error" and any(item.is_of(one) for item in draft.passed) for one in draft.findings)
    if bought and draft.provenance.cost is not None:
        measures.cost = (measures.cost or Decimal(0)) + Decimal(str(draft.provenance.cost))
    if draft.status == "ready":
        _became_ready(measures, created)


def measure_review(session: Session, draft_id: str, verdict: str, created: datetime) -> None:
    """Keep that an approved draft is ready."""
    measures = session.get(MeasureRow, draft_id)
    if measures is not None and verdict != "reject":
        _became_ready(measures, created)


def measure_again(session: Session, helpdesk: str, ticket: str) -> None:
    """Keep that a ticket came up again, with the drafts for it that were sent."""
    same = select(DraftRow.id).where(DraftRow.helpdesk == helpdesk, DraftRow.ticket == ticket)
    query = update(MeasureRow).where(MeasureRow.draft_id.in_(same), MeasureRow.sent.is_not(None)).values(again=True)
    session.execute(query, execution_options={"synchronize_session": False})


def measure_sent(session: Session, row: DraftRow, findings: Sequence[Finding], sent: SentRow) -> None:
    """Keep the numbers of what was sent, in the place of what was sent before for the same draft."""
    session.execute(delete(FlagRow).where(FlagRow.draft_id == row.id, FlagRow.number == SENT))
    _flag(session, row.id, SENT, findings)
    measures = session.get(MeasureRow, row.id)
    if measures is not None:
        if measures.reply_seconds is None:
            measures.reply_seconds = max(0, int((sent.created - measures.created).total_seconds()))
        measures.sent, measures.distance, measures.unedited = sent.created, sent.distance, sent.unedited
        measures.errors = sum(finding.severity == "error" for finding in findings)


def _first(session: Session, row: Mapping[str, Any], draft: Draft) -> MeasureRow:
    facts = json.loads(session.scalar(select(IncidentRow.facts).where(IncidentRow.id == row["incident_id"])) or "{}")
    kept = sum(section.source == "model" for section in draft.sections)
    return MeasureRow(
        draft_id=row["id"],
        created=row["created"],
        queue=row["queue"] or row["helpdesk"],
        channel=facts.get("channel") or "email",
        severity=facts.get("severity") or "normal",
        first=draft.status,
        model=draft.provenance.model is not None,
        written=kept + sum(section.replaced is not None for section in draft.sections),
        kept=kept,
        again=False,
    )


def _became_ready(measures: MeasureRow, moment: datetime) -> None:
    if measures.ready_seconds is None:
        measures.ready_seconds = int((moment - measures.created).total_seconds())


def _flag(session: Session, draft_id: str, number: int, findings: Sequence[Finding]) -> None:
    times = Counter(finding.rule for finding in findings)
    session.add_all(FlagRow(draft_id=draft_id, number=number, rule=rule, times=count) for rule, count in times.items())
