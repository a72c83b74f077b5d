"""How well fragments become clauses: `python -m evals fragments`.

A row holds what somebody typed and the clauses with us as the one who acted that a careful reader would accept, in a short form:
"we lost (your|the) bag" is two. A row without any asks that nothing is proposed; one that may be silent takes either. A
proposal counts as right only where it is one of these letter by letter, so the share of others is an upper bound of the share
that is wrong. `--worst N` prints N others and N misses of the development rows; those of the test rows stay unread.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from drafter.incident.fragments import Proposal, propose
from evals.counts import Figure

_DATA = Path(__file__).resolve().parent / "data"
FILES = {"development": _DATA / "fragments.jsonl", "test": _DATA / "fragments.test.jsonl"}
READ = "development"  # the rows whose errors may be read
SHOWN = 20
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Row:
    """A fragment with every clause that is accepted for it."""

    fragment: str
    trade: str
    accepted: frozenset[str]
    may_be_silent: bool


@dataclass
class Measured:
    """What came of the rows of a file."""

    counts: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def rows(name: str) -> list[Row]:
    """The labelled fragments of a file."""
    read = (json.loads(line) for line in FILES[name].read_text("utf-8").splitlines())
    return [
        Row(
            row["fragment"],
            row["trade"],
            frozenset(clause for form in row["ours"] for clause in spelled(form)),
            row.get("may_be_silent", not row["ours"]),
        )
        for row in read
    ]


def spelled(form: str) -> Iterator[str]:
    """Every clause that a short form stands for.

    >>> list(spelled("we lost (your|the) bag"))
    ['we lost your bag', 'we lost the bag']
    """
    if not _CHOICE.search(form):
        yield " ".join(form.split())
        return
    parts = _CHOICE.split(form)  # text and choices in turn; a choice inside of another is filled in first
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    for chosen in product(*choices):
        yield from spelled("".join(chosen))


def measure(labelled: Sequence[Row]) -> Measured:
    """Proposals beside the labels."""
    measured = Measured()
    for row in labelled:
        proposed = propose(row.fragment)
        measured.counts.update(_counted(row, proposed))
        measured.others += [
            f"{row.fragment!r} → {proposal.ours!r} ({proposal.what!r})" for proposal in proposed if proposal.ours not in row.accepted
        ]
        if not proposed and not row.may_be_silent:
            measured.missed.append(row.fragment)
    return measured


def _counted(row: Row, proposed: tuple[Proposal, ...]) -> Iterator[str]:
    right = [proposal.ours in row.accepted for proposal in proposed]
    yield from ("proposal" for _ in right)
    yield from ("other" for one in right if not one)
    if not row.accepted:
        yield "none"
        if not proposed:
            yield "silent"
    elif proposed or not row.may_be_silent:
        yield "wanted"
        yield from (name for name, holds in (("answered", bool(right)), ("first", right[:1] == [True]), ("any", any(right))) if holds)


def main(*, worst: int = SHOWN) -> int:
    """Print the figures of both files."""
    for name in FILES:
        labelled = rows(name)
        measured = measure(labelled)
        count = measured.counts
        print(f"{name}: {len(labelled)} fragments, {count['none']} of them for no proposal")
        for words, part, whole in (
            ("something proposed", "answered", "wanted"),
            ("first accepted", "first", "wanted"),
            ("any accepted", "any", "wanted"),
            ("proposals not among the accepted", "other", "proposal"),
            ("silent where nothing should be proposed", "silent", "none"),
        ):
            print(f"  {words:42}{count[part]:>5} of {count[whole]:<5}{Figure.of(count[part], count[whole])}")
        if name == READ:
            print(*(f"  other: {line}" for line in measured.others[:worst]), sep="\n")
            print(*(f"  missed: {line}" for line in measured.missed[:worst]), sep="\n")
    return 0
