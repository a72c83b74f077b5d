"""`drafter store`: where the data is, keeping it no longer than needed, and one person's data given out or erased."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.display import counted, listed, printable
from drafter.cli.formats import encodable
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.house.tables import House
    from drafter.store import Store
    from drafter.store.records import About

app = typer.Typer(no_args_is_help=True, help="Where the data is kept, for how long, and what is kept of one person.", rich_markup_mode=None)

_DAYS = {"d": 1, "w": 7, "y": 365}
_Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
_Who = Annotated[str, typer.Argument(metavar="WHO", help="An e-mail address, a name, a reference, your own name for them, or an id.")]


@contextmanager
def opened(*, makes: bool = False) -> Iterator[Store]:
    """The store that DRAFTER_DATABASE_URL names, or that in the user's data folder; `makes` a new file where there is none."""
    from drafter.settings import load_settings
    from drafter.store import open_store

    store = open_store(load_settings("none").database, makes=makes)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def housed(model: str | None = None, *, makes: bool = False) -> Iterator[tuple[Store, House]]:
    """The same store, and what the house decides; `model` is the one that will write, which has to be known."""
    from drafter.settings import load_settings

    house = load_settings(model or "none").house
    with opened(makes=makes) as store:
        yield store, house


@app.command()
def path() -> None:
    """Print where the data is kept: a file, or a server's address without its password."""
    from drafter.settings import load_settings
    from drafter.store.address import read_address, shown

    typer.echo(printable(shown(read_address(load_settings("none").database))))


@app.command()
def migrate() -> None:
    """Bring the database to this version of Drafter; every other command does so too."""
    from drafter.settings import load_settings
    from drafter.store import upgrade_store

    before, now = upgrade_store(load_settings("none").database)
    typer.echo(f"The database is at revision {now} already." if before == now else f"The database was brought to revision {now}.")


@app.command()
def prune(
    older_than: Annotated[str, typer.Option("--older-than", metavar="90d", help="An age in days, weeks or years: 90d, 12w, 1y.")],
    yes: _Yes = False,
) -> None:
    """Delete the drafts that nothing has happened to for so long, with their facts and texts."""
    before = datetime.now(UTC) - _age(older_than)
    with opened() as store:
        old = store.stale(before)
        if not old:
            typer.echo(f"No drafts are older than {older_than}.")
        else:
            _agreed(f"{counted(old, 'draft')}, last touched before {before:%Y-%m-%d}, would be deleted with facts and texts.", yes=yes)
        counts = store.prune(before)
    if old:
        typer.echo(f"Deleted {counted(counts['drafts'], 'draft')} and {counted(counts['incidents'], 'incident')}.")


@app.command()
def forget(who: _Who, yes: _Yes = False) -> None:
    """Erase what is kept about one person; bare rows without facts, names and texts stay, so that figures still add up."""
    with opened() as store:
        about = store.about(who)
        if about.drafts or about.incidents:
            _agreed(f"The facts and texts of {_kept(about)} would be erased.", yes=yes)
        counts = store.forget(who)
    if about.drafts or about.incidents:
        typer.echo(f"Erased the facts and texts of {counted(counts['drafts'], 'draft')} and {counted(counts['incidents'], 'incident')}.")
    else:
        typer.echo(printable(f"Nothing is kept about '{who}'."))
    _mentions(about)


@app.command()
def export(
    who: _Who,
    output: Annotated[str | None, typer.Option(metavar="FILE", help="A new file, which only you can read; else standard output.")] = None,
) -> None:
    """Write everything that is kept about one person, as JSON."""
    with opened() as store:
        found = store.export(who)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if output is None:
        typer.echo(encodable(text))
        return
    _write_new(Path(output), text + "\n")
    typer.echo(f"Wrote {counted(len(found['drafts']), 'draft')} and {counted(len(found['incidents']), 'incident')} to {printable(output)}.")


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,5})([dwy])", text.strip())
    if match is None or int(match[1]) * _DAYS[match[2]] > 36500:
        raise InputError(f"--older-than: '{text}' is not an age such as 90d, 12w or 1y.")
    return timedelta(days=int(match[1]) * _DAYS[match[2]])


def _agreed(what: str, *, yes: bool) -> None:
    """Go on only where a person says so: what follows cannot be undone."""
    if yes:
        return
    if not _at_a_terminal():
        raise InputError(f"{what} Add --yes to do it without being asked.")
    if not typer.confirm(f"{printable(what)} This cannot be undone. Go on?", err=True):
        typer.echo("Nothing was changed.")
        raise typer.Exit(1)


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _kept(about: About) -> str:
    parts = [(len(about.drafts), "draft"), (len(about.incidents), "incident")]
    return listed([counted(number, noun) for number, noun in parts if number])


def _mentions(about: About) -> None:
    if about.mentions:
        shown = listed(about.mentions[:20])
        more = "" if len(about.mentions) <= 20 else f" and {len(about.mentions) - 20} more"
        typer.echo(f"Other people's facts mention them, and were left: {shown}{more}. drafter store forget ID erases one.", err=True)


def _write_new(file: Path, text: str) -> None:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:  # noqa: PTH123 - from a handle
            out.write(text)
    except FileExistsError:
        raise InputError("it is there already; name a new file.", str(file)) from None
    except OSError as error:
        raise InputError(f"it cannot be written: {error.strerror}.", str(file)) from None
