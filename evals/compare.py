"""Two runs side by side, case by case: what got better, what got worse, and whether that is more than chance.

A run is what `python -m evals drafts` left in its folder of logs, or an accepted baseline (`evals/baselines/NAME.json`). Both
wrote the same cases, so their difference is paired: the mean of the differences of each case, with the 95% interval that their
spread gives. A run is worse where the whole interval lies below nought.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean, stdev

from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from drafter.errors import InputError
from evals.judge.asking import judge_of
from evals.judge.scorer import rubric_of
from evals.judge.trust import UNTRUSTED, trust
from evals.samples import JUDGE, done, figures_of

BASELINES = Path(__file__).resolve().parent / "baselines"
Cases = dict[str, dict[str, float]]  # case -> figure -> its mean over the epochs, from 0 to 1
_SHOWN = 20


@dataclass(frozen=True)
class Run:
    """What was measured of each case, by who wrote the letters; `by` says with what, `judge` who judged and by which rubric."""

    cases: dict[str, Cases]
    by: dict[str, str] = field(default_factory=dict)
    judge: str = ""

    def text(self) -> str:
        """The run as a baseline keeps it."""
        return json.dumps({"by": self.by, "cases": self.cases, "judge": self.judge}, indent=1, sort_keys=True) + "\n"


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
    untrusted: str = ""  # why a judge's figure may not be relied on

    @property
    def is_worse(self) -> bool:
        """Whether it fell by more than chance; a figure that may not be relied on says neither."""
        return self.high < 0 and not self.untrusted


def run_of(logs: list[EvalLog]) -> Run:
    """What was measured in logs; of two logs of one task, in the later one."""
    cases: dict[str, Cases] = {}
    by: dict[str, str] = {}
    judge = ""
    for log in sorted(logs, key=lambda one: one.eval.created):
        found: dict[str, list[dict[str, float]]] = {}
        for sample in done(log):
            found.setdefault(str(sample.id), []).append(figures_of(sample))
        cases[log.eval.task] = {name: _means(each) for name, each in sorted(found.items())}
        used: dict[str, object] = next((one.metadata["provenance"] for one in done(log) if "provenance" in one.metadata), {})
        by[log.eval.task] = " ".join(str(used[key]) for key in ("model", "prompt", "prompt_hash", "rules_hash") if used.get(key))
        if named := judge_of(log):
            judge = f"{named} {next(filter(None, map(rubric_of, done(log))), '')}"
    return Run(cases, by, judge)


def _means(epochs: list[dict[str, float]]) -> dict[str, float]:
    """The mean of each figure over the epochs that have it: a judge may have been unreadable in one of them."""
    names = dict.fromkeys(key for one in epochs for key in one)
    return {key: fmean(one[key] for one in epochs if key in one) for key in names}


def read_run(place: str) -> Run:
    """The run in a folder of logs, or the accepted baseline of that name or path.

    Raises:
        InputError: there is neither.
    """
    path = Path(place)
    kept = path if path.suffix == ".json" else BASELINES / f"{place}.json"
    if kept.is_file():
        data = json.loads(kept.read_text("utf-8"))
        return Run(data["cases"], data["by"], data.get("judge", ""))
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
    """Every figure of every writer that both runs have, over the cases that both have; what two judges said is marked."""
    return [
        replace(change, untrusted=_untrusted(figure, before, after))
        for writer, cases in before.cases.items()
        if writer in after.cases
        for figure in dict.fromkeys(figure for case in cases.values() for figure in case)
        if (change := _change(writer, figure, cases, after.cases[writer]))
    ]


def _untrusted(figure: str, before: Run, after: Run) -> str:
    """Why a figure may not be relied on; empty where it may."""
    if not figure.startswith(JUDGE):
        return ""
    if before.judge != after.judge:
        return f"{UNTRUSTED}: another judge or rubric ({before.judge} → {after.judge})"
    judge, _, hash_ = after.judge.rpartition(" ")
    return trust(judge, figure.removeprefix(JUDGE), hash_).mark


def _change(writer: str, figure: str, before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]]) -> Change | None:
    shared = [name for name in before if figure in before[name] and figure in after.get(name, {})]
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
    yield f"{'':12}{'':24}{'before':>8}{'after':>8}{'change, 95%':>22}{'worse':>7}{'better':>7}"
    for one in found:
        interval = (
            f"{one.after - one.before:+.3f} ({one.low:+.3f} {one.high:+.3f})"
            if math.isfinite(one.low)
            else f"{one.after - one.before:+.3f}"
        )
        verdict = f"  {one.untrusted}" if one.untrusted else "  worse" if one.is_worse else "  better" if one.low > 0 else ""
        yield f"{one.writer:12}{one.figure:24}{one.before:8.3f}{one.after:8.3f}{interval:>22}{len(one.worse):7}{len(one.better):7}{verdict}"
    for one in found:
        for said, names in (("worse", one.worse), ("better", one.better)):
            if names:
                more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                yield f"{said}, {one.writer}, {one.figure}: {', '.join(names[:_SHOWN])}{more}"
