"""Whether the checks see in the texts of the suites what a careful reader sees: `python -m evals texts`; asks no model.

By suite: the rules of errors and warnings that the reader flagged, and the elements that the reader found, beside those of the
checks. What is missing is no rule of a text alone, and counts with the elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from drafter import check
from evals.counts import Counts
from evals.expected import is_missing
from evals.suites import Suite, TextCase

SHOWN = 20


@dataclass
class Seen:
    """What the checks and the reader saw: rules and elements, and the cases on which they differ."""

    rules: Counts = field(default_factory=Counts)
    elements: Counts = field(default_factory=Counts)
    differ: list[str] = field(default_factory=list)

    def add(self, case: TextCase) -> None:
        """Count one more text."""
        report = check(case.text, case.incident, kind=case.kind, channel=case.channel)
        said = {one.rule for one in report.findings if one.severity != "suggestion" and not is_missing(one)}
        meant = set(case.findings)
        for rule in said | meant:
            self.rules.add(said=rule in said, meant=rule in meant)
        states = [(name, state, report.elements[name]) for name, state in case.elements.items()]
        for _, state, found in states:
            self.elements.add(said=found == "present", meant=state == "present")
        wrong = [
            *(f"missed {rule}" for rule in sorted(meant - said)),
            *(f"false {rule}" for rule in sorted(said - meant)),
            *(f"{name} is {found}, not {state}" for name, state, found in states if (found == "present") != (state == "present")),
        ]
        if wrong:
            self.differ.append(f"{case.id}: {', '.join(wrong)}")


def measure(read: Sequence[Suite]) -> dict[str, Seen]:
    """What was seen in each suite, and in all of them."""
    by_suite = {suite.suite: Seen() for suite in read}
    whole = Seen()
    for suite in read:
        for case in suite.texts:
            by_suite[suite.suite].add(case)
            whole.add(case)
    return {**by_suite, "all": whole}


def page(measured: dict[str, Seen], *, worst: int = SHOWN) -> Iterator[str]:
    """The figures as a table, and the texts on which checks and reader differ."""
    yield f"{'':16}{'rules: precision':>20}{'recall':>20}{'elements: precision':>22}{'recall':>20}"
    for name, seen in measured.items():
        rules, elements = seen.rules, seen.elements
        yield f"{name:16}{rules.precision!s:>20}{rules.recall!s:>20}{elements.precision!s:>22}{elements.recall!s:>20}"
    differ = measured["all"].differ
    yield f"\nChecks and reader differ on {len(differ)} texts:" if differ else "\nChecks and reader differ on no text."
    yield from (f"  {line}" for line in differ[:worst])
