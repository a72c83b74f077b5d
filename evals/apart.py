"""Cases that stand apart in a comparison: those that ask for something else by now, and those that the run before did not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.compare import Run

_SHOWN = 20
_NAMED = 3


def changed(before: Run, after: Run) -> set[str]:
    """The cases of both runs whose facts, ticket or expectations are not what they were: such a case is no pair with itself."""
    return {case for case, asks in after.asks.items() if asks and before.asks.get(case, asks) != asks}


def fresh(before: Run, after: Run) -> dict[str, list[str]]:
    """By writer that both runs have: the cases of this run that nothing in the run before can be held against, new or changed."""
    other = changed(before, after)
    return {
        writer: sorted(case for case in cases if case not in before.cases[writer] or case in other)
        for writer, cases in after.cases.items()
        if writer in before.cases
    }


def fresh_and_wrong(before: Run, after: Run) -> dict[str, list[str]]:
    """Those that are not as expected in every epoch, save the single prompt's: no comparison says so, and they count all the same."""
    found = {
        writer: [case for case in cases if after.cases[writer][case].get("as expected", 1.0) < 1.0]
        for writer, cases in fresh(before, after).items()
        if writer != "plain"  # nobody sends what the single prompt wrote
    }
    return {writer: cases for writer, cases in found.items() if cases}


def in_verdict(before: Run, after: Run) -> Iterator[str]:
    """What a verdict adds of them, a sentence each."""
    if wrong := fresh_and_wrong(before, after):
        count = len({case for cases in wrong.values() for case in cases})
        places = "; ".join(f"{writer}: {listed(cases, _NAMED)}" for writer, cases in wrong.items())
        yield f"New and not as expected: {count} ({places})."
    if other := changed(before, after):
        yield f"Changed in the suite, and not compared: {len(other)}."


def differing(before: Run, after: Run) -> Iterator[str]:
    """What of the cases was not the same in two runs; a line for each."""
    gone = {name for writer, cases in before.cases.items() if writer in after.cases for name in cases.keys() - after.cases[writer].keys()}
    if gone:
        yield f"{len(gone)} cases of the run before are not in this one: {listed(sorted(gone), _NAMED)}"
    if other := changed(before, after):
        yield f"Changed in the suite since the run before, and not compared: {len(other)}: {listed(sorted(other))}"
    if after.asks and not before.asks:
        yield (
            "The run before did not keep what its cases asked for: where facts or expectations have changed since, a case is held against "
            "another one. Run it again, or accept a new baseline."
        )


def listed(names: Sequence[str], most: int = _SHOWN) -> str:
    """Names with commas between them, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
