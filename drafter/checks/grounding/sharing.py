"""Sharing: what each clause of a text gives to each fact.

A clause is first given to the facts that explain most of it. What another fact shares with it counts only where those do
not explain it, so that "we are paying the bank fee" does not also state "your bank took a fee".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.owed import ARRIVING, CONTACT, RECEIVING, Owed
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root

ROUNDING = 1e-9  # sums of weights differ in their last digits with the order of a set
_AHEAD = 0.8  # of the best explanation's weight: as good as it
ROUTE = re.compile(
    r"\breply (?:to this|here)\b|\bplease reply to\b|\b(?:rather|easier to) talk\b|\byou can reach\b|\bit reaches me\b", re.I
)
_NEXT = re.compile(r"\b(?:more|next|back|updates?|news|from (?:me|us)|to follow)\b", re.I)  # stand for a call or a letter to come
_PAYING = frozenset(root(word) for word in ("pay", "refund", "credit", "give"))
_NONE: frozenset[int] = frozenset()


class Shared(NamedTuple):
    """What a clause and a fact share: words, and the places of values and moments in the fact's own lists."""

    words: frozenset[str] = frozenset()
    values: frozenset[int] = _NONE
    moments: frozenset[int] = _NONE

    def with_(self, other: Shared) -> Shared:
        """What both share together."""
        return Shared(self.words | other.words, self.values | other.values, self.moments | other.moments)


class Clause(NamedTuple):
    """One clause of the text, and what it gives to each fact."""

    start: int
    end: int
    given: dict[str, Shared]
    named: dict[str, frozenset[int]]  # the values of each fact that stand in it, whoever explains them
    falls: frozenset[str]  # facts still to come whose moment it names without naming them: "you'll have it by Friday"
    contact: bool  # a call, a letter, a message
    future: bool


def clauses(reading: Reading, facts: Facts) -> list[list[Clause]]:
    """The clauses of the text's own words, sentence by sentence, but for conditions and ways to reply."""
    sentences: dict[int, list[Clause]] = {}
    for act in reading.acts:
        if reading.own(act.start) and not _supposes(act) and not ROUTE.search(reading.text, act.start, act.end):
            sentences.setdefault(act.sentence, []).append(_clause(act, facts, next_=bool(_NEXT.search(reading.text, act.start, act.end))))
    return list(sentences.values())


def when(owed: Owed, part: Shared) -> float:
    """How far the moment of a fact is named: an hour says its day too, a day without the hour says half."""
    if not part.moments:
        return 0.0
    return 1.0 if not owed.timed or any(owed.moments[i].kind == "time" for i in part.moments) else 0.5


def _supposes(act: Act) -> bool:
    """Whether a clause only supposes something: not "if your account is in our region", which names who is meant."""
    return act.link in ("if", "unless") and (act.negated or act.agent in ("customer", "us"))


def _clause(act: Act, facts: Facts, *, next_: bool) -> Clause:
    words = said(act)
    if act.negated:
        words |= {f"!{word}" for word in words}
    shared = {name: part for name, part in _parts(act, words, facts) if not _out_of_time(act, facts.owed[name])}
    named = {name: part.values for name, part in shared.items() if part.values}
    falls = frozenset(name for name, part in shared.items() if part.moments and _falls(act, facts.owed[name]))
    return Clause(act.start, act.end, _explained(shared, facts), named, falls, next_ or bool(words & CONTACT), act.tense == "future")


def _parts(act: Act, words: frozenset[str], facts: Facts) -> Iterator[tuple[str, Shared]]:
    """What a clause shares with each fact that it shares anything with."""
    common: dict[str, list[str]] = {}
    for word in words:
        for name in facts.holders.get(word, ()):
            common.setdefault(name, []).append(word)
    told = [value for value in act.values if not (value.weak and value.kind == "number")]
    for name, owed in facts.owed.items():
        if not told and name not in common:
            continue
        held = _held(told, owed.values, facts) if told and owed.values else _NONE
        moments = _held([value for value in told if _dated(value)], owed.moments, facts) if told and owed.moments else _NONE
        if held or moments or name in common:
            paid = owed.words & _PAYING if held and owed.ours and act.verb in _PAYING and act.agent == "us" else frozenset()
            yield name, Shared(frozenset(common.get(name, ())) | paid, held, moments)


def _out_of_time(act: Act, owed: Owed) -> bool:
    """Whether the clause tells what was done, and the fact what will be, or what we did where the customer acts."""
    if act.tense not in ("past", "perfect") or act.subordinate:
        return False
    if owed.contact and owed.timed and act.agent != "us" and any(value.kind == "time" for value in act.values):
        return False  # "Next message from me: 7:30 pm, with what they have found"
    return (owed.ahead and not owed.arrives) or (owed.ours and _theirs(act))


def _falls(act: Act, owed: Owed) -> bool:
    """Whether a clause only says when something comes, and the fact is of something that comes."""
    generic = act.verb in ARRIVING and act.tense in ("future", "present") and len(act.words - {act.verb}) <= 1
    return generic and owed.ahead and owed.arrives


def _theirs(act: Act) -> bool:
    """Whether the customer is the one who acts in the clause itself: not in "the £28 you spent is on us"."""
    return act.agent == "customer" and act.verb not in RECEIVING and act.subject[0] - act.start <= len(act.link) + 1


def _held(told: list[Value], values: tuple[Value, ...], facts: Facts) -> frozenset[int]:
    """The places of the values that a clause tells."""
    return frozenset(i for i, value in enumerate(values) if any(equal(mine, value, facts) for mine in told))


def _dated(value: Value) -> bool:
    """Whether a value names a day or an hour, not only its month."""
    return value.days is None or value.days.day is not None or value.days.weekday is not None or value.days.first is not None


def _explained(shared: dict[str, Shared], facts: Facts) -> dict[str, Shared]:
    """What each fact keeps of a clause when the facts that explain most of it have taken theirs."""
    if len(shared) < 2:
        return shared
    weights = {name: _grip(facts.owed[name], part) for name, part in shared.items()}
    first = max(weights, key=lambda name: weights[name])
    best = facts.owed[first]
    kept: dict[str, Shared] = {}
    for name, part in shared.items():
        if weights[name] >= _AHEAD * weights[first] - ROUNDING or facts.owed[name].family == best.family:
            kept[name] = part
        elif rest := part.words - best.words:
            kept[name] = Shared(rest, part.values, part.moments)
        elif part.values or part.moments:
            owed = facts.owed[name]
            kept[name] = Shared(
                frozenset(), part.values - _taken(owed.values, best, facts), part.moments - _taken(owed.moments, best, facts)
            )
    return kept


def _taken(values: tuple[Value, ...], best: Owed, facts: Facts) -> frozenset[int]:
    return frozenset(i for i, value in enumerate(values) if any(equal(value, other, facts) for other in (*best.values, *best.moments)))


def _grip(owed: Owed, part: Shared) -> float:
    """How much of a clause a fact explains; a day that is both in its words and beside them counts once."""
    dates = sum(owed.values[i].kind in ("date", "time") for i in part.values)
    return sum(owed.weights[word] for word in part.words) + len(part.values) + max(0.0, when(owed, part) - dates)
