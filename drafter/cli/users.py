"""`drafter users`: who may log in to the page, and what they may do there."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.display import printable
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.accounts import Accounts

FORMATS = ("text", "json")
app = typer.Typer(no_args_is_help=True, help="The people who may log in to the page.", rich_markup_mode=None)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="What they log in with.")]
_WHAT = "agent: write and check; reviewer: also review; admin: everything"


@app.command()
def add(name: _Name, role: Annotated[str, typer.Option(metavar="agent|reviewer|admin", help=_WHAT)]) -> None:
    """Make an account; its password is asked for twice, or read from standard input."""
    from drafter.accounts import role_of

    accounts = _accounts()
    kept, first = accounts.new_name(name), not accounts.are_kept
    added = accounts.add(kept, role_of(role), _password(kept))
    typer.echo(printable(f"{added} can log in, as {role_of(role)}."))
    if first:
        typer.echo(printable(f"The page asks for a login from now on; the accounts are in {accounts.file}."), err=True)


@app.command("list")
def list_users(shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is written.")] = "text") -> None:
    """List the accounts."""
    one_of("--format", shape, FORMATS)
    accounts = _accounts()
    users = accounts.all()
    for name, account in users.items():
        typer.echo(encodable(json.dumps({"name": name, "role": account.role})) if shape == "json" else printable(f"{name}: {account.role}"))
    if not users and shape == "text":
        typer.echo("There are no accounts; drafter users add NAME --role admin makes one.")


@app.command()
def remove(name: _Name) -> None:
    """Take an account away; whoever is logged in with it is logged out. What they wrote stays."""
    accounts = _accounts()
    known = accounts.known_name(name)
    accounts.remove(known)
    typer.echo(printable(f"{known} cannot log in any more."))
    if not accounts.all():
        typer.echo(printable(f"Nobody can now. To have the page without a login, for this machine only, delete {accounts.file}."), err=True)


@app.command()
def password(name: _Name) -> None:
    """Give an account another password, asked for twice or read from standard input; whoever is logged in with it is logged out."""
    accounts = _accounts()
    known = accounts.known_name(name)
    accounts.change(known, password=_password(known))
    typer.echo(printable(f"{known} has a new password."))


@app.command()
def role(name: _Name, to: Annotated[str, typer.Argument(metavar="agent|reviewer|admin", help=_WHAT)]) -> None:
    """Give an account another role, from its next step on."""
    from drafter.accounts import role_of

    accounts = _accounts()
    known = accounts.known_name(name)
    accounts.change(known, role=role_of(to))
    typer.echo(printable(f"{known} is {role_of(to)} now."))


def _accounts() -> Accounts:
    from drafter.accounts import Accounts  # only here: other commands do not wait for what hashes passwords
    from drafter.settings import load_settings

    return Accounts(load_settings().accounts)


def _password(name: str) -> str:
    """What is typed, unseen and twice; or the first line of standard input, where that is no terminal."""
    if sys.stdin is None:
        raise InputError("standard input is closed; run this at a terminal, or pipe the password in.")
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt(printable(f"Password for {name}"), hide_input=True, confirmation_prompt="The same again", err=True)
    return typed
