"""HTML: the text that a reader sees, without tags, scripts, code and quotations."""

from __future__ import annotations

import html
import re

from drafter.markup.comments import Switches
from drafter.markup.prose import UNKNOWN, Builder, Prose


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


PARAGRAPHS = _tags(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table caption td th section article header footer main aside nav form fieldset legend figure figcaption"
    " details summary hr center body"
)
LINES = _tags("div li dt dd tr address")
_UNSEEN = _tags("script style title template noscript textarea select svg math object iframe audio video canvas pre blockquote")
_WORDS = _tags("code kbd samp tt q")  # not judged, but words of the sentence that they stand in
_STRUCK = _tags("del s strike")
RAW = _tags("script style title textarea iframe")  # up to their end, no tag begins in them
VOID = _tags("area base br col embed hr img input link meta param source track wbr")
QUOTING = _tags("gmail_quote yahoo_quoted protonmail_quote moz-cite-prefix")  # classes that mail programs give
_DEEPEST = 100  # elements within each other
_BLANK = r" \t\n\r\f"
_GHOST = "\u00ad\u200b-\u200f\u2060\ufeff"  # nobody sees those
_TEXT = re.compile(
    rf"(?P<entity>&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);?)|(?P<blank>[{_BLANK}]+)|(?P<ghost>[{_GHOST}]+)|[^&{_BLANK}{_GHOST}]+|&", re.I
)


TOKEN = re.compile(  # ends where the text ends at the latest, so that nothing is read twice; html.parser takes the square of the length
    r"<!--(?P<comment>.*?)(?:--!?>|\Z)|<(?:(?P<end>/)?(?P<name>[a-z][^\s/>]*)"
    r"""(?P<attributes>(?:[^>=]|=\s*"[^"]*(?:"|\Z)|=\s*'[^']*(?:'|\Z)|=)*)|[!?/][^>]*)(?:>|\Z)""",
    re.S | re.I,
)
_CLASS = re.compile(r"""(?:^|[\s"'])class\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))""", re.I)


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
        at = start
        while at < end:
            found = TOKEN.search(self._builder.original, at, end)
            if not self._open:
                self._text(at, found.start() if found else end)
            at = self._token(found, end) if found else end

    def _token(self, found: re.Match[str], end: int) -> int:
        """Heed a tag or comment; gives where the text goes on."""
        at = found.end()
        if found["comment"] is not None:
            self._switches.heed(found["comment"], *found.span())
        elif found["end"]:
            self._end(found["name"].lower(), at)
        elif found["name"]:
            tag = found["name"].lower()
            self._begin(tag, found)
            if tag in RAW:
                closed = re.compile(rf"</{tag}\b", re.I).search(found.string, at, end)
                return closed.start() if closed else end
        return at

    def _begin(self, tag: str, found: re.Match[str]) -> None:
        if tag == "body":
            self._open.clear()
        hides = tag in _UNSEEN or tag in _WORDS or tag in _STRUCK or classes(found["attributes"]) & QUOTING
        if not self._open:
            self._part(tag, found.start())
            if tag in _WORDS:
                self._builder.put(UNKNOWN, *found.span())
        if tag not in VOID and (hides or tag in self._open) and len(self._open) < _DEEPEST:
            self._open.append(tag)

    def _end(self, tag: str, at: int) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if not self._open:
            self._part(tag, at)

    def _part(self, tag: str, at: int) -> None:
        """What the tag parts: paragraphs, lines, or nothing."""
        if tag == "br":
            self._builder.put("\n", at, at)
        elif tag in PARAGRAPHS or tag in _UNSEEN:
            self._builder.part(2, at)
        elif tag in LINES:
            self._builder.part(1, at)

    def _text(self, start: int, end: int) -> None:
        builder = self._builder
        for match in _TEXT.finditer(builder.original, start, end):
            if match["entity"] and (words := html.unescape(match[0])) != match[0]:
                builder.put(re.sub(f"[{_GHOST}]", "", words.replace("\n", " ")), *match.span())
            elif not match["blank"] and not match["ghost"]:
                builder.copy(*match.span())
            elif match["blank"] and not builder.spaced:
                builder.put(" ", *match.span())


def classes(attributes: str) -> frozenset[str]:
    """The names in the attribute class of a tag."""
    found = _CLASS.search(attributes)
    return frozenset(html.unescape(found[found.lastgroup or 0]).split()) if found else frozenset()


def read_html(text: str) -> Prose:
    """The prose of an HTML text, or of a part of one.

    Raises:
        InputError: a comment for Drafter says what it does not know.
    """
    builder = Builder(text)
    switches = Switches(builder)
    Reader(builder, switches).read(0, len(text))
    return switches.prose()
