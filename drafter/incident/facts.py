"""The facts of an incident as others see them: one flat list, each with its id, role and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from drafter.incident.moment import Moment
from drafter.incident.money import Money
from drafter.incident.parts import Action, Problem, Remedy

if TYPE_CHECKING:
    from drafter.incident.incident import Incident

Role = Literal[
    "company",
    "signer",
    "customer",
    "person",
    "reference",
    "problem",
    "ours",
    "customer_part",
    "third_party",
    "when",
    "impact",
    "cause",
    "known",
    "unknown",
    "fix",
    "remedy",
    "prevention",
    "containment",
    "ask",
    "next",
    "thread",
    "correction",
    "locked",
]
State = Literal["done", "doing", "will", "granted", "declined", "pending"]

_GIVEN = {
    "refund": "you will get a refund from us",
    "credit": "you will get a credit from us",
    "payment": "you will get a payment from us",
    "replacement": "you will get a replacement from us",
    "voucher": "you will get a voucher from us",
    "discount": "you will get a discount from us",
    "upgrade": "you will get an upgrade from us",
    "waiver": "we are waiving the charge",
}


class Stated(BaseModel):
    """One fact as others see it: a stable id, its role, its words, and how far it has come."""

    model_config = ConfigDict(frozen=True)

    id: str
    role: Role
    text: str
    problem: str | None = None  # id of the problem it belongs to
    state: State | None = None
    moments: tuple[Moment, ...] = ()  # when it was, will be, or ends
    money: Money | None = None
    owner: str | None = None


def stated(incident: Incident) -> Iterator[Stated]:
    """Every fact of an incident, in its order."""
    yield Stated(id="company", role="company", text=incident.company.name)
    yield Stated(id="signer", role="signer", text=incident.signer.name)
    for field in ("role", "phone", "email"):
        if text := getattr(incident.signer, field):
            yield Stated(id=f"signer.{field}", role="signer", text=text)
    for field in ("name", "title", "call_by", "email", "phone", "account", "handle"):
        if text := getattr(incident.customer, field):
            yield Stated(id=f"customer.{field}", role="customer", text=text)
    for source, owner in ((incident.company, "company"), (incident.customer, "customer")):
        if source.address:
            yield Stated(id=f"{owner}.address", role="company" if owner == "company" else "customer", text="\n".join(source.address))
    for i, person in enumerate(incident.people, 1):
        yield Stated(id=f"person{i}", role="person", text=person)
    if incident.reference:
        yield Stated(id="reference", role="reference", text=incident.reference)
    for problem in incident.problems:
        yield from _stated_problem(problem)
    for ask in incident.asks:
        words = [text for text in (ask.answer, ask.because, ask.instead) if text]
        yield Stated(
            id=ask.id, role="ask", text="\n".join([ask.text, *words]), state=ask.decision, moments=_moments(ask.on), owner=ask.owner
        )
    for action in incident.next:
        yield _stated_action(action, "next", None)
    for message in incident.thread:
        yield Stated(id=message.id, role="thread", text=message.text, moments=_moments(message.when))
    for correction in incident.corrections:
        if correction.right is not None:
            yield Stated(id=correction.id, role="correction", text=correction.right, moments=_moments(correction.on), owner=correction.by)
    for locked in incident.locked:
        yield Stated(id=locked.id, role="locked", text=locked.text)


def _stated_problem(problem: Problem) -> Iterator[Stated]:
    name = problem.id
    yield Stated(id=name, role="problem", text=problem.what, problem=name, moments=_moments(problem.when))
    singles: tuple[tuple[str, Role, str | None], ...] = (
        ("ours", "ours", problem.ours),
        ("customer_part", "customer_part", problem.customer_part),
        ("third_party", "third_party", problem.third_party),
        ("cause", "cause", problem.cause if problem.cause != "unknown" else None),
    )
    for suffix, role, text in singles:
        if text:
            yield Stated(id=f"{name}.{suffix}", role=role, text=text, problem=name)
    for impact in problem.impacts:
        yield Stated(id=impact.id, role="impact", text=impact.text, problem=name, money=impact.cost)
    for i, text in enumerate(problem.known, 1):
        yield Stated(id=f"{name}.known{i}", role="known", text=text, problem=name)
    for i, text in enumerate(problem.unknown, 1):
        yield Stated(id=f"{name}.unknown{i}", role="unknown", text=text, problem=name)
    for fix in problem.fixes:
        yield _stated_action(fix, "fix", name)
    for remedy in problem.remedies:
        words = [text for text in (remedy.text, *remedy.terms, remedy.because, remedy.instead) if text]
        yield Stated(
            id=remedy.id,
            role="remedy",
            text="\n".join(words) or _wordless(remedy),
            problem=name,
            state=remedy.decision,
            moments=_moments(remedy.on),
            money=remedy.amount,
            owner=remedy.owner,
        )
    for role, actions in (("prevention", problem.prevention), ("containment", problem.containment)):
        for action in actions if actions != "unknown" else ():
            yield _stated_action(action, "prevention" if role == "prevention" else "containment", name)


def _wordless(remedy: Remedy) -> str:
    """What a remedy without words of its own is: a clause where it is granted, else its name."""
    return _GIVEN[remedy.kind] if remedy.decision == "granted" else remedy.kind


def _stated_action(action: Action, role: Role, problem: str | None) -> Stated:
    return Stated(
        id=action.id,
        role=role,
        text=action.text,
        problem=problem,
        state=action.state,
        moments=_moments(action.on, action.by, action.until),
        owner=action.owner,
    )


def _moments(*moments: Moment | None) -> tuple[Moment, ...]:
    return tuple(moment for moment in moments if moment is not None)
