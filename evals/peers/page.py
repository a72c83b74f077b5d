"""The tables, as `docs/benchmarks.md` shows them between its two marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.counts import Counts, Figure
from evals.peers.clock import quantile, rate
from evals.peers.judge import Judged
from evals.peers.tool import AbsentError, Tool

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- written by: make bench-checks -->", "<!-- end of what make bench-checks writes -->"


@dataclass(frozen=True)
class Result:
    """What was measured of one tool."""

    tool: Tool
    seconds: Sequence[float]  # of each of the replies
    rows: Counts  # single sentences
    sentences: Counts  # the sentences of whole replies
    alarms: Figure  # on harmless replies


@dataclass(frozen=True)
class Setting:
    """When and where, and what does not depend on a tool."""

    date: str
    machine: str
    words: int  # of the median reply
    rows: Sequence[Judged]
    replies: Sequence[Judged]
    cold: Sequence[float]


def tables(setting: Setting, results: Sequence[Result], absent: Iterable[AbsentError]) -> str:
    """All that stands between the marks."""
    parts = [_measured(setting, results), _table(_speed(results)), _labels(setting), _table(_accuracy(results))]
    parts += [f"Left out: {tool.name}; {tool.reason}." for tool in absent]
    return "\n\n".join([*parts, _cold(setting.cold)])


def placed(page: str, text: str) -> str:
    """The page with the text between its marks.

    Raises:
        ValueError: a mark is missing.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"docs/benchmarks.md needs the two lines {BEGIN} and {END}: the tables go between them")
    return f"{before}{begin}\n{text}\n{end}{after}"


def _measured(setting: Setting, results: Sequence[Result]) -> str:
    return (
        f"Measured on {setting.date} with `make bench-checks`: {setting.machine}. {len(results[0].seconds):,} replies, the median\n"
        f"one of {setting.words} words; processor time on one core; 95% intervals in brackets."
    )


def _speed(results: Iterable[Result]) -> Iterator[tuple[str, ...]]:
    yield "tool", "replies a second", "µs a reply: median", "µs a reply: 99th percentile"
    for result in results:
        median, slow = (_micro(quantile(result.seconds, share)) for share in (0.5, 0.99))
        yield f"{result.tool.name} {result.tool.version}", _whole(rate(result.seconds)), median, slow


def _labels(setting: Setting) -> str:
    total, due = len(setting.rows), sum(unit.due for row in setting.rows for unit in row.units)
    every = Counts(right=due, wrong=total - due)
    inside = sum(len(reply.units) for reply in setting.replies)
    harmless = sum(reply.harmless for reply in setting.replies)
    return (
        f"Of the {total:,} sentences of the test split, {due:,} have an error or a warning: an alert on every sentence would have a\n"
        f"precision of {every.precision.value:.2f}, a recall of 1 and an F1 of {every.f1.value:.2f}. Its {len(setting.replies)} whole"
        f" replies hold {inside:,} sentences;\n{harmless} of the replies are harmless."
    )


def _accuracy(results: Iterable[Result]) -> Iterator[tuple[str, ...]]:
    yield "tool", "an alert is", "precision", "recall", "F1", "F1 in whole replies", "harmless replies with an alert"
    for result in results:
        rows = result.rows
        figures = (rows.precision, rows.recall, rows.f1, result.sentences.f1, result.alarms)
        yield result.tool.name, result.tool.alert, *map(str, figures)


def _cold(seconds: Sequence[float]) -> str:
    median = quantile(seconds, 0.5)
    return (
        f"`drafter check` of one reply in a process of its own, from start to exit: {median.value:.2f} s"
        f" ({median.low:.2f}-{median.high:.2f}), the median of {len(seconds)}, by the clock on the wall."
    )


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * (head.count("|") - 1) + "|", *body])


def _whole(figure: Figure) -> str:
    return f"{figure.value:,.0f} ({figure.low:,.0f}-{figure.high:,.0f})"


def _micro(figure: Figure) -> str:
    return _whole(Figure(*(seconds * 1e6 for seconds in (figure.value, figure.low, figure.high))))
