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
from drafter.cli.inputs import Input, channel_of, collecting, kind_of, one_of, read_facts, read_inputs, source_of
from drafter.cli.paths import STDIN
from drafter.errors import Complaint, InputError
from drafter.house.find import find_house

if TYPE_CHECKING:
    from rich.console import Console

    from drafter.checks.report import Report
    from drafter.house.tables import House

SEVERITIES = ("error", "warning", "suggestion")
FORMATS = ("text", "json", "sarif", "github")


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE|FOLDER|PATTERN|-]...", help="Texts, Markdown, HTML or mail to check; - is standard input."),
    ] = None,
    incident: Annotated[str | None, typer.Option(metavar="FILE", help="The facts that the text is about.")] = None,
    kind: Annotated[str | None, typer.Option(help="The kind of message: apology, holding, update, …")] = None,
    channel: Annotated[
        str | None, typer.Option(help="Where the texts are read, without facts: email, chat, letter, sms, social or status_page.")
    ] = None,
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How findings are written.")] = "text",
    fail_on: Annotated[str, typer.Option(metavar="|".join(SEVERITIES), help="The mildest finding that makes the exit code 1.")] = "warning",
    language: Annotated[str | None, typer.Option(help="The language of the texts; else the incident's, or en.")] = None,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="What to call standard input, such as reply.md.")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Put in the rewrites that are safe, and show them as a diff.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show that diff, and change nothing.")] = False,
) -> None:
    """Check replies for blame, deflection and what the facts do not hold.

    With --incident, also for what the message owes: the exit code is 1 when something is found, 2 when the input
    cannot be used, else 0. Patterns such as 'templates/**/*.md' may stand in quotes.
    """
    one_of("--format", shape, FORMATS)
    worst = SEVERITIES.index(one_of("--fail-on", fail_on, SEVERITIES))
    names = _names(files, incident)
    house = find_house()
    look, spoken = _look(incident=incident, kind=kind, channel=channel, language=language, house=house)
    if fix or diff:
        from drafter.cli import fixes

        fixes.allow(names, shape)
    wrong: list[Complaint] = []
    inputs = read_inputs(names, wrong, called=stdin_filename)
    if fix or diff:
        reports = fixes.fixed(inputs, look, wrong, write=fix and not diff, stdin=STDIN in names) if inputs else []
    else:
        results = _checked(inputs, look, wrong)
        reports = [checked.report for checked in results]
        if results:
            _told(results, shape, spoken, house)
    if wrong:  # the others have been judged all the same
        raise InputError(wrong)
    found = (finding.severity for report in reports for finding in report.findings)
    raise typer.Exit(int(any(SEVERITIES.index(severity) <= worst for severity in found)))


def _names(files: Sequence[str] | None, incident: str | None) -> list[str]:
    if not files and (sys.stdin is None or sys.stdin.isatty()):
        raise InputError("name a file to check, or - for standard input (drafter check --help says more).")
    names = list(files or [STDIN])
    if incident == STDIN and STDIN in names:
        raise InputError("standard input can be the text or the facts, not both.")
    return names


def _look(
    *, incident: str | None, kind: str | None, channel: str | None, language: str | None, house: House | None
) -> tuple[Callable[..., Report], str]:
    """The check of one text with these options, which takes its markup too; and the language of its rules."""
    from drafter.checks import check as check_text
    from drafter.checks import rules_in_force

    message = kind_of(kind) if kind is not None else None
    place = channel_of(channel) if channel is not None else None
    facts = read_facts(incident, kind) if incident is not None else None
    if facts and place and facts.channel != place:
        raise InputError(f"the facts are for {facts.channel}, not {place}; leave --channel out, or change their channel.")
    spoken = language or (facts.language if facts else "en")
    rules_in_force(spoken, house)  # what is wrong with a house is wrong with no text
    return partial(check_text, incident=facts, kind=message, channel=place, language=spoken, house=house), spoken


def _checked(inputs: Sequence[Input], look: Callable[..., Report], wrong: list[Complaint]) -> list[Checked]:
    """The results of those inputs that can be judged; what is wrong with the others is added to `wrong`."""
    results: list[Checked] = []
    for given in inputs:
        with collecting(wrong, source_of(given.name)):
            results.append(Checked(given.name, given.text, look(given.text, markup=given.markup), given.markup))
    return results


def _told(results: Sequence[Checked], shape: str, language: str, house: House | None) -> None:
    """Write the results in the format that is asked for."""
    if shape == "text":
        _show(results, console())
    elif shape == "sarif":
        typer.echo(formats.encodable(_sarif(results, language, house)))
    else:
        _write(results, shape)


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


def _sarif(results: Sequence[Checked], language: str, house: House | None) -> str:
    from importlib.metadata import version

    from drafter.checks import rules_in_force

    return formats.sarif(results, version=version("drafter"), rules=rules_in_force(language, house).by_finding)


def _write(results: Sequence[Checked], shape: str) -> None:
    for checked in results:
        for line in [formats.encodable(formats.json_line(checked))] if shape == "json" else formats.github(checked):
            typer.echo(line)
