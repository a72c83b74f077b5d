"""The same letters by suite, by trade, by channel, and by the rules that flagged something in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from drafter.ui import plots
from drafter.ui.plots import Series
from evals.counts import Figure
from evals.outcomes import Flag, Outcome, kept
from evals.report.evaluation import CALLED
from evals.report.side_by_side import Outcomes, as_expected, told
from evals.report.tables import Cell, Table, bars, number, percent, share

_PLOTTED = 16  # groups and rules in a plot
_NAMES = {"suite": "suite", "trade": "trade", "channel": "channel"}


def by(group: str, outcomes: Outcomes) -> Table:
    """How many letters are as expected in each suite, trade or channel, and how much of them the model told."""
    sizes = Counter(name for one in _cases(outcomes).values() if (name := one.about[group]))
    names = sorted(sizes) if group == "suite" else [name for name, _ in sizes.most_common()]
    parts = {name: {writer: [one for one in found if one.about[group] == name] for writer, found in outcomes.items()} for name in names}
    models = [writer for writer in outcomes if writer != "composer"]
    rows = [
        [
            Cell(name),
            Cell(number(sizes[name])),
            *(share(as_expected(found)) for found in part.values()),
            *(share(told(part[writer])) for writer in models),
            *(share(kept(part[writer])) for writer in models if writer == "chain"),
        ]
        for name, part in parts.items()
    ]
    heads = [
        _NAMES[group].capitalize(),
        "Cases",
        *(f"As expected: {CALLED.get(writer, writer)}" for writer in outcomes),
        *(f"Facts told at first: {CALLED.get(writer, writer)}" for writer in models),
        *(f"Sections kept: {CALLED[writer]}" for writer in models if writer == "chain"),
    ]
    shown = names[:_PLOTTED]
    series: dict[str, Sequence[Figure | None]] = {
        CALLED.get(writer, writer): [as_expected(parts[name][writer]) for name in shown] for writer in outcomes
    }
    plotted = "the share as expected" + (f", of the {_PLOTTED} with the most cases" if len(names) > _PLOTTED else "")
    return Table(f"By {_NAMES[group]}", heads, rows, "", bars(shown, series) if shown else Markup(), plotted, list(series))


def by_rule(outcomes: Outcomes) -> Table:
    """In how many letters each rule flagged something, as they were written and as they went out."""
    columns: dict[str, tuple[Sequence[Outcome], str]] = {}
    for writer, found in outcomes.items():
        name = CALLED.get(writer, writer)
        if any(one.first is not None for one in found):
            columns |= {f"{name}, as written": (found, "before"), f"{name}, as sent": (found, "found")}
        else:
            columns[name] = (found, "found")
    counts = {name: _flagged(found, which) for name, (found, which) in columns.items()}
    grave = {
        flag.rule: flag.severity for found in outcomes.values() for one in found for flag in (*one.before, *one.found) if flag.is_grave
    }
    totals = Counter({rule: sum(count[rule] for count in counts.values()) for rule in grave})
    rules = [rule for rule, _ in totals.most_common()]
    rows = [[Cell(rule), Cell(grave[rule]), *(_of(counts[name][rule], len(columns[name][0])) for name in columns)] for rule in rules]
    shown = rules[:_PLOTTED]
    series = [Series(name, [counts[name][rule] / max(1, len(columns[name][0])) for rule in shown]) for name in columns]
    plot = plots.bars(shown, series, percent) if shown else Markup()
    plotted = "the share of letters in which a rule flagged something" + (
        f", of the {_PLOTTED} that did most" if len(rules) > _PLOTTED else ""
    )
    note = "Errors and warnings. A letter counts once for a rule, however often it has it."
    return Table("By rule", ["Rule", "Severity", *columns], rows, note, plot, plotted, list(columns), names=2)


def _cases(outcomes: Outcomes) -> dict[str, Outcome]:
    return {one.case: one for found in outcomes.values() for one in found}


def _flagged(found: Sequence[Outcome], which: str) -> Counter[str]:
    flags: list[Sequence[Flag]] = [one.before if which == "before" else one.found for one in found]
    return Counter(rule for each in flags for rule in {flag.rule for flag in each if flag.is_grave})


def _of(count: int, all_: int) -> Cell:
    return Cell(number(count), percent(count / all_) if count and all_ else "")
