"""What an incident allows a text to say: its values, names, words and acts, each with the fact it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from drafter.checks.grounding.acts import Act, Agent
from drafter.checks.grounding.frame import Frame, frame_of
from drafter.checks.grounding.lexicon import pairs
from drafter.checks.grounding.owed import Owed, holders_of, moment_values, owed_of
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.references import key_of
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import base, tokens
from drafter.incident import Incident, Money, Role, State, Stated

_REFERENCE_FIELDS = frozenset(
    {"reference", "signer.phone", "signer.email", "customer.email", "customer.phone", "customer.account", "customer.handle"}
)
_SWAP: dict[Agent, Agent] = {"us": "customer", "customer": "us"}


@dataclass(frozen=True)
class Known:
    """One fact as grounding sees it; `asked`: only the customer said it, so it may be named but not promised."""

    id: str
    role: Role
    state: State | None
    reading: Reading
    acts: tuple[Act, ...]
    values: tuple[Value, ...]  # of its text, its amount and its moments
    words: frozenset[str]
    asked: bool = False

    @property
    def text(self) -> str:
        """The words of the fact."""
        return self.reading.text


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything an incident allows, ready to be compared with."""

    incident: Incident
    frame: Frame
    known: tuple[Known, ...]
    values: dict[str, list[tuple[Value, Known]]]  # by kind
    words: dict[str, str]  # lower-case word -> the first fact that has it
    roots: dict[str, str]  # content word -> the first fact that has it
    implied: dict[Decimal, str]  # numbers that words such as "twice" grant
    counts: frozenset[int]  # how many of anything the incident holds
    locked: tuple[str, ...]
    owed: dict[str, Owed]  # by fact id
    holders: dict[str, tuple[str, ...]]  # content word -> the owed facts that have it
    bases: frozenset[str] = frozenset()  # base forms of all words
    alone: dict[str, tuple[frozenset[int], bool]] = field(default_factory=dict)  # what no other fact has, filled as it is asked for


_RECENT: list[tuple[Incident, datetime | None, Facts]] = []


def facts_of(incident: Incident, as_of: datetime | None = None) -> Facts:
    """The facts of an incident, kept for the last few incidents."""
    for kept, moment, facts in _RECENT:
        if kept is incident and moment == as_of:
            return facts
    facts = _facts(incident, frame_of(incident, as_of))
    _RECENT.insert(0, (incident, as_of, facts))
    del _RECENT[8:]
    return facts


def _facts(incident: Incident, frame: Frame) -> Facts:
    known = tuple(_known_of(incident, frame))
    values: dict[str, list[tuple[Value, Known]]] = {}
    words: dict[str, str] = {}
    roots: dict[str, str] = {}
    implied: dict[Decimal, str] = {}
    grants = pairs("implied")
    for fact in known:
        for value in fact.values:
            values.setdefault(value.kind, []).append((value, fact))
        for token in fact.reading.tokens:
            words.setdefault(token.low, fact.id)
            for part in token.low.split("-"):
                words.setdefault(part, fact.id)
            if token.low in grants:
                implied.setdefault(Decimal(grants[token.low]), fact.id)
        for root in fact.words:
            roots.setdefault(root, fact.id)
    for one in incident.facts:
        for token in tokens(one.owner or ""):
            words.setdefault(token.low, one.id)  # who decides, or does it, may be named
    owed = owed_of(incident, frame, {fact.text: fact.reading for fact in known})
    bases = frozenset(base(word) for word in words)
    locked = tuple(part.text for part in incident.locked)
    return Facts(incident, frame, known, values, words, roots, implied, _counts(incident), locked, owed, holders_of(owed), bases)


_WAIVED = "we waived the charge"


def _known_of(incident: Incident, frame: Frame) -> Iterator[Known]:
    asks = {ask.id: ask for ask in incident.asks}
    remedies = {remedy.id: remedy for problem in incident.problems for remedy in problem.remedies}
    thread = {message.id: message for message in incident.thread}
    corrections = {one.id: one for one in incident.corrections}
    for stated in incident.facts:
        if ask := asks.get(stated.id):
            unsettled = not ask.answer or ask.decision is not None
            yield _known(incident, frame, _part(stated, ask.text, ask.decision if unsettled else None), asked=unsettled)
            yield from _parts(incident, frame, stated, (ask.answer,), (ask.because, ask.instead))
        elif remedy := remedies.get(stated.id):
            waived = None if remedy.text or remedy.kind != "waiver" else _WAIVED  # it is told with its verb as well
            lead = remedy.text or f"the {remedy.kind}"
            yield from _parts(incident, frame, stated, (lead, waived, *remedy.terms), (remedy.because, remedy.instead))
        elif correction := corrections.get(stated.id):
            yield _known(incident, frame, stated)
            yield _known(incident, frame, _part(stated, correction.said, None))  # to be taken back, it has to be said again
        elif stated.role == "thread":
            message = thread[stated.id]
            if message.by != "note" and message.public:
                yield _known(incident, frame, stated, asked=message.by == "customer")
        else:
            yield _known(incident, frame, stated)


def _part(stated: Stated, text: str, state: State | None) -> Stated:
    return stated.model_copy(update={"text": text, "moments": (), "money": None, "state": state})


def _parts(
    incident: Incident, frame: Frame, stated: Stated, words: tuple[str | None, ...], rest: tuple[str | None, ...]
) -> Iterator[Known]:
    """A decision, and apart from it its reason and the way on, which are so whatever was decided."""
    text = ".\n".join(word.rstrip(".") for word in words if word)  # each a sentence of its own, also behind a long line
    yield _known(incident, frame, stated.model_copy(update={"text": text}))
    for part in rest:
        if part:
            yield _known(incident, frame, _part(stated, part, "granted"))


def _known(incident: Incident, frame: Frame, stated: Stated, *, asked: bool = False) -> Known:
    reading = read(stated.text, frame)
    acts = tuple(reading.acts)
    if asked and stated.role == "thread":
        acts = tuple(act._replace(agent=_SWAP.get(act.agent, act.agent)) for act in acts)
    values = [*reading.values, *_given(stated, incident, frame)]
    if stated.id in _REFERENCE_FIELDS:
        values.append(Value("reference", 0, len(stated.text), stated.text, key=key_of(stated.text)))
    return Known(stated.id, stated.role, stated.state, reading, acts, tuple(values), reading.words, asked)


def _given(stated: Stated, incident: Incident, frame: Frame) -> Iterator[Value]:
    """The values that stand beside the text of a fact: its amount and its moments."""
    if stated.money:
        yield money_value(stated.money, incident.locale)
    for moment in stated.moments:
        yield from moment_values(moment, frame)


def money_value(money: Money, locale: str) -> Value:
    """An amount of the facts as a value, written as the locale writes it."""
    return Value("money", 0, 0, money.written(locale), amount=money.amount, currencies=frozenset({money.currency}))


def _counts(incident: Incident) -> frozenset[int]:
    by_role = Counter(stated.role for stated in incident.facts)
    sums = [by_role["fix"] + by_role["remedy"], by_role["prevention"] + by_role["containment"], sum(by_role.values())]
    return frozenset([*by_role.values(), *sums, len(incident.problems), len(incident.asks)])
