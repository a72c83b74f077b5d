"""What a remedy is made of: its parts with the reason of each, the options that a person chooses from, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from drafter.incident import Approved, Money, RemedyKind, RemedyReason

RemedyState = Literal["open", "approved", "refused", "replaced"]
"""Open: nobody has decided. Replaced: another was suggested since, before anybody had."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(_Value):
    """One thing that is given: what, how much, as what, and why that much. `fact` is the remedy of the facts that it is already."""

    reason: RemedyReason
    kind: RemedyKind
    amount: Money | None
    why: str
    problem: str
    fact: str | None = None
    covers: tuple[str, ...] = ()
    text: str | None = None
    terms: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its amount is for the one who approves to say."""
        return self.amount is None and self.text is None and self.kind in ("credit", "payment", "voucher")

    def granted(self, by: str) -> Approved:
        """The same as what was approved."""
        return Approved(kind=self.kind, amount=self.amount, reason=self.reason, by=by)


class Option(_Value):
    """One way to make it right."""

    title: str
    shares: tuple[Share, ...]

    def total(self, currency: str) -> Decimal:
        """What it comes to in a currency."""
        return total(self.shares, currency)

    def goodwill(self, currency: str) -> Decimal:
        """What of it is goodwill, in a currency."""
        return total((share for share in self.shares if share.reason == "goodwill"), currency)


class Proposal(_Value):
    """The options, the one that the rules of the house come to first; how it was come to; and what has to be known first.

    Without options there is nothing to choose from before the questions are answered.
    """

    currency: str | None
    options: tuple[Option, ...]
    because: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Past:
    """What was approved for the same customer before, within the time that the house counts over."""

    incidents: int = 0
    goodwill: tuple[Money, ...] = ()
    here: tuple[Money, ...] = ()  # what of it is for this incident

    def given(self, currency: str) -> Decimal:
        """The goodwill in a currency."""
        return _sum(self.goodwill, currency)

    def given_here(self, currency: str) -> Decimal:
        """The goodwill for this incident in a currency."""
        return _sum(self.here, currency)


@dataclass(frozen=True)
class Remedy:
    """A remedy that was suggested for an incident, and what a person decided: `shares` is what was approved."""

    id: str
    incident_id: str
    state: RemedyState
    proposal: Proposal
    created: datetime
    option: int | None = None  # that was chosen, counted from 1
    shares: tuple[Share, ...] = ()
    by: str | None = None
    role: str | None = None
    because: str | None = None
    decided: datetime | None = None


def total(shares: Iterable[Share], currency: str) -> Decimal:
    """What some shares come to in a currency."""
    return _sum((share.amount for share in shares if share.amount), currency)


def _sum(amounts: Iterable[Money], currency: str) -> Decimal:
    return sum((one.amount for one in amounts if one.currency == currency), Decimal(0))
