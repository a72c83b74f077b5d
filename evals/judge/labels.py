"""The letters that people labelled by the rubric, `evals/data/judged.jsonl`: what a judge is held against."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from drafter.errors import Complaint, InputError
from drafter.texts import read_text
from evals.counts import Figure
from evals.judge.rubric import rubric
from evals.kappa import kappa

LABELS = Path(__file__).resolve().parents[1] / "data" / "judged.jsonl"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Labels = Mapping[str, bool]  # line of the rubric -> whether it holds


@dataclass(frozen=True)
class Letter:
    """A letter with the labels of its readers; `settled` has those on which two readers differed and then agreed."""

    id: str
    case: str  # letters of one case answer the same matter
    by: str
    matter: str
    letter: str
    first: Labels
    second: Labels = field(default_factory=dict)
    settled: Labels = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, bool]:
        """What a judge should say: the first reader's labels, and what was settled in place of them."""
        return {**self.first, **self.settled}


def labelled(path: Path = LABELS) -> tuple[Letter, ...]:
    """The labelled letters.

    Raises:
        TextError: the file cannot be read.
        InputError: a row does not follow the format, or has no label for a line of the rubric; the message says where.
    """
    read = tuple(_rows(path))
    twice = sorted({one.id for one in read if sum(other.id == one.id for other in read) > 1})
    if twice:
        raise InputError(f"two letters are called {twice[0]}", str(path))
    return read


def readers(letters: Sequence[Letter], line: str) -> Figure | None:
    """How far the two readers agree on a line; None where the second has labelled none."""
    both = [(one.first[line], one.second[line]) for one in letters if line in one.first and line in one.second]
    return kappa(both) if both else None


def pairs(letters: Sequence[Letter]) -> Iterator[tuple[Letter, Letter]]:
    """Two letters about the same matter, once for each matter that has more than one: those that differ most in their labels."""
    for case in dict.fromkeys(one.case for one in letters):
        both = list(combinations((one for one in letters if one.case == case), 2))
        if both:
            yield max(both, key=_distance)


def merit(letter: Letter) -> int:
    """How many lines hold of a letter, as people see it."""
    return sum(letter.labels.values())


def _distance(pair: tuple[Letter, Letter]) -> int:
    return abs(merit(pair[0]) - merit(pair[1]))


def _rows(path: Path) -> Iterator[Letter]:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.strip():
            try:
                letter = Letter(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise InputError([Complaint(f"is no labelled letter: {error}", line=number)], str(path)) from None
            _check(letter, number, path)
            yield letter


def _check(letter: Letter, number: int, path: Path) -> None:
    known = set(rubric().ids)
    if not _ID.fullmatch(letter.id):
        raise InputError([Complaint("is no id: small letters and numbers, with hyphens between", letter.id, number)], str(path))
    if missing := known - letter.first.keys():
        raise InputError([Complaint(f"has no label for {min(missing)}", letter.id, number)], str(path))
    for labels in (letter.first, letter.second, letter.settled):
        wrong = [line for line, holds in labels.items() if line not in known or not isinstance(holds, bool)]
        if wrong:
            raise InputError([Complaint("is a line of the rubric with true or false?", f"{letter.id}.{wrong[0]}", number)], str(path))
