"""Sheets: each figure as a plot and the table that says the same in numbers, never a share without what it is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from drafter import spreadsheet
from drafter.store.figures import ENOUGH, Tally
from drafter.ui import plots
from drafter.ui.cells import Cell, amount, change, duration, money, percent, share, spoken, word
from drafter.ui.plots import Series
from drafter.ui.saying import words
from drafter.ui.seen import Seen

_RULES = 12  # that a plot shows; the table has them all
_PARTS = (0.2,)
_TIMES = (10, 60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000)  # seconds
_DEMOTED = {"error": "warning", "warning": "suggestion", "suggestion": "off"}


@dataclass(frozen=True)
class Sheet:
    """A figure: its plot with what the tones stand for, and its table."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    plot: Markup
    legend: Sequence[tuple[str, str]] = ()  # form of the mark and what it stands for, in the order of the tones
    proposals: Sequence[Mapping[str, Any]] = ()
    is_wide: bool = False  # whether its table needs more room than its plot

    @property
    def has_few(self) -> bool:
        """Whether some of it is of too few."""
        return any(cell.few for row in self.rows for cell in row)


def _over_time(seen: Seen, columns: Sequence[str], cells: Callable[[Tally], Sequence[Cell]], plot: Markup, legend: Any) -> Sheet:
    head = words().insights.by_unit[seen.span.unit]
    rows = [[Cell(_day(day), day.isoformat()), *cells(tally)] for day, tally in reversed(seen.times.items())]
    there = any(cell.value if cell.of is None else cell.of for row in rows for cell in row[1:])
    return Sheet([head, *columns], rows if there else [], plot, legend)


def _day(day: Any) -> str:
    return f"{day:%b} {day.day}"


def _days(seen: Seen) -> list[str]:
    return [_day(day) for day in seen.times]


def _line(name: str, cells: Sequence[Cell]) -> Series:
    values = [float(cell.value) if isinstance(cell.value, (int, float)) else None for cell in cells]
    return Series(name, values, [cell.few for cell in cells])


def drafts(seen: Seen) -> Sheet:
    """How many drafts were written, and how many of them were ready at once."""
    w, tallies = words().insights, list(seen.times.values())
    ready = Series(w.ready, [tally.ready for tally in tallies])
    rest = Series(w.not_ready, [tally.drafts - tally.ready for tally in tallies])
    plot = plots.columns(_days(seen), [ready, rest], lambda value: f"{value:.0f}")
    legend = [("rect", w.ready), ("rect", w.not_ready)]

    def cells(tally: Tally) -> list[Cell]:
        return [amount(tally.drafts), share(tally.ready, tally.drafts)]

    return _over_time(seen, [w.drafts, w.ready], cells, plot, legend)


def sections(seen: Seen) -> Sheet:
    """What stands of the sections that a model wrote."""
    w = words().insights
    kept = [share(tally.kept, tally.written) for tally in seen.times.values()]
    plot = plots.lines(_days(seen), [_line(w.kept, kept)], percent, steps=_PARTS)
    return _over_time(seen, [w.kept], lambda tally: [share(tally.kept, tally.written)], plot, [("line", w.kept)])


def edits(seen: Seen) -> Sheet:
    """How much people changed before they sent it."""
    w, tallies = words().insights, list(seen.times.values())
    unedited = _line(w.unedited, [share(tally.unedited, tally.sent) for tally in tallies])
    distance = _line(w.distance, [change(tally) for tally in tallies])
    plot = plots.lines(_days(seen), [unedited, distance], percent, steps=_PARTS)
    legend = [("line", w.unedited), ("line", w.distance)]
    return _over_time(seen, [w.unedited, w.distance], lambda tally: [share(tally.unedited, tally.sent), change(tally)], plot, legend)


def times(seen: Seen) -> Sheet:
    """How long it took until a draft was ready, and until a reply went out."""
    w, tallies = words().insights, list(seen.times.values())
    reply = _line(w.reply, [duration(tally.reply_seconds, tally.sent) for tally in tallies])
    ready = _line(w.until_ready, [duration(tally.ready_seconds, tally.readied) for tally in tallies])

    def cells(tally: Tally) -> list[Cell]:
        return [duration(tally.reply_seconds, tally.sent), duration(tally.ready_seconds, tally.readied)]

    legend = [("line", w.reply), ("line", w.until_ready)]
    return _over_time(seen, [w.reply, w.until_ready], cells, plots.lines(_days(seen), [reply, ready], spoken, steps=_TIMES), legend)


def cost(seen: Seen) -> Sheet:
    """What models cost."""
    w, tallies = words().insights, list(seen.times.values())
    plot = plots.columns(_days(seen), [Series(w.cost, [float(tally.cost) for tally in tallies])], lambda value: f"{value:.2f}", unit=0.01)

    def cells(tally: Tally) -> list[Cell]:
        return [money(tally), Cell(_each(tally), float(tally.cost) / tally.priced if tally.priced else "")]

    return _over_time(seen, [w.cost, w.each], cells, plot, [("rect", w.cost)])


def _each(tally: Tally) -> str:
    return f"{tally.cost / tally.priced:.4f}" if tally.priced else "–"


def flags(seen: Seen) -> Sheet:
    """Which rules were found in replies that were sent, as written at first and as sent."""
    w, first = words().insights, seen.flags[:_RULES]
    series = [
        Series(w.before, [flag.before / flag.sent for flag in first], [flag.sent < ENOUGH for flag in first]),
        Series(w.after, [flag.after / flag.sent for flag in first], [flag.sent < ENOUGH for flag in first]),
    ]
    rows = [[word(flag.rule), share(flag.before, flag.sent), share(flag.after, flag.sent)] for flag in seen.flags]
    plot = plots.bars([flag.rule for flag in first], series, percent)
    return Sheet([w.rule, w.before, w.after], rows, plot, [("rect", w.before), ("rect", w.after)])


def dismissed(seen: Seen) -> Sheet:
    """How often a rule was passed over, and which ones might be demoted."""
    w = words().insights
    found = [one for one in seen.dismissals if one.passed]
    shown = found[:_RULES]
    proposals = [
        {"rule": one.rule, "now": seen.levels[one.rule], "then": _DEMOTED[seen.levels[one.rule]], "cases": one.cases, "passed": one.passed}
        | {"least": percent(one.at_least)}
        for one in found
        if one.demotes and seen.levels.get(one.rule) in _DEMOTED
    ]
    rows = [[word(one.rule), amount(one.passed), share(one.passed, one.cases), _least(one.at_least)] for one in found]
    rate = Series(w.rate, [one.passed / one.cases for one in shown])
    least = Series(w.least, [one.at_least for one in shown])
    plot = plots.bars([one.rule for one in shown], [rate, least], percent, whole=True)
    return Sheet([w.rule, w.passed, w.rate, w.least], rows, plot, [("rect", w.rate), ("rect", w.least)], proposals)


def _least(value: float) -> Cell:
    return Cell(percent(value), round(value, 4))


def promises(seen: Seen) -> Sheet:
    """What is known of dated promises."""
    w, found = words().insights, seen.promises
    names = ("kept", "coming", "overdue", "untold")
    counts = [getattr(found, name) for name in names]
    said = [w.promise[name] for name in names]
    plot = plots.bars(said, [Series(w.promised, counts)], lambda value: f"{value:.0f}", unit=1)
    rows = [[word(name), amount(count), share(count, sum(counts))] for name, count in zip(said, counts, strict=True)]
    return Sheet([w.state, w.promised, w.of_all], rows if any(counts) else [], plot, [("rect", w.promised)])


def queues(seen: Seen) -> Sheet:
    """The same by queue."""
    return _groups({queue or words().insights.no_queue: tally for queue, tally in seen.queues.items()}, words().insights.queue)


def models(seen: Seen) -> Sheet:
    """With a model and without one."""
    w = words().insights
    return _groups({w.writer["model" if model else "composer"]: tally for model, tally in sorted(seen.models.items(), reverse=True)}, w.by)


def person(seen: Seen) -> Sheet:
    """By who had it in hand."""
    w = words().insights
    return _groups({who or w.nobody: tally for who, tally in seen.people.items()}, w.person)


def _groups(tallies: Mapping[str, Tally], head: str) -> Sheet:
    w = words().insights
    shown = dict(list(tallies.items())[:_RULES])
    ready = _line(w.ready, [share(tally.ready, tally.drafts) for tally in shown.values()])
    unedited = _line(w.unedited, [share(tally.unedited, tally.sent) for tally in shown.values()])
    plot = plots.bars(list(shown), [ready, unedited], percent, whole=True)
    columns = [head, w.drafts, w.ready, w.unedited, w.distance, w.reply, w.cost]
    rows = [
        [
            word(name),
            amount(tally.drafts),
            share(tally.ready, tally.drafts),
            share(tally.unedited, tally.sent),
            change(tally),
            duration(tally.reply_seconds, tally.sent),
            money(tally),
        ]
        for name, tally in tallies.items()
    ]
    return Sheet(columns, rows, plot, [("rect", w.ready), ("rect", w.unedited)], is_wide=True)


SHEETS: dict[str, Callable[[Seen], Sheet]] = {
    "drafts": drafts,
    "edits": edits,
    "sections": sections,
    "times": times,
    "cost": cost,
    "flags": flags,
    "dismissed": dismissed,
    "queues": queues,
    "models": models,
    "promises": promises,
    "person": person,
}
OVER_TIME = ("drafts", "edits", "sections", "times", "cost")


def heads(seen: Seen) -> list[tuple[str, Cell]]:
    """The few figures of the whole span."""
    w, whole = words().insights, seen.whole
    return [
        (w.drafts, amount(whole.drafts)),
        (w.ready, share(whole.ready, whole.drafts)),
        (w.unedited, share(whole.unedited, whole.sent)),
        (w.reply, duration(whole.reply_seconds, whole.sent)),
        (w.kept, share(whole.kept, whole.written)),
        (w.cost, money(whole)),
    ]


def as_csv(sheet: Sheet) -> str:
    """The table for a spreadsheet: every share with what it is of in a column of its own, and nothing in it that would be run."""
    with_of = [any(row[i].of is not None for row in sheet.rows) for i in range(len(sheet.columns))]
    head = [text for name, of in zip(sheet.columns, with_of, strict=True) for text in ((name, f"{name} (n)") if of else (name,))]
    rows = [[value for cell, of in zip(row, with_of, strict=True) for value in (cell.value, cell.of)[: 1 + of]] for row in sheet.rows]
    return spreadsheet.as_csv([head, *rows])
