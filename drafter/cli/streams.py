"""Standard output and error as they come: any encoding, a full disk, a reader that has gone."""

from __future__ import annotations

import io
import os
import sys
import traceback
from contextlib import suppress

import typer

from drafter.cli.display import printable

DEBUG = "DRAFTER_DEBUG"


def prepare() -> None:
    """Let standard output and error write what their encoding lacks as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def settle() -> None:
    """Write out what is left; what cannot be written is dropped, so that Python does not fail on it once more while it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(error: Exception) -> None:
    """One line on stderr for an error that nothing foresaw; before it the traceback, where DRAFTER_DEBUG is 1."""
    with suppress(OSError):  # stderr itself may be what cannot be written
        if os.environ.get(DEBUG) == "1":
            typer.echo("".join(traceback.format_exception(error)), err=True)
        typer.echo(printable(_line(error)), err=True)


def _line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is None:  # files are named in theirs; what has no name is a stream
        return f"the output cannot be written ({error.strerror or error})."
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"something in Drafter failed: {what}; please report it (with {DEBUG}=1 it shows where)."
