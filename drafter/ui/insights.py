"""Insights: how drafts fare over time, by queue and by who wrote them, each figure as a plot with its table and what it is of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from markupsafe import Markup

from drafter.checks import rules_in_force
from drafter.errors import InputError
from drafter.store.figures import ENOUGH, Span
from drafter.ui import sheets
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render, words
from drafter.ui.seen import Seen
from drafter.ui.workbench import Desk

_SPANS = {"4": 4, "12": 12, "26": 26, "52": 52}  # weeks
_SPAN = "12"
_ALL = "*"  # every queue: no queue is called so


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    view = {"queues": [], "queue": _ALL, "span": _SPAN, "unit": "week"}
    panel("insights", render("insights.html", figures=None, all=_ALL, **view), Looking(desk))


class Looking:
    """What can be done at the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._by_person = desk.writer.house is not None and desk.writer.house.insights.by_person

    def __call__(self, act: Act) -> Answer:
        """Every figure of the span and queue that were chosen; or the table of one, as a file."""
        seen = self.seen(act)
        if act.name == "csv":
            name = act.data.get("figure", "")
            if name not in sheets.SHEETS or (name == "person" and not self._by_person):
                raise InputError(words().insights.no_figure)
            return Answer(file={"name": f"{name}.csv", "type": "text/csv", "text": sheets.as_csv(sheets.SHEETS[name](seen))})
        if act.name == "rest":
            names = [name for name in sheets.SHEETS if name not in sheets.OVER_TIME and (name != "person" or self._by_person)]
            return Answer(parts={"rest": self._sheets(seen, names)})
        return self._opened(seen)

    def _opened(self, seen: Seen) -> Answer:
        """What is over time; the rest follows by itself, so that nobody waits for all of it."""
        figures = self._desk.store.figures
        queues, first = figures.queues(), figures.first()
        view: dict[str, Any] = {"queues": queues, "queue": seen.span.queue if seen.span.queue is not None else _ALL, "all": _ALL}
        there = first is not None and seen.whole.drafts > 0
        shown = {"heads": sheets.heads(seen), "sheets": self._sheets(seen, sheets.OVER_TIME)} if there else {}
        answer = Answer(again="rest" if there else None, after=10)
        answer.parts = {
            "figures": render("figures.html", first=first, there=there, enough=ENOUGH, **shown),
            "queue-field": render("queues.html", **view),
        }
        return answer

    @staticmethod
    def _sheets(seen: Seen, names: Iterable[str]) -> Markup:
        return Markup(render("sheets.html", figures=[(name, sheets.SHEETS[name](seen)) for name in names], enough=ENOUGH))

    def seen(self, act: Act) -> Seen:
        """What the fields of the page ask for."""
        weeks = _SPANS.get(act.text("span"), _SPANS[_SPAN])
        queue = act.text("queue") or ("" if "queue" in act.fields else _ALL)
        now = datetime.now(UTC)
        monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
        span = Span(
            monday - timedelta(weeks=weeks - 1), now, "day" if act.text("unit") == "day" else "week", None if queue == _ALL else queue
        )
        known = rules_in_force("en", self._desk.writer.house)
        return Seen(self._desk.store.figures, span, {rule.id: known.level(rule) for rule in known.rules.values()})
