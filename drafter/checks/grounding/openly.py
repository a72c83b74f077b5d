"""Openly: where a text takes back something that was told before, and says so."""

from __future__ import annotations

import re
from functools import lru_cache

from drafter.checks.grounding.sentences import sentences
from drafter.checks.grounding.words import content, tokens

Span = tuple[int, int]
_WRONG = re.compile(
    r"\b(?:that|this|it|which|both|what (?:I|we) (?:told|wrote|said|reported|gave)\b[^.;!?]{0,80}"
    r"|my message|our (?:message|post))"
    r"(?: (?:was|were|is|turned out to be)| (?:has|have) turned out to be)"
    r" (?:wrong(?! of)|not (?:right|correct|true|so|accurate|the case)|incorrect|mistaken|untrue|false|inaccurate)\b"
    r"|\b(?:that|it) (?:wasn|isn)['’]t (?:right|correct|true|so|accurate|the case)\b"
    r"|\b(?:I|we) (?:was|were) (?:wrong|mistaken)\b|\b(?:I|we) got (?:that|it) wrong\b"
    r"|\b(?:I|we)(?:['’]d like to| would like to| have to| must| need to| want to|['’]m| am| are|['’]re)?"
    r" correct(?:ing|ed)? (?:that|it|what)\b"
    r"|\bcorrection:",
    re.I,
)
_TOLD = re.compile(r"\b(?:told|wrote|written|said|reported|posted|gave you|message|informed|announced|correction)\b", re.I)
_OWNS = re.compile(r"\b(?:sorry|apolog\w+|mistakes?)\b", re.I)
_BEFORE, _AFTER = 2, 2  # sentences round the admission that can hold what was said and what is right
_MOST = 0.75  # of the words of a statement: what is taken back repeats it


@lru_cache(maxsize=32)
def taken_back(text: str) -> tuple[Span, ...]:
    """Where a text says that something it or a message before it told was wrong, with the sentences around that belong to it."""
    found: list[Span] = []
    row = sentences(text)
    for i, sentence in enumerate(row):
        if not _WRONG.search(text, sentence.start, sentence.end):
            continue
        first, last = row[max(0, i - _BEFORE)], row[min(len(row) - 1, i + _AFTER)]
        told = next((one for one in row[max(0, i - _BEFORE) : i + 1] if _TOLD.search(text, one.start, one.end)), None)
        if told is not None:
            found.append((max(first.start, told.start), last.end))
    return tuple(found)


def takes_back(text: str, said: str) -> bool:
    """Whether a text openly takes back a statement: most of its words stand where something is said to have been wrong."""
    words = _words(said)
    return any(len(words & _words(text[start:end])) >= _MOST * len(words) for start, end in taken_back(text)) if words else False


def without_taken_back(text: str) -> str:
    """The text with blanks where it says that something was wrong: to take back a statement is not to own a failure."""
    for sentence in sentences(text) if taken_back(text) else ():
        told = any(pattern.search(text, sentence.start, sentence.end) for pattern in (_WRONG, _TOLD))
        if told and not _OWNS.search(text, sentence.start, sentence.end):
            text = text[: sentence.start] + " " * (sentence.end - sentence.start) + text[sentence.end :]
    return text


def says(text: str, said: str) -> bool:
    """Whether a text has most of the words of a statement in one of its sentences."""
    words = _words(said)
    row = sentences(text)
    return bool(words) and any(len(words & _words(text[one.start : one.end])) >= _MOST * len(words) for one in row)


def _words(text: str) -> frozenset[str]:
    row = tokens(text)
    return content(row) | {token.low for token in row if token.low[:1].isdigit()}
