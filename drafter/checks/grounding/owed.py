"""What a statement of each fact must say: the words and values of its core, and whether it is a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.value import Days, Value
from drafter.checks.grounding.words import base, content, tokens, word_class
from drafter.incident import Ask, Incident, Remedy, Role
from drafter.incident.moment import Moment, day_of, written_day, written_time

_PLAIN = frozenset({base("take")})  # in too many phrases to tell a fact by itself
_LIGHT = 0.6
CONTACT = word_class("contact")

ARRIVING = word_class("arriving")
RECEIVING = word_class("receiving")


@dataclass(frozen=True)
class Owed:
    """A fact's core as coverage sees it; `weights` says how telling each of its words is among all facts: 1 is its own alone."""

    id: str
    role: Role
    text: str
    words: frozenset[str]
    values: tuple[Value, ...]
    moments: tuple[Value, ...]  # its days and times, which may be left out
    refusal: bool
    ahead: bool  # still to come
    arrives: bool  # it only says that something will be there
    ours: bool  # an act of ours to put it right
    bare: bool  # an amount without a clause: only the amount states it
    contact: bool  # a call or message that is promised: a statement of it names one
    family: str  # of the matter it belongs to
    timed: bool  # one of its moments is an hour
    weights: dict[str, float]
    word_weight: float  # of all its words


def owed_of(incident: Incident, frame: Frame, readings: Mapping[str, Reading]) -> dict[str, Owed]:
    """The core of every fact of `incident` that has words or values; `readings` are those of texts that were read already."""
    cores = [(name, role, core, readings.get(core[0]) or read(core[0], frame)) for name, role, core in _cores(incident)]
    holders: dict[str, set[str]] = {}
    for name, _, _, reading in cores:
        for word in reading.words:
            holders.setdefault(word, set()).add(family(name))
    weights = {word: len(names) ** -0.5 * (_LIGHT if word in _PLAIN else 1) for word, names in holders.items()}
    return {name: _owed(name, role, core, reading, weights, frame) for name, role, core, reading in cores}


def holders_of(owed: dict[str, Owed]) -> dict[str, tuple[str, ...]]:
    """For each content word, the ids of the facts whose core has it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, fact in owed.items():
        for word in fact.words:
            found[word] = (*found.get(word, ()), name)
    return found


def family(name: str) -> str:
    """The matter that a fact belongs to: what went wrong and what we did are one, and so are an ask and its answer."""
    return name.removesuffix(".ours").removesuffix(".asked")


_Core = tuple[str, bool, tuple[Moment, ...], tuple[Value, ...]]


def _cores(incident: Incident) -> Iterator[tuple[str, Role, _Core]]:
    special: dict[str, _Core] = {ask.id: _ask(ask) for ask in incident.asks}
    special |= {remedy.id: _remedy(remedy) for problem in incident.problems for remedy in problem.remedies}
    for stated in incident.facts:
        if stated.id in special:
            yield stated.id, stated.role, special[stated.id]
        elif stated.role not in ("thread", "locked"):
            yield stated.id, stated.role, (stated.text, False, stated.moments, ())
    for ask in incident.asks:
        yield f"{ask.id}.asked", "ask", (f"you asked {ask.text}", False, (), ())  # a text may repeat the question


def _ask(ask: Ask) -> _Core:
    refusal = ask.decision == "declined"
    text = ask.because if refusal and ask.because else ask.answer or ask.text
    if ask.answer and text == ask.answer and not content(tokens(text)) and not any(token.low[0].isdigit() for token in tokens(text)):
        text = f"{ask.answer} {ask.text}"  # "no, it is not": only what was asked tells what it is about
    if ask.decision == "pending" and not ask.answer:
        text = f"{ask.owner or 'we'} decide {ask.text}"
    return text, refusal, (ask.on,) if ask.on else (), ()


def _remedy(remedy: Remedy) -> _Core:
    refusal = remedy.decision == "declined"
    name = "waive" if remedy.kind == "waiver" and remedy.decision == "granted" else remedy.kind  # nobody says "a waiver" of what they waive
    text = remedy.because if refusal and remedy.because else remedy.text or name
    amount = remedy.amount if not refusal and not remedy.text else None
    values = (Value("money", 0, 0, "", amount=amount.amount, currencies=frozenset({amount.currency})),) if amount else ()
    return text, refusal, (remedy.on,) if remedy.on else (), values


def _owed(name: str, role: Role, core: _Core, reading: Reading, weights: Mapping[str, float], frame: Frame) -> Owed:
    text, refusal, moments, given = core
    mine = {word: weights[word] for word in reading.words}
    values = tuple(value for value in reading.values if not value.weak)
    ahead = any(act.tense == "future" for act in reading.acts[:1])
    when = tuple(value for moment in moments for value in moment_values(moment, frame))
    ours = role in ("fix", "remedy", "prevention", "containment", "next") and bool(reading.acts) and reading.acts[0].agent == "us"
    arrives = bool(reading.acts) and reading.acts[0].verb in ARRIVING
    contact = role == "next" and bool(reading.acts) and reading.acts[0].verb in CONTACT
    return Owed(
        id=name,
        role=role,
        text=text,
        words=reading.words,
        values=(*values, *given),
        moments=when,
        refusal=refusal,
        ahead=ahead,
        arrives=arrives,
        ours=ours,
        bare=bool(given),
        contact=contact,
        family=family(name),
        timed=any(value.kind == "time" for value in when),
        weights=mine,
        word_weight=sum(mine.values()),
    )


def moment_values(moment: Moment, frame: Frame) -> Iterator[Value]:
    """The day of a moment, and its time of day where it has one, as the locale writes them."""
    day = day_of(moment, frame.now.tzinfo)
    yield Value("date", 0, 0, written_day(day, frame.locale), days=Days(day.year, day.month, day.day))
    if isinstance(moment, datetime):
        local = moment.astimezone(frame.now.tzinfo)
        yield Value("time", 0, 0, written_time(local, frame.locale), clocks=(local.hour * 60 + local.minute,))
