"""Whose letter a judge would rather receive: the composer's, the plain prompt's or the chain's, asked in both orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from inspect_ai.dataset import Sample
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from drafter.errors import InputError
from evals.counts import Figure
from evals.judge.asking import is_same_model
from evals.judge.matter import matter
from evals.judge.measure import Said, twice
from evals.judge.probes import Probe, sample_of
from evals.judge.trust import PAIRS, trust
from evals.samples import done
from evals.suites import draft_cases

Letters = dict[str, dict[str, str]]  # writer -> case -> letter


def letters_in(folder: Path) -> Letters:
    """The letters of a run by their writers; of several epochs the first, of two logs of one task the later.

    Raises:
        InputError: there are not two writers in it.
    """
    logs = [read_eval_log(log) for log in list_eval_logs(str(folder))] if folder.is_dir() else []
    found = dict(sorted({log.eval.task: _letters(log) for log in sorted(logs, key=_created)}.items()))
    if len(found) < 2:
        raise InputError(f"{folder} has no letters of two writers: python -m evals drafts --model NAME --logs {folder}")
    return found


def comparisons(letters: Letters) -> Iterator[Sample]:
    """Each case on which two writers differ, in both orders, as Inspect takes it."""
    cases = draft_cases()
    for one, other in combinations(letters, 2):
        for case in sorted(letters[one].keys() & letters[other].keys() & cases.keys()):
            for first, second in ((one, other), (other, one)) if letters[one][case] != letters[other][case] else ():
                probe = Probe(f"{one}/{other}", case, (first, second))
                yield sample_of(probe, matter(cases[case].incident), letters[first][case], letters[second][case])


def page(judge: str, model: str, letters: Letters, said: Said) -> Iterator[str]:
    """How often each writer was preferred, of the cases on which the places did not decide, with the 95% interval."""
    found = trust(judge, PAIRS)
    yield f"The judge {judge} would rather receive ({found.mark or f'trusted: {found.because}'}):"
    if is_same_model(judge, model):
        yield f"{judge} wrote the letters of plain and chain itself: a judge tends to favour its own words."
    for one, other in combinations(letters, 2):
        both = list(twice(said, f"{one}/{other}"))
        firm = [first for probe, first, second in both if first == second]
        wins = Figure.of(firm.count(one), len(firm))
        yield f"  {one} rather than {other}: {wins} of {len(firm)}; in {len(both) - len(firm)} the places decided"


def _letters(log: EvalLog) -> dict[str, str]:
    found: dict[str, str] = {}
    for sample in done(log):
        found.setdefault(str(sample.id), sample.output.completion)
    return {case: letter for case, letter in found.items() if letter.strip()}


def _created(log: EvalLog) -> str:
    return log.eval.created


def model_in(folder: Path) -> str:
    """The model that wrote a run's letters; empty where none did."""
    logs: Sequence[EvalLog] = [read_eval_log(log, header_only=True) for log in list_eval_logs(str(folder))]
    return next((log.eval.model for log in logs if log.eval.task != "composer"), "")
