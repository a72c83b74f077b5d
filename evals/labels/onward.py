"""Onward: what comes next when somebody leaves a round: what is open, a second reader, where two differ, or more cases."""

from __future__ import annotations

from collections.abc import Iterator

from evals.labels.rounds import Round, differs, is_settled, pairs
from evals.labels.rows import read_rows

_LABEL, _AGREEMENT = "python -m evals label", "python -m evals agreement"


def onward(here: Round) -> Iterator[str]:
    """What there is to do next, a line each.

    Raises:
        TextError: a file cannot be read.
        InputError: a file does not follow the format.
    """
    if here.left:
        yield "the same command goes on here, and shows what was passed over again"
        return
    yield f"to change an answer now, change its line in {here.path}"
    rows = read_rows(here.file)
    both = dict(pairs(here.file, rows))
    differ = [key for key, each in both.items() if differs(*each)]
    open_ = [key for key in differ if not is_settled(rows[key])]
    if not both and here.mode == "blind":
        yield f"next: first labels, as there is nothing to hold these against: {_LABEL} {here.file} --as NAME"
    elif not both:
        yield f"next: a second reader, who does not see these labels: {_LABEL} {here.file} --blind --as NAME"
    elif open_:
        yield f"next: two readers differ on {len(open_)} of {len(both)} cases: {_AGREEMENT} {here.file}"
        yield f"then settle them together: {_LABEL} {here.file} --settle --as NAME"
    else:
        yield f"nothing is left to settle: {_AGREEMENT} {here.file} says how far the two readers agreed"
        yield "more cases: add rows to the file, or python -m evals gather --out FILE; then label it again"
