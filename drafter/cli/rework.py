"""`drafter rework`: a letter in other words, checked like any draft."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.display import console, working
from drafter.cli.draft import FORMATS, model_of, show
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of, read_facts, read_input, source_of
from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.draft import Draft, SectionName


def rework(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The letter: a draft in JSON, or its text, edited or not.")],
    incident: Annotated[str, typer.Option(metavar="FILE", help="The facts that the letter rests on.")],
    wish: Annotated[str, typer.Option(help="shorter, warmer, plainer, or in a sentence what to change.")],
    section: Annotated[str | None, typer.Option(metavar="NAME", help="Write only this part again, such as fix.")] = None,
    model: Annotated[str | None, typer.Option(metavar="none|NAME", help="The model that writes.")] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How the draft is written.")] = "text",
) -> None:
    """Write a letter in other words, without adding a fact, shifting blame or losing what is owed.

    Shorter, warmer and plainer work without a model. The exit code is 0 when the letter is ready, 1 when a person must look
    first, 2 when something given cannot be used, 3 when something outside failed.
    """
    one_of("--format", shape, FORMATS)
    facts, start = read_facts(incident), _start(file)
    part = _part(section)
    from drafter.settings import load_settings
    from drafter.writer import Writer

    settings = load_settings(model)
    writer = Writer(model_of(settings), house=settings.house)
    with working(f"{settings.model} is writing") if settings.has_model else nullcontext():
        result = writer.rework(start, facts, wish, section=part)
    if shape == "json":
        typer.echo(encodable(result.model_dump_json()))
    else:
        show(result, facts, console())
    raise typer.Exit(0 if result.status == "ready" else 1)


def _start(name: str) -> Draft | str:
    """The draft or the text in a file.

    Raises:
        InputError: it cannot be read, or is JSON and no draft.
    """
    text = read_input(name).text
    if not text.lstrip().startswith("{"):
        return _letter(text)
    from pydantic import ValidationError

    from drafter.draft import Draft

    try:
        return Draft.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(
            f"this is JSON, and not a draft as 'drafter draft --format json' writes it ({where or 'all of it'}).", source_of(name)
        ) from None


def _letter(text: str) -> str:
    """The letter alone where `drafter draft` has printed it between its subject and what it says of it."""
    return re.split(r"(?m)^-{20,}$", re.sub(r"\ASubject: [^\n]*\n", "", text.lstrip()))[0]


def _part(name: str | None) -> SectionName | None:
    from typing import get_args

    from drafter.draft import SectionName

    names: tuple[SectionName, ...] = get_args(SectionName)
    return None if name is None else one_of("--section", name, names)
