"""The `[remedy]` tables of a settings file: what the house gives, within which limits, and who may say yes to how much.

What is owed - money back, what law or contract fixes - stands apart from goodwill, and has no limit.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from drafter.house.cadence import Weight, read_span
from drafter.house.desks import Word, one_or_many

GIFTS = ("credit", "payment", "voucher", "replacement", "upgrade", "waiver")
_SUMS = ("credit", "payment", "voucher")  # what has an amount, or is nothing
_MOST = 9  # digits of a sum before its point
Owed = Literal["refund", "statutory", "contractual"]


def _number(value: Any) -> Decimal:
    """A number as it was typed: a float's binary tail is nobody's amount."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError("write a number, such as 20 or 12.50")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"'{value}' is not a number such as 20 or 12.50; its currency stands under [remedy], once for all") from None
    if not number.is_finite() or number <= 0 or number.adjusted() >= _MOST:
        raise ValueError(f"'{value}' is not an amount that anybody gives; write a number above 0")
    return number


def _kind(value: Any) -> Any:
    if value == "discount":
        raise ValueError("a discount is only for those who spend again; give a credit, a payment, or what they came for")
    if value not in GIFTS:
        near = difflib.get_close_matches(str(value), GIFTS, 1)
        raise ValueError(f"'{value}' is not one of {', '.join(GIFTS)}" + (f"; did you mean '{near[0]}'?" if near else ""))
    return value


def _ceiling(value: Any) -> Decimal | Literal["any"]:
    return "any" if value == "any" else _number(value)


def _year(value: Any) -> timedelta:
    return value if isinstance(value, timedelta) else read_span(value)


def _code(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError(f"'{value}' is not a currency such as EUR, GBP or USD")
    return value


Sum = Annotated[Decimal, BeforeValidator(_number)]
Gives = Annotated[Literal["credit", "payment", "voucher", "replacement", "upgrade", "waiver"], BeforeValidator(_kind)]
Weights = Annotated[tuple[Weight, ...], BeforeValidator(one_or_many)]
Words = Annotated[tuple[Word, ...], BeforeValidator(one_or_many)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Offer(_Table):
    """For whom something is meant: a trade and severities; any, where none is named."""

    trade: Word | None = None
    severity: Weights = ()

    def fits(self, trade: str | None, severity: Weight) -> bool:
        """Whether it is meant for a mistake in this trade, as grave as this."""
        same = self.trade is None or (trade is not None and self.trade.casefold() == trade.casefold())
        return same and (not self.severity or severity in self.severity)


class Right(_Offer):
    """What law or a contract gives: a fixed sum, and the words that say where it applies, which a person has to answer."""

    name: Word
    where: Word
    amount: Sum
    kind: Literal["payment", "waiver"] = "payment"  # store credit has to be spent


class Gift(_Offer):
    """What the house gives beyond what is owed: a sum, so many times the loss, or a thing in words."""

    kind: Gives = "credit"
    amount: Sum | None = None
    times: Annotated[Sum | None, Field(le=10)] = None  # of the loss with its costs
    most: Sum | None = None  # that `times` may come to
    text: Word | None = None  # a clause: "your next three months are free"
    terms: Words = ()

    @model_validator(mode="after")
    def _one_way(self) -> Gift:
        ways = [name for name in ("amount", "times", "text") if getattr(self, name) is not None]
        if len(ways) != 1:
            raise ValueError("say it in one way: amount = 20, times = 0.5 (of the loss), or text, a clause without an amount")
        if ways == ["text"] and self.kind in _SUMS:
            raise ValueError(f"a {self.kind} has an amount; write amount or times")
        if self.most is not None and self.times is None:
            raise ValueError("most goes with times; an amount is what it is")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """What the customer would read of it, in the house's own words."""
        return (*((self.text,) if self.text else ()), *self.terms)


class Approver(_Table):
    """Who may say yes, and up to which sum of one remedy; "any" is the one who may go beyond the house's own limits too."""

    name: Word
    role: Word | None = None
    up_to: Annotated[Decimal | Literal["any"], BeforeValidator(_ceiling)]

    def may(self, amount: Decimal) -> bool:
        """Whether they may approve as much."""
        return self.up_to == "any" or amount <= self.up_to


class RemedyTable(_Table):
    """The `[remedy]` table. `limit` is for the goodwill of one incident, `cap` for that of one customer within `cap_over`."""

    currency: Annotated[str | None, AfterValidator(_code)] = None
    costs_as: Owed = "refund"  # what the customer's own costs are paid as
    statutory: tuple[Right, ...] = ()
    contractual: tuple[Right, ...] = ()
    goodwill: tuple[Gift, ...] = ()
    repeat_times: Annotated[Sum, Field(ge=1, le=10)] = Decimal(1)  # goodwill for one whom we failed before
    limit: Sum | None = None
    cap: Sum | None = None
    cap_over: Annotated[timedelta, BeforeValidator(_year)] = timedelta(days=365)
    approvers: tuple[Approver, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> RemedyTable:
        if self.currency is None and (named := next(self._sums(), None)):
            raise ValueError(f'currency is missing: the one of every sum here, such as currency = "EUR"; {named} has no other')
        rights = [right.name for right in self.rights]
        people = [one.name.casefold() for one in self.approvers]
        if twice := next((name for name in rights if rights.count(name) > 1), None):
            raise ValueError(f"'{twice}' is the name of two rights; names tell them apart")
        if twice := next((one.name for one in self.approvers if people.count(one.name.casefold()) > 1), None):
            raise ValueError(f"'{twice}' stands twice among the approvers")
        return self

    def _sums(self) -> Iterator[str]:
        """Where a sum stands."""
        yield from (name for name in ("limit", "cap") if getattr(self, name) is not None)
        yield from ("the sum of a right" for _ in self.rights)
        yield from ("a sum of goodwill" for gift in self.goodwill if gift.amount is not None or gift.most is not None)
        yield from ("up_to of an approver" for one in self.approvers if one.up_to != "any")

    @property
    def rights(self) -> tuple[Right, ...]:
        """What law and contracts give."""
        return (*self.statutory, *self.contractual)

    def approver(self, name: str) -> Approver | None:
        """Who has this name among those who may say yes."""
        return next((one for one in self.approvers if one.name.casefold() == name.strip().casefold()), None)
