"""HTML that somebody wrote to us, as plain text: all that a reader sees, with quotations marked by ">" as in mail."""

from __future__ import annotations

import html
import re

from drafter.markup.html import LINES, PARAGRAPHS, QUOTING, RAW, TOKEN, VOID, classes

_UNSEEN = frozenset(("script", "style", "title", "template", "select", "svg", "math", "object", "iframe", "audio", "video", "canvas"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|\bhidden\b(?!\s*[-=:;])", re.I)
_BLANK = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 30  # quotations within each other
_MOST_HIDDEN = 200  # elements within each other, of those left out


def html_words(text: str) -> str:
    """The text of HTML; elements that mail programs put around older messages are left out."""
    reader = _Reader()
    at = 0
    while at < len(text):
        found = TOKEN.search(text, at)
        reader.words(text[at : found.start() if found else len(text)])
        at = reader.tag(found, text) if found else len(text)
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._marks = [0]  # how deep each line is quoted
        self._hidden: list[str] = []  # elements whose text is left out, with those of the same name within them
        self._quotes = self._pre = 0

    def words(self, raw: str) -> None:
        """Add text between tags."""
        if self._hidden or not raw:
            return
        text = html.unescape(raw)
        if self._pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._lines[-1].append(first)
            for line in rest:
                self._begin(1)
                self._lines[-1].append(line)
        elif words := _BLANK.sub(" ", text):
            self._lines[-1].append(words)

    def tag(self, found: re.Match[str], text: str) -> int:
        """Heed a tag; gives where the text goes on."""
        name = (found["name"] or "").lower()
        if found["end"]:
            self._close(name)
        elif name:
            self._open(name, found["attributes"] or "")
            if name in RAW:
                closed = re.compile(rf"</{name}\b", re.I).search(text, found.end())
                return closed.start() if closed else len(text)
        return found.end()

    def text(self) -> str:
        """All lines, at most one empty one between two."""
        lines = ["> " * mark + re.sub(r" {2,}", " ", "".join(parts)).strip() for mark, parts in zip(self._marks, self._lines, strict=True)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line if line.strip("> ") else "" for line in lines)).strip()

    def _open(self, name: str, attributes: str) -> None:
        if name == "body":
            self._hidden.clear()
        if self._hidden or name in _UNSEEN or _HIDDEN.search(attributes) or classes(attributes) & QUOTING:
            if name not in VOID and (not self._hidden or name in self._hidden) and len(self._hidden) < _MOST_HIDDEN:
                self._hidden.append(name)
            return
        self._quotes += name == "blockquote" and self._quotes < _DEEPEST
        self._pre += name == "pre"
        self._part(name)
        if name == "li":
            self._lines[-1].append("- ")

    def _close(self, name: str) -> None:
        if self._hidden:
            if name in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(name) :]
            return
        self._quotes -= name == "blockquote" and self._quotes > 0
        self._pre -= name == "pre" and self._pre > 0
        self._part(name)

    def _part(self, name: str) -> None:
        """What the tag parts: paragraphs, lines, cells, or nothing."""
        if name == "br":
            self._begin(1)
        elif (name in PARAGRAPHS and name not in ("td", "th")) or name in ("blockquote", "pre"):
            self._begin(2)
        elif name in ("td", "th"):
            self._lines[-1].append(" ")
        elif name in LINES and (any(part.strip() for part in self._lines[-1]) or self._marks[-1] != self._quotes):
            self._begin(1)

    def _begin(self, lines: int) -> None:
        for _ in range(lines):
            self._lines.append([])
            self._marks.append(self._quotes)
