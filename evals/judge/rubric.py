"""The rubric: what a judge is asked of a letter, line by line, in a file that reviewers edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from drafter.errors import Complaint, InputError
from drafter.texts import read_text

RUBRIC = Path(__file__).resolve().parent / "rubric.md"
GUIDE = "how to judge"
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ANCHOR = re.compile(r"### (?P<border>Border, )?(?P<says>yes|no): (?P<why>\S.*)", re.I)
_DEFINED = re.compile(r"(?P<says>Yes|No): (?P<text>\S.*)", re.S)


@dataclass(frozen=True)
class Anchor:
    """A passage with its answer, for judges to go by; a border case lies near the other answer."""

    holds: bool
    why: str
    passage: str
    border: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the rubric: a statement that holds of a letter or does not."""

    id: str
    statement: str
    yes: str = ""
    no: str = ""
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Rubric:
    """How to judge, and the lines."""

    guide: str
    lines: tuple[Line, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the lines, in order."""
        return tuple(line.id for line in self.lines)


@cache
def rubric() -> Rubric:
    """The rubric in force."""
    return read_rubric(RUBRIC)


def read_rubric(path: Path) -> Rubric:
    """The rubric in a file.

    Raises:
        TextError: it cannot be read.
        InputError: it does not follow the format; all complaints at once, each with its line.
    """
    guide, lines, complaints = "", list[Line](), list[Complaint]()
    for number, title, body in _parts(read_text(path).replace("\r\n", "\n")):
        if title.startswith("# "):
            guide = body.strip()
        else:
            line, wrong = _line(title.removeprefix("## ").strip(), body)
            lines.append(line)
            complaints += [Complaint(each, line.id, number) for each in wrong]
    ids = [line.id for line in lines]
    complaints += [Complaint("two lines have this id", name) for name in sorted({one for one in ids if ids.count(one) > 1})]
    if not guide:
        complaints.append(Complaint(f"it starts with a part '# {GUIDE.capitalize()}'", line=1))
    if not lines:
        complaints.append(Complaint("it has no line: each starts with '## ' and an id such as sounds-meant"))
    if complaints:
        raise InputError(complaints, str(path))
    return Rubric(guide, tuple(lines))


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """The parts under headings of the first and second degree: number of the heading's line, heading, what stands under it."""
    rows = text.split("\n")
    starts = [i for i, row in enumerate(rows) if row.startswith(("# ", "## "))]
    for start, end in pairwise((*starts, len(rows))):
        yield start + 1, rows[start], "\n".join(rows[start + 1 : end])


def _line(name: str, body: str) -> tuple[Line, list[str]]:
    """A line, and what its part does not have."""
    definition, *examples = re.split(r"(?m)^(?=### )", body)
    paragraphs = [_joined(each) for each in re.split(r"\n\s*\n", definition.strip()) if each.strip()]
    line, wrong = Line(name, paragraphs[0] if paragraphs else ""), list[str]()
    for paragraph in paragraphs[1:]:
        if not (found := _DEFINED.fullmatch(paragraph)):
            wrong.append(f"'{paragraph[:40]}': after the statement, a paragraph starts with 'Yes: ' or 'No: '")
        else:
            line = replace(line, yes=found["text"]) if found["says"] == "Yes" else replace(line, no=found["text"])
    for example in examples:
        heading, _, quoted = example.strip().partition("\n")
        rows = [row for row in quoted.split("\n") if row.strip()]
        found = _ANCHOR.fullmatch(heading.strip())
        if not found or not rows or not all(row.startswith(">") for row in rows):
            wrong.append(f"'{heading}': an example has '### Yes: why', '### No: why', '### Border, yes: why' or '### Border, no: why'"
                         " over lines that start with '> '")  # fmt: skip
            continue
        passage = "\n".join(row.removeprefix(">").strip() for row in rows)
        line = replace(line, anchors=(*line.anchors, Anchor(found["says"].lower() == "yes", found["why"], passage, bool(found["border"]))))
    return line, [*_missing(line), *wrong]


def _missing(line: Line) -> Iterator[str]:
    if not _ID.fullmatch(line.id):
        yield "an id is of small letters, with hyphens between words"
    if not line.statement or _DEFINED.fullmatch(line.statement):
        yield "a line starts with its statement, which is true of a good letter"
    for name, text in (("Yes", line.yes), ("No", line.no)):
        if not text:
            yield f"a paragraph '{name}: ' says what counts as {name.lower()}"
    for holds, name in ((True, "Yes"), (False, "No")):
        if not any(anchor.holds == holds for anchor in line.anchors):
            yield f"an example '### {name}: why' is wanted"


def _joined(paragraph: str) -> str:
    return " ".join(paragraph.split())
