"""Two runs side by side, case by case: what got better, what got worse, and whether that is more than chance.

A run is what `python -m evals drafts` left in its folder of logs, or an accepted baseline (`evals/baselines/NAME.json`). Both
wrote the same cases, so their difference is paired: the mean of the differences of each case, with its 95% interval. A run is
worse where the whole interval lies below nought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from inspect_ai.log import EvalLog, EvalSample, list_eval_logs, read_eval_log

from drafter.errors import InputError
from evals import apart
from evals.apart import listed
from evals.counts import paired, sign_test
from evals.judge.asking import judge_of
from evals.judge.scorer import rubric_of
from evals.judge.trust import UNTRUSTED, trust
from evals.samples import JUDGE, done, figures_of, letter_of, used
from evals.suites import suites

BASELINES = Path(__file__).resolve().parent / "baselines"
Cases = dict[str, dict[str, float]]  # case -> figure -> its mean over the epochs, from 0 to 1
_SAME = 1e-9  # two figures that differ by less are one
Kept = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What was measured of each case, by who wrote the letters; `by` says with what, `judge` who judged and by which rubric.

    `letters` are those of the first epoch: their text, and what was found in them.
    """

    cases: dict[str, Cases]
    by: dict[str, str] = field(default_factory=dict)
    judge: str = ""
    made: str = ""  # the day
    rules: str = ""  # the hash of those that checked it
    suites: dict[str, str] = field(default_factory=dict)  # case -> suite
    letters: dict[str, dict[str, Kept]] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)  # case -> the hash of its facts and expectations

    def text(self) -> str:
        """The run as a baseline keeps it."""
        return json.dumps(vars(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Change:
    """How a figure changed between two runs: the mean difference of its cases, with its 95% interval; of one suite where it is named."""

    writer: str
    figure: str
    before: float
    after: float
    low: float
    high: float
    worse: tuple[str, ...]
    better: tuple[str, ...]
    count: int = 0  # cases that both have
    suite: str = ""
    untrusted: str = ""  # why a judge's figure may not be relied on

    @property
    def is_worse(self) -> bool:
        """Whether it fell by more than chance; a figure that may not be relied on says neither."""
        return self.high < 0 and not self.untrusted

    @property
    def is_better(self) -> bool:
        """Whether it rose by more than chance."""
        return self.low > 0 and not self.untrusted

    @property
    def chance(self) -> float:
        """How likely chance alone makes wins and losses at least as uneven."""
        return sign_test(len(self.better), len(self.worse))

    @property
    def verdict(self) -> str:
        """What is to be thought of it, in a word."""
        return self.untrusted or ("worse" if self.is_worse else "better" if self.is_better else "")


def may_pass(found: Iterable[Change], before: Run, after: Run) -> bool:
    """Whether nothing fell by more than chance, and every case that is new is as expected."""
    return not regressions(found) and not apart.fresh_and_wrong(before, after)


def regressions(found: Iterable[Change]) -> list[Change]:
    """The changes for which a run may not pass: what fell by more than chance, but for the single prompt, which is nobody's to mend."""
    return [one for one in found if one.is_worse and one.writer != "plain"]


def latest(logs: Iterable[EvalLog]) -> list[EvalLog]:
    """The logs, one of each task: of two the later one."""
    return list({log.eval.task: log for log in sorted(logs, key=_created)}.values())


def _created(log: EvalLog) -> str:
    return log.eval.created


def run_of(logs: list[EvalLog]) -> Run:
    """What was measured in logs; of two logs of one task, in the later one."""
    run = Run({})
    made = rules = judge = ""
    for log in latest(logs):
        writer = log.eval.task
        found: dict[str, list[dict[str, float]]] = {}
        letters: dict[str, Kept] = {}
        for sample in sorted(done(log), key=_place):
            found.setdefault(str(sample.id), []).append(figures_of(sample))
            run.suites[str(sample.id)] = str(sample.metadata["suite"])
            if asks := sample.metadata.get("asks"):
                run.asks[str(sample.id)] = str(asks)
            letters.setdefault(str(sample.id), letter_of(sample))
        run.cases[writer] = {name: _means(each) for name, each in found.items()}
        run.letters[writer] = letters
        run.by[writer] = used(log)
        made, rules = max(made, log.eval.created[:10]), str((log.eval.metadata or {}).get("rules", rules))
        if named := judge_of(log):
            judge = f"{named} {next(filter(None, map(rubric_of, done(log))), '')}"
    return Run(run.cases, run.by, judge, made, rules, run.suites, run.letters, run.asks)


def _means(each: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: fmean(one[key] for one in each if key in one) for key in dict.fromkeys(key for one in each for key in one)}


def _place(sample: EvalSample) -> tuple[str, int]:
    return str(sample.id), sample.epoch


def logs_in(place: str) -> list[EvalLog]:
    """The logs in a folder, but not in folders within it, which are other runs; none where it is no folder of logs."""
    path = Path(place)
    return [read_eval_log(log) for log in list_eval_logs(str(path), recursive=False)] if path.is_dir() else []


def read_run(place: str) -> Run:
    """The run in a folder of logs, or the accepted baseline of that name or path.

    Raises:
        InputError: there is neither.
    """
    path = Path(place)
    kept = path if path.suffix == ".json" else BASELINES / f"{place}.json"
    if kept.is_file():
        return Run(**json.loads(kept.read_text("utf-8")))
    logs = logs_in(place)
    if not logs:
        there = ", ".join(sorted(each.stem for each in BASELINES.glob("*.json")))
        raise InputError(f"{place} is no folder with logs of a run and no accepted baseline; accepted are {there or 'none'}")
    return run_of(logs)


def accept(run: Run, name: str) -> Path:
    """Keep a run as the accepted baseline of that name.

    Raises:
        InputError: the baseline of that name has cases that the suites have too and this run leaves out.
    """
    BASELINES.mkdir(exist_ok=True)
    path = BASELINES / f"{name}.json"
    if path.is_file():
        had, has = ({case for cases in each.cases.values() for case in cases} for each in (read_run(str(path)), run))
        if lost := sorted((had - has) & {case.id for suite in suites() for case in suite.drafts}):
            raise InputError(
                f"the baseline {name} has {len(lost)} cases that this run leaves out, {lost[0]} among them; accept it as another"
            )
    path.write_text(run.text(), "utf-8")
    return path


def changes(before: Run, after: Run) -> list[Change]:
    """Every figure of every writer that both runs have, over the cases that both have and that ask for the same in both."""
    return list(_changes(before, after, ""))


def changes_by_suite(before: Run, after: Run) -> list[Change]:
    """The same within each suite: to look at, not to decide by, since of so many one is low by chance."""
    return [change for suite in sorted(set(after.suites.values())) for change in _changes(before, after, suite)]


def _changes(before: Run, after: Run, suite: str) -> Iterator[Change]:
    other = apart.changed(before, after)
    for writer, cases in before.cases.items():
        for figure in dict.fromkeys(figure for case in cases.values() for figure in case):
            shared = [name for name in cases if name not in other and (not suite or after.suites.get(name) == suite)]
            if change := _change(writer, figure, {name: cases[name] for name in shared}, after.cases.get(writer, {}), suite):
                yield replace(change, untrusted=_untrusted(figure, before, after))


def _untrusted(figure: str, before: Run, after: Run) -> str:
    """Why a figure may not be relied on; empty where it may."""
    if not figure.startswith(JUDGE):
        return ""
    if before.judge != after.judge:
        return f"{UNTRUSTED}: another judge or rubric ({before.judge} → {after.judge})"
    judge, _, hash_ = after.judge.rpartition(" ")
    return trust(judge, figure.removeprefix(JUDGE), hash_).mark


def _change(
    writer: str, figure: str, before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]], suite: str
) -> Change | None:
    shared = [name for name in before if figure in before[name] and figure in after.get(name, {})]
    if not shared:
        return None
    moves = {name: after[name][figure] - before[name][figure] for name in shared}
    low, high = paired(list(moves.values()))
    return Change(
        writer,
        figure,
        fmean(before[name][figure] for name in shared),
        fmean(after[name][figure] for name in shared),
        low,
        high,
        tuple(name for name, move in moves.items() if move < -_SAME),
        tuple(name for name, move in moves.items() if move > _SAME),
        len(shared),
        suite,
    )


def differing(before: Run, after: Run) -> Iterator[str]:
    """What was not the same in two runs, so that a difference may come from it; a line for each."""
    for writer in after.cases:
        if writer in before.cases and before.by.get(writer) != after.by.get(writer):
            yield f"{writer}: {before.by.get(writer) or 'nothing'} → {after.by.get(writer) or 'nothing'}"
    if before.rules and after.rules and before.rules != after.rules:
        yield (
            f"The rules are not the same ({before.rules} → {after.rules}): a figure that rests on what they find may have moved because "
            "they find more or less. See what they miss: python -m evals wording"
        )
    yield from apart.differing(before, after)


def page(found: list[Change], before: Run, after: Run) -> Iterator[str]:
    """The changes as a table, then by suite, and the cases that changed."""
    yield from differing(before, after)
    yield f"{'':12}{'':24}{'before':>8}{'after':>8}{'change, 95%':>24}{'worse':>7}{'better':>7}{'chance':>8}"
    yield from (f"{one.writer:12}{one.figure:24}{_cells(one)}" for one in found)
    if parts := [one for one in changes_by_suite(before, after) if one.worse or one.better]:
        yield "\nBy suite, where anything moved:"
        yield from (f"{one.suite:17}{one.writer:10}{one.figure:24}{_cells(one)}" for one in parts)
    for one in found:
        for said, names in (("worse", one.worse), ("better", one.better)):
            if names:
                yield f"{said}, {one.writer}, {one.figure}: {listed(names)}"
    yield from apart.in_verdict(before, after)


def _cells(one: Change) -> str:
    interval = f"{one.after - one.before:+.3f} ({one.low:+.3f} {one.high:+.3f})"
    verdict = f"  {one.verdict}" if one.verdict else ""
    return f"{one.before:8.3f}{one.after:8.3f}{interval:>24}{len(one.worse):7}{len(one.better):7}{one.chance:8.3f}{verdict}"
