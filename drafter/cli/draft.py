"""`drafter draft`: from a file of facts to a checked reply."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.display import STYLES, breadth, console, counted, described, printable, tally, underlined, working
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of, read_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from drafter.draft import Draft
    from drafter.incident import Incident
    from drafter.model import Model
    from drafter.settings import Settings

FORMATS = ("text", "json")
_STATUS = {
    "ready": ("Ready to send.", "bold green"),
    "needs_review": ("Needs a person's review before it goes.", STYLES["warning"]),
    "blocked": ("Blocked: it must not go as it is.", STYLES["error"]),
}


def draft(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The facts, in YAML or JSON; - is standard input.")],
    kind: Annotated[str | None, typer.Option(help="The kind of message, instead of the one the facts ask for.")] = None,
    model: Annotated[str | None, typer.Option(metavar="none|NAME", help="The model that writes; none composes without one.")] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How the draft is written.")] = "text",
) -> None:
    """Turn the facts of a mistake into a reply, checked before it is shown.

    The exit code is 0 when the reply is ready, 1 when a person must look first, 2 when the facts cannot be used,
    3 when something outside failed.
    """
    one_of("--format", shape, FORMATS)
    incident = read_facts(file, kind)
    from drafter.settings import load_settings
    from drafter.writer import Writer

    settings = load_settings(model)
    writer = Writer(model_of(settings), house=settings.house)
    with working(f"{settings.model} is writing") if settings.has_model else nullcontext():
        result = writer.draft(incident)
    if shape == "json":
        typer.echo(encodable(result.model_dump_json()))
    else:
        show(result, incident, console())
    raise typer.Exit(0 if result.status == "ready" else 1)


def model_of(settings: Settings) -> Model | None:
    """The model that the settings name; its client is loaded only where there is one."""
    if not settings.has_model:
        return None
    from drafter.model import Model

    return Model(settings)


def show(draft: Draft, incident: Incident, out: Console) -> None:
    """A draft for a person: subject, letter, status, and what to know of it."""
    wrap = not out.is_terminal  # a terminal breaks lines at words; a pipe gets them as they are
    if draft.subject:
        out.print(f"Subject: {printable(draft.subject)}\n", style="bold", soft_wrap=wrap)
    out.print(underlined(draft.text, draft.findings), soft_wrap=wrap)
    words, style = _STATUS[draft.status]
    out.print(f"\n{'-' * min(breadth(out), 72)}\n")
    out.print(words, style=style, soft_wrap=wrap)
    for line in _remarks(draft, incident):
        out.print(printable(line), soft_wrap=wrap)
    for finding in draft.findings:
        out.print()
        out.print(described(draft.text, finding, width=breadth(out)), soft_wrap=wrap)
    if draft.withheld_text:
        out.print("\nThe same reply with what was withheld, for the person who may release it:\n", style="bold", soft_wrap=wrap)
        out.print(printable(draft.withheld_text), soft_wrap=wrap)


def _remarks(draft: Draft, incident: Incident) -> Iterator[str]:
    """What a person should know of a draft: why it is as it is, what was checked, and what was left out."""
    yield from (f"- {reason}" for reason in draft.reasons)
    stated = sum(covered.span is not None for covered in draft.coverage)
    grounded = sum(claim.fact is not None for claim in draft.claims)
    yield f"Facts it owes: {stated} of {len(draft.coverage)} stated."
    yield f"Numbers, dates, names and promises: {grounded} of {len(draft.claims)} rest on a fact."
    yield f"{tally(draft.findings).capitalize()}."
    for left in draft.left_out:
        yield f"Left out “{incident.fact(left.fact).text}”: {left.because}."
    yield _written_by(draft)


def _written_by(draft: Draft) -> str:
    made = draft.provenance
    if made.model is None:
        return f"Composed in {made.milliseconds:.0f} ms."
    cost = f", cost {made.cost:.4f}" if made.cost is not None else ""
    calls = counted(made.calls, "call")
    tokens = made.input_tokens + made.output_tokens
    return f"Written with {made.model} ({made.prompt}): {calls}, {tokens} tokens{cost}, {made.milliseconds:.0f} ms."
