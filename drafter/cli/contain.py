"""`drafter incident contain`: who else is hit, what they must stop doing now, when they were told, and the notice to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.course import clock, say, written
from drafter.cli.display import console, printable
from drafter.cli.draft import show
from drafter.cli.inputs import one_of
from drafter.cli.message import FORMATS, At, By, Id, Shape
from drafter.cli.moments import moment_of, writer_of
from drafter.cli.store import housed
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.course import Course, Exposed
    from drafter.house.tables import House
    from drafter.store import Store


def contain(
    incident_id: Id,
    who: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Who else is hit; say it once for each group.")] = None,
    stop: Annotated[
        str | None, typer.Option(metavar="SENTENCE", help="What they must stop doing now: 'Please do not use the kettle'.")
    ] = None,
    told: Annotated[list[str] | None, typer.Option(metavar="ID|all", help="Say that these were told, or all who were not.")] = None,
    notice: Annotated[bool, typer.Option("--notice", help="Prepare the notice to all who were not told.")] = False,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Write down who else is hit, and what was done about it; without options, ask.

    The exit code is 0 once everybody was told, 1 while somebody was not, or nobody has said who.
    """
    one_of("--format", shape, FORMATS)
    if stop is not None and not who:
        raise InputError("say who must stop it: --who.", "--stop")
    if stop is not None:
        _sound(stop)
    with housed() as (store, house):
        course = store.courses.get(incident_id.strip())
        for one in who or ():
            store.exposures.note(course.id, one, stop=stop, by=writer_of(by))
        if told:
            moment = moment_of("--at", at, course.incident)
            store.exposures.tell(course.id, [] if told == ["all"] else told, at=moment, by=writer_of(by))
        course = store.courses.get(course.id)
        if notice:
            say(_notices(store, house, course))
    left = [one for one in course.exposed if one.told is None]
    if shape == "json":
        typer.echo(written({"id": course.id, "exposed": [asdict(one) for one in course.exposed]}))
    else:
        say(_shown(course))
    raise typer.Exit(1 if left or not course.exposed else 0)


def _sound(stop: str) -> None:
    """See that what others are told to stop blames nobody: it stands in the notice word for word."""
    from drafter.checks import check
    from drafter.settings import load_settings

    if errors := check(stop, house=load_settings("none").house).errors:
        raise InputError(f"“{errors[0].text}”: {errors[0].message}", "--stop")


def _shown(course: Course) -> Iterator[str]:
    """The questions where nobody has answered them, else who is hit and whether they know."""
    from drafter.course import QUESTIONS

    if not course.exposed:
        yield from (f"{number}. {question}" for number, question in enumerate(QUESTIONS, 1))
        yield f'Answer with: drafter incident contain {course.id} --who "…" --stop "…"'
        yield f'Nobody else, or not known yet: drafter incident note {course.id} "…" --as containment'
    yield from (_line(one, course) for one in course.exposed)


def _line(one: Exposed, course: Course) -> str:
    known = f"told {clock(one.told, course.incident.zone)}" if one.told else "NOT TOLD"
    return printable(f"{one.id}  {one.who}: {known}" + (f"; must stop: {one.stop}" if one.stop else ""))


def _notices(store: Store, house: House, course: Course) -> Iterator[str]:
    """Prepare the notices, keep them as drafts, and show them; the record says itself when they went."""
    from drafter.course import alerts
    from drafter.writer import Writer

    for facts, group in alerts(course, house.cadence.of(course.severity), datetime.now(UTC)):
        letter = Writer(house=house).draft(facts)
        made = store.drafts.accept(facts, draft=letter)
        show(letter, facts, console())
        named = ", ".join(one.who for one in group)
        yield printable(f"\n{made.id}: notice to {named}.")
        yield f"Once it is sent: drafter incident contain {course.id} {' '.join(f'--told {one.id}' for one in group)}"
