"""`drafter ticket`: what a ticket reports and says, and what is still to ask before a reply can own it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.display import breadth, console, printable, working
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of, read_input, source_of
from drafter.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from drafter.incident import Incident
    from drafter.ticket import Question, TicketFacts, Triage

FORMATS = ("text", "json")
_UNFILLED = "TODO"
_HEADINGS = {
    "problem": "Went wrong",
    "impact": "Meant for them",
    "ask": "Asked",
    "claim": "Say they were told, or will do",
    "party": "Named",
    "amount": "Amounts",
    "date": "Dates",
    "customer": "Written by",
    "reference": "References",
    "language": "Not read",
}


def ticket(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The ticket: text, HTML or mail (.eml); - is standard input.")],
    model: Annotated[str | None, typer.Option(metavar="none|NAME", help="The model that reads; none reads by rules.")] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How the reading is written.")] = "text",
    incident_out: Annotated[str | None, typer.Option(metavar="FILE", help="Write a file of facts to start from.")] = None,
    locale: Annotated[str, typer.Option(help="How dates and amounts are written in it, such as en-GB.")] = "en-US",
) -> None:
    """Read a ticket: does it report a failure, what does it say in its own words, and what must a person still answer.

    The exit code is 0 when it was read, 1 when --incident-out finds nothing that went wrong to write down, 2 when the
    ticket cannot be used, 3 when something outside failed.
    """
    one_of("--format", shape, FORMATS)
    text = _text(file)
    from drafter.ticket import Place, incident_of, questions, triage

    judged = triage(text)
    facts = _facts(text, _place(Place, locale), model)
    incident = incident_of(facts, {"company": _UNFILLED, "signer": _UNFILLED, "locale": locale}) if judged.failure else None
    asked = questions(incident) if incident else ()
    if shape == "json":
        typer.echo(encodable(json.dumps(_record(judged, facts, asked), ensure_ascii=False)))
    else:
        _show(judged, facts, asked, console())
    if incident_out is not None:
        raise typer.Exit(_write(Path(incident_out), incident, asked))


def _text(file: str) -> str:
    given = read_input(file)
    if given.markup == "text":
        return given.text
    from drafter.markup import read_prose
    from drafter.texts import bounded

    return bounded(read_prose(given.text, given.markup).text, source_of(file))


def _place(place: Any, locale: str) -> Any:
    from drafter.incident.money import is_locale

    if not is_locale(locale):
        raise InputError(f"'{locale}' is not a locale such as en-US or en-GB", "--locale")
    return place(locale=locale.replace("_", "-"))


def _facts(text: str, place: Any, model: str | None) -> TicketFacts:
    from drafter.settings import load_settings

    settings = load_settings(model)
    if not settings.has_model:
        from drafter.ticket import read_by_rules

        return read_by_rules(text, place=place)
    from drafter.model import Model
    from drafter.writer import Writer

    with working(f"{settings.model} is reading"):
        return Writer(Model(settings), house=settings.house).read_ticket(text, place=place)


def _record(judged: Triage, facts: TicketFacts, asked: tuple[Question, ...]) -> dict[str, Any]:
    return {"triage": asdict(judged), "facts": facts.model_dump(mode="json"), "questions": [asdict(question) for question in asked]}


def _show(judged: Triage, facts: TicketFacts, asked: tuple[Question, ...], out: Console) -> None:
    out.print("Reports a failure." if judged.failure else "Reports no failure.", style="bold")
    out.print(printable(f"{judged.because} “{judged.quote}”" if judged.quote else judged.because))
    for line in _said(facts):
        out.print(printable(line) if line else "")
    if asked:
        out.print("\nTo answer before a reply can own it, the weightiest first:", style="bold")
    for number, question in enumerate(asked, 1):
        out.print(printable(f"  {number}. {question.text}"))
    out.print(f"\n{'-' * min(breadth(out), 72)}\n")
    out.print(printable(f"Read with {facts.model} ({facts.prompt})." if facts.model else f"Read by rules{_why(facts)}."))


def _why(facts: TicketFacts) -> str:
    return f", because {facts.because}" if facts.because else ""


def _said(facts: TicketFacts) -> Iterator[str]:
    for kind, heading in _HEADINGS.items():
        found = [item for item in facts.items if item.kind == kind]
        left = [item for item in facts.dropped if item.kind == kind]
        if found or left:
            yield f"\n{heading}:"
        for item in found:
            yield f"  - {item.text}" + (f"   (“{' '.join(item.quote.split())}”)" if item.text != item.quote else "")
        yield from (f"  - ? “{' '.join(item.quote.split())}”: {item.because}" for item in left)


def _write(path: Path, incident: Incident | None, asked: tuple[Question, ...]) -> int:
    if incident is None:
        typer.echo("nothing went wrong that could be written down; no file of facts was made.", err=True)
        return 1
    from drafter.cli.starter import starter

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starter(incident, asked))
    except FileExistsError:
        raise InputError("this file exists; name a new one, so that no facts are lost.", str(path)) from None
    except OSError as error:
        raise InputError(f"the file cannot be written ({error.strerror}).", str(path)) from None
    return 0
