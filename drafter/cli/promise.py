"""`drafter incident promise`: what became of a promise - kept, broken, handed over, or waited for by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.course import promise_line, written
from drafter.cli.inputs import one_of
from drafter.cli.moments import moment_of, writer_of
from drafter.cli.store import opened
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.course import Promise
    from drafter.incident import Action, Incident
    from drafter.store import Store

FORMATS = ("text", "json")
app = typer.Typer(no_args_is_help=True, help="What became of a promise: kept, broken, handed over, or dropped.", rich_markup_mode=None)
_Id = Annotated[str, typer.Argument(metavar="PROMISE", help="The id of a promise, prm_…, as drafter incident promises shows it.")]
_At = Annotated[str | None, typer.Option("--at", metavar="MOMENT", help="When it happened, if not now: 2026-11-20 09:10.")]
_By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so; the user of this machine if not given.")]
_Shape = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is written.")]


@app.command()
def kept(
    promise_id: _Id,
    how: Annotated[str, typer.Argument(metavar="HOW", help="A full clause: 'I called the carrier, as I said I would'.")],
    at: _At = None,
    by: _By = None,
    shape: _Shape = "text",
) -> None:
    """Say that it was kept, and how: the next message can tell it."""
    from drafter.course import Decision

    with _promise(promise_id, shape) as (store, facts, found):
        decision = Decision(moment_of("--at", at, facts) or datetime.now(UTC), how=how)
        _told(store.promises.keep(found.id, decision, by=writer_of(by)), facts, shape)


@app.command()
def broken(
    promise_id: _Id,
    ours: Annotated[
        str | None, typer.Option(metavar="CLAUSE", help="'we said we would call you by Friday, and we did not', if need be.")
    ] = None,
    will: Annotated[str | None, typer.Option(metavar="CLAUSE", help="What comes in its place: 'I will call you at noon'.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="When that comes: 2026-11-20, or with its hour.")] = None,
    at: _At = None,
    by: _By = None,
    shape: _Shape = "text",
) -> None:
    """Say that it was broken: the next message owns it as a problem of its own."""
    from drafter.course import Decision

    with _promise(promise_id, shape) as (store, facts, found):
        decision = Decision(moment_of("--at", at, facts) or datetime.now(UTC), ours=ours, plan=_plan(will, on, facts))
        _told(store.promises.break_(found.id, decision, by=writer_of(by)), facts, shape)


@app.command()
def handed(
    promise_id: _Id,
    owner: Annotated[str, typer.Argument(metavar="OWNER", help="Who does it from now on.")],
    words: Annotated[str | None, typer.Option(metavar="CLAUSE", help="The plan in words that name them, where it is about me.")] = None,
    by: _By = None,
    shape: _Shape = "text",
) -> None:
    """Give it to another owner."""
    with _promise(promise_id, shape) as (store, facts, found):
        _told(store.promises.hand(found.id, owner, words=words, by=writer_of(by)), facts, shape)


@app.command()
def dropped(
    promise_id: _Id,
    why: Annotated[str, typer.Argument(metavar="WHY", help="Why nobody waits for it any more.")],
    at: _At = None,
    by: _By = None,
    shape: _Shape = "text",
) -> None:
    """Say that nobody waits for it any more, and why."""
    from drafter.course import Decision

    with _promise(promise_id, shape) as (store, facts, found):
        decision = Decision(moment_of("--at", at, facts) or datetime.now(UTC), how=why)
        _told(store.promises.drop(found.id, decision, by=writer_of(by)), facts, shape)


@contextmanager
def _promise(promise_id: str, shape: str) -> Iterator[tuple[Store, Incident, Promise]]:
    """A promise, and the facts of the message that made it, in whose time zone moments are read."""
    one_of("--format", shape, FORMATS)
    with opened() as store:
        found = store.promises.get(promise_id.strip())
        yield store, store.incidents.get(store.drafts.get(found.draft_id).incident_id).incident, found


def _told(made: Promise, facts: Incident, shape: str) -> None:
    typer.echo(written(asdict(made)) if shape == "json" else promise_line(made, facts.zone))


def _plan(will: str | None, on: str | None, facts: Incident) -> Action | None:
    """What comes in the place of a broken promise.

    Raises:
        InputError: it is no plan, or its moment cannot be read.
    """
    if will is None:
        if on is not None:
            raise InputError("say what comes then: --will 'I will call you'.", "--on")
        return None
    from pydantic import ValidationError

    from drafter.incident import Action
    from drafter.incident.reading import FRAME, Frame

    token = FRAME.set(Frame(facts.locale, facts.zone, datetime.now(UTC)))
    try:
        return Action.model_validate({"will": will, "on": on})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        option = "--on" if "on" in first["loc"] else "--will"
        raise InputError(first["msg"].removeprefix("Value error, "), option) from None
    finally:
        FRAME.reset(token)
