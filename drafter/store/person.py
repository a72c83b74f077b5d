"""One person's data: found, given out, and erased, wherever it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from drafter.errors import InputError
from drafter.store.batches import empty, lines_of
from drafter.store.events import SYSTEM, log
from drafter.store.idempotency import answers_that_hold
from drafter.store.shelf import now
from drafter.store.tables import (
    CourseRow,
    DeliveryRow,
    DismissalRow,
    DraftRow,
    EntryRow,
    EventRow,
    ExposedRow,
    FactsRow,
    InboxRow,
    IncidentRow,
    KeyRow,
    MeasureRow,
    PromiseRow,
    RawRow,
    RemedyRow,
    ReviewRow,
    RevisionRow,
    SentRow,
    SwitchRow,
    VersionRow,
    WorkingRow,
)

Part = (
    type[VersionRow]
    | type[RawRow]
    | type[ReviewRow]
    | type[RevisionRow]
    | type[SentRow]
    | type[MeasureRow]
    | type[DismissalRow]
    | type[DeliveryRow]
    | type[PromiseRow]
    | type[InboxRow]
)

_DRAFT = ("error", "person", "ticket", "queue", "event", "message", "callback")
_PARTS: dict[Part, tuple[str, ...]] = {
    VersionRow: ("body",),
    RawRow: ("text",),
    ReviewRow: ("reason", "text", "findings", "diff"),
    SentRow: ("text", "findings"),
    MeasureRow: ("queue",),
    DismissalRow: ("reason",),
    DeliveryRow: ("target", "payload", "error", "ref"),
    RevisionRow: ("wish", "error"),
    PromiseRow: ("words", "owner", "how"),
    InboxRow: ("event", "outcome"),
}
"""What is emptied of what belongs to a draft; a test fills every text column of every table and reads what is left."""
_MADE = (EntryRow.made_by, FactsRow.made_by, PromiseRow.made_by, RemedyRow.made_by)
_STRUCTURED = {"body", "findings", "facts", "proposal", "shares"}
_REMEDY = ("proposal", "shares", "because", "role")
_CUSTOMER = ("name", "email", "phone", "account", "handle")
_SHORTEST = 4  # a shorter name stands in too many answers that are not theirs


@dataclass(frozen=True)
class Theirs:
    """What is about one person: their facts and drafts; who they are; and the incidents of others that mention them."""

    incidents: dict[str, dict[str, Any]]
    drafts: tuple[DraftRow, ...]
    names: frozenset[str]
    mentions: tuple[str, ...]


def find(session: Session, who: str) -> Theirs:
    """What is about `who`: an e-mail address, a customer's name, phone, account or handle, a reference, an id, or the caller's own name.

    Drafts under the same name of the caller's belong together.

    Raises:
        InputError: it names nobody.
    """
    if not who.strip():
        raise InputError("say who: an e-mail address, a name, a reference or an id.")
    about, mentions = _facts(session, who)
    persons = {name for name in session.scalars(select(DraftRow.person).distinct()) if _same(name, who)}
    named = or_(
        DraftRow.id == who,
        DraftRow.incident_id == who,
        DraftRow.incident_id.in_(about),
        DraftRow.person.in_(persons),
        DraftRow.part_of.in_(about),
    )
    persons |= {name for name in session.scalars(select(DraftRow.person).where(named).distinct()) if name}
    drafts = {row.id: row for row in session.scalars(select(DraftRow).where(or_(named, DraftRow.person.in_(persons))))}
    ids = {row.incident_id for row in drafts.values()} | set(about)
    ids |= _opened_for_them(session, drafts.values())
    rows = session.execute(select(IncidentRow.id, IncidentRow.facts).where(IncidentRow.id.in_(ids)).order_by(IncidentRow.id))
    incidents = {found: json.loads(facts) if facts else {} for found, facts in rows}
    names = {who, *filter(None, persons), *(value for facts in incidents.values() for value in _identifiers(facts))}
    names |= {value for facts in _former(session, ids) for value in _identifiers(facts)}
    in_order = tuple(sorted(drafts.values(), key=lambda row: (row.created, row.id)))
    return Theirs(incidents, in_order, frozenset(names), tuple(found for found in mentions if found not in ids))


def forget(session: Session, who: str) -> dict[str, int]:
    """Empty everything that is about `who`, and leave the bare rows and the events; how many rows of each table, and mentions elsewhere.

    What is still to be written for them is cancelled.
    """
    theirs = find(session, who)
    ids, moment = [row.id for row in theirs.drafts], now()
    words = (*ids, *theirs.incidents, *(name for name in theirs.names if len(name) >= _SHORTEST))
    answers = answers_that_hold(session, words)
    for row in answers:
        session.delete(row)
    counts = {str(part.__tablename__): _emptied(session, part, columns, ids) for part, columns in _PARTS.items()}
    for draft in theirs.drafts:
        for column in _DRAFT:
            setattr(draft, column, None)
        draft.state = draft.state if draft.state in ("done", "failed") else "cancelled"
        draft.erased = draft.erased or moment
        log(session, "data.erased", draft.id, actor=SYSTEM)
    counts["inbox"] += _unread(session, theirs.names)
    workings = _in_hand(session, theirs)
    for working in workings:
        working.body = None
    counts["workings"] = len(workings)
    counts["batch_lines"] = empty(session, lines_of(session, ids, _needles(theirs.names)), theirs.incidents)
    session.execute(update(IncidentRow).where(IncidentRow.id.in_(theirs.incidents)).values(facts=None, erased=moment))
    counts |= _courses_emptied(session, theirs, moment)
    _unsigned(session, theirs.names)
    counts |= {"incidents": len(theirs.incidents), "drafts": len(ids), "idempotent_answers": len(answers), "mentions": len(theirs.mentions)}
    return counts


def export(session: Session, who: str) -> dict[str, Any]:
    """Everything that is kept about `who`, as JSON has it; and the ids of other people's incidents that mention them."""
    theirs = find(session, who)
    drafts = [_draft(session, row) for row in theirs.drafts]
    for row in theirs.drafts:
        log(session, "data.exported", row.id, actor=SYSTEM)
    return {
        "who": who,
        "made": now().isoformat(),
        "incidents": [{"id": found, "facts": facts, **_opened(session, found)} for found, facts in theirs.incidents.items()],
        "drafts": drafts,
        "workings": [_values(row, ("body",)) for row in _in_hand(session, theirs)],
        "batch_lines": [
            {"batch": row.batch_id, "line": row.line, "cells": json.loads(row.body) if row.body else None, "reason": row.reason}
            for row in lines_of(session, [row.id for row in theirs.drafts], _needles(theirs.names))
        ],
        "mentioned_in": list(theirs.mentions),
    }


def _facts(session: Session, who: str) -> tuple[list[str], list[str]]:
    """The incidents about somebody, and those of others that mention them, in their facts, former facts or timeline."""
    needle = json.dumps(" ".join(who.split()), ensure_ascii=False)[1:-1].casefold()
    about: dict[str, None] = {}
    mentions: dict[str, None] = {}
    for found, facts in _told(session):
        if found == who or (needle in facts.casefold() and any(_same(value, who) for value in _identifiers(json.loads(facts)))):
            about[found] = None
        elif needle in facts.casefold():
            mentions[found] = None
    escaped = json.dumps(" ".join(who.split()))[1:-1].casefold()  # as entries are kept
    entries = select(EntryRow.incident_id, EntryRow.body).where(EntryRow.body.is_not(None))
    mentions |= {found: None for found, body in session.execute(entries) if escaped in (body or "").casefold()}
    titles = select(CourseRow.incident_id, CourseRow.title).where(CourseRow.title.is_not(None))
    mentions |= {found: None for found, title in session.execute(titles) if " ".join(who.split()).casefold() in (title or "").casefold()}
    return list(about), [found for found in mentions if found not in about]


def _told(session: Session) -> Iterator[tuple[str, str]]:
    """Facts, and facts as they were before, each with the id of their incident."""
    for key, facts in ((IncidentRow.id, IncidentRow.facts), (FactsRow.incident_id, FactsRow.facts)):
        query = select(key, facts).where(facts.is_not(None)).execution_options(yield_per=500)
        yield from ((found, text or "{}") for found, text in session.execute(query))


def _former(session: Session, ids: set[str]) -> Iterator[dict[str, Any]]:
    """Facts as they were before they changed."""
    for facts in session.scalars(select(FactsRow.facts).where(FactsRow.incident_id.in_(ids), FactsRow.facts.is_not(None))):
        yield json.loads(facts or "{}")


def _opened_for_them(session: Session, drafts: Iterable[DraftRow]) -> set[str]:
    """The opened incidents of messages to them that are about them too, not about many."""
    found: set[str] = set()
    for row in drafts:
        if row.part_of:
            pair = [session.scalar(select(IncidentRow.facts).where(IncidentRow.id == one)) for one in (row.part_of, row.incident_id)]
            whole, message = (json.loads(facts) if facts else {} for facts in pair)
            if set(_customers(whole)) & set(_customers(message)):
                found.add(row.part_of)
    return found


def _courses_emptied(session: Session, theirs: Theirs, moment: datetime) -> dict[str, int]:
    rows = session.scalars(select(CourseRow).where(CourseRow.incident_id.in_(theirs.incidents))).all()
    ids = [row.incident_id for row in rows]
    for row in rows:
        row.title, row.erased = None, row.erased or moment
        log(session, "data.erased", row.incident_id, actor=SYSTEM)
    session.execute(update(EntryRow).where(EntryRow.incident_id.in_(ids)).values(body=None))
    session.execute(update(FactsRow).where(FactsRow.incident_id.in_(ids)).values(facts=None))
    session.execute(update(ExposedRow).where(ExposedRow.incident_id.in_(ids)).values(who=None, stop=None))
    session.execute(update(RemedyRow).where(RemedyRow.incident_id.in_(ids)).values(dict.fromkeys(_REMEDY)))
    return {"courses": len(ids)}


def _opened(session: Session, incident_id: str) -> dict[str, Any]:
    """What is kept of the course of an incident, where it was opened."""
    row = session.get(CourseRow, incident_id)
    if row is None:
        return {}
    entries = session.scalars(select(EntryRow).where(EntryRow.incident_id == incident_id).order_by(EntryRow.at, EntryRow.id))
    former = session.scalars(select(FactsRow).where(FactsRow.incident_id == incident_id).order_by(FactsRow.number))
    exposed = session.scalars(select(ExposedRow).where(ExposedRow.incident_id == incident_id).order_by(ExposedRow.id))
    remedies = session.scalars(select(RemedyRow).where(RemedyRow.incident_id == incident_id).order_by(RemedyRow.id))
    return {
        "title": row.title,
        "state": row.state,
        "noticed": row.noticed.isoformat(),
        "entries": [{"kind": one.kind, "at": one.at.isoformat(), "by": one.made_by, **_values(one, ("body",))} for one in entries],
        "exposed": [_values(one, ("who", "stop")) for one in exposed],
        "remedies": [{"state": one.state, "by": one.made_by, **_values(one, _REMEDY)} for one in remedies],
        "fact_versions": [{"number": one.number, **_values(one, ("facts",))} for one in former],
    }


def _identifiers(facts: dict[str, Any]) -> Iterator[str]:
    """What the facts know the customer by, and their reference."""
    yield from _customers(facts)
    if facts.get("reference"):
        yield str(facts["reference"])


def _customers(facts: dict[str, Any]) -> Iterator[str]:
    customer = facts.get("customer") or {}
    yield from (str(customer[key]) for key in _CUSTOMER if customer.get(key))


def _same(value: str | None, who: str) -> bool:
    return value is not None and " ".join(value.casefold().split()) == " ".join(who.casefold().split())


def _emptied(session: Session, part: Part, columns: tuple[str, ...], ids: list[str]) -> int:
    rows = session.scalars(select(part).where(part.draft_id.in_(ids))).all()
    for row in rows:
        for column in columns:
            setattr(row, column, None)
    return len(rows)


def _needles(names: frozenset[str]) -> list[str]:
    """Names as they stand in JSON, in small letters, but for those that are too short to be sure."""
    return [json.dumps(name)[1:-1].casefold() for name in names if len(name) >= _SHORTEST]


def _unread(session: Session, names: frozenset[str]) -> int:
    """Empty the events in the inbox that nobody has dealt with and that hold one of these names; how many they were."""
    needles = _needles(names)
    rows = session.scalars(select(InboxRow).where(InboxRow.event.is_not(None))).all()
    theirs = [row for row in rows if any(needle in (row.event or "").casefold() for needle in needles)]
    for row in theirs:
        row.event, row.done = None, now()
    return len(theirs)


def _in_hand(session: Session, theirs: Theirs) -> list[WorkingRow]:
    """What people are working on for them: of one of their drafts, or with one of their names in it."""
    ids = {row.id for row in theirs.drafts}
    needles = _needles(theirs.names)
    rows = session.scalars(select(WorkingRow).where(WorkingRow.body.is_not(None)).order_by(WorkingRow.id)).all()
    return [row for row in rows if row.draft_id in ids or any(needle in (row.body or "").casefold() for needle in needles)]


def _unsigned(session: Session, names: frozenset[str]) -> None:
    """Take their name from what they did in Drafter, where they are one of its users."""
    for column in (VersionRow.made_by, ReviewRow.made_by, RevisionRow.made_by, SwitchRow.made_by, KeyRow.name, WorkingRow.owner, *_MADE):
        theirs = [value for value in session.scalars(select(column).distinct()) if any(_same(value, name) for name in names)]
        session.execute(update(column.class_).where(column.in_(theirs)).values({column: "erased"}))


def _draft(session: Session, row: DraftRow) -> dict[str, Any]:
    made: dict[str, Any] = {"id": row.id, "incident": row.incident_id, "state": row.state, "created": row.created.isoformat()}
    made |= {column: getattr(row, column) for column in (*_DRAFT, "helpdesk")}
    for part, columns in _PARTS.items():
        made[str(part.__tablename__)] = [_values(one, columns) for one in session.scalars(select(part).where(part.draft_id == row.id))]
    events = session.scalars(select(EventRow).where(EventRow.subject == row.id).order_by(EventRow.id))
    made["events"] = [{"kind": one.kind, "created": one.created.isoformat(), "data": json.loads(one.data)} for one in events]
    return made


def _values(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in columns}
    found = {name: json.loads(value) if value and name in _STRUCTURED else value for name, value in found.items()}
    return {"created": (row.sent if isinstance(row, PromiseRow) else row.created).isoformat(), **found}
