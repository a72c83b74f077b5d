"""Figures: how drafts fared over time and by queue, added up by the database from what is measured as drafts come in.

Everything is counted at the moment when it happened, in UTC: a draft when it was asked for, a reply when it was sent, a cost when
it was paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Select,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from drafter.store.database import Database
from drafter.store.measures import SENT
from drafter.store.tables import DismissalRow, DraftRow, FlagRow, MeasureRow, PromiseRow, ReviewRow, SentRow, WorkingRow

Unit = Literal["day", "week"]
By = Literal["time", "queue", "model", "person", "all"]
ENOUGH = 20  # cases, below which a share says little
_SURE = 1.959964  # standard deviations on either side of 95%
_DAY = 86_400
_DAYS: dict[Unit, int] = {"day": 1, "week": 7}
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
    replied: int = 0  # drafts that were sent for the first time
    reply_seconds: float | None = None  # until then, the median over `replied`
    readied: int = 0  # drafts that became ready for the first time
    ready_seconds: float | None = None  # until then, the median over `readied`
    priced: int = 0  # versions whose cost is known
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
        """When the first draft was asked for."""
        with self._database.read() as session:
            return session.scalar(select(func.min(DraftRow.created)))

    def tallies(self, span: Span, by: By) -> dict[Any, Tally]:
        """How drafts fared, by the first day of each stretch of time, queue, whether a model wrote, or person; "all" is one group."""
        found: dict[Any, Tally] = {}
        with self._database.read() as session:
            for query, names in self._queries(span, by):
                for key, *values in session.execute(query):
                    group = self._day(key, span.unit) if by == "time" else bool(key) if by == "model" else key
                    given = {name: value for name, value in zip(names, values, strict=True) if value is not None}
                    found[group] = replace(found.get(group, Tally()), **given)
        return {group: found[group] for group in sorted(found)}

    def flags(self, span: Span) -> tuple[Flagged, ...]:
        """The rules found in replies that were sent, those found most often as first written before the others."""
        sent = (
            self._in(select(SentRow.draft_id).join(DraftRow, DraftRow.id == SentRow.draft_id), SentRow.created, span).distinct().subquery()
        )
        drafts = {number: func.sum(case((FlagRow.number == number, 1), else_=0)) for number in (1, SENT)}
        query = select(FlagRow.rule, drafts[1], drafts[SENT]).join(sent, sent.c.draft_id == FlagRow.draft_id)
        query = query.where(FlagRow.number.in_((1, SENT))).group_by(FlagRow.rule)
        with self._database.read() as session:
            amount = session.scalar(select(func.count()).select_from(sent)) or 0
            rows = [Flagged(rule, int(before), int(after), amount) for rule, before, after in session.execute(query)]
        return tuple(sorted(rows, key=lambda row: (-row.before, -row.after, row.rule)))

    def dismissals(self, span: Span) -> tuple[Dismissed, ...]:
        """The rules found in drafts, those passed over most surely before the others; a draft counts once for a rule."""
        flagged = select(FlagRow.draft_id, FlagRow.rule).join(DraftRow, DraftRow.id == FlagRow.draft_id).where(FlagRow.number != SENT)
        passed = select(DismissalRow.draft_id, DismissalRow.rule).join(DraftRow, DraftRow.id == DismissalRow.draft_id)
        dismissed = self._in(passed, DraftRow.created, span).distinct().subquery()
        found: Select[Any] = select(dismissed.c.draft_id, dismissed.c.rule)
        cases = union(self._in(flagged, DraftRow.created, span), found).subquery()
        of_both = and_(dismissed.c.draft_id == cases.c.draft_id, dismissed.c.rule == cases.c.rule)
        query = select(cases.c.rule, func.count(), func.count(dismissed.c.draft_id)).outerjoin(dismissed, of_both).group_by(cases.c.rule)
        with self._database.read() as session:
            rows = [Dismissed(*row) for row in session.execute(query)]
        return tuple(sorted(rows, key=lambda row: (-row.at_least, -row.cases, row.rule)))

    def promises(self, span: Span, *, at: datetime) -> Promises:
        """What had become by then of the dated promises in replies that were sent; drafts without a ticket tell nothing."""
        other, later = aliased(DraftRow), aliased(SentRow)
        again = exists(
            select(later.id)
            .join(other, other.id == later.draft_id)
            .where(
                other.helpdesk == DraftRow.helpdesk,
                other.ticket == DraftRow.ticket,
                later.created > PromiseRow.sent,
                later.created <= PromiseRow.due,
            )
        )
        state = case((again, "kept"), (PromiseRow.due >= at, "coming"), (DraftRow.ticket.is_(None), "untold"), else_="overdue")
        base = select(state.label("state")).join(DraftRow, DraftRow.id == PromiseRow.draft_id)
        stated = self._in(base, PromiseRow.sent, span).subquery()
        with self._database.read() as session:
            return Promises(**dict(session.execute(select(stated.c.state, func.count()).group_by(stated.c.state)).all()))

    def _queries(self, span: Span, by: By) -> Iterable[tuple[Select[Any], tuple[str, ...]]]:
        """Queries that give groups and, for each, the parts of a tally with these names."""
        ready = case((MeasureRow.status == "ready", 1), else_=0)
        sums = [func.count(), func.sum(ready), func.sum(MeasureRow.written), func.sum(MeasureRow.kept)]
        drafts = self._grouped(sums, DraftRow.created, span, by)
        yield drafts, ("drafts", "ready", "written", "kept")
        unedited = func.sum(case((SentRow.unedited, 1), else_=0))
        sent = self._grouped([func.count(), unedited, func.avg(SentRow.distance)], SentRow.created, span, by)
        yield sent.join(SentRow, SentRow.draft_id == DraftRow.id), ("sent", "unedited", "distance")
        replies = select(SentRow.draft_id, func.min(SentRow.created).label("moment")).group_by(SentRow.draft_id).subquery()
        yield self._median(replies, span, by), ("replied", "reply_seconds")
        became = union_all(
            select(MeasureRow.draft_id, MeasureRow.created.label("moment")).where(MeasureRow.status == "ready"),
            select(ReviewRow.draft_id, ReviewRow.created).where(ReviewRow.verdict.in_(("approve", "edit")), ReviewRow.sent_id.is_(None)),
        ).subquery()
        readied = select(became.c.draft_id, func.min(became.c.moment).label("moment")).group_by(became.c.draft_id).subquery()
        yield self._median(readied, span, by), ("readied", "ready_seconds")
        version = aliased(MeasureRow)
        cost = self._grouped([func.count(), func.sum(version.cost)], version.created, span, by).join(
            version, version.draft_id == DraftRow.id
        )
        yield cost.where(version.cost.is_not(None)), ("priced", "cost")

    def _grouped(self, columns: Sequence[Any], moment: Any, span: Span, by: By) -> Select[Any]:
        group = self._group(moment, span, by)
        query = select(group.label("grp"), *columns).select_from(DraftRow)
        query = query.join(MeasureRow, and_(MeasureRow.draft_id == DraftRow.id, MeasureRow.number == 1))
        return self._in(_with_person(query, by), moment, span).group_by(group)

    def _median(self, firsts: Any, span: Span, by: By) -> Select[Any]:
        """How many there are in each group, and the median of the seconds from the request to the moment."""
        seconds = self._seconds(firsts.c.moment) - self._seconds(DraftRow.created)
        group = self._group(firsts.c.moment, span, by)
        query = select(group.label("grp"), seconds.label("seconds")).select_from(DraftRow)
        query = query.join(firsts, firsts.c.draft_id == DraftRow.id)
        if by == "model":
            query = query.join(MeasureRow, and_(MeasureRow.draft_id == DraftRow.id, MeasureRow.number == 1))
        each = self._in(_with_person(query, by), firsts.c.moment, span).subquery()
        place = func.row_number().over(partition_by=each.c.grp, order_by=each.c.seconds)
        ranked = select(
            each.c.grp, each.c.seconds, place.label("place"), func.count().over(partition_by=each.c.grp).label("amount")
        ).subquery()
        middle = or_(ranked.c.place == (ranked.c.amount + 1) // 2, ranked.c.place == (ranked.c.amount + 2) // 2)
        return (
            select(ranked.c.grp, func.max(ranked.c.amount), cast(func.avg(ranked.c.seconds), Double)).where(middle).group_by(ranked.c.grp)
        )

    def _group(self, moment: Any, span: Span, by: By) -> Any:
        if by == "time":
            days = self._seconds(moment) // _DAY
            return days if span.unit == "day" else (days + _MONDAY) // _DAYS["week"]
        groups: dict[By, Any] = {
            "queue": _QUEUE,
            "model": MeasureRow.model,
            "person": WorkingRow.owner,
            "all": literal(1),
        }
        return groups[by]

    def _seconds(self, moment: Any) -> ColumnElement[int]:
        """Whole seconds since 1970."""
        seconds = extract("epoch", moment)
        return seconds if self._database.is_sqlite else cast(func.floor(seconds), BigInteger)

    @staticmethod
    def _in(query: Any, moment: Any, span: Span) -> Any:
        query = query.where(moment >= span.since, moment < span.until)
        return query if span.queue is None else query.where(_QUEUE.in_((span.queue,)))

    @staticmethod
    def _day(number: int, unit: Unit) -> date:
        days = number * _DAYS[unit] - (_MONDAY if unit == "week" else 0)
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=int(days))).date()


_QUEUE = func.coalesce(DraftRow.queue, DraftRow.helpdesk, "")


def _with_person(query: Select[Any], by: By) -> Select[Any]:
    """With the one who had the draft in hand at the page, where that is asked for."""
    return query.join(WorkingRow, WorkingRow.draft_id == DraftRow.id) if by == "person" else query


def wilson(successes: int, cases: int) -> float:
    """The lower end of the 95% interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212); 0.0 without cases."""
    if not cases:
        return 0.0
    share, spread = successes / cases, _SURE**2 / cases
    return (share + spread / 2 - sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread)
