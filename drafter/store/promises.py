"""Promises: what messages promised when they were sent, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any, Literal

from sqlalchemy import delete, func, literal, select, tuple_
from sqlalchemy.orm import Session

from drafter.checks.grounding import cover
from drafter.checks.sentences import sentence_spans
from drafter.course import Decision, EntryKind, Promise, PromiseState, broken, dropped, handed, kept
from drafter.errors import NotFoundError, StepError
from drafter.incident import Incident, Stated
from drafter.store.database import Database
from drafter.store.events import log, through
from drafter.store.ids import new_id
from drafter.store.shelf import kept as masked
from drafter.store.shelf import kept_or_none, size
from drafter.store.tables import CourseRow, DraftRow, PromiseRow, SentRow
from drafter.store.timeline import append, facts_of, promise_of, write_facts
from drafter.store.types import Instant

_TO_COME = frozenset({"will", "pending", "granted"})
_UNDATED = "will"  # what else has no day was given already, as often as not
_MINE = ("I ", "I'll ", "I’ll ")
Outcome = Literal["kept", "broken", "dropped"]
_WHEN = func.coalesce(PromiseRow.due, literal(datetime(9999, 1, 1, tzinfo=UTC), Instant()))
Change = Callable[[Incident, Promise], Incident]


class Promises:
    """The ledger. What becomes of a promise of an opened incident is written into its timeline and its facts, all or nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, promise_id: str) -> Promise:
        """One promise.

        Raises:
            NotFoundError: there is none with this id, or its person was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return promise_of(_living(session, promise_id))

    def page(
        self, *, state: PromiseState | None = None, incident_id: str | None = None, limit: int = 50, after: str | None = None
    ) -> tuple[Promise, ...]:
        """Promises in one state or in any, of one incident or of all messages; the soonest first, those without a day last.

        With `after`, those that follow the one with this id.
        """
        query = select(PromiseRow).where(PromiseRow.words.is_not(None))
        if state is not None:
            query = query.where(PromiseRow.state == state)
        if incident_id is not None:
            query = query.where(PromiseRow.part_of == incident_id)
        if after is not None:
            query = query.where(tuple_(_WHEN, PromiseRow.id) > select(_WHEN, PromiseRow.id).where(PromiseRow.id == after).scalar_subquery())
        with self._database.read() as session:
            return tuple(map(promise_of, session.scalars(query.order_by(_WHEN, PromiseRow.id).limit(size(limit)))))

    def keep(self, promise_id: str, decision: Decision, *, by: str | None = None) -> Promise:
        """Say that it was kept, and how; raises as `drafter.course.kept` does, and NotFoundError where there is none."""
        return self._decide(promise_id, "kept", lambda facts, promise: kept(facts, promise, decision), decision, by)

    def break_(self, promise_id: str, decision: Decision, *, by: str | None = None) -> Promise:
        """Say that it was broken; raises as `drafter.course.broken` does, and NotFoundError where there is none."""
        return self._decide(promise_id, "broken", lambda facts, promise: broken(facts, promise, decision), decision, by)

    def drop(self, promise_id: str, decision: Decision, *, by: str | None = None) -> Promise:
        """Say that nobody waits for it any more, and why; raises as `drafter.course.dropped` does."""
        return self._decide(promise_id, "dropped", lambda facts, promise: dropped(facts, promise, decision), decision, by)

    def hand(self, promise_id: str, owner: str, *, words: str | None = None, by: str | None = None) -> Promise:
        """Give it to another owner; raises as `drafter.course.handed` does, and NotFoundError where there is none."""
        with self._database.write(durable=True) as session:
            row = _open(session, promise_id)
            if not owner.strip():
                raise StepError("say who takes it over.", promise_id)
            promise = promise_of(row)
            version = _changed(session, row, lambda facts, one: handed(facts, one, owner, words=words), by)
            for one in _same(session, row):
                one.owner = masked(owner.strip())
            _written(session, row, "handed", None, f"{promise.owner or 'nobody'} → {owner.strip()}", version, by)
            return promise_of(row)

    def _decide(self, promise_id: str, state: Outcome, change: Change, decision: Decision, by: str | None) -> Promise:
        with self._database.write(durable=True) as session:
            row = _open(session, promise_id)
            if row.part_of is None and state != "broken" and not decision.how:
                raise StepError("say how it was kept, or why nobody waits for it any more.", promise_id)
            version = _changed(session, row, change, by)
            for one in _same(session, row):
                one.state, one.decided, one.how, one.made_by = state, decision.when, kept_or_none(decision.how or decision.ours), by
            _written(session, row, state, decision.when, decision.how or decision.ours, version, by)
            return promise_of(row)


def _changed(session: Session, row: PromiseRow, change: Change, by: str | None) -> int | None:
    """Put what becomes of a promise into the facts of its incident; the version that they have then."""
    course = _course(session, row)
    if course is None:
        return None
    before = facts_of(session, course)
    after = change(before, promise_of(row))
    return course.version if after == before else write_facts(session, course, after, by=by)


def _written(
    session: Session, row: PromiseRow, kind: EntryKind, at: datetime | None, text: str | None, version: int | None, by: str | None
) -> None:
    log(session, f"promise.{kind}", row.id, actor=through(by), draft=row.draft_id)
    if (course := _course(session, row)) is not None:
        append(session, course, kind, at=at, by=by, text=text, promise_id=row.id, draft_id=row.draft_id, version=version)
    session.flush()


def _course(session: Session, row: PromiseRow) -> CourseRow | None:
    found = session.get(CourseRow, row.part_of, with_for_update=True) if row.part_of else None
    return None if found is None or found.erased is not None else found


def _same(session: Session, row: PromiseRow) -> list[PromiseRow]:
    """The promise in every message of the incident that made it again."""
    if row.part_of is None:
        return [row]
    query = select(PromiseRow).where(PromiseRow.part_of == row.part_of, PromiseRow.fact == row.fact, PromiseRow.state == "open")
    return list(session.scalars(query).all())


def _living(session: Session, promise_id: str) -> PromiseRow:
    row = session.get(PromiseRow, promise_id)
    if row is None or row.words is None:
        raise NotFoundError(f"there is no promise '{promise_id}'" + (", or it was erased." if row else "."))
    return row


def _open(session: Session, promise_id: str) -> PromiseRow:
    """The row of a promise that nobody has decided on, locked after its incident: whoever sends a message takes them in that order."""
    row = _living(session, promise_id)
    _course(session, row)
    session.refresh(row, with_for_update=True)
    if row.state != "open":
        raise StepError(
            f"it was {row.state} already" + (f" by {row.made_by}" if row.made_by else "") + f" on {row.decided:%Y-%m-%d}.", promise_id
        )
    return row


def enter(session: Session, draft: DraftRow, incident: Incident, text: str, sent: SentRow) -> None:
    """Enter what a sent text promises, in the place of what was sent before for the same draft and nobody has decided on since."""
    session.execute(delete(PromiseRow).where(PromiseRow.draft_id == draft.id, PromiseRow.state == "open"))
    decided = set(session.scalars(select(PromiseRow.fact).where(PromiseRow.draft_id == draft.id)))
    for fact, words, due in _promised(incident, text, sent.created):
        if fact.id not in decided:
            session.add(
                PromiseRow(
                    id=new_id("prm"),
                    draft_id=draft.id,
                    fact=fact.id,
                    part_of=draft.part_of,
                    words=masked(words),
                    owner=fact.owner or (incident.signer.name if fact.text.startswith(_MINE) else None),
                    due=due,
                    sent=sent.created,
                    state="open",
                )
            )


def _promised(incident: Incident, text: str, sent: datetime) -> Iterator[tuple[Stated, str, datetime | None]]:
    """The facts still to come that the text states, in its words, each with the last moment that it names: of a day, its end there."""
    open_facts: dict[str, tuple[Stated, datetime | None]] = {}
    for fact in incident.facts:
        if fact.state not in _TO_COME:
            continue
        due = _end(fact, incident)
        if (due is not None and due >= sent) or (due is None and fact.state == _UNDATED):
            open_facts[fact.id] = (fact, due)
    for item in cover(text, incident, list(open_facts)):
        if item.span:
            fact, due = open_facts[item.fact]
            yield fact, _said(text, item.span), due


def _said(text: str, span: tuple[int, int]) -> str:
    """The whole sentences that a promise stands in."""
    held = [text[start:end] for start, end in sentence_spans(text) if start < span[1] and span[0] < end]
    return " ".join(" ".join(held or [text[slice(*span)]]).split())


def _end(fact: Stated, incident: Incident) -> datetime | None:
    moments: list[Any] = list(fact.moments)
    ends = [moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, incident.zone) for moment in moments]
    return max(ends) if ends else None
