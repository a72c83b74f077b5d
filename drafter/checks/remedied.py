"""Remedies in a text, against what was decided: only what is approved may be promised, and what is theirs by right is no gift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from drafter.checks.grounding import cover
from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.lexicon import lines
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root, word_class
from drafter.checks.report import Finding
from drafter.checks.sentences import Span
from drafter.incident import Approved, Incident, Remedy, unapproved

_GIVES = word_class("giving") | frozenset(map(root, ("add", "put", "send", "transfer", "return", "reimburse", "offer", "grant", "cover")))
_GETS = frozenset(map(root, ("get", "receive", "have")))
_THING = re.compile(r"\b(?:refund|credit|voucher|compensation|gift card)\b", re.I)
_GENEROUS = re.compile(rf"\b(?:{'|'.join(lines('generosity'))})\b", re.I)
_BOUND = {  # to be spent with us, which money is not
    "credit": re.compile(r"\b(?:of|in|as|account|store) credit\b|\bcredit (?:of|for|to your account)\b", re.I),
    "voucher": re.compile(r"\b(?:voucher|gift card)\b", re.I),
}
_AMISS = frozenset({"ours", "problem", "impact", "cause", "known", "customer_part", "third_party"})
_AS = re.compile(r"\b(?:as|by way of) (?:an?|our|my|some) ", re.I)  # "as an apology, we add £10" waits for nothing
_MANY = 6  # remedies whose sums are looked at together
_OWED = ("refund", "statutory", "contractual")


def remedied(text: str, incident: Incident) -> Iterator[Finding]:
    """What a text promises and nobody approved, and rights that it tells as kindness; nothing where the facts have none of it."""
    remedies = tuple(remedy for problem in incident.problems for remedy in problem.remedies)
    if incident.approved is None and not any(remedy.reason in _OWED for remedy in remedies):
        return
    facts = facts_of(incident)
    reading = read(text, facts.frame, facts.locked)
    if incident.approved is not None:
        yield from _unapproved(reading, incident, facts, unapproved(remedies, incident.approved))
    yield from _as_gifts(reading, remedies)


def _unapproved(reading: Reading, incident: Incident, facts: Facts, open_ones: tuple[Remedy, ...]) -> Iterator[Finding]:
    found: list[Span] = []
    stated = {item.fact: item.span for item in cover(reading.text, incident, [remedy.id for remedy in open_ones])}
    for remedy in open_ones:
        if (span := stated[remedy.id]) and reading.own(span[0]):
            found.append(span)
            yield _finding("unapproved-remedy", reading, span, _why(remedy, incident))
    allowed = _allowed(incident, facts)
    for act in (act for act in reading.acts if not _amiss(act, facts)):
        for value in _given(act, reading):
            inside = any(start <= value.start < end for start, end in found)
            kinds = {kind for amount, currency, kind in allowed if _is(value, amount, currency)}
            if not inside and not _fits(reading.text[act.start : act.end], kinds):
                message = f"{value.text} is given here, and that is not what was approved: {_listed(incident)}."
                yield _finding("unapproved-remedy", reading, (value.start, value.end), message)


def _amiss(act: Act, facts: Facts) -> bool:
    """Whether a clause tells what went wrong, with at least half of its words: "we added £25 to your bill" is no gift."""
    told = [known for known in facts.known if known.role in _AMISS and act.verb in known.words]
    if act.tense == "present":  # "we put £12 too much on it" may be past as well
        return any(act.words <= known.words for known in told)
    return act.tense in ("past", "perfect") and any(len(act.words & known.words) * 2 >= len(act.words) for known in told)


def _given(act: Act, reading: Reading) -> Iterator[Value]:
    """The amounts that a clause gives to the reader."""
    if act.agent == "us":
        gives = act.verb in _GIVES
    elif act.agent == "customer":
        gives = act.verb in _GETS and act.tense == "future"
    else:  # "a credit of $20 is on its way"
        gives = act.tense != "past" and bool(_THING.search(reading.text, act.start, act.end))
    bound = act.subordinate and not _AS.search(reading.text, act.start, act.end)
    if gives and not act.negated and not bound and not reading.sentences[act.sentence].question:
        yield from (value for value in act.values if value.kind == "money" and value.amount and reading.own(value.start))


def _fits(clause: str, kinds: set[str]) -> bool:
    """Whether an amount of these kinds may be given in the words of a clause; "" is any kind."""
    bound = {kind for kind, pattern in _BOUND.items() if pattern.search(clause)}
    return bool(kinds) and ("" in kinds or not bound or bool(bound & kinds))


def _allowed(incident: Incident, facts: Facts) -> list[tuple[Decimal, str, str]]:
    """Amounts that may stand as given, with their kind: what was approved, its sums, and what the deeds of the facts name."""
    approved = (incident.approved or ())[:_MANY]
    held = [one.amount for one in approved if one.amount is not None]
    single = [(one.amount.amount, one.amount.currency, str(one.kind)) for one in approved if one.amount is not None]
    sums = [
        (sum((one.amount for one in some), Decimal(0)), some[0].currency, "")
        for size in range(2, len(held) + 1)
        for some in combinations(held, size)
        if len({one.currency for one in some}) == 1
    ]
    deeds = {fix.id for problem in incident.problems for fix in problem.fixes if fix.state == "done"}
    deeds |= {one.id for problem in incident.problems for one in problem.remedies if one.decision != "granted"}  # grounding sees to these
    deeds |= {ask.id for ask in incident.asks if ask.decision == "declined"}  # with the way on
    told = [value for known in facts.known if known.id in deeds for value in known.values if value.kind == "money"]
    return [*single, *sums, *((value.amount, currency, "") for value in told if value.amount is not None for currency in value.currencies)]


def _is(value: Value, amount: Decimal, currency: str) -> bool:
    return value.amount == amount and currency in value.currencies


def _why(remedy: Remedy, incident: Incident) -> str:
    same = next((one for one in incident.approved or () if (one.kind, one.reason) == (remedy.kind, remedy.reason)), None)
    if same and same.amount and remedy.amount:
        has, was = remedy.amount.written(incident.locale), same.amount.written(incident.locale)
        return f"This gives {has}, and {was} was approved. Give what was approved, or have this approved first."
    return f"Nobody has approved this ({remedy.id}): {_listed(incident)}. Leave it out, or have it approved first."


def _listed(incident: Incident) -> str:
    return ", ".join(_shown(one, incident) for one in incident.approved or ()) or "nothing is approved"


def _shown(one: Approved, incident: Incident) -> str:
    return f"{one.kind} of {one.amount.written(incident.locale)}" if one.amount else f"{one.kind}"


def _as_gifts(reading: Reading, remedies: tuple[Remedy, ...]) -> Iterator[Finding]:
    """Words of generosity in a sentence that gives what is owed, and nothing of goodwill."""
    owed = [one for one in remedies if one.decision == "granted" and one.reason in _OWED and one.amount]
    gifts = [one for one in remedies if one.decision == "granted" and one.reason == "goodwill"]
    plain = reading.folded.decode("ascii") if owed else ""
    for sentence in reading.sentences if owed else ():
        match = _GENEROUS.search(plain, sentence.start, sentence.end)
        if match is None or not reading.own(match.start()):
            continue
        money = _money(reading, match.start(), (sentence.start, sentence.end))
        if any(_names(value, owed) for value in money) and not any(_names(value, gifts) for value in money):
            message = "This is theirs by right, and told as a kindness. Say that it is theirs."
            yield _finding("right-as-gift", reading, match.span(), message)


def _money(reading: Reading, place: int, sentence: Span) -> list[Value]:
    """The amounts of the clause that a place lies in or, where it has none, of the whole sentence."""
    values = [value for value in reading.values if value.kind == "money" and sentence[0] <= value.start < sentence[1]]
    clause = next((act for act in reading.acts if act.start <= place < act.end), None)
    inside = [value for value in values if clause and clause.start <= value.start < clause.end]
    return inside or values


def _names(value: Value, remedies: list[Remedy]) -> bool:
    return any(one.amount and _is(value, one.amount.amount, one.amount.currency) for one in remedies)


def _finding(rule: str, reading: Reading, span: Span, message: str) -> Finding:
    start, end = span
    while end > start and reading.text[end - 1] in " ,;:.!?\n":
        end -= 1
    return Finding(rule=rule, severity="error", start=start, end=end, text=reading.text[start:end], message=message)
