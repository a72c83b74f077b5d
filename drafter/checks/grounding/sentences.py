"""Sentences of a text, and the stretches that are not the writer's own: quoted trails and code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|vs|approx|e\.g|i\.e|etc|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)"
    r"|\b[ap]\.m|\b[A-Z])$",
    re.I,
)
_DATED = re.compile(
    r"(?:\d(?:st|nd|rd|th)? (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b(?:mon|tues?|wed|thurs?|fri|sat|sun))$", re.I
)
_GOES_ON = re.compile(r"\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z]")
_MEANT = re.compile(r"\s+(?:[a-z\d(]|$)")
_QUOTED = re.compile(r"^[ \t]*>.*$|^(?:On .{4,80} wrote:)[ \t]*$", re.M)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.S)
_ITEM = re.compile(r"\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+)")


class Sentence(NamedTuple):
    """One sentence or line: its bounds without blank ends, and whether it is a line of its own without a full stop."""

    start: int
    end: int
    item: bool
    question: bool


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text`; a line break ends one, but for a line that only wraps."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def foreign(text: str, locked: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where the text is not the writer's own, in order and apart: quoted trails, code, and the locked paragraphs."""
    found = [match.span() for match in _QUOTED.finditer(text)] if ">" in text or "wrote:" in text else []
    found += [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    for paragraph in locked:
        at = text.find(paragraph)
        if at >= 0:
            found.append((at, at + len(paragraph)))
    return _apart(sorted(found))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, with those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match[0] == "\n":
        return not _wraps(text, start, match.end())
    if match[0][0] == "." and len(match[0]) == 1 and _ABBREVIATED.search(text, max(start, match.start() - 8), match.start()):
        return not _MEANT.match(text, match.end()) and _hard(text, match.start())
    return True


def _hard(text: str, dot: int) -> bool:
    """Whether a dot behind an abbreviation also ends the sentence: only "p.m." and its like can."""
    if _DATED.search(text, max(0, dot - 8), dot):
        return bool(_GOES_ON.match(text, dot + 1))
    return text[max(0, dot - 3) : dot].lower() in ("a.m", "p.m") or text[max(0, dot - 1) : dot] == "I"


def _wraps(text: str, start: int, after: int) -> bool:
    """Whether a line break only wraps a long line: the next line goes on in lower case or with a number."""
    line = text[max(start, text.rfind("\n", 0, after - 1) + 1) : after - 1]
    following = text[after : after + 1]
    return len(line) >= 45 and (following.islower() or following.isdigit()) and not _ITEM.match(text, after)


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    start += len(piece) - len(piece.lstrip())
    bullet = _ITEM.match(stripped)
    lead = bullet.end() if bullet and bullet.end() < len(stripped) else 0
    found.append(Sentence(start + lead, start + len(stripped), bool(lead), stripped.endswith("?")))
