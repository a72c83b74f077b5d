"""Matching: the fact that a value of a text rests on, across the ways people write it."""

from __future__ import annotations

from collections.abc import Callable

from drafter.checks.grounding.derived import counted, day, hour, lasting, total
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.references import key_of
from drafter.checks.grounding.value import Value

_MEASURES = frozenset({"mb", "gb", "kb", "tb"})


def fact_of(value: Value, facts: Facts, sentence: str) -> Known | str | None:
    """The fact that `value` rests on, the id of what it can be worked out from, or None; `sentence` is where it stands."""
    direct = _direct(value, facts)
    if direct:
        return direct
    derive = _DERIVED.get(value.kind)
    return derive(value, facts, sentence) if derive else _named(value, facts)


def _share(value: Value, facts: Facts, _: str) -> str | None:
    """A whole or a half that the facts say in words."""
    if value.amount == 100:
        return facts.words.get("full") or facts.words.get("all")
    return facts.words.get("half") if value.amount == 50 else None


_DERIVED: dict[str, Callable[[Value, Facts, str], str | None]] = {
    "money": total,
    "number": counted,
    "date": day,
    "time": lambda value, facts, _: hour(value, facts),
    "duration": lasting,
    "percentage": _share,
}


def _direct(value: Value, facts: Facts) -> Known | None:
    best: Known | None = None
    for kind in (value.kind, *_ACROSS.get(value.kind, ())):
        for other, known in facts.values.get(kind, ()):
            if equal(value, other, facts) and _unit_fits(value, other, facts):
                if not known.asked:
                    return known
                best = best or known
    return best


_ACROSS = {"number": ("reference", "money", "percentage", "time", "duration"), "reference": ("number",), "time": ("number",)}


def _unit_fits(value: Value, other: Value, facts: Facts) -> bool:
    """Whether a number counts what the fact counts; a noun that the facts count otherwise does not fit."""
    if value.kind == "reference" and value.label:
        same = [third for kind in ("reference", "number") for third, _ in facts.values.get(kind, ()) if third.label == value.label]
        return not same or any(equal(value, third, facts) for third in same)
    if value.kind != "number" or not value.units or value.units & other.units:
        return True
    if value.units & _MEASURES or other.units & _MEASURES:
        return not (value.units | other.units) - _MEASURES or not any(unit in facts.roots for unit in value.units - _MEASURES)
    if not other.units and not other.weak and other.text[:1].isdigit():
        return True
    counted = {unit for third, _ in facts.values.get("number", ()) if third is not other for unit in third.units}
    return not value.units & counted


def _named(value: Value, facts: Facts) -> str | None:
    """The fact whose words hold a reference, where no value of the facts is it."""
    for known in facts.known:
        if value.key and any(value.key == key_of(token.low) for token in known.reading.tokens):
            return known.id
    return None
