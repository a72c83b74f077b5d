"""The labelled sentences and replies of `evals/data/wording`, read as values; their guide is `evals/data/README.md`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDING = Path(__file__).resolve().parent / "data" / "wording"
SPLITS = ("train", "test", "unseen")
SECOND = WORDING / "second.jsonl"


@dataclass(frozen=True)
class Labelled:
    """One sentence, or two where the second decides, with the ids of the rules that a careful reader raises."""

    text: str
    labels: frozenset[str]
    register: str
    trade: str
    public: bool  # whether it stands where everyone reads


@dataclass(frozen=True)
class Reply:
    """One message: the labels of each flagged sentence in it, and the elements that are present."""

    text: str
    flagged: tuple[tuple[str, frozenset[str]], ...]  # a sentence exactly as it stands, and its rule ids
    elements: frozenset[str]
    register: str
    trade: str
    kind: str
    public: bool

    @property
    def harmless(self) -> bool:
        """Whether nothing in it is flagged."""
        return not self.flagged


def sentences(split: str) -> list[Labelled]:
    """The labelled sentences of a split."""
    return [_labelled(row) for row in _rows(split) if "elements" not in row]


def second() -> list[Labelled]:
    """Rows of the test split as a second reader labelled them, without sight of the first labels."""
    return [_labelled(row) for row in _lines(SECOND)]


def replies(split: str) -> list[Reply]:
    """The labelled replies of a split."""
    return [
        Reply(
            row["text"],
            tuple((mark["quote"], frozenset(mark["labels"])) for mark in row["labels"]),
            frozenset(row["elements"]),
            row["register"],
            row["trade"],
            row["kind"],
            row.get("public", False),
        )
        for row in _rows(split)
        if "elements" in row
    ]


def digest(rows: Sequence[Labelled]) -> str:
    """A mark of the rows: weights that bear another one were trained on other rows."""
    return hashlib.sha256("\n".join(sorted(f"{row.text}\t{sorted(row.labels)}" for row in rows)).encode()).hexdigest()[:16]


def _labelled(row: dict[str, Any]) -> Labelled:
    return Labelled(row["text"], frozenset(row["labels"]), row["register"], row["trade"], row.get("public", False))


def _rows(split: str) -> Iterator[dict[str, Any]]:
    for path in sorted((WORDING / split).rglob("*.jsonl")):
        yield from (row for row in _lines(path) if "unsettled" not in row)  # which nobody has labelled yet


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
