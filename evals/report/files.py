"""Files of a report, as the command line asks for them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import InputError

if TYPE_CHECKING:
    from evals.report.evaluation import Evaluation


def add_options(parser: ArgumentParser, *, page: Path | None) -> None:
    """The options that name the files; `page` is where the HTML goes unless told otherwise, None nowhere."""
    said = f"one HTML page; {page}" if page else "one HTML page"
    parser.add_argument("--out", type=Path, default=page, metavar="FILE", help=said)
    parser.add_argument("--junit", type=Path, metavar="FILE", help="JUnit XML, for CI")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="a summary for a comment on a pull request")


def write(evaluation: Evaluation, arguments: Namespace) -> Iterator[str]:
    """Write the files that are asked for, and say where.

    Raises:
        InputError: a file cannot be written.
    """
    from evals.report import junit, markdown, page  # what is not asked for is not loaded for nothing

    forms: tuple[tuple[Path | None, Callable[[Evaluation], str]], ...] = (
        (arguments.out, page.page),
        (arguments.junit, junit.junit),
        (arguments.markdown, markdown.markdown),
    )
    for path, form in forms:
        if path:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(form(evaluation), "utf-8")
            except OSError as error:
                raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
            yield f"written: {path}"
