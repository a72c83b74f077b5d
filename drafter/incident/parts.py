"""The parts of an incident: frozen values, refused with a reason when they do not hold together."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from drafter.incident.clause import EXAMPLE, owns
from drafter.incident.fragments import propose
from drafter.incident.moment import Moment
from drafter.incident.money import Money
from drafter.incident.values import (
    UNKNOWN,
    Clause,
    Clauses,
    Fact,
    Name,
    Part,
    is_unknown,
    one_or_many,
    paragraph,
    readable,
    unknown_or_many,
)

Channel = Literal["email", "chat", "letter", "sms", "social", "status_page"]
PUBLIC: frozenset[Channel] = frozenset({"social", "status_page"})  # everyone can read them
Severity = Literal["minor", "normal", "serious", "urgent"]
Tone = Literal["plain", "warm", "formal"]
Kind = Literal["apology", "holding", "update", "notice", "remedy_confirmation", "follow_up", "answer"]
Fault = Literal["ours", "shared", "unknown", "not_ours"]
Decision = Literal["granted", "declined", "pending"]
RemedyKind = Literal["refund", "credit", "payment", "replacement", "voucher", "discount", "upgrade", "waiver", "other"]
RemedyReason = Literal["refund", "statutory", "contractual", "goodwill"]

_PLANNED = re.compile(r"^(?:I|[Ww]e|[Oo]ur [\w ]{1,30}?|[A-Z][\w.]+)(?:['’]ll| will| shall| (?:am|are|is) going to)\b")
_ADMITTED = re.compile(r"\b(?:by mistake|in error|our (?:own )?(?:mistake|fault|error)|we (?:wrongly|accidentally|mistakenly))\b", re.I)
_JUDGED = re.compile(
    r"\byour (?:own )?(?:fault|mistake|error|carelessness)\b|\byou (?:should|failed|forgot|neglected|wrongly|incorrectly|carelessly)\b",
    re.I,
)


class Person(Part):
    """The signer: a name, a role and a way to be reached."""

    name: Name
    role: Name | None = None
    phone: Name | None = None
    email: Name | None = None


class Customer(Part):
    """The one who is written to."""

    name: Name | None = None
    title: Name | None = None  # "Ms", "Dr": used by a formal greeting
    call_by: Name | None = None  # the name in a greeting, where it is not the first word of `name`
    address: tuple[str, ...] = ()
    email: Name | None = None
    phone: Name | None = None
    account: Name | None = None
    handle: Name | None = None


class Company(Part):
    """The company that answers."""

    name: Name
    address: tuple[str, ...] = ()


class Action(Fact):
    """Something done, being done, or to be done; exactly one of the three, as a full clause.

    `on` is when it was done or will be; `by` is the latest moment; `until` is when something that lasts ends ("I will be
    on this chat"); `owner` is who does it, when not the signer; `covers` names the impacts or asks that it settles.
    """

    done: Clause | None = None
    doing: Clause | None = None
    will: Clause | None = None
    on: Moment | None = None
    by: Moment | None = None
    until: Moment | None = None
    owner: Name | None = None
    covers: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = ()

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(text is not None for text in (self.done, self.doing, self.will)) != 1:
            raise ValueError("write exactly one of done, doing, will: {done: 'I refunded the second $149.00', on: 2026-11-20}")
        if self.done and _PLANNED.match(self.done):
            raise ValueError(f"done: '{self.done}' is a plan; write it as will, or say what was done: 'I refunded the second $149.00'")
        return self

    @property
    def text(self) -> str:
        """The clause, whatever its state."""
        return self.done or self.doing or self.will or ""

    @property
    def state(self) -> Literal["done", "doing", "will"]:
        """How far the action has come."""
        return "done" if self.done else "doing" if self.doing else "will"


Actions = Annotated[tuple[Action, ...], BeforeValidator(one_or_many), Field(max_length=30)]
ActionsOrUnknown = Annotated[tuple[Action, ...] | Literal["unknown"], BeforeValidator(unknown_or_many)]


class Impact(Fact):
    """What it meant for the customer, in the second person: "your account went overdrawn"."""

    text: Clause
    cost: Money | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Remedy(Fact):
    """What the customer is given, and whether that is decided.

    `text` says it as a clause ("I added $149.00 of credit to your account"); without it, `kind` and `amount` do.
    `terms` is what the customer should know of it; `because` is the reason of a refusal, `instead` the way on;
    `on` is when it arrives, or when the decision comes.
    """

    kind: RemedyKind
    amount: Money | None = None
    text: Clause | None = None
    terms: Clauses = ()
    reason: RemedyReason = "goodwill"
    decision: Decision = "granted"
    approved_by: Name | None = None
    because: Clause | None = None
    instead: Clause | None = None
    on: Moment | None = None
    owner: Name | None = None
    covers: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = ()

    @model_validator(mode="after")
    def _decided(self) -> Self:
        if self.decision == "declined" and not self.because:
            raise ValueError("a declined remedy needs its reason: because: 'the booking was used in full'")
        if self.amount and not self.amount.amount:
            raise ValueError("an amount of nothing is no remedy; leave it out")
        if self.kind == "other" and not self.text:
            raise ValueError("a remedy of kind other needs text, a full clause that says what it is")
        return self


class Ask(Fact):
    """What the customer asked or demanded: `text` goes on from "You asked" ("for a refund", "whether it is safe").

    `answer` is a full sentence that answers it. A demand has a `decision` instead: declined with `because` and, where
    there is one, `instead` (the way on); pending with `on`, when the decision comes.
    """

    text: Clause
    answer: Clause | None = None
    decision: Decision | None = None
    because: Clause | None = None
    instead: Clause | None = None
    on: Moment | None = None
    owner: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _decided(self) -> Self:
        if self.decision == "declined" and not (self.because or self.answer):
            raise ValueError("a declined ask needs its reason: because: 'the law does not let us refund gift cards'")
        if self.decision == "pending" and not (self.on or self.answer):
            raise ValueError("a pending ask needs the moment its answer comes: on: 2026-11-27 12:00")
        return self


class Problem(Fact):
    """One thing that went wrong, whose fault it is, what it did, and what is done about it."""

    what: Clause
    fault: Fault = "ours"
    ours: Clause | None = None
    customer_part: Clause | None = None
    third_party: Clause | None = None
    when: Moment | None = None
    loss: Money | None = None  # what they paid too much, or for what they did not get; no letter says it of itself
    impacts: Annotated[tuple[Impact, ...], BeforeValidator(one_or_many), Field(max_length=30)] = ()
    cause: Clause | None = None
    known: Clauses = ()
    unknown: Clauses = ()
    fixes: Actions = ()
    remedies: Annotated[tuple[Remedy, ...], BeforeValidator(one_or_many), Field(max_length=30)] = ()
    prevention: ActionsOrUnknown = ()
    containment: ActionsOrUnknown = ()

    @model_validator(mode="before")
    @classmethod
    def _cause_unknown(cls, value: Any) -> Any:
        if isinstance(value, dict) and is_unknown(value.get("cause")):
            return {**value, "cause": UNKNOWN}
        return value

    @model_validator(mode="after")
    def _fits_fault(self) -> Self:
        if self.fault in ("ours", "shared"):
            if not self.ours:
                raise ValueError(
                    f"fault {self.fault} needs `ours`, what we did as a clause with us as the one who acted: {EXAMPLE}"
                    + _suggest(self.what)
                )
            if not owns(self.ours):
                raise ValueError(
                    f"ours: '{self.ours}' does not say that we did it; write a clause with we or I as the one who acted, "
                    f"{EXAMPLE}" + _suggest(self.ours)
                )
        elif self.ours:
            raise ValueError(
                f"fault {self.fault} takes no `ours`: nothing may be confessed that is not established; "
                "leave it out, or set fault to ours or shared"
            )
        admitted = next((text for text in (self.what, self.third_party, *self.known) if text and _ADMITTED.search(text)), None)
        if admitted and self.fault in ("unknown", "not_ours"):
            raise ValueError(
                f"fault {self.fault} and '{admitted}' do not go together: nothing may be confessed that is not established; "
                "say what happened without whose doing it was, or set fault to ours or shared"
            )
        if self.customer_part and _JUDGED.search(self.customer_part):
            raise ValueError(f"customer_part: '{self.customer_part}' judges; tell the event alone: 'the file was imported twice'")
        if self.customer_part and self.fault != "shared":
            raise ValueError("`customer_part` goes with fault shared only; a customer's step is told as an event beside our own part")
        return self

    @property
    def resolved(self) -> bool:
        """Whether the customer has something that is done about it, with nothing left unknown."""
        if any(fix.state == "done" for fix in self.fixes):
            return not self.unknown
        return any(remedy.decision == "granted" for remedy in self.remedies) and not self.unknown and self.cause != UNKNOWN


def _suggest(clause: str) -> str:
    better = " or ".join(f"'{proposal.ours}'" for proposal in propose(clause))
    return f"; perhaps {better}" if better else ""


class Message(Fact):
    """An earlier message of the thread, or an internal note."""

    by: Literal["customer", "us", "note"]
    text: Annotated[str, AfterValidator(readable), Field(min_length=1, max_length=200_000)]
    when: Moment | None = None
    public: bool = True


class Locked(Fact):
    """A paragraph that law or contract fixes: used verbatim, not checked, never sent to a model."""

    text: Annotated[str, AfterValidator(paragraph), Field(min_length=1, max_length=20_000)]

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value
