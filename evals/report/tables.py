"""Tables of a report: cells of figures with their 95% intervals, and the plot that shows the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from drafter.ui import plots
from drafter.ui.plots import Series
from evals.counts import Figure

NONE = "–"


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; `of` is said less loudly, `mark` is better, worse or untrusted."""

    text: str
    of: str = ""
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.of})" if self.of else self.text


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of each row names it. `plot` shows some of it, `legend` names the plot's series."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    plot: Markup = field(default_factory=Markup)
    plotted: str = ""
    legend: Sequence[str] = ()
    names: int = 1  # how many of the first columns are words


def share(figure: Figure | None, mark: str = "") -> Cell:
    """A share in per cent with its interval."""
    if figure is None:
        return Cell(NONE)
    return Cell(percent(figure.value), f"{100 * figure.low:.0f}–{100 * figure.high:.0f}", mark)


def points(value: float, low: float, high: float, mark: str = "") -> Cell:
    """A difference of shares in points of per cent with its interval."""
    return Cell(signed(value), f"{signed(low)} to {signed(high)}", mark)


def signed(value: float) -> str:
    """A difference with its sign, in points of per cent; one decimal below ten."""
    size = abs(100 * value)
    said = f"{size:.0f}" if size >= 9.95 else f"{size:.1f}"
    return said.removesuffix(".0") if not float(said) else ("+" if value > 0 else "−") + said.removesuffix(".0")


def percent(value: float) -> str:
    """A share in per cent, whole; what is not all is not called 100%, nor what is not nothing 0%."""
    said = f"{100 * value:.0f}%"
    return f"{100 * value:.1f}%" if (said == "100%" and value < 1) or (said == "0%" and value > 0) else said


def number(value: float) -> str:
    """A count with commas."""
    return f"{value:,.0f}"


def bars(labels: Sequence[str], series: Mapping[str, Sequence[Figure | None]]) -> Markup:
    """Shares as bars from 0 to 100%, each with its interval."""
    drawn = [
        Series(
            name,
            [figure.value if figure else None for figure in figures],
            spans=[(figure.low, figure.high) if figure else (0.0, 0.0) for figure in figures],
        )
        for name, figures in series.items()
    ]
    return plots.bars(labels, drawn, percent, whole=True)
