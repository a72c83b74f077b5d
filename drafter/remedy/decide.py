"""A decision on a remedy: who may make it, what exactly is approved, and the facts that a letter is written from then."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drafter.course.changes import accepted, free, plain
from drafter.course.merge import named_kind
from drafter.errors import Complaint, StepError
from drafter.house.remedy import Approver, RemedyTable
from drafter.incident import Incident, Money
from drafter.remedy.values import Option, Past, Proposal, Share


def chosen(proposal: Proposal, number: int, amount: Money | None = None) -> Option:
    """The option with this number, counted from 1; `amount` is that of its goodwill, where a person says another.

    Raises:
        StepError: there is no such option; its amount is for a person to say, and nobody has; or there is no goodwill to change.
    """
    if not 1 <= number <= len(proposal.options):
        raise StepError(
            f"there is no option {number}; it has {len(proposal.options)}."
            if proposal.options
            else "there is nothing to approve: answer the questions first, and suggest it again.",
            "option",
        )
    option = proposal.options[number - 1]
    if amount is None:
        if any(share.is_open for share in option.shares):
            raise StepError("the amount of this goodwill is yours to say: name it.", "amount")
        return option
    gifts = [share for share in option.shares if share.reason == "goodwill" and (share.amount is not None or share.is_open)]
    if len(gifts) != 1:
        raise StepError("this option has not one goodwill whose amount could be another; what is owed comes from the facts.", "amount")
    if proposal.currency and amount.currency != proposal.currency:
        raise StepError(f"the amounts here are in {proposal.currency}; name it in {proposal.currency}.", "amount")
    if not amount.amount:
        raise StepError("an amount of nothing is no remedy; choose the option without goodwill, or refuse it.", "amount")
    other = gifts[0].model_copy(
        update={"amount": amount, "text": None, "why": f"{gifts[0].why}; the amount is another that a person chose"}
    )
    return option.model_copy(update={"shares": tuple(other if share is gifts[0] else share for share in option.shares)})


def require_right(option: Option, rules: RemedyTable, by: str, *, past: Past, because: str | None = None) -> Approver | None:
    """See that somebody may approve an option; who they are in the rules of the house, None where it names nobody.

    Raises:
        StepError: they may not, or the limits of the house do not; each complaint is a reason.
    """
    approver = rules.approver(by)
    free_hand = approver is not None and approver.up_to == "any"
    complaints = []
    if rules.approvers and approver is None:
        complaints.append(Complaint(f"“{by}” approves nothing by the rules of the house; {_who(rules)}", "by"))
    elif approver is not None and not free_hand:
        complaints += _beyond(option, rules, approver)
    over = [] if free_hand else list(_over(option, rules, past))
    if free_hand and not because and list(_over(option, rules, past)):
        over = [Complaint("it goes beyond the limits of the house; say why: because", "because")]
    if complaints := [*complaints, *over]:
        raise StepError(complaints)
    return approver


def _beyond(option: Option, rules: RemedyTable, approver: Approver) -> list[Complaint]:
    currency = rules.currency or ""
    if foreign := sorted({share.amount.currency for share in option.shares if share.amount and share.amount.currency != currency}):
        return [Complaint(f"{approver.name} approves in {currency}, and part of it is in {', '.join(foreign)}; {_who(rules)}", "by")]
    amount = option.total(currency)
    if approver.may(amount):
        return []
    return [Complaint(f"{approver.name} approves up to {approver.up_to} {currency}, and this is {amount} {currency}; {_who(rules)}", "by")]


def _over(option: Option, rules: RemedyTable, past: Past) -> list[Complaint]:
    """What the limits of the house say against it; what is owed has none."""
    currency = rules.currency or ""
    gift, before = option.goodwill(currency), past.given(currency)
    found = []
    here = past.given_here(currency)
    if rules.limit is not None and gift and gift + here > rules.limit:
        found.append(
            Complaint(f"goodwill of {gift + here} {currency} is more than the {rules.limit} that the house gives for one incident", "limit")
        )
    if rules.cap is not None and gift and gift + before > rules.cap:
        found.append(
            Complaint(
                f"goodwill of {gift} {currency} makes {gift + before} for this customer in {rules.cap_over.days} days, "
                f"and the house gives {rules.cap}",
                "cap",
            )
        )
    return found


def _who(rules: RemedyTable) -> str:
    """Who may, in words."""
    named = [f"{one.name}{f' ({one.role})' if one.role else ''} {_upto(one.up_to, rules)}" for one in rules.approvers]
    return f"ask one of these: {', '.join(named)}"


def _upto(ceiling: Decimal | str, rules: RemedyTable) -> str:
    return "any sum" if ceiling == "any" else f"up to {ceiling} {rules.currency}"


def granted(incident: Incident, proposal: Proposal, option: Option, by: str) -> Incident:
    """The facts with what was approved as granted, and without what was proposed of them and left out.

    Raises:
        IncidentError: the facts do not hold it.
    """
    data = plain(incident)
    kept = {share.fact for share in option.shares if share.fact}
    left_out = {share.fact for one in proposal.options for share in one.shares if share.fact} - kept
    for problem in data["problems"]:
        problem["remedies"] = [one for one in problem["remedies"] if one["id"] not in left_out]
    for share in option.shares:
        problem = next(one for one in data["problems"] if one["id"] == share.problem)
        held = next((one for one in problem["remedies"] if one["id"] == share.fact), None)
        if held is None:
            problem["remedies"].append(_fact(problem, share, by))
        else:
            held |= {**_said(share), "decision": "granted", "approved_by": by}
    kind = named_kind(incident)
    return accepted({**data, "as_of": incident.as_of} | ({"kind": kind} if kind else {}))


def _fact(problem: dict[str, Any], share: Share, by: str) -> dict[str, Any]:
    name = free(f"{problem['id']}.remedy{{}}", {one["id"] for one in problem["remedies"]})
    return {"id": name, **_said(share), "decision": "granted", "approved_by": by, "covers": list(share.covers)}


def _said(share: Share) -> dict[str, Any]:
    data = share.model_dump(mode="json")
    return {name: data[name] for name in ("reason", "kind", "amount", "text", "terms")}
