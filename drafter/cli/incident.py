"""`drafter incident`: the course of an incident, from the first notice to the debrief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from drafter.cli import contain, correction, message, promise
from drafter.cli.course import correction_lines, course_data, due_lines, headed, promise_line, say, summary, timeline, written
from drafter.cli.display import printable
from drafter.cli.inputs import one_of, read_facts, read_input
from drafter.cli.message import FORMATS, At, By, Id, Shape
from drafter.cli.moments import moment_of, writer_of
from drafter.cli.store import housed, opened
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.course import Course, Promise, PromiseState, State
    from drafter.house.tables import House
    from drafter.store import Store

NOTES = ("note", "received", "containment")
app = typer.Typer(
    no_args_is_help=True,
    help="Incidents from the first notice to the debrief: what is due, what was said, what was promised.",
    rich_markup_mode=None,
)
app.add_typer(promise.app, name="promise")
app.command()(message.update)
app.command()(message.sent)
app.command()(message.facts)
app.command()(contain.contain)
app.command()(correction.correct)


@app.command("open")
def open_incident(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The facts as far as they are known, in YAML or JSON.")],
    title: Annotated[str | None, typer.Option(help="What it is called in lists; what happened, if not given.")] = None,
    noticed: Annotated[str | None, typer.Option(metavar="MOMENT", help="When it was noticed, if not now: 2026-11-20 09:10.")] = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Open an incident and print its id; what can no longer be met is said at once."""
    one_of("--format", shape, FORMATS)
    facts = read_facts(file)
    seen = moment_of("--noticed", noticed, facts)
    with housed(makes=True) as (store, house):
        course = store.courses.open(facts, title=title, noticed=seen, by=writer_of(by))
        _shown(course, house, shape)


@app.command("list")
def list_incidents(
    state: Annotated[str | None, typer.Option(metavar="STATE", help="Only those in this state, such as resolved.")] = None,
    shape: Shape = "text",
) -> None:
    """List the incidents that were opened, the newest first."""
    one_of("--format", shape, FORMATS)
    wanted = None if state is None else _state("--state", state)
    with opened() as store:
        found = list(_all(store, wanted))
    for course in found:
        typer.echo(written(summary(course)) if shape == "json" else headed(course))
    if not found and shape == "text":
        typer.echo("There are no such incidents; drafter incident open FILE opens one.")


@app.command()
def note(
    incident_id: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="What happened, was done or was said; - is standard input.")],
    kind: Annotated[str, typer.Option("--as", metavar="|".join(NOTES), help="received is what the customer wrote.")] = "note",
    at: At = None,
    by: By = None,
) -> None:
    """Write something into the timeline; what is written there is never changed."""
    chosen: Any = one_of("--as", kind, NOTES)
    words = read_input(text).text if text == "-" else text
    with housed() as (store, _):
        course = store.courses.get(incident_id.strip())
        entry = store.courses.note(course.id, words, kind=chosen, at=moment_of("--at", at, course.incident), by=writer_of(by))
    typer.echo(f"{entry.id} is in the timeline of {course.id}.")


@app.command()
def move(
    incident_id: Id,
    state: Annotated[str, typer.Argument(metavar="STATE", help="acknowledged, contained, fixed, resolved, followed_up or debriefed.")],
    because: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What a person says of it: what was found, or what came back.")
    ] = None,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Bring an incident to a state; a step out of order is refused with everything that is missing."""
    one_of("--format", shape, FORMATS)
    target = _state("STATE", state)
    with housed() as (store, house):
        course = store.courses.get(incident_id.strip())
        moment = moment_of("--at", at, course.incident)
        course = store.courses.move(course.id, target, cadence=house.cadence, reason=because, at=moment, by=writer_of(by))
        _shown(course, house, shape)


@app.command()
def resolve(
    incident_id: Id,
    because: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Say that it is over: the same as move ID resolved."""
    move(incident_id, "resolved", because, at, by, shape)


@app.command("show")
def show_incident(incident_id: Id, shape: Shape = "text") -> None:
    """Print what it is at, its timeline, what was promised and what is due."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, house):
        course = store.courses.get(incident_id.strip())
        _shown(course, house, shape, whole=True)


@app.command("due")
def due_now(
    at: Annotated[str | None, typer.Option("--at", metavar="MOMENT", help="At another moment than now, in UTC: 2026-11-20 09:10.")] = None,
    shape: Shape = "text",
) -> None:
    """List what is due over all incidents, the soonest first; the exit code is 1 where something is overdue."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, house):
        items = store.courses.due(house.cadence, at=_utc(at))
    if shape == "json":
        for item in items:
            typer.echo(written(asdict(item)))
    else:
        say(due_lines(items))
        if not items:
            typer.echo("Nothing is due.")
    raise typer.Exit(1 if any(item.overdue for item in items) else 0)


@app.command()
def promises(
    incident_id: Annotated[str | None, typer.Argument(metavar="ID", help="Of this incident; of all messages, if not given.")] = None,
    state: Annotated[str | None, typer.Option(metavar="open|kept|broken|dropped", help="Only those in this state.")] = None,
    shape: Shape = "text",
) -> None:
    """List what was promised, the soonest first."""
    from drafter.course import PromiseState

    one_of("--format", shape, FORMATS)
    wanted: Any = None if state is None else one_of("--state", state, get_args(PromiseState))
    with opened() as store:
        found = list(_promised(store, wanted, incident_id))
    for one in found:
        typer.echo(written(asdict(one)) if shape == "json" else promise_line(one))
    if not found and shape == "text":
        typer.echo("Nothing was promised.")


def _promised(store: Store, state: PromiseState | None, incident_id: str | None) -> Iterator[Promise]:
    after: str | None = None
    while page := store.promises.page(state=state, incident_id=incident_id, after=after):
        yield from page
        after = page[-1].id


def _all(store: Store, state: State | None) -> Iterator[Course]:
    after: str | None = None
    while page := store.courses.page(state=state, after=after):
        yield from page
        after = page[-1].id


def _shown(course: Course, house: House, shape: str, *, whole: bool = False) -> None:
    from drafter.course import due, unmet

    cadence, moment = house.cadence.of(course.severity), datetime.now(UTC)
    items, warnings = due(course, cadence, moment), list(unmet(course, cadence, moment))
    if shape == "json":
        typer.echo(written({**course_data(course, items), "unmet": warnings}))
        return
    zone = course.incident.zone
    typer.echo(headed(course))
    if whole:
        say(timeline(course))
        say(promise_line(one, zone) for one in course.promises)
        say(correction_lines(course))
    say(due_lines(items, zone))
    for warning in warnings:
        typer.echo(printable(f"Cannot be met: {warning}."), err=True)


def _state(option: str, value: str) -> State:
    from drafter.course import STATES

    return one_of(option, value.strip().replace("-", "_").replace(" ", "_"), STATES)


def _utc(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise InputError(f"'{value}' is not a moment such as 2026-11-20 09:10.", "--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
