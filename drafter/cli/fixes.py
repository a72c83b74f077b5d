"""`drafter check --fix` and `--diff`: safe fixes as a unified diff, written into the files or only shown."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from drafter.cli.display import console, counted, printable, tally
from drafter.cli.inputs import Input, collecting, source_of
from drafter.cli.paths import STDIN
from drafter.errors import Complaint, InputError, OutsideError, TextError

if TYPE_CHECKING:
    from rich.console import Console

    from drafter.checks.report import Report
    from drafter.checks.rewriting.fixing import Fixed

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def allow(names: Sequence[str], shape: str) -> None:
    """See that these inputs can be fixed, and that what is shown is a diff.

    Raises:
        InputError: a format for findings is asked for, or standard input is one of several.
    """
    if shape != "text":
        raise InputError("--fix and --diff show a diff, not findings; leave --format out.")
    if STDIN in names and len(set(names)) > 1:
        raise InputError("to fix standard input, name nothing beside it: its fixed text goes to standard output.")


def fixed(inputs: Sequence[Input], check: Callable[..., Report], wrong: list[Complaint], *, write: bool, stdin: bool) -> list[Report]:
    """Show the safe fixes of each input and, with `write`, put them in; the reports on what the inputs then hold.

    `check` takes a text and its markup. The fixed text of `stdin`, which is then the only input, goes to standard output.
    What is wrong with an input, or keeps its file from being written, is added to `wrong`; the others are fixed.

    Raises:
        OutsideError: the disk failed; what was written before is told.
    """
    mails = [given for given in inputs if given.markup == "eml"]
    for mail in mails:
        typer.echo(f"{printable(mail.name)}: a mail has been sent, and is left as it is.", err=True)
        if write and stdin:
            typer.echo(_as_it_came(mail, mail.text), nl=False)
    results: list[Fixed] = []
    try:
        for given in _unsent(inputs):
            with collecting(wrong, source_of(given.name)):
                results.append(_fixed(given, check, wrong, write=write, stdin=stdin))
    finally:
        _sum_up(results, write=write)
    reports = [result.report if write else result.before for result in results]
    return reports + [check(mail.text, markup=mail.markup) for mail in mails]


def _unsent(inputs: Sequence[Input]) -> list[Input]:
    """What is no mail: one input for a file, whatever its names."""
    return list({Path(given.name).resolve(): given for given in inputs if given.markup != "eml"}.values())


def _fixed(given: Input, check: Callable[..., Report], wrong: list[Complaint], *, write: bool, stdin: bool) -> Fixed:
    """What came of one input: nothing, where its file could not be written."""
    from drafter.checks.rewriting.fixing import Fixed, fix

    result = fix(given.text, partial(check, markup=given.markup))
    if write and stdin:
        typer.echo(_as_it_came(given, result.text), nl=False)
        return result
    if write and given.text != result.text:
        try:
            write_over(Path(given.name), given.text, result.text)
        except TextError as error:
            wrong.append(Complaint(str(error)))
            return Fixed(given.text, result.before, result.before)
    show(given.name, given.text, result.text, console())
    return result


def _as_it_came(given: Input, text: str) -> str:
    """A text for standard output, led by the byte order mark that led standard input."""
    return f"\ufeff{text}" if given.marked else text


def _sum_up(results: Sequence[Fixed], *, write: bool) -> None:
    if not results:
        return
    left = [finding for result in results for finding in result.report.findings]
    done = f"{'Fixed' if write else 'Can fix'} {counted(sum(result.mended for result in results), 'finding')}. Left: {tally(left)}."
    typer.echo(done + (" drafter check shows them." if left and write else ""), err=True)


def show(name: str, before: str, after: str, out: Console) -> None:
    """The change of one text as a unified diff, which `patch` takes; safe to look at where it goes to a terminal."""
    for line in _diff(name, before, after):
        if out.is_terminal:
            out.print(Text(printable(line.rstrip("\n")), style=_COLOURS.get(line[:1], "")))
        else:
            typer.echo(line, nl=False)


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    path = printable(name)
    lines = _LINE.findall(before), _LINE.findall(after)
    for line in difflib.unified_diff(*lines, fromfile=path, tofile=path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def write_over(path: Path, before: str, after: str) -> None:
    """Put `after` in the place of `before`, all at once: who reads the file sees one or the other, whatever fails.

    Line ends, a byte order mark, permissions and links to the file stay as they are. A file with more than one name is
    written in place, since a new file would have one of them only.

    Raises:
        TextError: the file no longer holds `before`, or may not be written.
        OutsideError: the disk failed; the file is as it was.
    """
    path = path.resolve()
    try:
        held = path.read_bytes()
    except OSError as error:
        raise TextError(f"the file cannot be read again ({error.strerror}); it was not fixed.", str(path)) from None
    mark = BOM_UTF8 if held.startswith(BOM_UTF8) else b""
    if held != mark + before.encode():
        raise TextError("the file changed while it was checked; it was not fixed. Run the command again.", str(path))
    if not os.access(path, os.W_OK):
        raise TextError("the file may not be written; it was not fixed.", str(path))
    try:
        (_write_in_place if path.stat().st_nlink > 1 else _replace)(path, mark + after.encode())
    except PermissionError as error:
        raise TextError(f"its folder may not be written ({error.strerror}); the file was not fixed.", str(path)) from None
    except OSError as error:
        raise OutsideError(f"{path}: it cannot be written ({error.strerror or error}); it is as it was.") from None


def _write_in_place(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, name)
        with suppress(OSError):  # only root may give a file away
            os.chown(name, path.stat().st_uid, path.stat().st_gid)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
