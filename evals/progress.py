"""Progress: a line in the terminal while a run goes on: what is written, what it took, and the time that is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from inspect_ai.hooks import Hooks, SampleEnd, hooks
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from evals.meter import Meter


class Line:
    """The line of one run."""

    def __init__(self, shown: Progress, letters: int, meter: Meter) -> None:
        self._shown, self._meter = shown, meter
        self._row = shown.add_task("letters", total=letters, took="")

    def step(self) -> None:
        """One more letter is judged."""
        cost = self._meter.cost
        took = f"{self._meter.tokens} tokens" if self._meter.tokens else ""
        self._shown.update(self._row, advance=1, took=took if cost is None else f"{took} {cost:.2f}")


_RUNNING: list[Line] = []  # at most one: Inspect makes its hooks once for the process, and tells them of every run


@contextmanager
def progress(letters: int, meter: Meter, console: Console | None = None) -> Iterator[None]:
    """Show the line while the run inside goes on; nothing is shown where nobody looks at a terminal."""
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[took]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        _RUNNING.append(Line(shown, letters, meter))
        try:
            yield
        finally:
            _RUNNING.pop()


@hooks(name="drafter_progress", description="moves the line of a run on")
class _Steps(Hooks):
    async def on_sample_end(self, data: SampleEnd) -> None:  # noqa: ARG002 - Inspect calls it so
        for line in _RUNNING:
            line.step()
