"""Markdown: the text of its paragraphs, headings, lists and tables, without code, addresses, quotations and front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from drafter.markup.comments import Switches
from drafter.markup.html import Reader
from drafter.markup.prose import UNKNOWN, Builder, Prose

_FRONT_MATTER = re.compile(r"(?:---[ \t]*\r?\n.*?^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?^\+\+\+)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_AT, _END = "at", "end"  # keys of a token's meta


class _State(StateInline):
    """Notes where the text that waits to become a token begins."""

    begun = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.begun = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - the library's name
        token = super().pushPending()
        token.meta[_AT] = self.begun
        return token


class _Inline(ParserInline):
    """The library's parser, with each token's place in the text of its paragraph."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _placing(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule that notes where the tokens that it makes begin and end."""

    def placing(state: StateInline, silent: bool) -> bool:
        at, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        for token in state.tokens[count:] if done and not silent else ():
            if _AT not in token.meta:
                token.meta |= {_AT: at, _END: state.pos}
                at += len(token.content) if token.type == "text" else 0
        return done

    return placing


def _reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The library's rule for addresses that links name, but not for footnotes: `[^1]: soon` is prose, whatever its first word."""
    at = state.bMarks[first] + state.tShift[first]
    return not state.src.startswith("[^", at) and reference(state, first, last, silent)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline = _Inline()
    parser.configure("commonmark")
    parser.enable(["table", "strikethrough"])
    parser.disable(["fragments_join", "text_join"])  # joined tokens have no place
    parser.block.ruler.at("reference", _reference)
    for rule in parser.inline.ruler.__rules__:
        parser.inline.ruler.at(rule.name, _placing(rule.fn))
    return parser


class _Writer:
    """Adds the text of each block to the prose."""

    def __init__(self, text: str) -> None:
        self.builder = Builder(text)
        self.switches = Switches(self.builder)
        self.html = Reader(self.builder, self.switches)
        self._read = _readable(text)
        self._lines = [match.span() for match in _LINE.finditer(text)]
        self._quoted = 0
        self._struck = 0
        self._bullet = False
        self._cell: int | None = None  # where in the original the next cell of a table's row may begin

    def block(self, token: Token) -> None:
        if token.type in ("blockquote_open", "blockquote_close"):
            self._quoted += token.nesting
        elif token.type == "list_item_open":
            self._bullet = True
        elif token.type == "tr_open" and token.map:
            self._cell = self._lines[token.map[0]][0]
        elif token.type == "table_close":
            self._cell = None
        elif self._quoted or not token.map:
            return
        elif token.type == "html_block":
            self.builder.part(2, self._lines[token.map[0]][0])
            self.html.read(self._lines[token.map[0]][0], self._lines[token.map[1] - 1][1])
        elif token.type == "inline" and token.content:
            self._paragraph(token, token.map[0])

    def _paragraph(self, token: Token, first: int) -> None:
        where = self._where(token.content, first)
        if not where or not token.children:
            return
        if not self.html.unseen:
            self.builder.part(1 if self._bullet else 2, where[0])
            self.builder.put("- " if self._bullet else "", where[0], where[0])
        self._bullet = False
        self.html.begin_block("p")
        for child in token.children:
            self._inline(child, where)
        self.html.end_block("p")

    def _inline(self, token: Token, where: Sequence[int]) -> None:
        at = token.meta[_AT]
        start, end = where[at], where[max(at, token.meta.get(_END, at + len(token.content)) - 1)] + 1
        if token.type == "html_inline":
            self.html.read(start, end)
        elif token.type in ("s_open", "s_close"):
            self._struck += token.nesting
        elif token.type in ("link_open", "link_close") and token.markup == "autolink":
            self._struck += token.nesting
            self._put(UNKNOWN if token.nesting < 0 else "", start, end)
        elif token.type == "text":
            self._copy(where[at : at + len(token.content)])
        elif token.type in _REPLACED:
            self._put(_REPLACED[token.type] or token.content, start, end)

    def _put(self, words: str, start: int, end: int) -> None:
        if not (self._struck or self.html.unseen):
            self.builder.put(words, start, end)

    def _copy(self, where: Sequence[int]) -> None:
        """Add characters of the original, in stretches of those that follow each other."""
        if self._struck or self.html.unseen or not where:
            return
        cuts = [0, *(i for i, (one, next_) in enumerate(pairwise(where), 1) if next_ != one + 1), len(where)]
        for first, last in pairwise(cuts):
            self.builder.copy(where[first], where[last - 1] + 1)

    def _where(self, content: str, first: int) -> list[int]:
        """Where in the original each character of a block's content stands; empty where the content is not found."""
        if self._cell is not None:
            return self._in_row(content, self._cell)
        where: list[int] = []
        lines = (self._lines[number] for number in range(first, len(self._lines)))
        for row in content.split("\n"):
            words = row.strip(" \t")
            places = ((start, self._read.rfind(words, start, end)) for start, end in lines)
            start, at = next((place for place in places if place[1] >= 0), (0, -1))  # lines of other blanks are trimmed away in front
            if at < 0:
                return []
            lead = row.index(words)
            where += [max(start, at + i - lead) for i in range(len(row) + 1)]  # and the line's end
        return where

    def _in_row(self, content: str, start: int) -> list[int]:
        """The same for a cell of a table, in which a bar is written with a backslash before it."""
        pattern = re.compile(re.escape(content).replace(r"\|", r"\\?\|"))
        found = pattern.search(self._read, start)
        if not found:
            return []
        self._cell = found.end()
        places = range(*found.span())
        written = [i for i in places if not (found.string[i] == "\\" and found.string[i + 1 : i + 2] == "|")]
        return [*written, found.end()] if len(written) == len(content) else []


_REPLACED = {"softbreak": "\n", "hardbreak": "\n", "code_inline": UNKNOWN, "text_special": ""}


def read_markdown(text: str) -> Prose:
    """The prose of a Markdown text (CommonMark with GitHub's tables and strikethrough).

    Raises:
        InputError: a comment for Drafter says what it does not know.
    """
    writer = _Writer(text)
    front = _FRONT_MATTER.match(text)
    body = re.sub(r"[^\r\n]", "", front[0]) + text[front.end() :] if front else text
    for token in _parser().parse(body):
        writer.block(token)
    return writer.switches.prose()


def _readable(text: str) -> str:
    """The text as the parser reads it, character for character."""
    return text.replace("\0", "\ufffd")
