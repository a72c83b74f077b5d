"""Comparing: how far an act of a text and an act of a fact say the same."""

from __future__ import annotations

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import base, word_class

_EMPTY = frozenset({"be", "have", "do", "go", "get", "", "mak", "tak", "giv"})


_GIVES = word_class("giving") | word_class("granting") | {base("take")}


def said(act: Act) -> frozenset[str]:
    """The verb and the content words of an act."""
    return act.words | {act.verb} if act.verb not in _EMPTY else act.words


def values_shared(values: tuple[Value, ...], others: tuple[Value, ...], facts: Facts) -> int:
    """How many of `values` mean the same as one of `others`."""
    return sum(any(equal(value, other, facts) for other in others) for value in values)


def likeness(act: Act, known: Known, facts: Facts) -> float:
    """The share of what an act says that a fact says too, values among it: 0 to 1."""
    mine = said(act)
    held = sum(word in known.words for word in mine)
    total = len(mine)
    hard = tuple(value for value in act.values if not value.weak)
    if hard:
        held += values_shared(hard, known.values, facts)
        total += len(hard)
    return held / total if total else 0.0


def resolved(acts: list[Act], i: int) -> Act:
    """The act at `i`; where it only points back ("we will pay it"), with the things of the clauses before it."""
    act = acts[i]
    if (act.words - {act.verb} and act.verb not in _GIVES) or not act.points or any(value.kind == "money" for value in act.values):
        return act
    near = [one for one in reversed(acts[max(0, i - 5) : i]) if one.sentence >= act.sentence - 1 and one.link not in ("if", "unless")]
    meant = next((one for one in near if _amounts(one)), None) or next((one for one in near if one.words - {one.verb}), None)
    return act._replace(words=act.words | (meant.words - {meant.verb}), values=(*act.values, *_amounts(meant))) if meant else act


def _amounts(act: Act) -> tuple[Value, ...]:
    return tuple(value for value in act.values if value.kind == "money")
