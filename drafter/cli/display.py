"""How the commands show things to a person: findings underlined in their text, and a line while work goes on."""

from __future__ import annotations

import re
import sys
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from drafter.checks.report import Finding

STYLES = {"error": "bold red", "warning": "yellow", "suggestion": "cyan"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = {ord("\t"): " ", ord("\r"): " "}
_INDENT = "    "
_NARROWEST, _WIDEST = 24, 100  # columns in which sentences can be read


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a reader that has gone to the command, as it is when there is no console."""
        raise


def console(*, stderr: bool = False) -> Console:
    """A console on the streams of this moment; without colour when they are no terminal or NO_COLOR is set."""
    out = _Console(file=sys.stderr if stderr else sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
    out.width = max(out.width, _NARROWEST)
    return out


def breadth(out: Console) -> int:
    """In how many columns to write sentences on `out`, however wide it is."""
    return min(out.width, _WIDEST)


def printable(text: str) -> str:
    """`text`, character for character, with what would steer a terminal or hide words replaced by a visible mark."""
    return _CONTROL.sub("\ufffd", text.translate(_SPACES))


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column of an index, both counted from 1; lines end at a newline."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def counted(number: int, noun: str) -> str:
    """The number with its noun: "1 error", "2 errors", "no errors"."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def listed(items: Sequence[str]) -> str:
    """The items as one phrase: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def tally(findings: Sequence[Finding]) -> str:
    """How many findings of each severity there are: "2 errors, 1 suggestion", or "no findings"."""
    counts = {name: sum(finding.severity == name for finding in findings) for name in STYLES}
    return ", ".join(counted(number, name) for name, number in counts.items() if number) or "no findings"


def described(text: str, finding: Finding, *, path: str = "", width: int = 100) -> Text:
    """A finding for a person: where and what, its words underlined in their lines, why, and what to write instead."""
    line, column = place(text, finding.start)
    missing = finding.start == finding.end
    path = printable(path)
    where = f"{path}: " if missing and path else f"{path}:{line}:{column}: " if path else "" if missing else f"{line}:{column}: "
    shown = Text.assemble(where, (finding.severity, STYLES[finding.severity]), " ", (finding.rule, "bold"), "\n")
    for start, end in () if missing else _lines(text, finding.start, finding.end, width - len(_INDENT)):
        shown.append_text(_underlined(text, (start, end), finding))
    shown.append(_filled(finding.message, width))
    return shown if finding.rewrite is None else shown.append("\n" + _filled(f"Instead: {instead(finding.rewrite)}", width))


def instead(rewrite: str) -> str:
    """The proposed words; in words where nothing takes their place."""
    return rewrite or "leave these words out."


def underlined(text: str, findings: Sequence[Finding]) -> Text:
    """The whole text with every flagged span underlined, where the console can."""
    shown = Text(printable(text))
    for finding in findings:
        if finding.end > finding.start:
            shown.stylize(f"underline {STYLES[finding.severity]}", finding.start, finding.end)
    return shown


@contextmanager
def working(what: str) -> Iterator[None]:
    """A line on stderr while something slow goes on: it moves on a terminal, and is printed once elsewhere."""
    out = console(stderr=True)
    if not out.is_terminal:
        out.print(f"{what} …")
        yield
        return
    with out.status(f"{what} …"):
        yield


def _filled(text: str, width: int) -> str:
    return textwrap.fill(printable(text), width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)


def _underlined(text: str, piece: tuple[int, int], finding: Finding) -> Text:
    """One displayed line with carets under the words of a finding."""
    start, end = piece
    first, last = max(finding.start, start), min(finding.end, end)
    style = STYLES[finding.severity]
    words = printable(text)
    shown = Text(_INDENT + words[start:end].rstrip() + "\n")
    shown.stylize(f"underline {style}", len(_INDENT) + first - start, len(_INDENT) + last - start)
    gap = " " * cell_len(words[start:first])
    return shown.append(_INDENT + gap).append("^" * max(1, cell_len(words[first:last])), style).append("\n")


def _lines(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """The displayed lines that a span touches."""
    lines = _wrapped(text, width)
    for line_start, line_end in lines[bisect_right(lines, (start, len(text))) - 1 :]:
        if line_start >= end:
            return
        if text[max(line_start, start) : min(line_end, end)].strip():
            yield line_start, line_end


@lru_cache(maxsize=2)
def _wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """Where the displayed lines start and end: lines of the text, broken at spaces where they are too long."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        at, stop = line.start(), line.end() - line[0].endswith("\n")
        while stop - at > width:
            space = text.rfind(" ", at + 1, at + width)
            cut = space + 1 if space > 0 else at + width
            found.append((at, cut))
            at = cut
        found.append((at, stop))
    return found
