"""Figures: how drafts fared over time and by queue, added up by the database from what is measured as drafts come in.

Everything that becomes of a draft is counted on the day on which it was asked for, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sqrt
from statistics import median
from typing import Any, Literal

from sqlalchemy import BigInteger, and_, case, cast, exists, extract, func, literal, or_, select
from sqlalchemy.orm import aliased

from drafter.store.database import Database
from drafter.store.measures import SENT
from drafter.store.tables import DismissalRow, DraftRow, FlagRow, MeasureRow, PromiseRow, SentRow, WorkingRow

Unit = Literal["day", "week"]
By = Literal["time", "queue", "model", "person", "all"]
ENOUGH = 20  # cases, below which a share says little
_SURE = 1.959964  # standard deviations on either side of 95%
_DAY = 86_400
_WEEK = 7
_MONDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True)
class Span:
    """What is counted: from the one moment to the other, in one queue or in all; "" is what came without one."""

    since: datetime
    until: datetime
    unit: Unit = "week"
    queue: str | None = None


@dataclass(frozen=True)
class Tally:
    """How drafts of one group fared. Every share, mean and median comes with what it is of."""

    drafts: int = 0
    ready: int = 0  # of `drafts`: ready as they were first written
    written: int = 0  # sections that a model wrote
    kept: int = 0  # of `written`: those that stood up to the checks
    sent: int = 0
    unedited: int = 0  # of `sent`
    distance: float | None = None  # from the draft to what was sent, the mean over `sent`
    reply_seconds: float | None = None  # until they were sent for the first time, the median over `sent`
    readied: int = 0  # drafts that were ready in the end
    ready_seconds: float | None = None  # until they were so for the first time, the median over `readied`; over time only
    priced: int = 0  # drafts whose cost is known
    cost: Decimal = Decimal(0)  # over `priced`


@dataclass(frozen=True)
class Flagged:
    """How often a rule was found in replies that were sent: as first written, and as they went out."""

    rule: str
    before: int  # drafts
    after: int  # drafts
    sent: int  # all of them


@dataclass(frozen=True)
class Dismissed:
    """In how many drafts a rule was found, and in how many of them somebody passed it over."""

    rule: str
    cases: int
    passed: int

    @property
    def at_least(self) -> float:
        """The share that is passed over, as low as it may well be (95%)."""
        return wilson(self.passed, self.cases)

    @property
    def demotes(self) -> bool:
        """Whether there is reason to demote the rule: enough cases, and surely more than half of them passed over."""
        return self.cases >= ENOUGH and self.at_least > 0.5


@dataclass(frozen=True)
class Promises:
    """Dated promises in replies that were sent, and what is known of them; not those that nobody waits for any more."""

    coming: int = 0  # the moment is not there yet
    kept: int = 0  # somebody says so, or another reply to the same ticket went out by then
    overdue: int = 0  # it was broken, or none did
    untold: int = 0  # the moment is past, and there is no ticket to tell by


class Figures:
    """What can be told of many drafts at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queues(self) -> tuple[str, ...]:
        """The queues that drafts came from, in the order of the alphabet; "" where some came without one."""
        with self._database.read() as session:
            return tuple(sorted(session.scalars(select(_QUEUE).distinct())))

    def first(self) -> datetime | None:
        """When the first draft was asked for that was written."""
        with self._database.read() as session:
            return session.scalar(select(func.min(MeasureRow.created)))

    def tallies(self, span: Span, by: By) -> dict[Any, Tally]:
        """How drafts fared, by the first day of each stretch of time, queue, whether a model wrote, or person; "all" is one group."""
        group = self._group(span, by)
        query = _in(select(group.label("grp"), *_SUMS.values()), span, by).group_by(group)
        times = {"reply_seconds": MeasureRow.reply_seconds} | ({"ready_seconds": MeasureRow.ready_seconds} if by == "time" else {})
        known = or_(*(seconds.is_not(None) for seconds in times.values()))
        each = _in(select(group.label("grp"), *times.values()).where(known), span, by)
        taken: dict[Any, list[list[int]]] = {}  # group -> the seconds of each time: to rank them is quicker here than in SQLite
        with self._database.read() as session:
            found = {key: dict(zip(_SUMS, values, strict=True)) for key, *values in session.execute(query)}
            for key, *seconds in session.execute(each):
                for at, second in enumerate(seconds):
                    if second is not None:
                        taken.setdefault(key, [[] for _ in times])[at].append(second)
        for key, lists in taken.items():
            found[key] |= {name: float(median(seconds)) for name, seconds in zip(times, lists, strict=True) if seconds}
        tallies = {self._key(key, span, by): _tally(given) for key, given in found.items()}
        return {key: tallies[key] for key in sorted(tallies)}

    def flags(self, span: Span) -> tuple[Flagged, ...]:
        """The rules found in replies that were sent, those found most often as first written before the others."""
        sent = _in(select(MeasureRow.draft_id), span).where(MeasureRow.sent.is_not(None)).subquery()
        drafts = [func.sum(case((FlagRow.number == number, 1), else_=0)) for number in (1, SENT)]
        query = select(FlagRow.rule, *drafts).join(sent, sent.c.draft_id == FlagRow.draft_id)
        query = query.where(FlagRow.number.in_((1, SENT))).group_by(FlagRow.rule)
        with self._database.read() as session:
            amount = session.scalar(select(func.count()).select_from(sent)) or 0
            rows = [Flagged(rule, int(before), int(after), amount) for rule, before, after in session.execute(query)]
        return tuple(sorted(rows, key=lambda row: (-row.before, -row.after, row.rule)))

    def dismissals(self, span: Span) -> tuple[Dismissed, ...]:
        """The rules found in drafts, those passed over most surely before the others; a draft counts once for a rule."""
        measured = MeasureRow.draft_id
        flags = _in(select(FlagRow.rule, func.count(FlagRow.draft_id.distinct())).join(MeasureRow, measured == FlagRow.draft_id), span)
        passed = _in(select(DismissalRow.draft_id, DismissalRow.rule).join(MeasureRow, measured == DismissalRow.draft_id), span)
        dismissed = passed.distinct().subquery()
        same = and_(FlagRow.draft_id == dismissed.c.draft_id, FlagRow.rule == dismissed.c.rule, FlagRow.number != SENT)
        alone = func.sum(case((exists(select(FlagRow.rule).where(same)), 0), else_=1))  # passed over, and in no version that is kept
        with self._database.read() as session:
            flagged = dict(session.execute(flags.where(FlagRow.number != SENT).group_by(FlagRow.rule)).all())
            found = session.execute(select(dismissed.c.rule, func.count(), alone).group_by(dismissed.c.rule)).all()
        over = {rule: (int(count), int(only)) for rule, count, only in found}
        rows = [
            Dismissed(rule, flagged.get(rule, 0) + over.get(rule, (0, 0))[1], over.get(rule, (0, 0))[0]) for rule in flagged.keys() | over
        ]
        return tuple(sorted(rows, key=lambda row: (-row.at_least, -row.cases, row.rule)))

    def promises(self, span: Span, *, at: datetime) -> Promises:
        """What had become by then of the dated promises in replies that were sent; drafts without a ticket tell nothing."""
        ticket, other = (DraftRow.helpdesk, DraftRow.ticket), aliased(DraftRow)
        after = func.lead(SentRow.created).over(partition_by=ticket, order_by=SentRow.created).label("after")
        told = select(SentRow.draft_id, SentRow.created, after).join(DraftRow, DraftRow.id == SentRow.draft_id)
        replies = told.where(*(part.is_not(None) for part in ticket)).subquery()
        of_promise = and_(replies.c.draft_id == PromiseRow.draft_id, replies.c.created == PromiseRow.sent)
        again = replies.c.after <= PromiseRow.due
        said = and_(PromiseRow.state == "kept", PromiseRow.decided <= PromiseRow.due)
        late = PromiseRow.state.in_(("kept", "broken"))
        state = case(
            (said, "kept"),
            (late, "overdue"),
            (again, "kept"),
            (PromiseRow.due >= at, "coming"),
            (other.ticket.is_(None), "untold"),
            else_="overdue",
        )
        query = select(state.label("state")).select_from(PromiseRow).join(other, other.id == PromiseRow.draft_id)
        query = query.join(MeasureRow, MeasureRow.draft_id == PromiseRow.draft_id).outerjoin(replies, of_promise)
        query = query.where(PromiseRow.due.is_not(None), PromiseRow.state != "dropped")
        stated = _in(query, span).subquery()
        with self._database.read() as session:
            return Promises(**dict(session.execute(select(stated.c.state, func.count()).group_by(stated.c.state)).all()))

    def _group(self, span: Span, by: By) -> Any:
        if by == "time":
            seconds = extract("epoch", MeasureRow.created)
            days = (seconds if self._database.is_sqlite else cast(func.floor(seconds), BigInteger)) // _DAY
            return days if span.unit == "day" else (days + _MONDAY) // _WEEK
        groups: dict[By, Any] = {"queue": _QUEUE, "model": MeasureRow.model, "person": WorkingRow.owner, "all": literal("all")}
        return groups[by]

    @staticmethod
    def _key(group: Any, span: Span, by: By) -> Any:
        if by != "time":
            return bool(group) if by == "model" else group
        return date(1970, 1, 1) + timedelta(days=int(group) if span.unit == "day" else int(group) * _WEEK - _MONDAY)


_QUEUE = func.coalesce(MeasureRow.queue, "")
_SUMS: dict[str, Any] = {
    "drafts": func.count(),
    "ready": func.sum(case((MeasureRow.first == "ready", 1), else_=0)),
    "written": func.sum(MeasureRow.written),
    "kept": func.sum(MeasureRow.kept),
    "sent": func.count(MeasureRow.sent),
    "unedited": func.sum(case((MeasureRow.unedited.is_(True), 1), else_=0)),
    "distance": func.avg(MeasureRow.distance),
    "readied": func.count(MeasureRow.ready_seconds),
    "priced": func.count(MeasureRow.cost),
    "cost": func.sum(MeasureRow.cost),
}


def _in(query: Any, span: Span, by: By = "all") -> Any:
    """The query within the span, with the one who had the draft in hand at the page where that is asked for."""
    if by == "person":
        query = query.join(WorkingRow, WorkingRow.draft_id == MeasureRow.draft_id)
    query = query.where(MeasureRow.created >= span.since, MeasureRow.created < span.until)
    return query if span.queue is None else query.where(_QUEUE.in_((span.queue,)))


def _tally(given: dict[str, Any]) -> Tally:
    return Tally(**{name: value for name, value in given.items() if value is not None})


def wilson(successes: int, cases: int) -> float:
    """The lower end of the 95% interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212); 0.0 without cases."""
    if not cases:
        return 0.0
    share, spread = successes / cases, _SURE**2 / cases
    return (share + spread / 2 - sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread)
