"""`drafter keys`: who may call the API, for what, and how much."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.display import printable
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of
from drafter.cli.store import opened
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.store import Key

FORMATS = ("text", "json")
app = typer.Typer(no_args_is_help=True, help="The keys that callers of the API show.", rich_markup_mode=None)
_Shape = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is written.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Who uses it: a helpdesk, a script, a team.")],
    scope: Annotated[list[str], typer.Option(metavar="check|draft|review|admin", help="What it may do; give it once for each.")],
    rate: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many calls a minute.")] = None,
    cost_per_day: Annotated[
        str | None, typer.Option(metavar="X", help="No model call once a day has cost this, as prices are set.")
    ] = None,
    shape: _Shape = "text",
) -> None:
    """Make a key and print it, this once: only a hash of it is kept."""
    one_of("--format", shape, FORMATS)
    cost = _amount(cost_per_day)
    with opened(makes=True) as store:
        key, secret = store.keys.create(name, scope, rate_per_minute=rate, cost_per_day=cost)
    typer.echo(encodable(json.dumps(_plain(key) | {"key": secret})) if shape == "json" else secret)
    typer.echo(f"{key.id} is shown this once; put it where '{printable(key.name)}' reads it.", err=True)


@app.command("list")
def list_keys(shape: _Shape = "text") -> None:
    """List the keys, without their secrets; revoked ones too."""
    one_of("--format", shape, FORMATS)
    with opened() as store:
        keys = store.keys.page()
    for key in keys:
        typer.echo(encodable(json.dumps(_plain(key))) if shape == "json" else printable(_line(key)))
    if not keys and shape == "text":
        typer.echo("There are no keys; drafter keys create NAME --scope check makes one.")


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As drafter keys list shows it.")]) -> None:
    """Let a key open nothing any more, from its next call on."""
    with opened() as store:
        key = store.keys.revoke(key_id.strip())
    typer.echo(printable(f"{key.id} ({key.name}) is revoked."))


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise InputError(f"--cost-per-day: '{text}' is not an amount such as 2.50.")
    return amount


def _plain(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "rate_per_minute": key.rate_per_minute,
        "cost_per_day": None if key.cost_per_day is None else float(key.cost_per_day),
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }


def _line(key: Key) -> str:
    rate = f", {key.rate_per_minute} calls a minute" if key.rate_per_minute is not None else ""
    cost = f", {key.cost_per_day} a day" if key.cost_per_day is not None else ""
    state = f", revoked {key.revoked:%Y-%m-%d}" if key.revoked else ""
    return f"{key.id}  {key.name}: {', '.join(sorted(key.scopes))}{rate}{cost}; made {key.created:%Y-%m-%d}{state}"
