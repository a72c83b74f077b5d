"""`drafter incident correct`: what a person says of something that was sent - that it was wrong, or that it was true at its time."""

from __future__ import annotations

from typing import Annotated

import typer

from drafter.cli.course import change_lines, correction_lines, course_data, say, written
from drafter.cli.inputs import one_of
from drafter.cli.message import FORMATS, At, By, Id, Shape
from drafter.cli.moments import moment_of, writer_of
from drafter.cli.store import opened
from drafter.errors import InputError


def correct(
    incident_id: Id,
    said: Annotated[str, typer.Argument(metavar="SAID", help="What was said, as a clause: 'no pictures were lost'.")],
    right: Annotated[str | None, typer.Argument(metavar="RIGHT", help="What is right, as a clause: 'we lost 40 of your pictures'.")] = None,
    true_then: Annotated[bool, typer.Option("--true-then", help="It was true at its time: nothing is taken back.")] = False,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Say that something in a message was wrong, and what is right: the next message takes it back openly, once.

    A fact that was told and has changed is corrected without this; --true-then says that it was no mistake.
    """
    from drafter.course.corrections import corrected

    one_of("--format", shape, FORMATS)
    if (right is None) != true_then:
        raise InputError("say what is right, or --true-then where it was true at its time.", "RIGHT")
    with opened() as store:
        course = store.courses.get(incident_id.strip())
        moment = moment_of("--at", at, course.incident)
        facts = corrected(course, said, right)
        changed = store.courses.change(course.id, facts, version=course.version, at=moment, by=writer_of(by))
    if shape == "json":
        typer.echo(written(course_data(changed.course)))
        return
    say(change_lines(changed.changes, changed.theirs, changed.course.version))
    say(correction_lines(changed.course))
