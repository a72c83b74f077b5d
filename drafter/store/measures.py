"""Measures: the few numbers of a version and of a sent text that figures are made of, kept beside them as they come in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from drafter.checks.grounding import cover
from drafter.checks.report import Finding
from drafter.draft import Draft
from drafter.incident import Incident, stored_incident
from drafter.store.database import Database
from drafter.store.tables import DraftRow, FlagRow, IncidentRow, MeasureRow, PromiseRow, VersionRow

SENT = 0  # the number under which the flags of what was sent stand
_TO_COME = frozenset({"will", "pending", "granted"})


def is_bought(session: Session, draft_id: str, draft: Draft) -> bool:
    """Whether something was spent on this version: an edited one says of itself what the version that it started from had cost."""
    bodies = session.scalars(select(VersionRow.body).where(VersionRow.draft_id == draft_id, VersionRow.body.is_not(None)))
    used = draft.provenance.model_dump(mode="json")
    return all(json.loads(body or "")["provenance"] != used for body in bodies)


def measure_version(
    session: Session, database: Database, draft_id: str, draft: Draft, *, number: int, bought: bool, created: datetime
) -> None:
    """Keep the numbers of a version."""
    kept = sum(section.source == "model" for section in draft.sections)
    database.add(
        session,
        MeasureRow,
        {
            "draft_id": draft_id,
            "number": number,
            "status": draft.status,
            "model": draft.provenance.model is not None,
            "written": kept + sum(section.replaced is not None for section in draft.sections),
            "kept": kept,
            "passed": sum(one.severity == "error" and any(item.is_of(one) for item in draft.passed) for one in draft.findings),
            "sensitive": draft.withheld is not None,
            "cost": _cost(draft) if bought else None,
            "created": created,
        },
    )
    _flag(session, draft_id, number, draft.findings)


def measure_sent(session: Session, row: DraftRow, text: str, findings: Sequence[Finding], sent: datetime) -> None:
    """Keep the numbers of what was sent, in the place of what was sent before for the same draft."""
    session.execute(delete(FlagRow).where(FlagRow.draft_id == row.id, FlagRow.number == SENT))
    _flag(session, row.id, SENT, findings)
    session.execute(delete(PromiseRow).where(PromiseRow.draft_id == row.id))
    facts = session.scalar(select(IncidentRow.facts).where(IncidentRow.id == row.incident_id))
    if facts is not None:
        session.add_all(
            PromiseRow(draft_id=row.id, fact=fact, due=due, sent=sent) for fact, due in _promised(stored_incident(facts), text, sent)
        )


def _promised(incident: Incident, text: str, sent: datetime) -> Iterator[tuple[str, datetime]]:
    """The facts still to come that the text states, each with the last moment that it names: of a day, its end where they live."""
    dues = {}
    for fact in incident.facts:
        if fact.state in _TO_COME and fact.moments:
            ends = [
                moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, incident.zone) for moment in fact.moments
            ]
            if (due := max(ends)) >= sent:
                dues[fact.id] = due
    yield from ((item.fact, dues[item.fact]) for item in cover(text, incident, list(dues)) if item.span)


def _flag(session: Session, draft_id: str, number: int, findings: Sequence[Finding]) -> None:
    times = Counter(finding.rule for finding in findings)
    session.add_all(FlagRow(draft_id=draft_id, number=number, rule=rule, times=count) for rule, count in times.items())


def _cost(draft: Draft) -> Decimal | None:
    return None if draft.provenance.cost is None else Decimal(str(draft.provenance.cost))
