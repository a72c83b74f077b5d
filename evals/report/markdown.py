"""A run in a few lines of Markdown, for a comment on a pull request: the verdict, one table, and what got worse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evals.report import against, side_by_side
from evals.report.evaluation import CALLED, Evaluation
from evals.report.judging import by_judge
from evals.report.tables import Cell, percent, signed

MOST = 60_000  # characters; a comment on GitHub takes 65,536
_LISTED = 25  # cases named for a figure
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~])")
_SIGNS = {"worse": "❌", "new": "❌", "better": "✅", "same": "✅", "none": "ℹ️"}


def markdown(evaluation: Evaluation) -> str:
    """The comment, short enough for one."""
    text = "\n".join(_lines(evaluation)) + "\n"
    return text if len(text) <= MOST else text[:MOST].rsplit("\n", 1)[0] + "\n\n(cut short)\n"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    verdict, ran = evaluation.verdict, evaluation.ran
    yield f"### {_SIGNS[verdict.kind]} {escaped(verdict.text)}\n"
    yield "; ".join(f"{name.lower()} {escaped(value)}" for name, value in ran.items()) + ".\n"
    yield from (f"> {escaped(line)}\n" for line in evaluation.warnings)
    for table in (side_by_side.quality(evaluation.outcomes), by_judge(evaluation), side_by_side.by_construction(evaluation.outcomes)):
        if table:
            yield from _table([table.caption, *table.heads[1:]], table.rows)
    if alone := [one for one in against.alone(evaluation) if one.is_changed or one.letter["wrong"]]:
        yield "**Changed in the suite, or new and not as expected**\n"
        for case in alone[:_LISTED]:
            wrong = f": {escaped('; '.join(case.letter['wrong']))}" if case.letter["wrong"] else ""
            yield f"- {escaped(case.case)}, {case.writer}, {'changed in the suite' if case.is_changed else 'new'}{wrong}"
        yield f"- and {len(alone) - _LISTED} more\n" if len(alone) > _LISTED else ""
    worse = [one for one in evaluation.changes if one.worse]
    if worse:
        yield "**What got worse**\n"
        rows = [
            [
                Cell(f"{CALLED.get(one.writer, one.writer)}: {one.figure}"),
                Cell(percent(one.before)),
                Cell(percent(one.after)),
                Cell(signed(one.after - one.before), f"{signed(one.low)} to {signed(one.high)}"),
                Cell(str(len(one.worse))),
                Cell(str(len(one.better))),
                Cell(f"**{one.verdict}**" if one.is_worse else one.verdict or "within chance"),
            ]
            for one in worse
        ]
        yield from _table(["Figure", "Before", "Now", "Points, 95%", "Worse", "Better", ""], rows)
        for one in worse:
            more = f" and {len(one.worse) - _LISTED} more" if len(one.worse) > _LISTED else ""
            yield f"- {CALLED.get(one.writer, one.writer)}, {one.figure}: {', '.join(one.worse[:_LISTED])}{more}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join(['---', *['---:'] * (len(heads) - 1)])}|"
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
    yield ""


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
