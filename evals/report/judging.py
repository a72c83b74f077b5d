"""What judges say beside the figures: a judge of letters, whose lines are marked where it may not be trusted, and the checks themselves."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from evals.checker import Checker
from evals.counts import Figure, mean_figure
from evals.judge.asking import is_same_model, judge_of
from evals.judge.trust import UNTRUSTED, trust
from evals.outcomes import Outcome
from evals.report.evaluation import CALLED, Evaluation
from evals.report.tables import Cell, Table, bars, number, share


def by_judge(evaluation: Evaluation) -> Table | None:
    """How often a judge said yes, line by line; None where there was none."""
    judge = next(filter(None, map(judge_of, evaluation.logs)), "")
    if not judge:
        return None
    outcomes = evaluation.outcomes
    everyone = [one for found in outcomes.values() for one in found]
    rubric = next((one.rubric for one in everyone if one.rubric), "")
    lines = list(dict.fromkeys(line for one in everyone for line in one.judged))
    found = {line: trust(judge, line, rubric) for line in lines}
    rows = [
        [
            Cell(line),
            *(share(_said(each, line), "" if found[line].holds else UNTRUSTED) for each in outcomes.values()),
            Cell("may be relied on" if found[line].holds else "untrusted", found[line].because, "" if found[line].holds else UNTRUSTED),
        ]
        for line in lines
    ]
    same = any(is_same_model(judge, log.eval.model) for log in evaluation.logs)
    note = f"The judge is {judge}" + (", the same model that wrote: it judges itself." if same else ".")
    trusted = [line for line in lines if found[line].holds]
    series = {CALLED.get(writer, writer): [_said(each, line) for line in trusted] for writer, each in outcomes.items()}
    plot = bars(trusted, series) if trusted else Markup()
    return Table(
        "What the judge says",
        ["Line", *(CALLED.get(one, one) for one in outcomes), "Agreement with people"],
        rows,
        note,
        plot,
        "the lines that may be relied on",
        list(series),
    )


def of_checks(checker: Checker, rules: str) -> Table:
    """The checks that every figure here rests on, measured themselves."""
    rows = [[Cell(one.name.capitalize()), share(one.figure), Cell(number(one.count))] for one in checker.figures]
    note = (
        f"Measured on {checker.measured} under the rules {checker.rules}. Sentences and replies that people labelled: how many of their "
        "faults are found, and how many flags are right. Letters damaged on purpose: how much of the damage is found."
    )
    if not checker.is_of(rules):
        note += f" This run was judged by other rules ({rules or 'unknown'}): measure again with python -m evals checker."
    return Table(
        "How good the checks are that judge all this",
        ["On texts whose faults are known", "Share", "Of"],
        rows,
        note,
        bars([one.name.removeprefix("damage found: ") for one in checker.figures], {"share": [one.figure for one in checker.figures]}),
        "the shares of the table",
    )


def _said(found: Sequence[Outcome], line: str) -> Figure | None:
    cases: dict[str, list[float]] = {}
    for one in found:
        if line in one.judged:
            cases.setdefault(one.case, []).append(one.judged[line])
    return mean_figure([sum(each) / len(each) for each in cases.values()]) if cases else None
