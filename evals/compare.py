"""Two runs side by side, case by case: what got better, what got worse, and whether that is more than chance.

A run is what `python -m evals drafts` left in its folder of logs, or an accepted baseline (`evals/baselines/NAME.json`). Both
wrote the same cases, so their difference is paired: the mean of the differences of each case, with the 95% interval that their
spread gives. A run is worse where the whole interval lies below nought.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, stdev

from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from drafter.errors import InputError
from evals.samples import done, figures_of

BASELINES = Path(__file__).resolve().parent / "baselines"
Cases = dict[str, dict[str, float]]  # case -> figure -> its mean over the epochs, from 0 to 1
_SHOWN = 20


@dataclass(frozen=True)
class Run:
    """What was measured of each case, by who wrote the letters; `by` says with what."""

    cases: dict[str, Cases]
    by: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The run as a baseline keeps it."""
        return json.dumps({"by": self.by, "cases": self.cases}, indent=1, sort_keys=True) + "\n"


@dataclass(frozen=True)
class Change:
    """How a figure changed between two runs: the mean difference of its cases, with its 95% interval."""

    writer: str
    figure: str
    before: float
    after: float
    low: float
    high: float
    worse: tuple[str, ...]
    better: tuple[str, ...]

    @property
    def is_worse(self) -> bool:
        """Whether it fell by more than chance."""
        return self.high < 0


def run_of(logs: list[EvalLog]) -> Run:
    """What was measured in logs; of two logs of one task, in the later one."""
    cases: dict[str, Cases] = {}
    by: dict[str, str] = {}
    for log in sorted(logs, key=lambda one: one.eval.created):
        found: dict[str, list[dict[str, float]]] = {}
        for sample in done(log):
            found.setdefault(str(sample.id), []).append(figures_of(sample))
        cases[log.eval.task] = {name: {key: fmean(one[key] for one in each) for key in each[0]} for name, each in sorted(found.items())}
        used: dict[str, object] = next((one.metadata["provenance"] for one in done(log) if "provenance" in one.metadata), {})
        by[log.eval.task] = " ".join(str(used[key]) for key in ("model", "prompt", "prompt_hash", "rules_hash") if used.get(key))
    return Run(cases, by)


def read_run(place: str) -> Run:
    """The run in a folder of logs, or the accepted baseline of that name or path.

    Raises:
        InputError: there is neither.
    """
    path = Path(place)
    kept = path if path.suffix == ".json" else BASELINES / f"{place}.json"
    if kept.is_file():
        data = json.loads(kept.read_text("utf-8"))
        return Run(data["cases"], data["by"])
    logs = [read_eval_log(log) for log in list_eval_logs(str(path))] if path.is_dir() else []
    if not logs:
        there = ", ".join(sorted(each.stem for each in BASELINES.glob("*.json")))
        raise InputError(f"{place} is no folder with logs of a run and no accepted baseline; accepted are {there or 'none'}")
    return run_of(logs)


def accept(run: Run, name: str) -> Path:
    """Keep a run as the accepted baseline of that name."""
    BASELINES.mkdir(exist_ok=True)
    path = BASELINES / f"{name}.json"
    path.write_text(run.text(), "utf-8")
    return path


def changes(before: Run, after: Run) -> list[Change]:
    """Every figure of every writer that both runs have, over the cases that both have."""
    return [
        change
        for writer, cases in before.cases.items()
        if writer in after.cases
        for figure in next(iter(cases.values()), {})
        if (change := _change(writer, figure, cases, after.cases[writer]))
    ]


def _change(writer: str, figure: str, before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]]) -> Change | None:
    shared = [name for name in before if figure in after.get(name, {})]
    if not shared:
        return None
    moves = {name: after[name][figure] - before[name][figure] for name in shared}
    middle = fmean(moves.values())
    half = 1.959964 * stdev(moves.values()) / math.sqrt(len(moves)) if len(moves) > 1 else math.inf
    return Change(
        writer,
        figure,
        fmean(before[name][figure] for name in shared),
        fmean(after[name][figure] for name in shared),
        middle - half,
        middle + half,
        tuple(name for name, move in moves.items() if move < 0),
        tuple(name for name, move in moves.items() if move > 0),
    )


def page(found: list[Change], before: Run, after: Run) -> Iterator[str]:
    """The changes as a table, and the cases that changed."""
    for writer in after.cases:
        if before.by.get(writer) != after.by.get(writer):
            yield f"{writer}: {before.by.get(writer) or 'nothing'} → {after.by[writer] or 'nothing'}"
    yield f"{'':12}{'':20}{'before':>8}{'after':>8}{'change, 95%':>22}{'worse':>7}{'better':>7}"
    for one in found:
        interval = (
            f"{one.after - one.before:+.3f} ({one.low:+.3f} {one.high:+.3f})"
            if math.isfinite(one.low)
            else f"{one.after - one.before:+.3f}"
        )
        verdict = "  worse" if one.is_worse else "  better" if one.low > 0 else ""
        yield f"{one.writer:12}{one.figure:20}{one.before:8.3f}{one.after:8.3f}{interval:>22}{len(one.worse):7}{len(one.better):7}{verdict}"
    for one in found:
        for said, names in (("worse", one.worse), ("better", one.better)):
            if names:
                more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                yield f"{said}, {one.writer}, {one.figure}: {', '.join(names[:_SHOWN])}{more}"
