"""How far the checks that judge letters are to be trusted: measured on texts whose faults are known, and kept with the day.

What a letter is said to be rests on these checks. `python -m evals checker` measures them beside labelled sentences and replies
(`wording`) and on letters damaged on purpose (`mutations`), in half a minute, and keeps the figures for every report to show.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drafter.checks import rules_in_force
from evals import mutations
from evals.counts import Figure
from evals.labelled import replies, sentences
from evals.wording import measure_replies, measure_sentences, together

KEPT = Path(__file__).resolve().parent / "checker.json"


@dataclass(frozen=True)
class Measurement:
    """One figure of the checks, and how many texts stand behind it."""

    name: str
    figure: Figure
    count: int


@dataclass(frozen=True)
class Checker:
    """What was measured of the checks, on which day, under which rules."""

    measured: str
    rules: str
    figures: tuple[Measurement, ...]

    def is_of(self, rules: str) -> bool:
        """Whether it was measured under these rules."""
        return self.rules == rules


def measure() -> Checker:
    """The checks of now, on the test split of the labelled texts and on damaged letters."""
    figures = (*_wording(), *_mutations())
    return Checker(datetime.now(UTC).strftime("%Y-%m-%d"), rules_in_force("en").hash, figures)


def _wording() -> Iterator[Measurement]:
    rows, whole = measure_sentences(sentences("test")), measure_replies(replies("test"))
    alone, inside = rows.overall, whole.sentences.overall
    yield Measurement("faulty sentences found", alone.recall, alone.right + alone.missed)
    yield Measurement("flags that are right", alone.precision, alone.right + alone.wrong)
    yield Measurement("faults found in replies", inside.recall, inside.right + inside.missed)
    yield Measurement("right flags in replies", inside.precision, inside.right + inside.wrong)
    elements = together(whole.elements.values())
    yield Measurement("elements seen in replies", elements.recall, elements.right + elements.missed)
    left = whole.harmless - round(whole.alarms.value * whole.harmless)
    yield Measurement("harmless replies spared", Figure.of(left, whole.harmless), whole.harmless)


def _mutations() -> Iterator[Measurement]:
    tallies = mutations.measure(sorted(mutations.EXAMPLES.glob("*.yaml")))
    for kind, tally in tallies.items():
        yield Measurement(f"damage found: {kind}", Figure.of(tally.caught, tally.tried), tally.tried)
    tried, caught = sum(one.tried for one in tallies.values()), sum(one.caught for one in tallies.values())
    yield Measurement("damage found: all kinds", Figure.of(caught, tried), tried)
    alarms = mutations.false_alarms(mutations.PARAPHRASES.read_text("utf-8").splitlines())
    yield Measurement("right letters spared", Figure.of(alarms.tried - alarms.caught, alarms.tried), alarms.tried)


def keep(checker: Checker) -> None:
    """Keep it for every report."""
    figures = {
        one.name: [round(one.figure.value, 4), round(one.figure.low, 4), round(one.figure.high, 4), one.count] for one in checker.figures
    }
    made = {"measured": checker.measured, "rules": checker.rules, "figures": figures}
    KEPT.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def read() -> Checker:
    """What was kept."""
    made: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    figures = tuple(Measurement(name, Figure(value, low, high), count) for name, (value, low, high, count) in made["figures"].items())
    return Checker(made["measured"], made["rules"], figures)


def main() -> int:
    """Measure, keep, and print."""
    checker = measure()
    keep(checker)
    for one in checker.figures:
        print(f"{one.name:36}{one.figure!s:>20}{one.count:6}")
    return 0
