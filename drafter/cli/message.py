"""`drafter incident update`, `sent` and `facts`: what is known now, the message that is made of it, and that it was sent."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.course import change_lines, correction_lines, corrections_data, headed, promise_line, say, summary, written
from drafter.cli.display import console, printable, working
from drafter.cli.draft import model_of, show
from drafter.cli.inputs import kind_of, one_of, read_input
from drafter.cli.moments import moment_of, writer_of
from drafter.cli.store import housed
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.course import Change, Course
    from drafter.draft import Draft
    from drafter.house.tables import House
    from drafter.incident import Incident, Kind
    from drafter.store import Changed

FORMATS = ("text", "json")
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of an incident, inc_….")]
Shape = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is written.")]
At = Annotated[str | None, typer.Option("--at", metavar="MOMENT", help="When it happened, if not now: 2026-11-20 09:10.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who did it; the user of this machine if not given.")]
_Model = Annotated[str | None, typer.Option(metavar="none|NAME", help="The model that writes; none composes without one.")]


def update(
    incident_id: Id,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="The whole facts as they are now; without it, as they are kept.")
    ] = None,
    version: Annotated[int | None, typer.Option(min=1, metavar="N", help="The version that the file started from, as show has it.")] = None,
    kind: Annotated[str | None, typer.Option(help="The kind of message, instead of the one that is due.")] = None,
    draft: Annotated[bool, typer.Option("--draft/--no-draft", help="Prepare the next message, or only keep the facts.")] = True,
    model: _Model = None,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Keep facts that changed, and prepare the message that is due from what is known now.

    What somebody else has changed since the version that you saw is kept and told. An update without news is refused with what it
    may say instead. The exit code is 0 when the message is ready, 1 when a person must look first, 2 when something is missing.
    """
    one_of("--format", shape, FORMATS)
    chosen = None if kind is None else kind_of(kind)
    changed: Changed | None = None
    with housed(model) as (store, house):
        course = store.courses.get(incident_id.strip())
        moment = moment_of("--at", at, course.incident)
        if file is not None:
            facts, seen = _facts_file(file, version, course)
            changed = store.courses.change(course.id, facts, version=seen, at=moment, by=writer_of(by))
            course = changed.course
            if shape == "text":
                say(change_lines(changed.changes, changed.theirs, course.version))
                say(correction_lines(course))
        if not draft:
            if shape == "json":
                typer.echo(written(_updated(course, changed, None, None)))
            return
        ready = _ready(course, moment, chosen, house, told=changed if shape == "json" else None)
        letter = _letter(ready, model)
        made = store.drafts.accept(ready, draft=letter, incident_id=course.id, facts_version=course.version)
    if shape == "json":
        typer.echo(written(_updated(course, changed, made.id, letter)))
    else:
        show(letter, ready, console())
        typer.echo(f"\n{made.id}: {ready.kind.replace('_', ' ')} from version {course.version} of the facts.")
        typer.echo(f"Once it is sent: drafter incident sent {made.id}")
    raise typer.Exit(0 if letter.status == "ready" else 1)


def sent(
    draft_id: Annotated[str, typer.Argument(metavar="DRAFT", help="The id of the draft, dr_….")],
    file: Annotated[str | None, typer.Argument(metavar="FILE|-", help="What was sent; without it, the draft as it was written.")] = None,
    at: At = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Say that a message was sent: it goes into the timeline, and what it promises is due from now on."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, house):
        record = store.drafts.get(draft_id.strip())
        if record.draft is None or record.part_of is None:
            raise InputError(f"'{record.id}' is no message of an opened incident that is written; drafter incident update ID prepares one.")
        facts = store.incidents.get(record.incident_id).incident
        text = record.draft.text if file is None else _masked(read_input(file).text)
        from drafter.checks import check

        findings = check(text, facts, house=house).findings
        distance = record.draft.distance(text)
        moment = moment_of("--at", at, facts)
        store.sent.add(record.id, text=text, findings=findings, distance=distance, unedited=distance == 0, at=moment, by=writer_of(by))
        course = store.courses.get(record.part_of)
        promises = [one for one in course.promises if one.draft_id == record.id]
    if shape == "json":
        typer.echo(written({**summary(course), "promises": [asdict(one) for one in promises]}))
        return
    typer.echo(headed(course))
    say(promise_line(one, facts.zone) for one in promises)


def facts(
    incident_id: Id,
    version: Annotated[int | None, typer.Option(min=1, metavar="N", help="As they were in this version; the latest if not given.")] = None,
) -> None:
    """Print the facts as a file to change and give to update; its first line names the version."""
    with housed() as (store, _):
        course = store.courses.get(incident_id.strip())
        held = course.incident if version is None else store.courses.facts(course.id, version)
    from ruamel.yaml import YAML

    from drafter.course import editable

    out = StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump(editable(held), out)
    typer.echo(f"# {course.id} version {version or course.version}\n{_printable(out.getvalue())}", nl=False)


def _ready(course: Course, moment: datetime | None, kind: Kind | None, house: House, *, told: Changed | None) -> Incident:
    """The facts of the next message; where there can be none, what was changed is told all the same, for it is kept."""
    from drafter.course import prepared

    try:
        return prepared(course, moment or datetime.now(UTC), kind=kind, cadence=house.cadence.of(course.severity))
    except InputError:
        if told:
            typer.echo(written(_updated(course, told, None, None)))
        raise


def _facts_file(name: str, version: int | None, course: Course) -> tuple[Incident, int]:
    """The facts in a file, and the version that they started from: the one that is named, else that of its first line."""
    from drafter.incident import parse_incident

    given = read_input(name)
    first = re.match(r"\s*# (inc_\w+) version (\d+)", given.text)
    if first and first[1] != course.id:
        raise InputError(f"this file holds the facts of {first[1]}.", name)
    seen = version or (int(first[2]) if first else None)
    if seen is None and course.version > 1:
        raise InputError(
            f"say which version the file started from: --version N; the latest is {course.version}, "
            f"and drafter incident facts {course.id} prints it.",
            name,
        )
    return parse_incident(given.text, name), seen or course.version


def _letter(ready: Incident, model: str | None) -> Draft:
    from drafter.settings import load_settings
    from drafter.writer import Writer

    settings = load_settings(model)
    with working(f"{settings.model} is writing") if settings.has_model else nullcontext():
        return Writer(model_of(settings), house=settings.house).draft(ready)


def _updated(course: Course, changed: Changed | None, draft_id: str | None, letter: Draft | None) -> dict[str, Any]:
    return {
        **summary(course),
        "changes": _plain(changed.changes if changed else ()),
        "theirs": _plain(changed.theirs if changed else ()),
        "corrections": corrections_data(course),
        "draft_id": draft_id,
        "draft": letter.model_dump(mode="json") if letter else None,
    }


def _plain(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]


def _masked(text: str) -> str:
    from drafter.privacy import mask_cards

    return mask_cards(text)


def _printable(text: str) -> str:
    """A text of several lines, each as a terminal may show it."""
    return "".join(f"{printable(line)}\n" for line in text.splitlines())
