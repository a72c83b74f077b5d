"""Drafts: each request for a reply from the moment it is accepted, with every version that was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from drafter.draft import Draft
from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.privacy import without_cards
from drafter.store.database import Database
from drafter.store.events import SYSTEM, code, log, through
from drafter.store.ids import new_id
from drafter.store.measures import is_bought, measure_again, measure_version
from drafter.store.records import DeskTicket, DraftRecord, DraftState, VersionRecord
from drafter.store.shelf import kept, kept_json, locked_draft, now, size
from drafter.store.tables import DeliveryRow, DraftRow, IncidentRow, RawRow, VersionRow
from drafter.store.timeline import append, living_course
from drafter.store.usage import count

_OPEN: tuple[DraftState, ...] = ("queued", "writing", "failed")


class Drafts:
    """Requests and their versions. A draft that is done or cancelled stays so, whatever comes late."""

    def __init__(self, database: Database, *, keep_raw: bool) -> None:
        self._database = database
        self._keep_raw = keep_raw

    def accept(
        self,
        incident: Incident,
        *,
        id: str | None = None,  # noqa: A002 - what it is called everywhere else
        person: str | None = None,
        key: str | None = None,
        desk: DeskTicket | None = None,
        raw: str | None = None,
        callback: str | None = None,
        draft: Draft | None = None,
        incident_id: str | None = None,
        facts_version: int | None = None,
    ) -> DraftRecord:
        """Take a request on: facts, draft and event, all or nothing, on the disk when this returns. The same `id` again changes nothing.

        Cards, bank accounts and passports are masked first. `person` is what the caller knows the customer by; `raw`, the
        message itself, is kept only where the house says so. `draft` is its first version, where it is written already.
        `incident_id` is the opened incident that it is a message of, and `facts_version` the version of its facts that it is written
        from, the latest if not given.

        Raises:
            NotFoundError: no incident was opened under `incident_id`, or its person was forgotten.
            StoreError: the database failed, and nothing was taken on.
        """
        row = _new(id or new_id("dr"), desk, person=person, key=key, callback=callback)
        if draft is not None:
            row |= {"state": "done", "version": 1}
        facts = without_cards(incident).model_dump_json()
        first = None if draft is None else without_cards(draft)
        with self._database.write(durable=True) as session:
            course = living_course(session, incident_id) if incident_id else None
            if course is not None:
                row |= {"part_of": course.incident_id, "facts_version": facts_version or course.version}
            self._database.add(session, IncidentRow, {"id": row["incident_id"], "facts": facts, "created": row["created"]})
            if not self._database.add(session, DraftRow, row):
                session.execute(delete(IncidentRow).where(IncidentRow.id == row["incident_id"]))
                return _read(session, row["id"])
            if raw is not None and self._keep_raw:
                self._database.add(session, RawRow, {"draft_id": row["id"], "text": kept(raw), "created": row["created"]})
            log(session, "draft.accepted", row["id"], actor=through(key), incident=row["incident_id"], helpdesk=code(row["helpdesk"] or ""))
            if first is not None:
                _keep(session, self._database, row, first, number=1, by="drafter", kind="draft")
            if course is not None:
                append(session, course, "drafted", at=None, by=key, draft_id=row["id"], version=row["facts_version"], message=incident.kind)
            if desk is not None:
                measure_again(session, desk.helpdesk, desk.ticket)
        return _record(DraftRow(**row), draft=first)

    def begin(self, draft_id: str) -> DraftRecord:
        """Say that it is being written; a draft that is done or cancelled stays as it is.

        Raises:
            NotFoundError: there is no such draft.
            StoreError: the database failed.
        """
        return self._move(draft_id, "writing", "draft.begun", since=_OPEN)

    def finish(self, draft_id: str, draft: Draft, *, number: int, by: str) -> DraftRecord:
        """Keep a version, on the disk when this returns. The same number again changes nothing; nor does one of a cancelled draft.

        Raises:
            NotFoundError: there is no such draft.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = locked_draft(session, draft_id)
            if row.state != "cancelled" and row.erased is None:
                add_version(session, self._database, row, draft, number=number, by=by, kind="draft")
            return _read(session, draft_id)

    def fail(self, draft_id: str, problem: Mapping[str, Any]) -> DraftRecord:
        """Say that it could not be written, with the problem document of why; it may begin again.

        Raises:
            NotFoundError: there is no such draft.
            StoreError: the database failed.
        """
        return self._move(draft_id, "failed", "draft.failed", since=_OPEN, problem=problem)

    def cancel(self, draft_id: str) -> DraftRecord:
        """Say that nobody wants it any more; what is done stays done.

        Raises:
            NotFoundError: there is no such draft.
            StoreError: the database failed.
        """
        return self._move(draft_id, "cancelled", "draft.cancelled", since=_OPEN)

    def get(self, draft_id: str) -> DraftRecord:
        """The draft with its latest version.

        Raises:
            NotFoundError: there is no such draft.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return _read(session, draft_id)

    def versions(self, draft_id: str) -> tuple[VersionRecord, ...]:
        """Every version of a draft that is kept, the first one first."""
        query = select(VersionRow).where(VersionRow.draft_id == draft_id, VersionRow.body.is_not(None)).order_by(VersionRow.number)
        with self._database.read() as session:
            rows = session.scalars(query).all()
        return tuple(
            VersionRecord(row.draft_id, row.number, Draft.model_validate_json(row.body or ""), row.made_by, row.created) for row in rows
        )

    def page(self, state: DraftState | None = None, *, limit: int = 50, after: str | None = None) -> tuple[DraftRecord, ...]:
        """The newest drafts, of one state or of all, or the next older ones after the one with this id."""
        query = _RECORDS.order_by(DraftRow.created.desc(), DraftRow.id.desc())
        if state is not None:
            query = query.where(DraftRow.state == state)
        if after is not None:
            last = select(DraftRow.created, DraftRow.id).where(DraftRow.id == after)
            query = query.where(tuple_(DraftRow.created, DraftRow.id) < last.scalar_subquery())
        with self._database.read() as session:
            return tuple(_record(*found) for found in session.execute(query.limit(size(limit))))

    def waiting(self, older_than: timedelta) -> tuple[str, ...]:
        """The ids of drafts that were accepted longer ago than this and are not written, begun or not, the oldest first."""
        query = select(DraftRow.id).where(DraftRow.state.in_(("queued", "writing")), DraftRow.created < now() - older_than)
        with self._database.read() as session:
            return tuple(session.scalars(query.order_by(DraftRow.created)))

    def untold(self, older_than: timedelta, *, since: timedelta, all_of_them: bool) -> tuple[str, ...]:
        """The ids of drafts that were written between `since` and `older_than` ago and that no delivery was planned for, the oldest first.

        Those that somebody asked to be told of; with `all_of_them`, every one.
        """
        moment = now()
        query = select(DraftRow.id).where(
            DraftRow.state == "done",
            DraftRow.created.between(moment - since, moment - older_than),
            ~select(DeliveryRow.id).where(DeliveryRow.draft_id == DraftRow.id).exists(),
        )
        if not all_of_them:
            query = query.where(or_(DraftRow.callback.is_not(None), DraftRow.helpdesk.is_not(None)))
        with self._database.read() as session:
            return tuple(session.scalars(query.order_by(DraftRow.created)))

    def of_ticket(self, helpdesk: str, ticket: str) -> tuple[DraftRecord, ...]:
        """The drafts for one ticket, the oldest first."""
        query = _RECORDS.where(DraftRow.helpdesk == helpdesk, DraftRow.ticket == ticket).order_by(DraftRow.created, DraftRow.id)
        with self._database.read() as session:
            return tuple(_record(*found) for found in session.execute(query))

    def counts(self) -> dict[str, int]:
        """How many drafts there are, by state."""
        with self._database.read() as session:
            return dict(session.execute(select(DraftRow.state, func.count()).group_by(DraftRow.state)).all())

    def raw(self, draft_id: str) -> str | None:
        """The message that a draft answers, where it was kept."""
        with self._database.read() as session:
            return session.scalar(select(RawRow.text).where(RawRow.draft_id == draft_id))

    def _move(
        self, draft_id: str, state: DraftState, event: str, *, since: tuple[DraftState, ...], problem: Mapping[str, Any] | None = None
    ) -> DraftRecord:
        with self._database.write() as session:
            row = locked_draft(session, draft_id)
            if row.state in since and row.state != state and row.erased is None:
                row.state, row.updated = state, now()
                row.error = None if problem is None else kept_json(problem)
                log(session, event, draft_id, actor=SYSTEM)
                session.flush()
            return _read(session, draft_id)


def add_version(session: Session, database: Database, row: DraftRow, draft: Draft, *, number: int, by: str, kind: str) -> None:
    """Add a version to a locked draft, and what it took to the usage of the key that asked; a number that is there changes nothing."""
    known = {name: getattr(row, name) for name in ("id", "key_id", "incident_id", "queue", "helpdesk", "created")}
    if _keep(session, database, known, without_cards(draft), number=number, by=by, kind=kind):
        row.state, row.error, row.version, row.updated = "done", None, max(row.version, number), now()
        session.flush()


def _keep(session: Session, database: Database, row: Mapping[str, Any], draft: Draft, *, number: int, by: str, kind: str) -> bool:
    """Add the version itself; whether it is new."""
    moment, used = now(), draft.provenance
    bought = number == 1 or is_bought(session, row["id"], draft)
    version = {"draft_id": row["id"], "number": number, "body": draft.model_dump_json(), "made_by": by, "created": moment}
    if not database.add(session, VersionRow, version):
        return False
    measure_version(session, row, draft, number=number, bought=bought, created=moment)
    spent: dict[str, Any] = {"input_tokens": used.input_tokens, "output_tokens": used.output_tokens, "cost": used.cost} if bought else {}
    count(session, database, row["key_id"], kind, **spent)
    log(session, "draft.finished", row["id"], actor=through(by), version=number, status=draft.status)
    return True


_RECORDS = select(DraftRow, VersionRow.body).outerjoin(
    VersionRow, (VersionRow.draft_id == DraftRow.id) & (VersionRow.number == DraftRow.version)
)


def _new(draft_id: str, desk: DeskTicket | None, **given: str | None) -> dict[str, Any]:
    moment: datetime = now()
    return {
        "id": draft_id,
        "incident_id": new_id("inc"),
        "state": "queued",
        "version": 0,
        "person": given["person"],
        "key_id": given["key"],
        "callback": given["callback"],
        "helpdesk": desk.helpdesk if desk else None,
        "ticket": desk.ticket if desk else None,
        "queue": desk.queue if desk else None,
        "event": desk.event if desk else None,
        "message": desk.message if desk else None,
        "part_of": None,
        "facts_version": None,
        "created": moment,
        "updated": moment,
    }


def _read(session: Session, draft_id: str) -> DraftRecord:
    found = session.execute(_RECORDS.where(DraftRow.id == draft_id)).first()
    if found is None:
        raise NotFoundError(f"there is no draft '{draft_id}'.")
    return _record(*found)


def _record(row: DraftRow, body: str | None = None, *, draft: Draft | None = None) -> DraftRecord:
    return DraftRecord(
        id=row.id,
        incident_id=row.incident_id,
        state=cast("DraftState", row.state),
        version=row.version,
        draft=Draft.model_validate_json(body) if body else draft,
        error=json.loads(row.error) if row.error else None,
        person=row.person,
        key=row.key_id,
        desk=DeskTicket(row.helpdesk, row.ticket or "", row.queue, row.event, row.message) if row.helpdesk else None,
        callback=row.callback,
        created=row.created,
        updated=row.updated,
        erased=row.erased,
        part_of=row.part_of,
    )
