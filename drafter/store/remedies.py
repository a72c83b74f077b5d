"""Remedies of opened incidents: suggested by the rules of the house, and approved or refused by a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from drafter.course import EntryKind, differences
from drafter.errors import NotFoundError, StepError
from drafter.house.remedy import RemedyTable
from drafter.incident import Incident, Money
from drafter.privacy import without_cards
from drafter.remedy import Proposal, Remedy, RemedyState, Share, chosen, granted, propose, require_right
from drafter.store.database import Database
from drafter.store.events import log, through
from drafter.store.ids import new_id
from drafter.store.ledger import SHARES, ledger, past, shares_of
from drafter.store.shelf import kept, kept_or_none, now
from drafter.store.tables import CourseRow, RemedyRow
from drafter.store.timeline import append, facts_of, living_course, write_facts

_LOCK = 0x7265_6D65_6479  # "remedy", the number of our advisory lock


class Remedies:
    """What was suggested and what was decided. From the first suggestion on, only what is approved may be promised."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suggest(self, incident_id: str, rules: RemedyTable, *, applies: Sequence[str] = (), by: str | None = None) -> Remedy:
        """Keep a proposal for an incident, in the place of one that nobody has decided on; `applies` as in `drafter.remedy.propose`.

        Raises:
            NotFoundError: there is no such incident.
            InputError: the house has no right of a name in `applies`.
            StoreError: the database failed, and nothing was kept.
        """
        moment = now()
        with self._database.write(durable=True) as session:
            course = living_course(session, incident_id)
            facts = _facts(session, course)
            proposal = propose(facts, rules, past=past(session, incident_id, facts, moment - rules.cap_over), applies=applies)
            older = update(RemedyRow).where(RemedyRow.incident_id == incident_id, RemedyRow.state == "open")
            session.execute(older.values(state="replaced", decided=moment))
            row = RemedyRow(
                id=new_id("rem"),
                incident_id=incident_id,
                state="open",
                version=course.version,
                proposal=kept(proposal.model_dump_json()),
                created=moment,
            )
            session.add(row)
            session.flush()
            _written(session, course, row, "suggested", by, _told(proposal.options[0].shares, facts) if proposal.options else None)
            return _remedy(row)

    def approve(
        self,
        remedy_id: str,
        rules: RemedyTable,
        *,
        by: str,
        option: int = 1,
        amount: Money | None = None,
        because: str | None = None,
    ) -> Remedy:
        """Approve an option, which goes into the facts of its incident as granted; `amount` is another one for its goodwill.

        Raises:
            NotFoundError: there is no such remedy.
            StepError: it is decided; the facts have changed since; or `by` may not approve it, or not as much.
            StoreError: the database failed, and nothing was approved.
        """
        moment = now()
        with self._database.write(durable=True) as session:
            if not self._database.is_sqlite:  # two at once would each leave the other out of what the customer was given
                session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            course, row = _open(session, remedy_id)
            if course.version != row.version:
                raise StepError(
                    f"the facts have changed since it was suggested (version {row.version}, now {course.version}); suggest it again.",
                    remedy_id,
                )
            facts = _facts(session, course)
            proposal = Proposal.model_validate_json(row.proposal or "")
            picked = chosen(proposal, option, amount)
            before = past(session, row.incident_id, facts, moment - rules.cap_over)
            approver = require_right(picked, rules, by, past=before, because=because)
            name = approver.name if approver else by
            after = without_cards(granted(facts, proposal, picked, name))
            row.state, row.option, row.made_by, row.role = "approved", option, name, approver.role if approver else None
            row.shares, row.because, row.decided = kept(SHARES.dump_json(picked.shares).decode()), kept_or_none(because), moment
            _written(session, course, row, "approved", name, _told(picked.shares, facts) + (f": {because}" if because else ""))
            if changes := differences(facts, after):
                number = write_facts(session, course, after, by=name)
                append(session, course, "facts", at=moment, by=name, changes=changes, version=number)
            session.flush()
            return _remedy(row)

    def refuse(self, remedy_id: str, *, by: str, because: str) -> Remedy:
        """Say that none of it is given, and why; nothing of it may be promised.

        Raises:
            NotFoundError: there is no such remedy.
            StepError: it is decided, or nobody says why.
            StoreError: the database failed, and nothing was changed.
        """
        if not any(letter.isalnum() for letter in because):
            raise StepError("say why it is refused.", "because")
        with self._database.write(durable=True) as session:
            course, row = _open(session, remedy_id)
            row.state, row.made_by, row.because, row.decided = "refused", by, kept(because), now()
            _written(session, course, row, "refused", by, because)
            session.flush()
            return _remedy(row)

    def get(self, remedy_id: str) -> Remedy:
        """One remedy.

        Raises:
            NotFoundError: there is none with this id, or its person was forgotten.
            StoreError: the database failed.
        """
        with self._database.read() as session:
            return _remedy(_living(session, remedy_id))

    def of(self, incident_id: str) -> tuple[Remedy, ...]:
        """The remedies of an incident, the first one first.

        Raises:
            NotFoundError: there is no such incident.
            StoreError: the database failed.
        """
        query = select(RemedyRow).where(RemedyRow.incident_id == incident_id, RemedyRow.proposal.is_not(None)).order_by(RemedyRow.id)
        with self._database.read() as session:
            living_course(session, incident_id, lock=False)
            return tuple(map(_remedy, session.scalars(query)))


def _facts(session: Session, course: CourseRow) -> Incident:
    """The facts of a course, with what is approved for it."""
    approved = ledger(session, [course.incident_id]).get(course.incident_id, ())
    return facts_of(session, course).model_copy(update={"approved": approved})


def _living(session: Session, remedy_id: str) -> RemedyRow:
    row = session.get(RemedyRow, remedy_id)
    if row is None or row.proposal is None:
        raise NotFoundError(f"there is no remedy '{remedy_id}'" + (", or it was erased." if row else "."))
    return row


def _open(session: Session, remedy_id: str) -> tuple[CourseRow, RemedyRow]:
    """A remedy that nobody has decided on, locked with its incident."""
    row = _living(session, remedy_id)
    course = living_course(session, row.incident_id)
    session.refresh(row, with_for_update=True)
    if row.state != "open":
        by = f" by {row.made_by}" if row.made_by else ""
        what = "another was suggested in its place" if row.state == "replaced" else f"it was {row.state} already{by}"
        raise StepError(f"{what} on {row.decided:%Y-%m-%d}.", remedy_id)
    return course, row


def _written(session: Session, course: CourseRow, row: RemedyRow, kind: EntryKind, by: str | None, said: str | None) -> None:
    """Tell of it: in the timeline in words, in the log without."""
    log(session, f"remedy.{kind}", row.id, actor=through(by), incident=row.incident_id, option=row.option)
    append(session, course, kind, at=row.decided or row.created, by=by, text=f"{row.id}, {said}" if said else row.id)


def _told(shares: Sequence[Share], facts: Incident) -> str:
    """What is given, in a line: "refund of £40 (refund), credit of £10 (goodwill)"."""
    said = []
    for share in shares:
        of = f" of {share.amount.written(facts.locale)}" if share.amount else ""
        said.append(f"{share.kind}{of} ({share.reason})")
    return ", ".join(said)


def _remedy(row: RemedyRow) -> Remedy:
    return Remedy(
        id=row.id,
        incident_id=row.incident_id,
        state=cast("RemedyState", row.state),
        proposal=Proposal.model_validate_json(row.proposal or ""),
        created=row.created,
        option=row.option,
        shares=shares_of(row),
        by=row.made_by,
        role=row.role,
        because=row.because,
        decided=row.decided,
    )
