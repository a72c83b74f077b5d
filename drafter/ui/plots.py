"""Plots as SVG, drawn on the server: they need no script and nothing from outside, and take their colours from the page's style.

A plot says nothing that the table beside it does not say, and is hidden from who listens to the page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, floor
from typing import Any

import pygal
from markupsafe import Markup
from pygal.style import Style

sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
"""Without the finder that pygal adds for plug-ins with maps: it would be asked at every import, in a way that Python has given up."""

_WIDE, _HIGH, _BAR = 560, 230, 26  # in units of the drawing; a bar of a list is as high as a line of text
_FEW = "fill: var(--paper)"  # a hollow dot
_FONT = 15  # what room is left for; the page's style sets it, larger on a phone
_MOST = 6  # steps of an axis
_SHOWN = 6  # dates under an axis
_UNSEEN = ("desc", "defs", "script")


@dataclass(frozen=True)
class Series:
    """One thing over all places of a plot; None where there is nothing to say, `few` where little stands behind it.

    `spans` are the ends of an interval about each value.
    """

    name: str
    values: Sequence[float | None]
    few: Sequence[bool] = ()
    spans: Sequence[tuple[float, float]] = ()


Words = Callable[[float], str]


def lines(labels: Sequence[str], series: Sequence[Series], said: Words, *, steps: Sequence[float]) -> Markup:
    """Lines over time; the axis goes up by one of `steps`, whichever makes a handful of them."""
    top = _top(series)
    step = next((step for step in steps if top / step <= _MOST), steps[-1])
    ticks = [step * i for i in range(ceil(top / step - 1e-9) + 1)]
    chart = pygal.Line(**_frame(said), dots_size=4, y_labels=ticks, range=(0, ticks[-1]))
    return _drawn(chart, labels, series)


def columns(labels: Sequence[str], series: Sequence[Series], said: Words, *, unit: float = 1) -> Markup:
    """Columns over time, those of one place on top of each other; the axis is marked in whole `unit`s."""
    marks = _marks((0, _top(series, stacked=True)), unit)
    return _drawn(pygal.StackedBar(**_frame(said), spacing=4, y_labels=marks, range=(0, marks[-1])), labels, series)


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    said: Words,
    *,
    whole: bool = False,
    reach: tuple[float, float] | None = None,
    unit: float = 0.01,
) -> Markup:
    """Bars beside their names, the first one on top; from nothing to the largest, to 1 if `whole`, or over `reach`.

    The axis is marked in whole `unit`s: what is said of a mark is what the mark stands for, and no two say the same.
    """
    marks = _marks(reach or (0, 1 if whole else _top(series)), unit)
    height = 46 + _BAR * len(labels) * max(1, len(series) * 0.7)
    frame = _frame(said) | {"height": round(height), "show_minor_x_labels": True}
    low, high = reach or (0, 0)
    chart = pygal.HorizontalBar(**frame, spacing=5, y_labels=marks, range=(min(low, marks[0]), max(high, marks[-1])))
    turned = [Series(one.name, one.values[::-1], one.few[::-1], one.spans[::-1]) for one in series]  # pygal begins at the bottom
    return _drawn(chart, labels[::-1], turned, is_list=True)


def _marks(ends: tuple[float, float], unit: float) -> list[float]:
    """A handful of round places from one end of an axis to the other, or beyond where an end lies between two."""
    low, high = (end / unit for end in ends)
    steps = (size * 10**power for power in count() for size in (1, 2, 5))
    step = next(step for step in steps if (high - low) / step <= _MOST)
    return [unit * step * at for at in range(floor(low / step + 1e-9), max(1, ceil(high / step - 1e-9)) + 1)]


def _frame(said: Words) -> dict[str, Any]:
    return {
        "width": _WIDE,
        "height": _HIGH,
        "style": Style(label_font_size=_FONT, major_label_font_size=_FONT),
        "css": (),
        "js": (),
        "disable_xml_declaration": True,
        "show_legend": False,
        "margin": 8,
        "margin_right": 22,
        "value_formatter": said,
        "max_scale": 5,
        "show_minor_x_labels": False,
        "truncate_label": -1,
        "allow_interruptions": True,
    }


def _top(series: Sequence[Series], *, stacked: bool = False) -> float:
    """The end of an axis that starts at nothing."""
    if stacked:
        return max((sum(value or 0 for value in place) for place in zip(*(one.values for one in series), strict=True)), default=0) or 1
    return max((value for one in series for value in one.values if value is not None), default=0) or 1


def _drawn(chart: Any, labels: Sequence[str], series: Sequence[Series], *, is_list: bool = False) -> Markup:
    chart.x_labels = list(labels)
    if not is_list:
        chart.x_labels_major = labels[:: -(-len(labels) // _SHOWN)]
    for one in series:
        few = one.few or [False] * len(one.values)
        spans: Sequence[tuple[float, float] | None] = one.spans or [None] * len(one.values)
        chart.add(one.name, [_point(value, is_few, span) for value, is_few, span in zip(one.values, few, spans, strict=True)])
    chart.add_xml_filter(_bare)
    return Markup(chart.render(is_unicode=True))


def _point(value: float | None, is_few: bool, span: tuple[float, float] | None) -> Any:
    if value is None or not (is_few or span):
        return value
    return {"value": value} | ({"style": _FEW} if is_few else {}) | ({"ci": {"low": span[0], "high": span[1]}} if span else {})


def _bare(root: Any) -> Any:
    """The drawing without what pygal's script would use; what it would say of a point is what a browser says by itself."""
    for parent in list(root.iter()):
        for child in list(parent):
            names = (child.get("class") or "").split()
            if child.tag == "desc" and "value" in names:
                child.tag, child.attrib = "title", {}
            elif child.tag in _UNSEEN or "text-overlay" in names or (child.tag == "title" and parent is root):
                parent.remove(child)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return root
