"""`drafter check`: what a text says that it should not, and what it owes and does not say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import formats
from drafter.cli.display import breadth, console, counted, described, listed, printable, tally
from drafter.cli.formats import Checked
from drafter.cli.inputs import STDIN, kind_of, one_of, read_facts, read_inputs
from drafter.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from drafter.checks.report import Report

SEVERITIES = ("error", "warning", "suggestion")
FORMATS = ("text", "json", "sarif", "github")


def check(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE|-]...", help="Texts to check; - is standard input.")] = None,
    incident: Annotated[str | None, typer.Option(metavar="FILE", help="The facts that the text is about.")] = None,
    kind: Annotated[str | None, typer.Option(help="The kind of message: apology, holding, update, …")] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How findings are written.")] = "text",
    fail_on: Annotated[str, typer.Option(metavar="|".join(SEVERITIES), help="The mildest finding that makes the exit code 1.")] = "warning",
    language: Annotated[str | None, typer.Option(help="The language of the texts; else the incident's, or en.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put in the rewrites that are safe, and show them as a diff.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show that diff, and change nothing.")] = False,
) -> None:
    """Check replies for blame, deflection and what the facts do not hold.

    With --incident, also for what the message owes: the exit code is 1 when something is found, 2 when the input
    cannot be used, else 0.
    """
    one_of("--format", shape, FORMATS)
    worst = SEVERITIES.index(one_of("--fail-on", fail_on, SEVERITIES))
    names = _names(files, incident)
    look = _look(incident=incident, kind=kind, language=language)
    if fix or diff:
        from drafter.cli import fixes

        fixes.allow(names, shape)
        reports = fixes.fixed(read_inputs(names), look, write=fix and not diff)
    else:
        results = [Checked(name, text, look(text)) for name, text in read_inputs(names)]
        reports = [checked.report for checked in results]
        if shape == "text":
            _show(results, console())
        else:
            _write(results, shape, language or "en")
    found = (finding.severity for report in reports for finding in report.findings)
    raise typer.Exit(int(any(SEVERITIES.index(severity) <= worst for severity in found)))


def _names(files: Sequence[str] | None, incident: str | None) -> list[str]:
    if not files and (sys.stdin is None or sys.stdin.isatty()):
        raise InputError("name a file to check, or - for standard input (drafter check --help says more).")
    names = list(files or [STDIN])
    if incident == STDIN and STDIN in names:
        raise InputError("standard input can be the text or the facts, not both.")
    return names


def _look(*, incident: str | None, kind: str | None, language: str | None) -> Callable[[str], Report]:
    """The check of one text with these options."""
    from drafter.checks import check as check_text

    message = kind_of(kind) if kind is not None else None
    facts = read_facts(incident, kind) if incident is not None else None
    return partial(check_text, incident=facts, kind=message, language=language)


def _show(results: Sequence[Checked], out: Console) -> None:
    for checked in results:
        path = "" if len(results) == 1 and checked.path == STDIN else checked.path
        for finding in checked.report.findings:
            out.print(described(checked.text, finding, path=path, width=breadth(out)), end="\n\n")
        for line in _owed(checked.report):
            out.print(printable(f"{path}: {line}" if len(results) > 1 else line))
    findings = [finding for checked in results for finding in checked.report.findings]
    out.print(f"{tally(findings).capitalize()} in {counted(len(results), 'text')}.", style="bold")


def _owed(report: Report) -> list[str]:
    """What the text owes and has, in a line or two; nothing where nothing is owed."""
    lines = []
    present = [name for name, state in report.elements.items() if state == "present"]
    owed = [name for name, state in report.elements.items() if state in ("present", "missing")]
    if report.score is not None:
        lines.append(f"It says {len(present)} of the {counted(len(owed), 'thing')} it owes. Score: {report.score} of 100.")
    if report.withheld:
        withheld = report.withheld
        lines.append(f"Left to a person: {listed(withheld.elements)}, because of {listed(withheld.because)}. {withheld.release}")
    return lines


def _write(results: Sequence[Checked], shape: str, language: str) -> None:
    if shape == "sarif":
        from importlib.metadata import version

        from drafter.checks.engine import rules_for

        about = {name: rule.body for name, rule in rules_for(language).rules.items()}
        typer.echo(formats.encodable(formats.sarif(results, version=version("drafter"), about=about)))
        return
    for checked in results:
        for line in [formats.encodable(formats.json_line(checked))] if shape == "json" else formats.github(checked):
            typer.echo(line)
