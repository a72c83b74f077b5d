"""`drafter batch`: facts that many share and a table of customers become one checked letter each, in a folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from drafter.cli.display import console, counted, printable
from drafter.cli.draft import model_of
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of, read_input, source_of

if TYPE_CHECKING:
    from drafter.batch import Folder, Outcome, Shape, Status
    from drafter.batch.run import Told

FORMATS = ("text", "json")
LETTERS = ("text", "eml")
_WORDS: dict[Status, str] = {
    "ready": "ready",
    "needs_review": "for a person's review",
    "blocked": "blocked",
    "set_aside": "set aside",
}
_SHOWN = 8  # reasons in a summary


def batch(
    facts: Annotated[str, typer.Argument(metavar="FACTS|-", help="The facts that all share, with gaps such as {order}.")],
    customers: Annotated[Path, typer.Argument(metavar="CUSTOMERS", help="A CSV file with a row for each customer.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the letters go; the same again goes on where it stopped.")],
    letters: Annotated[str, typer.Option(metavar="|".join(LETTERS), help="Each letter as a text or as a mail to open and send.")] = "text",
    encoding: Annotated[
        str, typer.Option(metavar="utf-8|cp1252", help="Of the CSV file; cp1252 is what Excel writes by itself.")
    ] = "utf-8",
    model: Annotated[str | None, typer.Option(metavar="none|NAME", help="Asked once for words that all share; none composes.")] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=256, metavar="N", help="How many write; a processor each if not given.")
    ] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How the summary is written.")] = "text",
) -> None:
    """Write one checked letter for each customer of a table: shared facts, with each customer's own in their gaps.

    Each letter is checked and grounded on its own. A row that cannot be used is set aside with the reason, and the rest goes on.
    The exit code is 0 when every letter is ready, 1 when a person must look, 2 when nothing could begin, 3 when something outside failed.
    """
    one_of("--format", shape, FORMATS)
    kind = cast("Shape", one_of("--letters", letters, LETTERS))
    from drafter.batch import ENCODINGS, Batch, Table, run
    from drafter.incident import plain_facts
    from drafter.settings import load_settings

    table = Table(customers, encoding=one_of("--encoding", encoding, ENCODINGS))
    shared = plain_facts(read_input(facts).text, source_of(facts))
    settings = load_settings(model)
    task = Batch(shared, table, out, settings.house, kind, model_of(settings))
    try:
        with _progress(table.size) as told:
            folder = run(task, processes=processes, told=told)
    except KeyboardInterrupt:
        typer.echo("Stopped; the same command goes on from here.", err=True)
        raise
    outcomes = sorted(folder.done.values(), key=lambda one: one.line)
    if shape == "json":
        typer.echo(encodable(json.dumps(_data(folder, outcomes), ensure_ascii=False)))
    else:
        typer.echo("\n".join(_summary(folder, outcomes)))
    raise typer.Exit(0 if all(one.status == "ready" for one in outcomes) else 1)


def _summary(folder: Folder, outcomes: list[Outcome]) -> Iterator[str]:
    """How many letters there are of each kind, the worst reasons first, and where all of it lies."""
    counts = Counter(one.status for one in outcomes)
    yield f"{counted(len(outcomes), 'customer')}: {', '.join(f'{counts[status]:,} {words}' for status, words in _WORDS.items())}."
    if written := Counter(one.model for one in outcomes if one.file and one.model):
        shared = ", ".join(f"{number:,} in words of {name}" for name, number in written.items())
        yield printable(f"{shared}, from one call; the others in Drafter's own.")
    for status in ("blocked", "needs_review", "set_aside"):
        reasons = _reasons(outcomes, status)
        for reason, lines in reasons[:_SHOWN]:
            yield printable(f"- {status.replace('_', ' ')}, {counted(len(lines), 'row')} (line {lines[0]}): {reason}")
        if len(reasons) > _SHOWN:
            yield f"- {status.replace('_', ' ')}: {len(reasons) - _SHOWN} more reasons"
    yield printable(f"The letters are in {folder.path}, and letters.csv lists them.")
    if counts["set_aside"]:
        yield "The rows that were set aside are in set_aside.csv there; mend them, and give it as the table of a new folder."


def _reasons(outcomes: list[Outcome], status: str) -> list[tuple[str, list[int]]]:
    """Each reason with the lines that have it, the most frequent first."""
    found: dict[str, list[int]] = {}
    for one in outcomes:
        for reason in one.reasons if one.status == status else ():
            found.setdefault(reason, []).append(one.line)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]))


def _data(folder: Folder, outcomes: list[Outcome]) -> dict[str, object]:
    counts = Counter(one.status for one in outcomes)
    rest = [one for one in outcomes if one.status != "ready"]
    items = [{"line": one.line, "status": one.status, "file": one.file or None, "reasons": list(one.reasons)} for one in rest]
    return {"folder": str(folder.path), "customers": len(outcomes), **{status: counts[status] for status in _WORDS}, "not_ready": items}


@contextmanager
def _progress(total: int) -> Iterator[Told]:
    """A line on stderr with what is done and the time that is left; nothing where nobody looks at a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    out = console(stderr=True)
    columns = (TextColumn("letters"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
    with Progress(*columns, console=out, disable=not out.is_terminal) as shown:
        row = shown.add_task("letters", total=total)
        yield lambda done: shown.update(row, advance=done)
