"""The guide at hand: what a rule or an element is and is not, and the borders that were decided, out of `evals/data/README.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.judge.rubric import rubric
from evals.labels.rows import Kind

README = Path(__file__).resolve().parents[1] / "data" / "README.md"
_BORDERS = re.compile(r"(?ms)^Decided borders: (?P<text>.+?)\n\n")


@dataclass(frozen=True)
class Entry:
    """What something is, and what it is not."""

    is_: str
    is_not: str


@cache
def entries() -> dict[str, Entry]:
    """Rules and elements by id, as the tables of the guide have them."""
    found = {}
    for line in README.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if line.startswith("| ") and re.fullmatch(r"[a-z]+(?:-[a-z]+)+|[a-z]{4,}", cells[0]) and len(cells) in (3, 4):
            found[cells[0]] = Entry(cells[-2], cells[-1])
    return found


@cache
def borders() -> tuple[str, ...]:
    """The borders between rules that were decided, a sentence each."""
    found = _BORDERS.search(README.read_text("utf-8"))
    sentences: list[str] = []
    for piece in re.split(r"(?<=[.)]) (?=[A-Z\"])", " ".join(found["text"].split())) if found else ():
        if sentences and sentences[-1].count('"') % 2:  # a full stop within a quotation ends no sentence
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return tuple(sentences)


def told(name: str) -> Iterator[str]:
    """What the guide says of a rule, an element or a line of the rubric, with its border cases."""
    if entry := entries().get(name):
        yield f"{name} is: {entry.is_}"
        yield f"It is not: {entry.is_not}"
        yield from (f"Border: {one}" for one in borders() if f"`{name}`" in one)
    for line in rubric().lines:
        if line.id == name:
            yield f"{name}: {line.statement}"
            yield f"Yes: {line.yes}"
            yield f"No: {line.no}"
            yield from (f"Border, {'yes' if one.holds else 'no'}: {one.why}: “{one.passage}”" for one in line.anchors if one.border)


def overview(kind: Kind) -> Iterator[str]:
    """The guide in short for a kind of case."""
    if kind == "letter":
        for line in rubric().lines:
            yield from told(line.id)
        return
    yield "Label every rule that applies, and no more: would a careful editor who wants no blame and no deflection stop here?"
    yield from (f"Border: {one}" for one in borders())
    yield "“? RULE” tells what a rule or an element is and is not."
