"""Figures: how drafts fared over time and by queue, added up by the database from what is measured as drafts come in.

Everything that becomes of a draft is counted on the day on which it was asked for, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any, Literal

from sqlalchemy import BigInteger, Double, Select, and_, case, cast, exists, extract, func, literal, or_, select, union
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
    """Dated promises in replies that were sent, and what is known of them."""

    coming: int = 0  # the moment is not there yet
    kept: int = 0  # another reply to the same ticket went out by then
    overdue: int = 0  # none did
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
        with self._database.read() as session:
            found = {key: dict(zip(_SUMS, values, strict=True)) for key, *values in session.execute(query)}
            medians = {"reply_seconds": MeasureRow.reply_seconds} | ({"ready_seconds": MeasureRow.ready_seconds} if by == "time" else {})
            for name, seconds in medians.items():
                for key, median in session.execute(_median(_in(select(group.label("grp"), seconds.label("seconds")), span, by))):
                    found[key][name] = median
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
        flagged = _in(select(FlagRow.draft_id, FlagRow.rule).join(MeasureRow, measured == FlagRow.draft_id), span)
        passed = _in(select(DismissalRow.draft_id, DismissalRow.rule).join(MeasureRow, measured == DismissalRow.draft_id), span)
        dismissed = passed.distinct().subquery()
        found: Select[Any] = select(dismissed.c.draft_id, dismissed.c.rule)
        cases = union(flagged.where(FlagRow.number != SENT), found).subquery()
        of_both = and_(dismissed.c.draft_id == cases.c.draft_id, dismissed.c.rule == cases.c.rule)
        query = select(cases.c.rule, func.count(), func.count(dismissed.c.draft_id)).outerjoin(dismissed, of_both).group_by(cases.c.rule)
        with self._database.read() as session:
            rows = [Dismissed(*row) for row in session.execute(query)]
        return tuple(sorted(rows, key=lambda row: (-row.at_least, -row.cases, row.rule)))

    def promises(self, span: Span, *, at: datetime) -> Promises:
        """What had become by then of the dated promises in replies that were sent; drafts without a ticket tell nothing."""
        other, later = aliased(DraftRow), aliased(SentRow)
        same = and_(other.helpdesk == DraftRow.helpdesk, other.ticket == DraftRow.ticket)
        in_time = and_(later.created > PromiseRow.sent, later.created <= PromiseRow.due)
        again = exists(select(later.id).join(other, other.id == later.draft_id).where(same, in_time))
        state = case((again, "kept"), (PromiseRow.due >= at, "coming"), (DraftRow.ticket.is_(None), "untold"), else_="overdue")
        query = select(state.label("state")).join(DraftRow, DraftRow.id == PromiseRow.draft_id)
        stated = _in(query.join(MeasureRow, MeasureRow.draft_id == PromiseRow.draft_id), span).subquery()
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


def _median(query: Any) -> Select[Any]:
    """Each group with the median of its seconds: the middle one, or the mean of the two in the middle."""
    each = query.subquery()
    place = func.row_number().over(partition_by=each.c.grp, order_by=each.c.seconds)
    amount = func.count().over(partition_by=each.c.grp)
    ranked = select(each, place.label("place"), amount.label("amount")).where(each.c.seconds.is_not(None)).subquery()
    middle = or_(ranked.c.place == (ranked.c.amount + 1) // 2, ranked.c.place == (ranked.c.amount + 2) // 2)
    return select(ranked.c.grp, cast(func.avg(ranked.c.seconds), Double)).where(middle).group_by(ranked.c.grp)


def wilson(successes: int, cases: int) -> float:
    """The lower end of the 95% interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212); 0.0 without cases."""
    if not cases:
        return 0.0
    share, spread = successes / cases, _SURE**2 / cases
    return (share + spread / 2 - sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread)
