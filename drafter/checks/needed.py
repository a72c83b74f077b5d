"""The needs of each pattern that are looked for in a text: as they come with Drafter, else worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drafter.checks.prepared import mark, prepared

_STEPS = 3  # needs of a pattern that are looked for one after the other; one more is looked for anywhere
PLACES = _STEPS + 1

Needs = list[list[str]]  # each some atoms, of which one stands in the text
Chosen = list[int | None]  # for each place the number of a need; the last is looked for anywhere


def needed(patterns: Sequence[str]) -> tuple[Needs, list[Chosen]]:
    """All needs, and those of each pattern."""
    shipped = prepared("needs")
    needs, known = list(shipped.get("all", ())), dict(shipped.get("chosen", ()))
    marks = [mark(pattern) for pattern in patterns]
    if new := {name: pattern for name, pattern in zip(marks, patterns, strict=True) if name not in known}:
        more, chosen = worked_out(new.values())
        moved = [[None if need is None else len(needs) + need for need in own] for own in chosen]
        known |= zip(new, moved, strict=True)
        needs += more
    return needs, [known[name] for name in marks]


def worked_out(patterns: Iterable[str]) -> tuple[Needs, list[Chosen]]:
    """The rarest needs of the steps with the rarest, in order, and the rarest of all the others."""
    from drafter.checks.needs import Need, Reader, Step, rarest_first  # what comes with Drafter needs no reading

    reader, numbers = Reader(), dict[Need, int]()

    def choose(steps: tuple[Step, ...]) -> Chosen:
        best = [min(step, key=rarest_first) for step in steps]
        places = sorted(sorted(range(len(best)), key=lambda place: rarest_first(best[place]))[:_STEPS])
        ordered = [best[place] for place in places]
        others = {need for step in steps for need in step}.difference(ordered)
        row: list[Need | None] = [*[None] * (_STEPS - len(ordered)), *ordered, min(others, key=rarest_first) if others else None]
        return [None if need is None else numbers.setdefault(need, len(numbers)) for need in row]

    chosen = [choose(reader.steps(pattern)) for pattern in patterns]
    return [sorted(need) for need in numbers], chosen
