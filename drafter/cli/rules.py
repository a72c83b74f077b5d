"""`drafter rules`: what the checks look for, and the whole page of one rule."""

from __future__ import annotations

import difflib
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from drafter.cli.display import STYLES, breadth, console
from drafter.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from drafter.checks.rule import Rule

_MISSING = "missing-"


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="A rule, as a finding names it.")] = None,
    language: Annotated[str, typer.Option(help="The language of the rules.")] = "en",
) -> None:
    """List the rules, or show one: why it is there, what it flags, and what it lets pass."""
    from drafter.checks.engine import rules_for

    known = rules_for(language).rules
    out = console()
    if rule is None:
        _list(known, out)
    else:
        _show(_find(rule, known), out)


def _find(name: str, known: Mapping[str, Rule]) -> Rule:
    found = known.get(name) or known.get(name.removeprefix(_MISSING))
    if found is None:
        near = difflib.get_close_matches(name, known, 1, 0.4)
        raise InputError(f"there is no rule '{name}'" + (f"; did you mean '{near[0]}'?" if near else "; drafter rules lists them."))
    return found


def _list(known: Mapping[str, Rule], out: Console) -> None:
    wide = max(map(len, known))
    for kind, heading in (("flag", "What a reply should not say"), ("element", "What a reply may owe")):
        chosen = [rule for rule in known.values() if rule.kind == kind]
        out.print(Text(f"{heading}\n", style="bold"))
        for rule in sorted(chosen, key=lambda rule: (list(STYLES).index(rule.severity), rule.id)):
            line = Text(f"  {rule.id:<{wide}}  ").append(f"{rule.severity:<10}", STYLES[rule.severity])
            line.append(f"  {_first_sentence(rule.message)}")
            if out.is_terminal:
                line.truncate(out.width, overflow="ellipsis")
            out.print(line)
        out.print()
    out.print("drafter rules ID shows the whole page of one.")


def _show(rule: Rule, out: Console) -> None:
    out.print(Text(rule.id, style="bold").append(f"  {rule.severity}", STYLES[rule.severity]))
    for paragraph in rule.body.strip().split("\n\n"):
        out.print(Text("\n" + textwrap.fill(paragraph, breadth(out))))
    _examples("Flags", rule.flags, out)
    _examples("Passes", rule.passes, out)
    if rule.source:
        out.print(Text("\nSources: " + "; ".join(rule.source), style="dim"))


def _examples(heading: str, examples: Sequence[str], out: Console) -> None:
    if not examples:
        return
    out.print(Text(f"\n{heading}:", style="bold"))
    for example in examples:
        out.print(Text(textwrap.fill(example, breadth(out), initial_indent="  - ", subsequent_indent="    ")))


def _first_sentence(message: str) -> str:
    return message.split(". ")[0].rstrip(".") + "."
