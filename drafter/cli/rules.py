"""`drafter rules`: what the checks look for, and the whole page of one rule."""

from __future__ import annotations

import difflib
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from drafter.cli import pages
from drafter.cli.display import STYLES, breadth, console
from drafter.cli.inputs import one_of
from drafter.errors import InputError
from drafter.house.find import find_house

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from drafter.checks.rule import Rule
    from drafter.checks.ruleset import RuleSet
    from drafter.house.tables import House

FORMATS = ("text", "markdown")


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="A rule, as a finding names it.")] = None,
    language: Annotated[str, typer.Option(help="The language of the rules.")] = "en",
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How they are written.")] = "text",
) -> None:
    """List the rules, or show one: why it is there, what it flags, and what it lets pass.

    They are shown as the settings file of the house has them.
    """
    from drafter.checks import rules_in_force

    one_of("--format", shape, FORMATS)
    house = find_house()
    known = rules_in_force(language, house)
    one = _find(rule, known) if rule is not None else None
    if shape == "markdown":
        typer.echo(pages.section(one, known) if one else pages.page(known), nl=False)
    elif one:
        _show(one, known, console())
        _phrases(one, house, console())
    else:
        _list(known, console())


def _find(name: str, known: RuleSet) -> Rule:
    found = known.rules.get(name) or known.by_finding.get(name)
    if found is None:
        near = difflib.get_close_matches(name, known.rules, 1, 0.4)
        raise InputError(f"there is no rule '{name}'" + (f"; did you mean '{near[0]}'?" if near else "; drafter rules lists them."))
    return found


def _list(known: RuleSet, out: Console) -> None:
    wide = max(map(len, known.rules))
    for kind, heading in pages.HEADINGS.items():
        out.print(Text(f"{heading}\n", style="bold"))
        for rule in pages.ordered(known, kind):
            line = Text(f"  {rule.id:<{wide}}  ").append(f"{known.level(rule):<10}", STYLES.get(known.level(rule), "dim"))
            line.append(f"  {pages.first_sentence(rule)}")
            if out.is_terminal:
                line.truncate(out.width, overflow="ellipsis")
            out.print(line)
        out.print()
    out.print("drafter rules ID shows the whole page of one.")


def _show(rule: Rule, known: RuleSet, out: Console) -> None:
    level = known.level(rule)
    out.print(Text(rule.id, style="bold").append(f"  {level}", STYLES.get(level, "dim")))
    for paragraph in rule.body.strip().split("\n\n"):
        out.print(Text("\n" + textwrap.fill(paragraph, breadth(out))))
    _examples("Flags", rule.flags, out)
    _examples("Passes", rule.passes, out)
    if rule.source:
        out.print(Text("\nSources: " + "; ".join(rule.source), style="dim"))


def _phrases(rule: Rule, house: House | None, out: Console) -> None:
    """Under the rule that a house fills, the phrases that it has."""
    if rule.kind == "house" and house:
        banned = [f"{item.phrase} → {item.instead}" if item.instead else item.phrase for item in house.phrases.banned]
        _examples("Banned here", banned, out)
        _examples("Never flagged here", house.phrases.allowed, out)


def _examples(heading: str, examples: Sequence[str], out: Console) -> None:
    if not examples:
        return
    out.print(Text(f"\n{heading}:", style="bold"))
    for example in examples:
        out.print(Text(textwrap.fill(example, breadth(out), initial_indent="  - ", subsequent_indent="    ")))
