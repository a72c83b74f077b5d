"""`drafter remedy`: what would make it right, by the rules of the house; a person chooses, and only what is approved may be promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.course import clock, say, written
from drafter.cli.display import printable
from drafter.cli.inputs import one_of
from drafter.cli.message import FORMATS, By, Id, Shape
from drafter.cli.moments import writer_of
from drafter.cli.store import housed
from drafter.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.incident import Incident, Money
    from drafter.remedy import Remedy, Share

app = typer.Typer(
    no_args_is_help=True,
    help="What would make it right, by the rules of the house: suggested, then approved or refused by a person.",
    rich_markup_mode=None,
)
_Remedy = Annotated[str, typer.Argument(metavar="REMEDY", help="The id of a remedy, rem_…, as suggest prints it.")]


@app.command()
def suggest(
    incident_id: Id,
    applies: Annotated[
        list[str] | None, typer.Option(metavar="RIGHT", help="A right of the house that applies here: its name in drafter.toml.")
    ] = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Say what would make it right and why, with two other ways; what is not known is asked.

    The exit code is 0 where there is something to approve, 1 where the questions come first.
    """
    one_of("--format", shape, FORMATS)
    with housed() as (store, house):
        made = store.remedies.suggest(incident_id.strip(), house.remedy, applies=applies or (), by=writer_of(by))
        facts = store.courses.get(made.incident_id).incident
    _told(made, facts, shape)
    raise typer.Exit(0 if made.proposal.options else 1)


@app.command()
def approve(
    remedy_id: _Remedy,
    option: Annotated[int, typer.Option(min=1, metavar="N", help="Which of the ways; the first, if not given.")] = 1,
    amount: Annotated[str | None, typer.Option(metavar="SUM", help="Another amount for its goodwill, with its currency: '€25'.")] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, where it goes beyond the limits of the house.")] = None,
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Approve one of the ways: it goes into the facts as granted, and a letter may promise it from then on."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, house):
        facts = store.courses.get(store.remedies.get(remedy_id.strip()).incident_id).incident
        money = _money(amount, facts)
        made = store.remedies.approve(remedy_id.strip(), house.remedy, by=writer_of(by), option=option, amount=money, because=because)
    _told(made, facts, shape)


@app.command()
def refuse(
    remedy_id: _Remedy,
    because: Annotated[str, typer.Argument(metavar="WHY", help="Why none of it is given.")],
    by: By = None,
    shape: Shape = "text",
) -> None:
    """Say that none of it is given, and why."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, _):
        made = store.remedies.refuse(remedy_id.strip(), by=writer_of(by), because=because)
        facts = store.courses.get(made.incident_id).incident
    _told(made, facts, shape)


@app.command("show")
def show_remedies(incident_id: Id, shape: Shape = "text") -> None:
    """Print what was suggested for an incident, and what was decided."""
    one_of("--format", shape, FORMATS)
    with housed() as (store, _):
        facts = store.courses.get(incident_id.strip()).incident
        found = store.remedies.of(incident_id.strip())
    for made in found:
        _told(made, facts, shape)
    if not found and shape == "text":
        typer.echo(f"Nothing was suggested yet; drafter remedy suggest {incident_id.strip()} does so.")


def remedy_data(made: Remedy) -> dict[str, Any]:
    """All of a remedy as data."""
    shares = [share.model_dump(mode="json") for share in made.shares]
    return {**vars(made), "proposal": made.proposal.model_dump(mode="json"), "shares": shares}


def _told(made: Remedy, facts: Incident, shape: str) -> None:
    if shape == "json":
        typer.echo(written(remedy_data(made)))
    else:
        say(map(printable, _lines(made, facts)))


def _lines(made: Remedy, facts: Incident) -> Iterator[str]:
    by = f" by {made.by}{f', {made.role}' if made.role else ''}" if made.by else ""
    when = clock(made.decided or made.created, facts.zone)
    yield f"{made.id}  {'suggested' if made.state == 'open' else made.state}{by}, {when}{f': {made.because}' if made.because else ''}"
    if made.state == "approved":
        yield from _shares(made.shares, facts)
    if made.state != "open":
        return
    for number, option in enumerate(made.proposal.options, 1):
        yield f"{number}. {option.title}:"
        yield from _shares(option.shares, facts)
    if made.proposal.because:
        yield "How it was come to:"
        yield from (f"   {line}" for line in made.proposal.because)
    if made.proposal.questions:
        yield "Not known, and asked:"
        yield from (f"   {line}" for line in made.proposal.questions)
    if not made.proposal.options:
        yield "There is nothing to approve" + (" before that is known." if made.proposal.questions else " beyond that.")
    else:
        yield f"A person chooses: drafter remedy approve {made.id} --option N, or drafter remedy refuse {made.id} WHY"


def _shares(shares: Sequence[Share], facts: Incident) -> Iterator[str]:
    for share in shares:
        amount = f" of {share.amount.written(facts.locale)}" if share.amount else f": {share.text}" if share.text else ", amount open"
        yield f"   {share.reason}: {share.kind}{amount} ({share.why})"


def _money(amount: str | None, facts: Incident) -> Money | None:
    """The amount that is typed, as the locale of the facts has it.

    Raises:
        InputError: it is none.
    """
    if amount is None:
        return None
    from datetime import UTC, datetime

    from pydantic import ValidationError

    from drafter.incident import Money
    from drafter.incident.reading import FRAME, Frame

    token = FRAME.set(Frame(facts.locale, facts.zone, datetime.now(UTC)))
    try:
        return Money.model_validate(amount)
    except ValidationError as error:
        raise InputError(error.errors(include_url=False)[0]["msg"].removeprefix("Value error, "), "--amount") from None
    finally:
        FRAME.reset(token)
