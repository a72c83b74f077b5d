"""HTML: the text that a reader sees, without tags, scripts, code and quotations."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from typing import NamedTuple

from drafter.markup.comments import Switches
from drafter.markup.prose import UNKNOWN, Builder, Prose


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PARAGRAPHS = _tags(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table caption td th section article header footer main aside nav form fieldset legend figure figcaption"
    " details summary hr center body"
)
_LINES = _tags("div li dt dd tr address")
_UNSEEN = _tags("script style title template noscript textarea select svg math object iframe audio video canvas pre blockquote")
_WORDS = _tags("code kbd samp tt q")  # not judged, but words of the sentence that they stand in
_STRUCK = _tags("del s strike")
_VOID = _tags("area base br col embed hr img input link meta param source track wbr")
_QUOTING = _tags("gmail_quote yahoo_quoted protonmail_quote moz-cite-prefix")  # classes that mail programs give
_BLANK = r" \t\n\r\f"
_GHOST = "\u00ad\u200b-\u200f\u2060\ufeff"  # nobody sees those
_TEXT = re.compile(
    rf"(?P<entity>&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);?)|(?P<blank>[{_BLANK}]+)|(?P<ghost>[{_GHOST}]+)|[^&{_BLANK}{_GHOST}]+|&", re.I
)


class _Event(NamedTuple):
    at: int
    kind: str  # start, end, text, comment, other
    name: str = ""  # of a tag; of all else, what it holds
    classes: frozenset[str] = frozenset()


class _Parser(HTMLParser):
    """Notes where each tag, comment and text begins; each ends where the next begins."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.events: list[_Event] = []
        self.feed(text)
        self.close()
        self.events.append(_Event(len(text), "other"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset(name for key, value in attrs if key == "class" for name in (value or "").split())
        self._note("start", tag, classes)

    def handle_endtag(self, tag: str) -> None:
        self._note("end", tag)

    def handle_data(self, data: str) -> None:
        self._note("text", data)

    def handle_comment(self, data: str) -> None:
        self._note("comment", data)

    def handle_decl(self, decl: str) -> None:
        self._note("other", decl)

    def handle_pi(self, data: str) -> None:
        self._note("other", data)

    def unknown_decl(self, data: str) -> None:
        self._note("other", data)

    def _note(self, kind: str, name: str = "", classes: frozenset[str] = frozenset()) -> None:
        line, column = self.getpos()
        self.events.append(_Event(self._lines[line - 1] + column, kind, name, classes))


class Reader:
    """Adds the text of HTML to prose; what one stretch leaves open, the next one goes on with."""

    def __init__(self, builder: Builder, switches: Switches) -> None:
        self._builder, self._switches = builder, switches
        self._open: list[str] = []  # elements whose text is not judged

    @property
    def unseen(self) -> bool:
        """Whether what follows is not judged."""
        return bool(self._open)

    def read(self, start: int, end: int) -> None:
        """Add the original from `start` to `end`."""
        for event, following in pairwise(_Parser(self._builder.original[start:end]).events):
            first, last = start + event.at, start + following.at
            if event.kind == "start":
                self._begin(event, first, last)
            elif event.kind == "end":
                self._end(event.name, last)
            elif event.kind == "comment":
                self._switches.heed(event.name, first, last)
            elif event.kind == "text" and not self._open:
                self._text(first, last)

    def _begin(self, event: _Event, start: int, end: int) -> None:
        tag = event.name
        if tag == "body":
            self._open.clear()
        hides = tag in _UNSEEN or tag in _WORDS or tag in _STRUCK or event.classes & _QUOTING
        if not self._open:
            self._part(tag, start)
            if tag in _WORDS:
                self._builder.put(UNKNOWN, start, end)
        if tag not in _VOID and (hides or tag in self._open):
            self._open.append(tag)

    def _end(self, tag: str, at: int) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if not self._open and tag != "br":
            self._part(tag, at)

    def _part(self, tag: str, at: int) -> None:
        """What the tag parts: paragraphs, lines, or nothing."""
        if tag == "br":
            self._builder.put("\n", at, at)
        elif tag in _PARAGRAPHS or tag in _UNSEEN:
            self._builder.part(2, at)
        elif tag in _LINES:
            self._builder.part(1, at)

    def _text(self, start: int, end: int) -> None:
        builder = self._builder
        for match in _TEXT.finditer(builder.original, start, end):
            if match["entity"] and (words := html.unescape(match[0])) != match[0]:
                builder.put(words.replace("\n", " "), *match.span())
            elif not match["blank"] and not match["ghost"]:
                builder.copy(*match.span())
            elif match["blank"] and not builder.spaced:
                builder.put(" ", *match.span())


def read_html(text: str) -> Prose:
    """The prose of an HTML text, or of a part of one.

    Raises:
        InputError: a comment for Drafter says what it does not know.
    """
    builder = Builder(text)
    switches = Switches(builder)
    Reader(builder, switches).read(0, len(text))
    return switches.prose()
