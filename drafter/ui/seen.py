"""What a look at the figures sees: each asked of the store once, when something needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from drafter.store.figures import Dismissed, Figures, Flagged, Promises, Span, Tally


@dataclass(frozen=True)
class Seen:
    """The figures of one span, and how severe each rule is by now."""

    figures: Figures
    span: Span
    levels: Mapping[str, str]

    @cached_property
    def whole(self) -> Tally:
        """All of it in one."""
        return self.figures.tallies(self.span, "all").get("all", Tally())

    @cached_property
    def times(self) -> dict[date, Tally]:
        """Day by day or week by week, without a gap; what is before the first draft of the span is left out."""
        found = self.figures.tallies(self.span, "time")
        if not found:
            return {}
        step = timedelta(days=1 if self.span.unit == "day" else 7)
        day, last, every = min(found), self.span.until.date(), {}
        while day <= last:
            every[day] = found.get(day, Tally())
            day += step
        return every

    @cached_property
    def queues(self) -> dict[str, Tally]:
        """By queue, those with the most drafts first."""
        return _most_first(self.figures.tallies(self.span, "queue"))

    @cached_property
    def models(self) -> dict[bool, Tally]:
        """By whether a model wrote."""
        return self.figures.tallies(self.span, "model")

    @cached_property
    def people(self) -> dict[str, Tally]:
        """By who had the draft in hand, in the order of the alphabet: this is no ranking."""
        return self.figures.tallies(self.span, "person")

    @cached_property
    def flags(self) -> tuple[Flagged, ...]:
        """Rules found in what was sent."""
        return self.figures.flags(self.span)

    @cached_property
    def dismissals(self) -> tuple[Dismissed, ...]:
        """Rules that were passed over."""
        return self.figures.dismissals(self.span)

    @cached_property
    def promises(self) -> Promises:
        """What became of promises."""
        return self.figures.promises(self.span, at=self.span.until)


def _most_first(tallies: dict[str, Tally]) -> dict[str, Tally]:
    return dict(sorted(tallies.items(), key=lambda item: (-item[1].drafts, item[0])))
