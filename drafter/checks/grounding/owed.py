"""What a statement of each fact must say: the words and values of its core, and whether it is a refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.reading import read
from drafter.checks.grounding.value import Days, Value
from drafter.checks.grounding.words import content
from drafter.incident import Ask, Incident, Remedy
from drafter.incident.moment import Moment, day_of


@dataclass(frozen=True)
class Owed:
    """A fact's core as coverage sees it; `weights` says how telling each of its words is among all facts."""

    id: str
    text: str
    words: frozenset[str]
    values: tuple[Value, ...]
    days: tuple[Value, ...]  # its moments, which may be left out
    refusal: bool
    tense: str  # of the clause that says it: "future" for what is still to come
    weights: dict[str, float]

    @property
    def weight(self) -> float:
        """What all its words weigh."""
        return sum(self.weights.values())


def owed_of(incident: Incident, frame: Frame) -> dict[str, Owed]:
    """The core of every fact of `incident` that has words or values."""
    found = {name: _owed(name, *core, frame) for name, core in _cores(incident)}
    common = Counter(word for owed in found.values() for word in owed.words)
    return {name: replace(owed, weights={word: common[word] ** -0.5 for word in owed.words}) for name, owed in found.items()}


_Core = tuple[str, bool, tuple[Moment, ...], tuple[Value, ...]]


def _cores(incident: Incident) -> Iterator[tuple[str, _Core]]:
    special: dict[str, _Core] = {ask.id: _ask(ask) for ask in incident.asks}
    special |= {remedy.id: _remedy(remedy, incident) for problem in incident.problems for remedy in problem.remedies}
    for stated in incident.facts:
        if stated.id in special:
            yield stated.id, special[stated.id]
        elif stated.role not in ("thread", "locked"):
            yield stated.id, (stated.text, False, stated.moments, ())


def _ask(ask: Ask) -> _Core:
    refusal = ask.decision == "declined"
    text = ask.because if refusal and ask.because else ask.answer or ask.text
    pending = ask.decision == "pending" and ask.on is not None and not ask.answer
    values = (_day(ask.on, None),) if pending and ask.on is not None else ()
    return text, refusal, (ask.on,) if ask.on and not pending else (), values


def _remedy(remedy: Remedy, incident: Incident) -> _Core:
    refusal = remedy.decision == "declined"
    text = remedy.because if refusal and remedy.because else remedy.text or remedy.kind
    amount = remedy.amount if not refusal and not remedy.text else None
    values = (Value("money", 0, 0, "", amount=amount.amount, currencies=frozenset({amount.currency})),) if amount else ()
    pending = remedy.decision == "pending" and remedy.on is not None
    if pending and remedy.on is not None:
        values = (*values, _day(remedy.on, incident))
    return text, refusal, (remedy.on,) if remedy.on and not pending else (), values


def _day(moment: Moment, incident: Incident | None) -> Value:
    day = day_of(moment, incident.zone if incident else None)
    return Value("date", 0, 0, "", days=Days(day.year, day.month, day.day))


def _owed(name: str, text: str, refusal: bool, moments: tuple[Moment, ...], given: tuple[Value, ...], frame: Frame) -> Owed:
    reading = read(text, frame)
    inside = [(value.start, value.end) for value in reading.values]
    row = [token for token in reading.tokens if not any(start <= token.start < end for start, end in inside)]
    values = tuple(value for value in reading.values if not value.weak)
    days = tuple(_day(moment, None) for moment in moments)
    tense = next((act.tense for act in reading.acts if act.tense == "future"), "")
    return Owed(name, text, content(row), (*values, *given), days, refusal, tense, {})
