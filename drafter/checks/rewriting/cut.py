"""The seam where words are taken out or put in: blanks, commas, capitals, and "a" or "an"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.checks.sentences import Span

_LEADING = re.compile(r"^[\s,;:!?.–—-]*(?:(?:and|but)\s+(?:then\s+)?)?", re.I)
_MARKS_BEFORE, _MARKS_AFTER = re.compile(r"[*_~]+$"), re.compile(r"[*_~]+")
_TRAILING = re.compile(r"(?:[\s,;:–—-]|\b(?:and|but|so|or|yet)\b)*$")
_ARTICLE = re.compile(r"\b(?P<article>an?)(?P<gap>\s+)$", re.I)
_FIRST_WORD = re.compile(r"[^\W\d_][\w'’]*")
_AN = re.compile(r"(?:[aeio]|u(?!ni|se|su|ti)|honest|hour)", re.I)
_BULLET = re.compile(r"[ \t]*(?:[-*+•>]|\(?\d{1,2}[.)])?[ \t]*")


@dataclass(frozen=True)
class Edit:
    """Words `put` in place of `text[start:end]`."""

    start: int
    end: int
    put: str


def joined(text: str, sentence: Span, edit: Edit) -> Edit:
    """The edit with what its seams need, so that the sentence reads as if it had been written so."""
    start, end = sentence
    edit = _unstopped(text, end, edit if edit.put else _unmarked(text, sentence, edit))
    left, right = text[start : edit.start], text[edit.end : end]
    if not _says(edit.put) and not (_says(left) or _says(right)):
        return _dropped(text, sentence)
    at_start, at_end = not _says(left), not _says(right)
    if edit.put:
        return _articled(text, start, _spaced(text, end, _cased(edit, at_start=at_start)))
    if at_start:
        return _headless(edit, right)
    if at_end:
        return Edit(edit.start - len(left) + len(_TRAILING.sub("", left)), edit.end, "")
    return _articled(text, start, _closed(edit, left, right))


def _unmarked(text: str, sentence: Span, edit: Edit) -> Edit:
    """Marks of emphasis around words that go, go with them: "**Oops!** We" becomes "We"."""
    before, after = _MARKS_BEFORE.search(text[sentence[0] : edit.start]), _MARKS_AFTER.match(text[edit.end : sentence[1]])
    if not (before and after and before[0] == after[0]):
        return edit
    return Edit(edit.start - len(before[0]), edit.end + len(after[0]), "")


def _unstopped(text: str, end: int, edit: Edit) -> Edit:
    """What ends the sentence stays, whoever cuts its last words."""
    words = text[edit.start : edit.end].rstrip(".!?")
    if edit.end < end or edit.put.endswith((".", "!", "?")) or not _says(words):
        return edit
    return Edit(edit.start, edit.start + len(words), edit.put)


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _cased(edit: Edit, *, at_start: bool) -> Edit:
    first = _FIRST_WORD.search(edit.put)
    if not first or edit.put[0].isupper() == at_start or edit.put.startswith(("I ", "I'", "I’")):
        return edit
    if at_start:
        at = first.start()
        return Edit(edit.start, edit.end, edit.put[:at] + edit.put[at].upper() + edit.put[at + 1 :])
    return edit


def _spaced(text: str, end: int, edit: Edit) -> Edit:
    before, after = text[edit.start - 1 : edit.start], text[edit.end : min(edit.end + 1, end)]
    put = (" " if before and before.isalnum() and edit.put[:1].isalnum() else "") + edit.put
    if after.isalnum() and put[-1:].isalnum():
        put += " "
    return Edit(edit.start, edit.end, put)


def _headless(edit: Edit, right: str) -> Edit:
    """The first words go: what follows begins the sentence."""
    rest = _LEADING.sub("", right, count=1)
    gap = len(right) - len(rest)
    return Edit(edit.start, edit.end + gap + 1, rest[:1].upper()) if rest[:1].islower() else Edit(edit.start, edit.end + gap, "")


def _closed(edit: Edit, left: str, right: str) -> Edit:
    """Words go from within: one blank is left, and no comma on its own."""
    if re.match(r"\s*[,.;:!?)]", right):
        bare = len(left.rstrip(" \t\r\n" + ("," if re.match(r"\s*[,.;:!?]", right) else "")))
        return Edit(edit.start - len(left) + bare, edit.end, "")
    if left[-1:].isspace() and right[:1].isspace():
        return Edit(edit.start, edit.end + len(right) - len(right.lstrip()), "")
    return edit


def _articled(text: str, start: int, edit: Edit) -> Edit:
    """The article that the next word asks for: "a small error" becomes "an error"."""
    match = _ARTICLE.search(text[start : edit.start])
    word = _FIRST_WORD.match((edit.put + text[edit.end :]).lstrip())
    if not (match and word):
        return edit
    article = "an" if _AN.match(word[0]) else "a"
    if article == match["article"].lower():
        return edit
    article = article.capitalize() if match["article"][0].isupper() else article
    return Edit(start + match.start(), edit.end, article + match["gap"] + edit.put)


def _dropped(text: str, sentence: Span) -> Edit:
    """The whole sentence goes, with its blanks; its line too, and one empty line, where nothing else stands in it."""
    start, end = sentence
    line, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    alone_before, alone_after = bool(_BULLET.fullmatch(text[line:start])), not text[end:stop].strip()
    if alone_before and alone_after:
        return _line_dropped(text, line, stop)
    if alone_after:
        return Edit(start - len(text[line:start]) + len(text[line:start].rstrip()), end, "")
    return Edit(start, end + len(text[end:stop]) - len(text[end:stop].lstrip()), "")


def _line_dropped(text: str, line: int, stop: int) -> Edit:
    if stop == len(text):  # the last line: the break before it goes, not the one that ends the text
        return Edit(len(text[:line].rstrip("\r\n")) if text[:line].strip() else line, stop, "")
    after = re.match(r"(?:[ \t]*\r?\n)+", text[stop:])
    first = re.match(r"[ \t]*\r?\n", text[stop:])
    empty_before = not line or text[:line].endswith(("\n\n", "\r\n\r\n"))
    rest = after if empty_before and after and text[stop + after.end() :] else first
    if rest and not text[stop + rest.end() :].strip() and text[:line].strip():
        return Edit(len(text[:line].rstrip("\r\n")), stop, "")
    return Edit(line, stop + rest.end() if rest else stop, "")
