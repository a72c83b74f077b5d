"""What is owed before any goodwill: what they lost and what it cost them, as far as the facts hold it, and what has to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from drafter.house.remedy import RemedyTable
from drafter.incident import Action, Impact, Incident, Money, Problem, unapproved
from drafter.incident import Remedy as Given
from drafter.remedy.values import Share

_OURS = ("ours", "shared")


@dataclass
class Owed:
    """What the facts come to: `harm` is the loss with its costs, whether it was paid by now or not."""

    currency: str | None
    shares: list[Share] = field(default_factory=list)
    gifts: list[Share] = field(default_factory=list)  # goodwill that stands in the facts already
    because: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    harm: Decimal = Decimal(0)
    is_open: bool = False  # whether a loss is not known
    thanked: bool = False  # whether goodwill was approved before


def owed(incident: Incident, rules: RemedyTable) -> Owed:
    """What is owed to the customer; nothing is taken for known that the facts do not hold."""
    found = Owed(rules.currency or _currency(incident))
    remedies = tuple(remedy for problem in incident.problems for remedy in problem.remedies)
    undecided = {remedy.id for remedy in unapproved(remedies, incident.approved or ())}
    for problem in incident.problems:
        if problem.fault == "unknown":
            found.questions.append(f"Whose mistake is it that “{problem.what}”? Until that is known, nothing is proposed for it.")
        elif problem.fault in _OURS:
            for given in problem.remedies:
                if given.decision == "granted" and given.id not in undecided:
                    found.because.append(f"{_shown(given, incident)} was approved already.")
                    found.thanked = found.thanked or given.reason == "goodwill"
                else:
                    _given(found, incident, problem, given)
            _lost(found, incident, problem)
            _spent(found, incident, problem, rules)
    return found


def _currency(incident: Incident) -> str | None:
    """The one currency of the facts, where the house names none."""
    named = {money.currency for money in _sums(incident)}
    return named.pop() if len(named) == 1 else None


def _sums(incident: Incident) -> list[Money]:
    sums = [one for problem in incident.problems for one in (problem.loss, *(impact.cost for impact in problem.impacts))]
    sums += [remedy.amount for problem in incident.problems for remedy in problem.remedies]
    return [one for one in sums if one is not None]


def _given(found: Owed, incident: Incident, problem: Problem, given: Given) -> None:
    """A remedy that the facts have: granted by whoever wrote them, or not decided yet."""
    if given.decision == "declined":
        found.because.append(f"{_named(given.kind)} stands in the facts as declined, and is left so.")
        return
    if given.amount is None and not given.text and given.kind not in ("replacement", "upgrade"):
        found.questions.append(f"How much is the {given.kind} that the facts have ({given.id})? amount: …")
        return
    if given.amount is not None and not _known(found, given.amount, incident, given.id):
        return
    share = Share(
        reason=given.reason,
        kind=given.kind,
        amount=given.amount,
        why=f"it stands in the facts ({given.id})",
        problem=problem.id,
        fact=given.id,
        covers=given.covers,
        text=given.text,
        terms=given.terms,
    )
    (found.gifts if given.reason == "goodwill" and given.kind != "refund" else found.shares).append(share)


def _lost(found: Owed, incident: Incident, problem: Problem) -> None:
    """What they paid for and did not get: given back whole."""
    back = [one for one in problem.remedies if one.decision != "declined" and one.kind == "refund"]
    if problem.loss is None:
        if not back:
            found.is_open = True
            found.questions.append(
                f"What did they pay too much, or for what they did not get, as “{problem.what}”? "
                f"loss: … in the facts of {problem.id}; an amount of 0 says that it was nothing."
            )
        found.harm += sum((one.amount.amount for one in back if one.amount and one.amount.currency == found.currency), Decimal(0))
        return
    if not problem.loss.amount:
        found.because.append(f"Loss: nothing, as the facts of {problem.id} say.")
        return
    if not _known(found, problem.loss, incident, f"loss of {problem.id}"):
        return
    found.harm += problem.loss.amount
    shown = problem.loss.written(incident.locale)
    if any(one.amount == problem.loss for one in back):
        found.because.append(f"Loss: {shown}, given back whole.")
    elif deed := _told(incident, problem, problem.loss):
        found.because.append(f"Loss: {shown}, which the facts tell as given back: “{deed}”.")
    else:
        found.because.append(f"Loss: {shown}, given back whole.")
        found.shares.append(Share(reason="refund", kind="refund", amount=problem.loss, why="what they lost, whole", problem=problem.id))


def _spent(found: Owed, incident: Incident, problem: Problem, rules: RemedyTable) -> None:
    """What it cost them beside: paid, each with the impact that it settles."""
    unknown = []
    for impact in problem.impacts:
        settled = _settled(problem, impact)
        if impact.cost is None:
            unknown += [] if settled else [impact.text]
            continue
        if not impact.cost.amount or not _known(found, impact.cost, incident, impact.id):
            continue
        found.harm += impact.cost.amount
        shown = impact.cost.written(incident.locale)
        if settled:
            found.because.append(f"Knock-on cost: {shown} (“{impact.text}”), settled by {settled}.")
        else:
            found.because.append(f"Knock-on cost: {shown} (“{impact.text}”), paid whole.")
            why = f"what it cost them: {impact.text}"
            found.shares.append(
                Share(reason=rules.costs_as, kind="payment", amount=impact.cost, why=why, problem=problem.id, covers=(impact.id,))
            )
    if unknown:
        listed = ", ".join(f"“{text}”" for text in unknown)
        found.questions.append(
            f"Did any of this cost them money: {listed}? cost: … beside it, in the facts of {problem.id}; leave it out if not."
        )


def _settled(problem: Problem, impact: Impact) -> str:
    """The id of what settles an impact; "" where nothing does."""
    short = impact.id.removeprefix(f"{problem.id}.")
    parts: tuple[Action | Given, ...] = (*problem.fixes, *(one for one in problem.remedies if one.decision != "declined"))
    return next((part.id for part in parts if {impact.id, short} & {*part.covers}), "")


def _told(incident: Incident, problem: Problem, money: Money) -> str:
    """The deed that tells of an amount as done or under way; "" where none does."""
    coins, plain = money.in_coins(), money.model_copy(update={"amount": money.amount.normalize() + 0})
    forms = {re.escape(one.written(incident.locale)) for one in (money, coins, plain)}
    stands = re.compile(rf"(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\d|[.,]\d)")
    return next((fix.text for fix in problem.fixes if fix.state != "will" and stands.search(fix.text)), "")


def _known(found: Owed, money: Money, incident: Incident, where: str) -> bool:
    """Whether an amount is in the one currency; else it is asked for, as no rate of exchange is made up here."""
    if money.currency == found.currency:
        return True
    wanted = f"in {found.currency}" if found.currency else "in one currency"
    found.questions.append(f"How much is {money.written(incident.locale)} ({where}) {wanted}? No rate of exchange is made up here.")
    return False


def _shown(given: Given, incident: Incident) -> str:
    return f"{_named(given.kind)} of {given.amount.written(incident.locale)}" if given.amount else _named(given.kind)


def _named(kind: str) -> str:
    return f"An {kind}" if kind[0] in "aeiou" else f"A {kind}"
