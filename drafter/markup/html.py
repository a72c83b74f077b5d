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
_BLOCKS = (PARAGRAPHS | LINES | _tags("blockquote pre tr")) - _tags("body hr")
_ENDS = {  # a start tag that ends an element without a tag of its own
    **dict.fromkeys(_BLOCKS, _tags("p")),
    **dict.fromkeys(("td", "th", "tr"), _tags("p td th")),
    **dict.fromkeys(("dd", "dt"), _tags("p dd dt")),
    "li": _tags("p li"),
}
_DEEPEST = 100  # elements within each other
_BLANK = r" \t\n\r\f"
_GHOST = "\u00ad\u200b-\u200f\u2060\ufeff"  # nobody sees those
_TEXT = re.compile(
    rf"(?P<entity>&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);?)|(?P<blank>[{_BLANK}]+)|(?P<ghost>[{_GHOST}]+)|[^&{_BLANK}{_GHOST}]+|&", re.I
)


TOKEN = re.compile(  # ends where the text ends at the latest, so that nothing is read twice; html.parser takes the square of the length
    r"<!---?>|<!--(?P<comment>.*?)(?:--!?>|\Z)|<(?:(?P<end>/)?(?P<name>[a-z][^\s/>]*)"
    r"""(?P<attributes>(?:[^>=]|=\s*"[^"]*(?:"|\Z)|=\s*'[^']*(?:'|\Z)|=)*)|[!?/][^>]*)(?:>|\Z)""",
    re.S | re.I,
)
_CLASS = re.compile(r"""(?:^|[\s"'])class\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))""", re.I)


class Reader:
    """Adds the text of HTML to prose; what one stretch leaves open, the next one goes on with."""

    def __init__(self, builder: Builder, switches: Switches) -> None:
        self._builder, self._switches = builder, switches
        self._open: list[str] = []  # elements whose text is not judged
        self._blocks: list[tuple[str, int]] = []  # blocks, each with how many of those were open where it began
        self._closers: dict[str, int] = {}

    @property
    def unseen(self) -> bool:
        """Whether what follows is not judged."""
        return bool(self._open)

    def begin_block(self, tag: str) -> None:
        """Begin a block; it ends those that a browser ends there."""
        while self._blocks and self._blocks[-1][0] in _ENDS[tag]:
            self.end_block(self._blocks[-1][0])
        if len(self._blocks) < _DEEPEST:
            self._blocks.append((tag, len(self._open)))

    def end_block(self, tag: str) -> bool:
        """End a block with all that was left open in it, as a browser does; whether there is one."""
        found = next((i for i in range(len(self._blocks) - 1, -1, -1) if self._blocks[i][0] == tag), None)
        if found is not None:
            del self._open[self._blocks[found][1] :]
            del self._blocks[found:]
        return found is not None

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
        if tag in _BLOCKS:
            self.begin_block(tag)
        inline = tag in _WORDS or tag in _STRUCK
        if inline and not self._blocks and found.start() > self._last(tag):
            return  # nothing would end it
        hides = tag in _UNSEEN or inline or classes(found["attributes"]) & QUOTING
        if not self._open:
            self._part(tag, found.start())
            if tag in _WORDS:
                self._builder.put(UNKNOWN, *found.span())
        if tag not in VOID and (hides or tag in self._open) and len(self._open) < _DEEPEST:
            self._open.append(tag)

    def _last(self, tag: str) -> int:
        """Where the last end tag of this name stands; -1 where there is none."""
        if tag not in self._closers:
            self._closers[tag] = max((m.start() for m in re.finditer(rf"</{tag}\b", self._builder.original, re.I)), default=-1)
        return self._closers[tag]

    def _end(self, tag: str, at: int) -> None:
        ended = tag in _BLOCKS and self.end_block(tag)
        if not ended and tag in self._open:
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
