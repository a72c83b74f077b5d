"""The command line: draft, batch, rework, ticket, check, rules, incident, remedy, serve, worker, jobs, desk, keys, users, store.

Exit codes: 0 clean or ready, 1 findings or not ready, 2 bad usage or bad input, 3 failure of something outside or of Drafter itself.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from drafter.cli import batch, check, desk, draft, incident, jobs, keys, remedy, rework, rules, serve, store, streams, ticket, users
from drafter.cli.display import printable
from drafter.errors import DrafterError, InputError


class _Commands(TyperGroup):
    """The commands; whatever Drafter raises on purpose becomes its lines on stderr and an exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            typer.echo(printable(str(error)), err=True)
            raise typer.Exit(2) from None
        except DrafterError as error:
            typer.echo(printable(str(error)), err=True)
            raise typer.Exit(3) from None
        except BrokenPipeError:  # whoever read our output has stopped, as head does: nobody is left to tell
            raise typer.Exit(3) from None


app = typer.Typer(
    cls=_Commands,
    help="Turns the facts of a mistake into a reply that owns it, and checks replies for blame and deflection.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("draft")(draft.draft)
app.command("batch")(batch.batch)
app.command("rework")(rework.rework)
app.command("check")(check.check)
app.command("ticket")(ticket.ticket)
app.command("rules")(rules.rules)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.add_typer(incident.app, name="incident")
app.add_typer(remedy.app, name="remedy")
app.add_typer(jobs.app, name="jobs")
app.add_typer(desk.app, name="desk")
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.add_typer(store.app, name="store")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"drafter {version('drafter')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Turns the facts of a mistake into a reply that owns it, and checks replies for blame and deflection."""


def main() -> None:
    """Run the command that the arguments name; ends the process with its exit code."""
    streams.prepare()
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last place to turn a fault of ours into a line and a code that is not that of findings
        streams.tell(error)
        sys.exit(3)
    finally:
        streams.settle()
