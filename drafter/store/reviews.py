"""Reviews: what people decided about drafts; sent texts: what reached the customer; dismissals: findings that were passed over."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from drafter.checks.report import Finding
from drafter.errors import ReviewedError
from drafter.incident import stored_incident
from drafter.store.database import Database
from drafter.store.events import SYSTEM, log, through
from drafter.store.ids import new_id
from drafter.store.measures import measure_review, measure_sent
from drafter.store.promises import enter
from drafter.store.records import DismissalRecord, ReviewRecord, SentRecord, Verdict
from drafter.store.shelf import findings_of, kept, kept_findings, kept_or_none, living_draft, now, past
from drafter.store.tables import DismissalRow, IncidentRow, ReviewRow, SentRow
from drafter.store.timeline import tell_sent


class Reviews:
    """What people decided about drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        draft_id: str,
        *,
        version: int,
        verdict: Verdict,
        by: str | None,
        reason: str | None = None,
        text: str | None = None,
        findings: tuple[Finding, ...] = (),
        diff: str = "",
        instead_of: str | None = None,
        alone: bool = False,
    ) -> ReviewRecord:
        """Keep a decision; for an edit also the text, what was found in it, and its diff.

        With `alone`, one that goes against the last about the same version has to name that one, `instead_of`.

        Texts are masked as facts are: mask a text before it is checked, so that its findings stay in place.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            ReviewedError: somebody has decided otherwise.
            StoreError: the database failed.
        """
        row = ReviewRow(
            id=new_id("rev"),
            draft_id=draft_id,
            version=version,
            verdict=verdict,
            reason=kept_or_none(reason),
            made_by=by,
            text=kept_or_none(text),
            findings=kept_findings(findings),
            diff=kept(diff),
            created=now(),
        )
        with self._database.write(durable=True) as session:
            living_draft(session, draft_id)
            if alone:
                _agrees(session, row, instead_of)
            session.add(row)
            measure_review(session, draft_id, verdict, row.created)
            log(session, "draft.reviewed", draft_id, actor=through(by), version=version, verdict=verdict)
        return _review(row)

    def of(self, draft_id: str) -> tuple[ReviewRecord, ...]:
        """The decisions about one draft before it was sent, the oldest first."""
        query = select(ReviewRow).where(ReviewRow.draft_id == draft_id, ReviewRow.sent_id.is_(None)).order_by(ReviewRow.id)
        with self._database.read() as session:
            return tuple(map(_review, session.scalars(query)))

    def of_sent(self, draft_id: str) -> tuple[tuple[str, ReviewRecord], ...]:
        """What people thought of what was sent for one draft, each with the id of the sent text, the oldest first."""
        query = select(ReviewRow).where(ReviewRow.draft_id == draft_id, ReviewRow.sent_id.is_not(None)).order_by(ReviewRow.id)
        with self._database.read() as session:
            return tuple((row.sent_id or "", _review(row)) for row in session.scalars(query))


class Sent:
    """What was sent to customers in the end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        draft_id: str,
        *,
        text: str,
        findings: tuple[Finding, ...],
        distance: float,
        unedited: bool,
        at: datetime | None = None,
        by: str | None = None,
    ) -> SentRecord:
        """Keep what was sent, what was found in it, and how far it is from the draft (0.0 to 1.0); `at` is when, if not now.

        What it promises is entered; where it is a message of an opened incident, that goes into its timeline.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            InputError: it was sent at a moment that is still to come.
            StoreError: the database failed.
        """
        row = SentRow(
            id=new_id("snt"),
            draft_id=draft_id,
            text=kept(text),
            findings=kept_findings(findings),
            distance=distance,
            unedited=unedited,
            created=past(at, now()),
        )
        with self._database.write(durable=True) as session:
            draft = living_draft(session, draft_id)
            measure_sent(session, draft, findings, row)
            session.add(row)
            session.flush()
            tell_sent(session, draft, row, by=by)  # locks the incident, before promises are
            facts = session.scalar(select(IncidentRow.facts).where(IncidentRow.id == draft.incident_id))
            if facts is not None:
                enter(session, draft, stored_incident(facts), row.text or "", row)
            log(session, "draft.sent", draft_id, actor=SYSTEM, distance=round(distance, 4), unedited=unedited)
        return _sent(row)

    def of(self, draft_id: str) -> tuple[SentRecord, ...]:
        """What was sent for one draft and is still kept, the oldest first."""
        query = select(SentRow).where(SentRow.draft_id == draft_id, SentRow.text.is_not(None)).order_by(SentRow.id)
        with self._database.read() as session:
            return tuple(map(_sent, session.scalars(query)))


class Dismissals:
    """Findings that people passed over: which rules, and why; never who."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, draft_id: str, *, rule: str, reason: str | None = None) -> None:
        """Count that a finding of this rule was passed over in this draft.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            StoreError: the database failed.
        """
        with self._database.write() as session:
            living_draft(session, draft_id)
            session.add(DismissalRow(id=new_id("dis"), draft_id=draft_id, rule=rule, reason=kept_or_none(reason), created=now()))

    def of(self, draft_id: str) -> tuple[DismissalRecord, ...]:
        """What was passed over in one draft, the oldest first."""
        query = select(DismissalRow).where(DismissalRow.draft_id == draft_id).order_by(DismissalRow.id)
        with self._database.read() as session:
            return tuple(DismissalRecord(row.rule, row.reason, row.created) for row in session.scalars(query))

    def counts(self) -> dict[str, int]:
        """How often the findings of each rule were passed over, the most often first."""
        often = func.count()
        with self._database.read() as session:
            query = select(DismissalRow.rule, often).group_by(DismissalRow.rule).order_by(often.desc(), DismissalRow.rule)
            return dict(session.execute(query).all())

    def reasons(self, rule: str) -> tuple[str, ...]:
        """The reasons that were given for passing over one rule, the newest first."""
        query = (
            select(DismissalRow.reason).where(DismissalRow.rule == rule, DismissalRow.reason.is_not(None)).order_by(DismissalRow.id.desc())
        )
        with self._database.read() as session:
            return tuple(reason for reason in session.scalars(query) if reason)


def _agrees(session: Session, row: ReviewRow, instead_of: str | None) -> None:
    """See that a decision does not go against the last about its version - to send or not, or another text - unless it takes its place."""
    query = select(ReviewRow).where(ReviewRow.draft_id == row.draft_id, ReviewRow.version == row.version)
    last = session.scalars(query.order_by(ReviewRow.id.desc()).limit(1)).first()
    if last is None or last.id == instead_of:
        return
    other_text = row.text is not None and last.text is not None and row.text != last.text
    if other_text or (row.verdict == "reject") != (last.verdict == "reject"):
        by, did = last.made_by or "somebody", {"approve": "approved", "edit": "edited", "reject": "rejected"}[last.verdict]
        raise ReviewedError(f"version {row.version} was {did} by {by} at {last.created:%Y-%m-%d %H:%M} UTC, in the review '{last.id}'.")


def _review(row: ReviewRow) -> ReviewRecord:
    return ReviewRecord(
        id=row.id,
        draft_id=row.draft_id,
        version=row.version,
        verdict=cast("Verdict", row.verdict),
        reason=row.reason,
        by=row.made_by,
        text=row.text,
        findings=findings_of(row.findings),
        diff=row.diff or "",
        created=row.created,
    )


def _sent(row: SentRow) -> SentRecord:
    return SentRecord(row.id, row.draft_id, row.text or "", findings_of(row.findings), row.distance, row.unedited, row.created)
