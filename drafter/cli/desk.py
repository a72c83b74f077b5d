"""`drafter desk`: the kill switch - drafting paused and resumed, for everything or for one helpdesk, or its notes alone."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.display import printable
from drafter.cli.store import opened
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.house.desks import Desk

app = typer.Typer(no_args_is_help=True, help="Drafting paused and resumed, for everything or for one helpdesk.", rich_markup_mode=None)
_BY = "cli"
_DRAFTING, _SHADOW = "drafting", "shadow"
_Name = Annotated[str | None, typer.Argument(metavar="[NAME]", help="A helpdesk of drafter.toml; without it, everything.")]
_Queue = Annotated[str | None, typer.Option(metavar="QUEUE", help="Only this queue of the helpdesk.")]
_Notes = Annotated[bool, typer.Option("--notes", help="Only its notes: drafts are still written and kept (shadow mode).")]


@app.command("list")
def list_desks() -> None:
    """Say what is paused."""
    desks = _desks()
    with opened() as store:
        found = store.switches.all()
    typer.echo(f"everything: {_word(found.get(_DRAFTING, True))}")
    for name, desk in desks.items():
        notes = "" if not found.get(f"{_SHADOW}:{name}", desk.shadow) else ", without notes"
        typer.echo(printable(f"{name}: {_word(found.get(f'{_DRAFTING}:{name}', True))}{notes}"))
    for switch, on in found.items():
        if switch.count(":") == 2 and not on:
            typer.echo(printable(f"{switch.split(':', 1)[1]}: {_word(on)}"))


@app.command()
def pause(name: _Name = None, queue: _Queue = None, notes: _Notes = False) -> None:
    """Write no more drafts, from the next one on; what is begun is finished."""
    _set(name, queue, notes=notes, goes_on=False)


@app.command()
def resume(name: _Name = None, queue: _Queue = None, notes: _Notes = False) -> None:
    """Write drafts again; what came in meanwhile is not made up for."""
    _set(name, queue, notes=notes, goes_on=True)


def _set(name: str | None, queue: str | None, *, notes: bool, goes_on: bool) -> None:
    if name is None and (queue or notes):
        raise InputError("name the helpdesk: --queue and --notes are about one.")
    if queue and notes:
        raise InputError("--queue or --notes, not both: notes are paused for a whole helpdesk.")
    if name is not None:
        _known(name)
    switch = f"{_SHADOW}:{name}" if notes else ":".join(part for part in (_DRAFTING, name, queue) if part)
    with opened(makes=True) as store:  # a desk may be paused before the service first starts
        store.switches.set(switch, goes_on is not notes, by=_BY)
    where = f" for {name}" + (f", queue {queue}" if queue else "") if name else ""
    typer.echo(printable(f"{'Notes' if notes else 'Drafting'}{where}: {'on' if goes_on else 'paused'}."))


def _known(name: str) -> None:
    desks = _desks()
    if name in desks:
        return
    near = difflib.get_close_matches(name, desks, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(desks)}." if desks else "none is set up."
    raise InputError(f"the settings have no helpdesk '{name}'; {hint}")


def _desks() -> dict[str, Desk]:
    from drafter.settings import load_settings

    return load_settings("none").house.helpdesks


def _word(on: bool) -> str:
    return "drafting" if on else "paused"
