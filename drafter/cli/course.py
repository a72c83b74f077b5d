"""How the commands show an incident's course: its timeline, what is due, promises, and all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from drafter.cli.display import counted, printable
from drafter.cli.formats import encodable

if TYPE_CHECKING:
    from datetime import tzinfo

    from drafter.course import Change, Course, Due, Entry, Promise

_STEPS = {
    "first_word": "first word",
    "update": "update",
    "last_word": "last word",
    "follow_up": "follow-up",
    "debrief": "debrief",
    "promise": "promise",
    "exposed": "word to others who are hit",
}
_DECIDED = {"suggested": "remedy suggested", "approved": "remedy approved", "refused": "remedy refused"}
_KINDS = {"received": "from the customer", "facts": "facts changed", "sent": "message sent", "drafted": "draft prepared", **_DECIDED}
_PROMISES = ("kept", "broken", "handed", "dropped")


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment as a list has it."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def written(data: Any) -> str:
    """Data as one line of JSON."""
    return encodable(json.dumps(data, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)


def course_data(course: Course, items: Sequence[Due] = ()) -> dict[str, Any]:
    """All of a course as data, with what is due."""
    return {
        **summary(course),
        "facts": course.incident.model_dump(mode="json"),
        "timeline": [asdict(entry) for entry in course.entries],
        "sent": [asdict(message) for message in course.sent],
        "promises": [asdict(promise) for promise in course.promises],
        "corrections": corrections_data(course),
        "due": [asdict(item) for item in items],
    }


def corrections_data(course: Course) -> list[dict[str, Any]]:
    """What the next message takes back by itself, as data."""
    from drafter.course.corrections import corrections

    return [one.model_dump(mode="json", exclude={"id", "true_then"}) for one in corrections(course)]


def summary(course: Course) -> dict[str, Any]:
    """What a list of incidents has of one."""
    names = ("id", "title", "severity", "state", "version", "noticed", "opened", "updated")
    return {name: getattr(course, name) for name in names}


def headed(course: Course) -> str:
    """An incident in one line."""
    state, noticed = course.state.replace("_", " "), clock(course.noticed, course.incident.zone)
    return printable(f"{course.id}  {course.title}: {state}; {course.severity}, noticed {noticed}, facts version {course.version}")


def timeline(course: Course) -> Iterator[str]:
    """What happened, a line for each entry and one for each fact that changed."""
    zone = course.incident.zone
    for entry in course.entries:
        by = f" ({entry.by})" if entry.by else ""
        late = f", written down {clock(entry.written, zone)}" if (entry.written - entry.at).total_seconds() >= 60 else ""
        yield printable(f"{clock(entry.at, zone)}  {_told(course, entry)}{by}{late}")
        yield from (printable(f"                  {change.words}") for change in entry.changes)


def _told(course: Course, entry: Entry) -> str:
    text = f": {entry.text}" if entry.text else ""
    if entry.kind == "state":
        return f"{(entry.state or '').replace('_', ' ')}{text}"
    if entry.kind in _PROMISES:
        return f"promise {entry.promise_id} {'handed over' if entry.kind == 'handed' else entry.kind}{text}"
    if entry.kind == "sent":
        kind = next((message.kind for message in course.sent if message.draft_id == entry.draft_id), "")
        return f"message sent: {kind.replace('_', ' ')} {entry.draft_id}, by version {entry.version} of the facts"
    about = f" {entry.draft_id}" if entry.draft_id else f", version {entry.version}" if entry.kind == "facts" else ""
    return f"{_KINDS.get(entry.kind, entry.kind)}{about}{text}"


def due_lines(items: Sequence[Due], zone: tzinfo | None = None) -> Iterator[str]:
    """What is due, a line for each."""
    for item in items:
        when = f"{'OVERDUE' if item.overdue else 'due'} {clock(item.by, zone)}" if item.by else "no day named"
        what = f"“{item.what}”" if item.step == "promise" else item.what
        about = " ".join(filter(None, (item.incident_id, item.promise_id)))
        yield printable(f"{when}  {_STEPS[item.step]}: {what} ({item.owner or 'nobody is named'})  {about}")


def promise_line(promise: Promise, zone: tzinfo | None = None) -> str:
    """A promise in one line."""
    due = f"due {clock(promise.due, zone)}" if promise.due else "no day named"
    how = f": {promise.how}" if promise.how else ""
    return printable(f"{promise.id}  “{promise.words}” ({promise.owner or 'nobody is named'}), {due}: {promise.state}{how}")


def correction_lines(course: Course) -> Iterator[str]:
    """What the next message takes back by itself, and how a person says that it was true at its time."""
    from drafter.course.corrections import corrections  # it reads what was sent, which costs what other commands do not need

    for one in corrections(course):
        when = f" on {clock(one.on, course.incident.zone)}" if isinstance(one.on, datetime) else ""
        yield printable(f"The next message corrects what was said{when}: “{one.said}”; right is “{one.right}”.")
        yield printable(f"  If it was true at its time: drafter incident correct {course.id} “{one.said}” --true-then")


def change_lines(changes: Sequence[Change], theirs: Sequence[Change], version: int) -> Iterator[str]:
    """What a change of facts came to, and what somebody else had changed since the version that was seen."""
    if changes:
        yield printable(f"Facts version {version}, {counted(len(changes), 'change')}:")
        yield from (printable(f"  {change.words}") for change in changes)
    else:
        yield "The facts are the same as before; nothing was changed."
    if theirs:
        yield "Somebody else changed since the version that you saw, and it is kept:"
        yield from (printable(f"  {change.words}") for change in theirs)
