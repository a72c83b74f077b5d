"""What was measured of one letter, as a log of Inspect keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from inspect_ai.log import EvalLog, EvalSample

from evals.counts import Figure
from evals.judge.scorer import judged_of

FIRST = ("facts told", "nothing invented", "nothing flagged", "nothing missing")  # of what was written before anything was replaced

JUDGE = "judge: "  # before a line of the rubric, where its figure stands among others


def done(log: EvalLog) -> list[EvalSample]:
    """The samples of a log that were judged."""
    return [one for one in log.samples or () if one.scores]


def is_expected(sample: EvalSample) -> bool:
    """Whether a letter is all that its case expects."""
    return (sample.scores or {})["expected"].as_float() == 1.0


def share_expected(samples: Sequence[EvalSample]) -> Figure:
    """The share of letters that are all that their cases expect."""
    return Figure.of(sum(map(is_expected, samples)), len(samples))


def figures_of(sample: EvalSample) -> dict[str, float]:
    """What was measured of a letter: whether it is as expected, what was written before anything was replaced, what a judge said."""
    value = (sample.scores or {})["written"].value
    assert isinstance(value, dict)
    said = {f"{JUDGE}{line}": held for line, held in judged_of(sample).items()}
    return {"as expected": float(is_expected(sample)), **{name: float(value[name] or 0) for name in FIRST}, **said}
