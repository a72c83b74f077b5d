"""The timeline of an opened incident: what is written into it, and the course that is read from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from drafter.course import Change, Course, Entry, EntryKind, Exposed, Promise, PromiseState, SentMessage, State, is_next_word
from drafter.errors import NotFoundError
from drafter.incident import Incident, Kind, Severity, stored_incident
from drafter.store.events import code, log, through
from drafter.store.ids import new_id
from drafter.store.ledger import ledger
from drafter.store.shelf import kept_json, now
from drafter.store.tables import CourseRow, DraftRow, EntryRow, ExposedRow, FactsRow, IncidentRow, PromiseRow, SentRow


def living_course(session: Session, incident_id: str, *, lock: bool = True) -> CourseRow:
    """The row of a course that more may be written to; with `lock`, nobody else can change it until the session ends.

    Raises:
        NotFoundError: no incident was opened under this id, or its person was forgotten.
    """
    row = session.get(CourseRow, incident_id, with_for_update=lock or None)
    if row is None:
        known = session.get(IncidentRow, incident_id) is not None
        raise NotFoundError(
            f"'{incident_id}' was never opened; it is the facts of one draft." if known else f"there is no incident '{incident_id}'."
        )
    if row.erased is not None:
        raise NotFoundError(f"the incident '{incident_id}' was erased on {row.erased:%Y-%m-%d}; nothing more is kept of it.")
    return row


def append(
    session: Session,
    row: CourseRow,
    kind: EntryKind,
    *,
    at: datetime | None,
    by: str | None,
    text: str | None = None,
    changes: Sequence[Change] = (),
    **more: Any,
) -> EntryRow:
    """Write down what happened; texts are masked as facts are. `at` is when it did, `more` what the entry is about."""
    moment = now()
    body = {"text": text, "changes": [asdict(change) for change in changes], "message": more.pop("message", None)}
    entry = EntryRow(
        id=new_id("ent"),
        incident_id=row.incident_id,
        kind=kind,
        at=at or moment,
        made_by=by,
        body=kept_json({key: value for key, value in body.items() if value}),
        created=moment,
        **{"version": row.version, **more},
    )
    session.add(entry)
    row.updated = moment
    log(session, f"incident.{kind}", row.incident_id, actor=through(by), version=row.version, state=more.get("state") or row.state)
    return entry


def write_facts(session: Session, row: CourseRow, incident: Incident, *, by: str | None) -> int:
    """Keep the next version of the facts; the number that it has."""
    row.version += 1
    row.severity, row.updated = incident.severity, now()
    text = incident.model_copy(update={"approved": None}).model_dump_json()  # that is for the ledger of remedies to say
    session.add(FactsRow(incident_id=row.incident_id, number=row.version, facts=text, made_by=by, created=row.updated))
    held = session.get(IncidentRow, row.incident_id)
    if held is not None:
        held.facts = text
    session.flush()
    return row.version


def facts_of(session: Session, row: CourseRow, version: int | None = None) -> Incident:
    """The facts of a course as they are, or as they were in a version.

    Raises:
        NotFoundError: there is no such version.
    """
    held = session.get(FactsRow, (row.incident_id, row.version if version is None else version))
    if held is None or held.facts is None:
        raise NotFoundError(f"the incident '{row.incident_id}' has no version {version} of its facts; the latest is {row.version}.")
    return stored_incident(held.facts)


def tell_sent(session: Session, draft: DraftRow, sent: SentRow, *, by: str | None = None) -> None:
    """Write down that a message of an opened incident was sent, once for each draft, and what that brings about.

    The first one acknowledges the incident, a follow-up after its end follows it up, and a promise to write again is kept by it.
    """
    course = session.get(CourseRow, draft.part_of, with_for_update=True) if draft.part_of else None
    if course is None or course.erased is not None:
        return
    known = select(EntryRow.id).where(EntryRow.incident_id == course.incident_id, EntryRow.kind == "sent", EntryRow.draft_id == draft.id)
    if session.scalar(known) is not None:
        return
    facts = json.loads(session.scalar(select(IncidentRow.facts).where(IncidentRow.id == draft.incident_id)) or "{}")
    message = facts.get("kind") or "update"
    append(session, course, "sent", at=sent.created, by=by, draft_id=draft.id, version=draft.facts_version, message=message)
    reached: State | None = "acknowledged" if course.state == "noticed" else None
    if message == "follow_up" and course.state == "resolved":
        reached = "followed_up"
    if reached:
        course.state = reached
        append(session, course, "state", at=sent.created, by=by, state=reached, draft_id=draft.id)
    _keep_words(session, course, draft, sent)


def _keep_words(session: Session, course: CourseRow, draft: DraftRow, sent: SentRow) -> None:
    """Mark promises to write again as kept by the message that was sent in time."""
    query = select(PromiseRow).where(
        PromiseRow.part_of == course.incident_id,
        PromiseRow.state == "open",
        PromiseRow.draft_id != draft.id,
        PromiseRow.due >= sent.created,
    )
    for promise in session.scalars(query).all():
        if promise.sent < sent.created and is_next_word(promise.words or ""):
            promise.state, promise.decided, promise.how = "kept", sent.created, None
            append(session, course, "kept", at=sent.created, by=None, promise_id=promise.id, draft_id=draft.id)


def courses(session: Session, rows: Sequence[CourseRow], *, versions: bool = False) -> tuple[Course, ...]:
    """The courses of these rows, with all that happened, was sent and was promised; `versions`: with the facts of each message too."""
    ids = [row.incident_id for row in rows]
    entries: dict[str, list[EntryRow]] = defaultdict(list)
    for entry in session.scalars(select(EntryRow).where(EntryRow.incident_id.in_(ids)).order_by(EntryRow.at, EntryRow.id)):
        entries[entry.incident_id].append(entry)
    promises: dict[str, list[PromiseRow]] = defaultdict(list)
    for promise in session.scalars(select(PromiseRow).where(PromiseRow.part_of.in_(ids)).order_by(PromiseRow.sent, PromiseRow.id)):
        promises[promise.part_of or ""].append(promise)
    drafts = [entry.draft_id for found in entries.values() for entry in found if entry.kind == "sent"]
    query = select(SentRow.draft_id, SentRow.text).where(SentRow.draft_id.in_(drafts)).order_by(SentRow.id)
    texts: dict[str, str | None] = dict(session.execute(query).all())  # the last text of each
    approved = ledger(session, ids)
    exposed: dict[str, list[Exposed]] = defaultdict(list)
    for one in session.scalars(select(ExposedRow).where(ExposedRow.incident_id.in_(ids)).order_by(ExposedRow.id)):
        exposed[one.incident_id].append(exposed_of(one))
    made = (_course(session, row, entries[row.incident_id], promises[row.incident_id], texts) for row in rows)
    whole = (replace(course, approved=approved.get(course.id), exposed=tuple(exposed[course.id])) for course in made)
    return tuple(_with_versions(session, course) if versions else course for course in whole)


def exposed_of(row: ExposedRow) -> Exposed:
    """Somebody exposed, as they are given out."""
    return Exposed(row.id, row.incident_id, row.who or "", row.stop, row.created, row.told)


def _with_versions(session: Session, course: Course) -> Course:
    """A course with the facts by which each of its messages was written."""
    numbers = {message.version for message in course.sent}
    query = select(FactsRow.number, FactsRow.facts).where(FactsRow.incident_id == course.id, FactsRow.number.in_(numbers))
    return replace(course, versions={number: stored_incident(facts) for number, facts in session.execute(query).all() if facts})


def _course(session: Session, row: CourseRow, entries: list[EntryRow], promises: list[PromiseRow], texts: dict[str, str | None]) -> Course:
    sent = tuple(
        SentMessage(
            entry.draft_id or "",
            cast("Kind", _body(entry).get("message") or "update"),
            entry.at,
            texts.get(entry.draft_id or ""),
            entry.version or 1,
        )
        for entry in entries
        if entry.kind == "sent"
    )
    return Course(
        id=row.incident_id,
        title=row.title or "",
        severity=cast("Severity", row.severity),
        state=cast("State", row.state),
        version=row.version,
        noticed=row.noticed,
        opened=row.opened,
        updated=row.updated,
        incident=facts_of(session, row),
        told=facts_of(session, row, sent[-1].version) if sent else None,
        entries=tuple(map(entry_of, entries)),
        sent=sent,
        promises=_standing(promises),
    )


def _standing(rows: list[PromiseRow]) -> tuple[Promise, ...]:
    """The promises as they stand: one that was made again counts as it was said last."""
    latest = {(row.fact, row.state): row for row in rows}
    return tuple(promise_of(row) for row in latest.values())


def entry_of(row: EntryRow) -> Entry:
    """An entry as it is given out."""
    body = _body(row)
    return Entry(
        id=row.id,
        kind=cast("EntryKind", row.kind),
        at=row.at,
        written=row.created,
        by=row.made_by,
        text=body.get("text"),
        changes=tuple(Change(**change) for change in body.get("changes", ())),
        version=row.version,
        state=cast("State | None", row.state),
        draft_id=row.draft_id,
        promise_id=row.promise_id,
    )


def _body(row: EntryRow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.body or "{}")
    return found


def promise_of(row: PromiseRow) -> Promise:
    """A promise as it is given out."""
    return Promise(
        id=row.id,
        draft_id=row.draft_id,
        incident_id=row.part_of,
        fact=row.fact,
        words=row.words or code(row.fact),
        owner=row.owner,
        due=row.due,
        sent=row.sent,
        state=cast("PromiseState", row.state),
        decided=row.decided,
        how=row.how,
        by=row.made_by,
    )
