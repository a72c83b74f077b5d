"""Revisions: wishes for other words, from the moment they are accepted until a version has come of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from drafter.draft import Draft
from drafter.errors import InputError, NotFoundError
from drafter.store.database import Database
from drafter.store.drafts import add_version
from drafter.store.events import log, through
from drafter.store.ids import new_id
from drafter.store.records import DraftState, RevisionRecord
from drafter.store.shelf import kept, kept_json, living_draft, now
from drafter.store.tables import RevisionRow, VersionRow

_OPEN = ("queued", "writing")


class Revisions:
    """Wishes for other words. What came of one is a version of its draft."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, draft_id: str, wish: str, *, section: str | None = None, by: str) -> RevisionRecord:
        """Take a wish on, on the disk when this returns.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            InputError: the draft has no version that could be put in other words.
            StoreError: the database failed, and nothing was taken on.
        """
        moment = now()
        row = RevisionRow(
            id=new_id("wish"),
            draft_id=draft_id,
            wish=kept(wish),
            section=section,
            made_by=by,
            state="queued",
            created=moment,
            updated=moment,
        )
        with self._database.write(durable=True) as session:
            if living_draft(session, draft_id).version == 0:
                raise InputError(f"the draft '{draft_id}' has no version yet that could be put in other words.")
            session.add(row)
            log(session, "revision.accepted", row.id, actor=through(by), draft=draft_id)
        return _record(row)

    def finish(self, revision_id: str, draft: Draft) -> RevisionRecord:
        """Keep what came of a wish as the next version of its draft, on the disk when this returns; the same again changes nothing.

        Raises:
            NotFoundError: there is no such revision, or its draft was erased.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = _locked(session, revision_id)
            if row.state in _OPEN:
                owner = living_draft(session, row.draft_id)
                last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.draft_id == row.draft_id)) or 0
                add_version(session, self._database, owner, draft, number=last + 1, by=row.made_by, kind="revision")
                row.state, row.version, row.error, row.updated = "done", last + 1, None, now()
                log(session, "revision.finished", revision_id, actor="worker", draft=row.draft_id, version=last + 1)
            return _record(row)

    def fail(self, revision_id: str, problem: Mapping[str, Any]) -> RevisionRecord:
        """Say that nothing came of a wish, with the problem document of why; the draft stays as it was.

        Raises:
            NotFoundError: there is no such revision.
            StoreError: the database failed.
        """
        with self._database.write() as session:
            row = _locked(session, revision_id)
            if row.state in _OPEN:
                row.state, row.error, row.updated = "failed", kept_json(problem), now()
                log(session, "revision.failed", revision_id, actor="worker", draft=row.draft_id)
            return _record(row)

    def get(self, revision_id: str) -> RevisionRecord:
        """One revision.

        Raises:
            NotFoundError: there is none with this id.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            row = session.get(RevisionRow, revision_id)
        if row is None:
            raise NotFoundError(f"there is no revision '{revision_id}'.")
        return _record(row)

    def of(self, draft_id: str) -> tuple[RevisionRecord, ...]:
        """The wishes about one draft, the oldest first."""
        with self._database.read() as session:
            return tuple(
                map(_record, session.scalars(select(RevisionRow).where(RevisionRow.draft_id == draft_id).order_by(RevisionRow.id)))
            )

    def waiting(self, older_than: timedelta) -> tuple[str, ...]:
        """The ids of wishes that were accepted longer ago than this and are not fulfilled, the oldest first."""
        query = select(RevisionRow.id).where(RevisionRow.state == "queued", RevisionRow.created < now() - older_than)
        with self._database.read() as session:
            return tuple(session.scalars(query.order_by(RevisionRow.created)))


def _locked(session: Session, revision_id: str) -> RevisionRow:
    row = session.get(RevisionRow, revision_id, with_for_update=True)
    if row is None:
        raise NotFoundError(f"there is no revision '{revision_id}'.")
    return row


def _record(row: RevisionRow) -> RevisionRecord:
    return RevisionRecord(
        id=row.id,
        draft_id=row.draft_id,
        wish=row.wish or "",
        section=row.section,
        by=row.made_by,
        state=cast("DraftState", row.state),
        version=row.version,
        error=json.loads(row.error) if row.error else None,
        created=row.created,
        updated=row.updated,
    )
