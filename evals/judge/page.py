"""A judge's measurements and scores as the terminal shows them; a line that may not be relied on says so wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspect_ai.log import EvalLog

from evals.counts import Figure
from evals.judge.asking import is_same_model, judge_of
from evals.judge.prompt import rubric_hash
from evals.judge.rubric import rubric
from evals.judge.scorer import OWN, judged_of, rubric_of
from evals.judge.trust import PAIRS, Record, trust, trust_of
from evals.samples import done

_WIDE = 20


def measured(record: Record) -> Iterator[str]:
    """What was measured of a judge, as tables."""
    yield f"{record['judge']}, {record['letters']} labelled letters, rubric {record['rubric']}. Kappa, with its 95% interval:"
    columns = "".join(f"{name:>{_WIDE}}" for name in ("judge-people", "judge-first", "judge-second", "first-second"))
    yield f"{'':18}{columns}{'yes':>6}{'people':>8}{'read':>6}"
    for line, one in record["lines"].items():
        columns = "".join(f"{_figure(one[name])!s:>{_WIDE}}" for name in ("kappa", "first", "second", "readers"))
        yield f"{line:18}{columns}{one['yes']:6.2f}{one['labels']:8.2f}{one['read']:6}"
    yield "\nWords put into a letter, and how often a line went from no to yes / from yes to no:"
    yield f"{'':18}{'empty words':>{_WIDE}}{'an order to the judge':>24}"
    for line, one in record["lines"].items():
        yield f"{line:18}{_moved(one['padding']):>{_WIDE}}{_moved(one['order']):>24}"
    pairs = record["pairs"]
    yield "\nTwo letters about one matter, in both orders:"
    yield f"  the choice changed with the places      {_figure(pairs['flips'])}"
    yield f"  first place both times / second place   {pairs['places'][0]} / {pairs['places'][1]}"
    yield f"  chose the one that people give more     {_figure(pairs['readers'])}"
    yield f"  empty words in it preferred / without   {pairs['padding'][0]} / {pairs['padding'][1]}"
    yield ""
    yield from verdicts(record)


def verdicts(record: Record) -> Iterator[str]:
    """Whether each line, and the choice between two letters, may be relied on."""
    for line in (*record["lines"], PAIRS):
        found = trust_of(record, line, rubric_hash())
        yield f"{line:18}{'trusted: ' if found.holds else 'UNTRUSTED: '}{found.because}"


def is_trusted(record: Record) -> bool:
    """Whether all of it may be relied on."""
    return all(trust_of(record, line, rubric_hash()).holds for line in (*record["lines"], PAIRS))


def scores(logs: Sequence[EvalLog]) -> Iterator[str]:
    """What a judge said of the letters of a run, a column for each writer; nothing where there was no judge."""
    judge = next(filter(None, map(judge_of, logs)), "")
    if not judge:
        return
    yield f"\nThe judge {judge} said yes, of the letters that it judged:"
    if any(is_same_model(judge, _model_of(log)) for log in logs):
        yield f"{judge} judged what it wrote itself, in the columns plain and chain: a judge tends to favour its own words."
    hashes = {rubric_of(sample) for log in logs for sample in done(log)} - {""}
    yield f"{'':18}" + "".join(f"{log.eval.task:>{_WIDE}}" for log in logs)
    for line in (*rubric().ids, OWN):
        columns = [[judged_of(sample)[line] for sample in done(log) if line in judged_of(sample)] for log in logs]
        if any(columns):
            mark = trust(judge, line, next(iter(hashes), "")).mark
            yield f"{line:18}" + "".join(f"{_share(each):>{_WIDE}}" for each in columns) + (f"  {mark}" if mark else "")
    unread = sum(len(rubric().ids) - len(judged_of(sample).keys() & set(rubric().ids)) for log in logs for sample in done(log))
    if unread:
        yield f"{unread} answers could not be read and count for nothing."


def _model_of(log: EvalLog) -> str:
    """The model that wrote; the composer asks none."""
    return "" if log.eval.task == "composer" else log.eval.model


def _share(values: Sequence[float]) -> str:
    return str(Figure.of(round(sum(values)), len(values))) if values else "-"


def _figure(figure: Sequence[float] | None) -> str:
    return str(Figure(*figure)) if figure else "-"


def _moved(both: Sequence[int]) -> str:
    return f"{both[0]} / {both[1]}"
