"""A proposal of what would make it right: what is owed, goodwill as the house has it, why each, and two other ways."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.errors import InputError
from drafter.house.cadence import shown
from drafter.house.remedy import Gift, RemedyTable, Right
from drafter.incident import Incident, Money
from drafter.remedy.owed import Owed, owed
from drafter.remedy.values import Option, Past, Proposal, Share

_NONE = Past()
_MONEY = ("credit", "voucher")  # what may as well be a payment
ALTERNATIVES = 2


def propose(incident: Incident, rules: RemedyTable, *, past: Past = _NONE, applies: Sequence[str] = ()) -> Proposal:
    """What would make it right, by the rules of the house, with two other ways; a person chooses.

    `past` is what the same customer was given before, `applies` names the rights that a person says apply. What the facts do not
    hold is a question, never an amount.

    Raises:
        InputError: the house has no right of that name for this trade and severity.
    """
    found = owed(incident, rules)
    _rights(found, incident, rules, applies)
    given = _goodwill(found, incident, rules, past)
    options = list(_options(found, given, _room(rules, past) if found.currency else None))
    return Proposal(
        currency=found.currency, options=tuple(options), because=tuple(dict.fromkeys(found.because)), questions=tuple(found.questions)
    )


def _goodwill(found: Owed, incident: Incident, rules: RemedyTable, past: Past) -> list[list[Share]]:
    """The ways of goodwill, the first one first: what the facts have of it, else what the house has."""
    if found.gifts:
        found.because.append("Goodwill: as it stands in the facts; the rules of the house add none to it.")
        return [found.gifts]
    if past.here or found.thanked:
        found.because.append("Goodwill: some was approved for this incident already; none is added by itself.")
        return []
    shares = [_gift(found, incident, rules, past, gift) for gift in _fitting(incident, rules)]
    if not any(shares) and _ours(incident):
        found.because.append(_why_none(incident, rules))
    return [[share] for share in shares if share is not None]


def _ours(incident: Incident) -> bool:
    return bool(incident.faults & {"ours", "shared"})


def _fitting(incident: Incident, rules: RemedyTable) -> list[Gift]:
    if not _ours(incident):
        return []
    return [gift for gift in rules.goodwill if gift.fits(incident.trade, incident.severity)]


def _rights(found: Owed, incident: Incident, rules: RemedyTable, applies: Sequence[str]) -> None:
    """What law and contracts give: put in where a person says that it applies, else asked."""
    fitting = {right.name.casefold(): right for right in rules.rights if right.fits(incident.trade, incident.severity)}
    wanted = {name.strip().casefold(): name for name in applies}
    for key, name in wanted.items():
        if key not in fitting:
            near = difflib.get_close_matches(key, fitting, 1)
            hint = (
                f"did you mean '{fitting[near[0]].name}'?"
                if near
                else f"there is {', '.join(one.name for one in fitting.values()) or 'none'}"
            )
            raise InputError(f"the house has no right '{name}' for this trade and severity; {hint}", "applies")
    home = next((problem.id for problem in incident.problems if problem.fault in ("ours", "shared")), incident.problems[0].id)
    for key, right in fitting.items():
        money = Money(amount=right.amount, currency=rules.currency or "")
        reason = "statutory" if right in rules.statutory else "contractual"
        if key in wanted:
            found.because.append(f"{reason.capitalize()}: {money.written(incident.locale)}, as {right.where}.")
            found.shares.append(_right(right, reason, money, home))
        else:
            found.questions.append(
                f"Does it apply that {right.where}? Then {money.written(incident.locale)} is {reason}: "
                f"suggest it again with the right “{right.name}”."
            )


def _right(right: Right, reason: str, money: Money, problem: str) -> Share:
    return Share.model_validate(
        {"reason": reason, "kind": right.kind, "amount": money, "why": f"{right.name}: {right.where}", "problem": problem}
    )


def _gift(found: Owed, incident: Incident, rules: RemedyTable, past: Past, gift: Gift) -> Share | None:
    """The goodwill of one rule of the house, as large as facts and limits let it be; None where it comes to nothing."""
    home = next(problem.id for problem in incident.problems if problem.fault in ("ours", "shared"))
    why = f"goodwill of the house for {_meant(gift, incident)}"
    if gift.text is not None:
        return Share(reason="goodwill", kind=gift.kind, amount=None, why=why, problem=home, text=gift.text, terms=gift.terms)
    if gift.amount is None and not found.harm:
        found.because.append(f"Goodwill: {_plain(gift.times)} times the loss, which is not known.")
        return None
    currency = rules.currency or found.currency or ""
    amount = gift.amount if gift.amount is not None else found.harm * (gift.times or Decimal(0))
    if gift.times is not None:
        why += f", {_plain(gift.times)} times the loss with its costs{' as far as it is known' if found.is_open else ''}"
    if past.incidents and rules.repeat_times > 1:
        amount, why = amount * rules.repeat_times, f"{why}, times {_plain(rules.repeat_times)} as we have failed them before"
    if gift.most is not None and amount > gift.most:
        amount, why = gift.most, f"{why}, {_written(gift.most, currency, incident)} at the most"
    room = _room(rules, past)
    if room is not None and amount > room:
        amount, why = room, f"{why}, kept within the limits of the house"
        found.because.append(_limits(rules, past, incident))
    if amount <= 0:
        return None
    money = Money(amount=amount, currency=currency).in_coins()
    found.because.append(f"Goodwill: {money.written(incident.locale)} as a {gift.kind}: {why}.")
    return Share(reason="goodwill", kind=gift.kind, amount=money, why=why, problem=home, terms=gift.terms)


def _room(rules: RemedyTable, past: Past) -> Decimal | None:
    """How much goodwill the house has left for this; None where it sets no limit."""
    left = [max(Decimal(0), rules.limit - past.given_here(rules.currency or ""))] if rules.limit is not None else []
    if rules.cap is not None:
        left.append(max(Decimal(0), rules.cap - past.given(rules.currency or "")))
    return min(left) if left else None


def _limits(rules: RemedyTable, past: Past, incident: Incident) -> str:
    currency = rules.currency or ""
    told = []
    if rules.limit is not None:
        told.append(f"{_written(rules.limit, currency, incident)} for one incident")
    if rules.cap is not None:
        before = _written(past.given(currency), currency, incident)
        told.append(f"{_written(rules.cap, currency, incident)} for one customer in {shown(rules.cap_over)}, of which {before} is given")
    return f"Limits of goodwill: {'; '.join(told)}."


def _meant(gift: Gift, incident: Incident) -> str:
    return f"{incident.severity} mistakes" + (f" in {gift.trade}" if gift.trade else "")


def _why_none(incident: Incident, rules: RemedyTable) -> str:
    if not rules.goodwill:
        return "Goodwill: the house has set none."
    trade = f" in {incident.trade}" if incident.trade else ""
    return f"Goodwill: what the house has set comes to none for {incident.severity} mistakes{trade}."


def _options(found: Owed, gifts: Sequence[Sequence[Share]], room: Decimal | None) -> Iterator[Option]:
    """The proposal and the two first of the other ways that are really others."""
    if not found.shares and not gifts:
        return
    first = Option(title="what the rules of the house come to", shares=(*found.shares, *(gifts[0] if gifts else ())))
    kept = [first]
    for option in _others(found, gifts, room):
        if all(_same(option, other) is False for other in kept):
            kept.append(option)
        if len(kept) > ALTERNATIVES:
            break
    yield from kept


def _others(found: Owed, gifts: Sequence[Sequence[Share]], room: Decimal | None) -> Iterator[Option]:
    basis = tuple(found.shares)
    if gifts and basis:
        yield Option(title="what is owed, and no goodwill", shares=basis)
    for other in gifts[1:]:
        yield Option(title="another goodwill of the house", shares=(*basis, *other))
    first = gifts[0] if gifts else ()
    if len(first) == 1 and (gift := first[0]).amount is not None:
        if room is not None and room > gift.amount.amount:
            yield Option(
                title="as much goodwill as the limits allow",
                shares=(*basis, _resized(gift, room, "all that the limits of the house leave")),
            )
        if gift.kind in _MONEY:
            yield Option(title="the same as money", shares=(*basis, gift.model_copy(update={"kind": "payment", "terms": (), "text": None})))
        yield Option(title="half the goodwill", shares=(*basis, _resized(gift, gift.amount.amount / 2, "half of what the rules come to")))
    if basis:
        yield Option(title="with a goodwill whose amount you say", shares=(*basis, _unsized(basis[0].problem, "credit")))
        yield Option(title="with a goodwill in money whose amount you say", shares=(*basis, _unsized(basis[0].problem, "payment")))
    elif gifts:
        yield Option(title="a goodwill whose amount you say", shares=(_unsized(first[0].problem, "credit"),))
        yield Option(title="a goodwill in money whose amount you say", shares=(_unsized(first[0].problem, "payment"),))


def _resized(gift: Share, amount: Decimal, why: str) -> Share:
    """The same with another amount; words of the facts that name the old one are left behind."""
    money = Money(amount=amount, currency=gift.amount.currency if gift.amount else "").in_coins()
    return gift.model_copy(update={"amount": money, "text": None, "why": why})


def _unsized(problem: str, kind: str) -> Share:
    return Share.model_validate(
        {"reason": "goodwill", "kind": kind, "amount": None, "why": "as much as the one who approves it says", "problem": problem}
    )


def _same(one: Option, other: Option) -> bool:
    return [_given(share) for share in one.shares] == [_given(share) for share in other.shares]


def _given(share: Share) -> tuple[object, ...]:
    return share.reason, share.kind, share.amount, share.text


def _written(amount: Decimal, currency: str, incident: Incident) -> str:
    return Money(amount=amount, currency=currency).in_coins().written(incident.locale)


def _plain(number: Decimal | None) -> str:
    return f"{(number or Decimal(0)).normalize():f}"
