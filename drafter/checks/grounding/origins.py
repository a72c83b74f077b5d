"""Origins: the facts that each sentence of a text states.

A sentence is first given to the fact that explains most of it; another one is a source too only where it explains words or
values that are left. So a day or an amount that many facts share makes none of them a source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.coverage import cover
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, Known, facts_of
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.sharing import ROUNDING, ROUTE
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import content, tokens
from drafter.checks.report import Claim
from drafter.incident import Incident

_HALF = 0.5  # of a fact's words and values: no more does not state it; of a name, its half does
_LEAST = 0.35  # of a second fact's words and values, that no other explains
_BESIDE = 0.5  # what a day or an amount that stands beside the words of a fact counts
_NAMES = frozenset({"company", "signer", "customer", "person"})
_FEW = 3  # words of a sentence that says little more than a day
_SIDES = frozenset({"us", "customer"})


class Source(NamedTuple):
    """A fact that a sentence rests on: its id, and those of its words that are stated."""

    fact: str
    text: str


class _Line(NamedTuple):
    """A fact, or one of the several things that it holds: an answer, a reason, a term."""

    known: Known
    text: str
    words: frozenset[str]
    values: tuple[Value, ...]  # that stand in its own words
    owner: frozenset[str]  # the name of who does it
    weight: float

    @property
    def held(self) -> tuple[Value, ...]:
        """All values that explain one of a sentence: also the amount and the days that stand beside the words."""
        return (*self.values, *self.known.values)


class _Part(NamedTuple):
    """A sentence: what stands in it and no fact has explained yet."""

    start: int
    end: int
    words: frozenset[str]
    values: tuple[Value, ...]
    acts: tuple[Act, ...]

    def without(self, line: _Line, facts: Facts) -> _Part:
        """What is left when a fact has explained its own."""
        left = tuple(value for value in self.values if not _holds(line.held, value, facts))
        return self._replace(words=self.words - line.words, values=left)


def sources(text: str, incident: Incident, spans: Sequence[tuple[int, int]], claims: Sequence[Claim] = ()) -> list[tuple[Source, ...]]:
    """What each sentence (its span in `text`) states, the fact that explains most of it first.

    `claims` are those of the text: one that rests on a fact shows it where nothing else does.
    """
    facts = facts_of(incident)
    reading = read(text, facts.frame, facts.locked)
    lines, weights = _weighed(facts)
    covered = [(one.fact, one.span) for one in cover(text, incident, [stated.id for stated in incident.facts]) if one.span]
    found: list[tuple[Source, ...]] = []
    chosen: list[_Line] = []
    for start, end in spans:
        part = _part(reading, start, end)
        if fixed := [Source(locked.id, locked.text) for locked in incident.locked if text[start:end].strip() in locked.text]:
            found.append(tuple(fixed[:1]))
            continue
        able = [line for line in lines if line.known.role in _NAMES] if ROUTE.search(text, start, end) else lines
        before, chosen = chosen, list(_chosen(part, able, weights, facts))
        if all(line.known.role in _NAMES for line in chosen):
            near = {fact for fact, span in covered if span[0] < end and start < span[1]}
            pointed = list(_pointed(part, [line for line in able if line.known.id in near], facts))
            chosen += pointed or _dated(part, before, lines, facts)
        chosen += _claimed(part, chosen, lines, claims, facts)
        found.append(tuple(dict.fromkeys(Source(line.known.id, line.text) for line in chosen)))
    return found


@lru_cache(maxsize=8)
def _weighed(facts: Facts) -> tuple[tuple[_Line, ...], dict[str, float]]:
    """Everything that a sentence can rest on, and how telling each of its words is: 1 is of one line alone."""
    lines = list(_lines(facts))
    rarity = Counter(word for line in lines for word in line.words)
    weights = {word: count**-0.5 for word, count in rarity.items()}
    return tuple(line._replace(weight=_weight(line.words, weights) + len(line.values)) for line in lines), weights


def _lines(facts: Facts) -> Iterator[_Line]:
    whole = {stated.id: stated for stated in facts.incident.facts}
    for known in facts.known:
        stated = whole[known.id]
        for text in known.text.split("\n") if known.role not in ("thread", "locked") else ():
            said = text.rstrip(".")
            reading = read(said, facts.frame)
            values = [value for value in reading.values if not value.weak and (value.days is None or value.days.one or value.days.whole)]
            owner = content(tokens(stated.owner or ""))
            shown = said if said and said in stated.text else stated.text.partition("\n")[0]  # a remedy may have no words of its own
            yield _Line(known, shown, reading.words, tuple(values), owner, 0.0)


def _part(reading: Reading, start: int, end: int) -> _Part:
    values = tuple(value for value in reading.values if start <= value.start < end)
    row = [
        token for token in reading.tokens if start <= token.start < end and not any(one.start <= token.start < one.end for one in values)
    ]
    return _Part(start, end, content(row), values, tuple(act for act in reading.acts if start <= act.start < end))


def _chosen(part: _Part, lines: Sequence[_Line], weights: Mapping[str, float], facts: Facts) -> Iterator[_Line]:
    able = [line for line in lines if _states(part, line, weights, facts)]
    left = part
    while able:
        gains = {i: _gain(left, line, weights, facts) for i, line in enumerate(able)}
        best = max(gains, key=lambda i: _worth(left, part, able[i], weights, facts))
        line = able.pop(best)
        first = left is part
        if gains[best] <= 0 or (not first and (gains[best] < _LEAST * line.weight or _is_another_day(part, line, facts))):
            if first:
                return
            continue
        yield line
        left = left.without(line, facts)


def _states(part: _Part, line: _Line, weights: Mapping[str, float], facts: Facts) -> bool:
    """Whether a sentence says a fact, or the half of a name."""
    share = _share(part, line, weights, facts)
    if line.known.role in _NAMES:
        return share >= _HALF
    values = [value for value in line.values if _holds(part.values, value, facts)]
    alike = len(part.words & line.words) + len(values)
    telling = bool(part.words & line.words) or any(value.kind != "number" for value in values)
    return telling and share > _HALF + ROUNDING and (alike > 1 or share >= 1 - ROUNDING)


def _is_another_day(part: _Part, line: _Line, facts: Facts) -> bool:
    """Whether a fact has days, and the sentence others."""
    days = [value for value in part.values if value.kind == "date"]
    own = [value for value in line.held if value.kind == "date"]
    return bool(days and own) and not any(_holds(own, value, facts) for value in days)


def _share(part: _Part, line: _Line, weights: Mapping[str, float], facts: Facts) -> float:
    """How much of a fact a sentence says."""
    return _gain(part, line, weights, facts) / line.weight if line.weight else 0.0


def _gain(part: _Part, line: _Line, weights: Mapping[str, float], facts: Facts) -> float:
    """How much of a sentence a fact explains by its own words and values."""
    return _weight(part.words & line.words, weights) + sum(_holds(part.values, value, facts) for value in line.values)


def _worth(left: _Part, part: _Part, line: _Line, weights: Mapping[str, float], facts: Facts) -> float:
    """How well a fact explains what is left of a sentence: much of the sentence by much of the fact."""
    beside = sum(_holds(left.values, value, facts) for value in line.known.values if not value.end)
    gain = _gain(left, line, weights, facts)
    return (gain + _BESIDE * beside if gain else 0.0) * _share(part, line, weights, facts) + _side(part, line)


def _side(part: _Part, line: _Line) -> float:
    """What speaks for a fact in which the same one acts, and against one in which the other does."""
    agents = {act.verb: act.agent for act in part.acts if act.agent in _SIDES}
    same = [agents[act.verb] == act.agent for act in line.known.acts if act.verb in agents and act.agent in _SIDES]
    return 0.0 if not same else 0.5 if any(same) else -0.5


def _pointed(part: _Part, lines: Sequence[_Line], facts: Facts) -> Iterator[_Line]:
    """The fact that a sentence points to without its words, such as "you'll have it by Friday"."""
    if not lines:
        return
    best = max(lines, key=lambda line: (_signs(part, line, facts), len(part.words & line.words)))
    if _signs(part, best, facts) or len(part.words & best.words) > 1:
        yield best


def _dated(part: _Part, before: Sequence[_Line], lines: Sequence[_Line], facts: Facts) -> Iterator[_Line]:
    """The fact that comes on the day that is all a sentence says: the one that was just told, or the only one of that day."""

    def comes(line: _Line) -> bool:
        moments = [value for value in line.known.values if not value.end and value.kind in ("date", "time")]
        return bool(moments) and all(_holds(part.values, value, facts) for value in moments)

    told = [line for line in before if comes(line)]
    only = {line.known.id: line for line in reversed(lines) if comes(line)}
    yield from told[:1] or (only.values() if len(only) == 1 and len(part.words) < _FEW else ())


def _signs(part: _Part, line: _Line, facts: Facts) -> int:
    """How many of a sentence's values a fact has, and whether the one who does it is named."""
    telling = [value for value in part.values if value.kind != "number"]
    return sum(_holds(line.held, value, facts) for value in telling) + bool(line.owner and line.owner <= part.words)


def _claimed(part: _Part, chosen: Sequence[_Line], lines: Sequence[_Line], claims: Sequence[Claim], facts: Facts) -> Iterator[_Line]:
    """The facts of amounts, references and names that nothing chosen has."""
    for claim in claims:
        if claim.fact is None or not part.start <= claim.start < part.end or claim.kind not in ("money", "reference", "name"):
            continue
        value = next((one for one in part.values if one.start == claim.start), None)
        words = content(tokens(claim.text))
        if any(_holds(line.held, value, facts) if value else words <= line.words for line in chosen):
            continue
        yield from [line for line in lines if line.known.id == claim.fact][:1]


def _holds(values: Sequence[Value], value: Value, facts: Facts) -> bool:
    return any(equal(value, other, facts) for other in values)


def _weight(words: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in words)
