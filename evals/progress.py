"""Progress: a line in the terminal while a run goes on: what is written, the time that is left, and what it took so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from evals.meter import Meter


@contextmanager
def progress(letters: int, judged: int, meter: Meter, console: Console | None = None) -> Iterator[Callable[[], None]]:
    """The line of a run that goes on inside; what it gives is to be called after each letter that is judged.

    Where nobody looks at a terminal there is no line, only what was taken at the end.
    """
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
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
            row = shown.add_task("letters", total=letters, completed=judged, took="")

            def step() -> None:
                shown.update(row, advance=1, took=_took(meter))

            yield step
    finally:
        if meter.calls:
            console.print(f"asked models {meter.calls} times: {_took(meter)}", highlight=False)


def _took(meter: Meter) -> str:
    cost = meter.cost
    beside = f" and the judge's {meter.unpriced} tokens" if meter.unpriced else ""
    return f"{meter.tokens} tokens" if cost is None else f"{meter.tokens} tokens, {cost:.4f}{beside}"
