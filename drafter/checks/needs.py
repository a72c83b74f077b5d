"""What patterns need of a text: words or parts of words, some of which stand in every match.

An atom is a part of a word; a blank at either side says that the word begins or ends there: "apolog", " we ", "ly ".
Digits are all "0". Rare signs are words of their own, and everything else that is neither letter nor digit only ends words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from math import fsum
from pathlib import Path

Atom = str
Need = frozenset[Atom]  # at least one of them stands in the text
Step = tuple[Need, ...]  # all of them, in any order
_Texts = frozenset[str]
_Find = Callable[[bool, bool], tuple[Step, ...]]

_TOKEN = re.compile(
    r"(?:(?<=[^\\]\|)|(?<=\(\?:))(?:[\w'-]| \+)+(?:\|(?:[\w'-]| \+)+)+(?=[|)])|"  # most of a word list at once
    r"\\x[0-9a-fA-F]{2}|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?P<\w+>|\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?:|[()|]"
    r"|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^\\\[\](){}*+?|.^$]+(?![*+?{])|.",
    re.S,
)
_MEMBER = re.compile(r"\\x[0-9a-fA-F]{2}|\\.|.", re.S)
_MANY = re.compile(r"\\[wDSpP]|\[:|\w-\w")
_RARE, _OTHER, _DIGITS = re.compile("([!$%?@#&/:;()\x1e\x1f])"), re.compile(r"[^\w!$%?@#&/:;()\x1e\x1f]+", re.A), re.compile("[0-9]")
_LONG = 40  # characters of a group that is remembered: word lists come again and again
_PRODUCT = 64  # texts that neighbours may make together before they are looked at apart
_UNION = 4000  # texts that stand for one another
COMMON = Path(__file__).with_name("common_words.txt")  # of letters, the most common first
_OFTEN = {
    f" {word} ": 2 / (rank + 4) for rank, word in enumerate(COMMON.read_text("utf-8").split())
}  # the share of sentences that have it, about
_SELDOM = 0.001
_BLANK = {"", " "}


class _Part:
    """A piece of a pattern: all texts that it matches, where they are few, and what it needs.

    What it needs depends on whether there is the edge of a word before it, and after it.
    """

    __slots__ = ("_find", "_found", "begins", "empty", "ends", "texts")

    def __init__(self, find: _Find, *, begins: bool = False, ends: bool = False, empty: bool = False) -> None:
        self.texts: _Texts | None = None
        self.begins, self.ends = begins, ends  # at the edge of a word, unless it is empty
        self.empty = empty  # it may match nothing
        self._find = find
        self._found: dict[tuple[bool, bool], tuple[Step, ...]] = {}

    def steps(self, before: bool, after: bool) -> tuple[Step, ...]:
        """What every match has that stands between such neighbours, step after step."""
        beside = before, after
        if beside not in self._found:
            self._found[beside] = self._find(before, after)
        return self._found[beside]


class Reader:
    """Reads patterns that share their word lists: each list is read once."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[str, _Part]]] = {}  # groups by their first characters
        self._pattern, self._at = "", 0

    def steps(self, pattern: str) -> tuple[Step, ...]:
        """What every text has that an RE2 pattern matches, in the order of the text; nothing is known where that is empty.

        A word may serve two steps, but none that comes before the word of an earlier step.
        """
        self._pattern, self._at = f"{pattern})", 0
        try:
            part = self._alternatives()
        except _NoPatternError:
            return ()  # as the one who compiles it will tell
        if self._at <= len(pattern):
            return ()
        return part.steps(False, False)

    def _token(self) -> str:
        match = _TOKEN.match(self._pattern, self._at)
        if match is None:
            raise _NoPatternError
        self._at = match.end()
        return match[0]

    def _alternatives(self) -> _Part:
        """What stands up to the bracket that closes it."""
        parts: list[_Part] = []
        row: list[_Part] = []
        while (token := self._token()) != ")":
            if token == "|":
                parts.append(_sequence(row))
                row = []
            else:
                row.append(self._repeated(self._group(token) if token[0] == "(" else _single(token)))
        parts.append(_sequence(row))
        return parts[0] if len(parts) == 1 else _either(parts)

    def _group(self, token: str) -> _Part:
        start = self._at - len(token)
        alike = self._known.setdefault(self._pattern[start : start + _LONG], [])
        for text, part in alike:
            if self._pattern.startswith(text, start):
                self._at = start + len(text)
                return part
        part = self._alternatives()
        if self._at - start >= _LONG:
            alike.append((self._pattern[start : self._at], part))
        return part

    def _repeated(self, part: _Part) -> _Part:
        if self._pattern[self._at : self._at + 1] not in "*+?{":
            return part
        count = self._token()
        if count[0] == "?":
            return _either([part, _EMPTY])
        if part.texts == _EDGE.texts and count[0] == "+":
            return part
        if count[0] == "*" or count.startswith("{0"):
            return _Part(_nothing, begins=part.begins, ends=part.ends, empty=True)
        return _Part(lambda _before, _after: part.steps(False, False), begins=part.begins, ends=part.ends, empty=part.empty)


class _NoPatternError(ValueError):
    """What was read is no pattern."""


@lru_cache(maxsize=4096)
def _single(token: str) -> _Part:
    """A literal, some that stand for one another, an escape or a class."""
    if token[0] == "[" and len(token) > 1:
        return _class(token[1:-1].replace("0-9", r"\d"))
    if token == "." or (token[0] == "\\" and token[1] in "wDSpPC"):
        return _CHARACTER
    if token == r"\d":
        return _exactly(frozenset({"0"}))
    if token == r"\B":
        return _EMPTY
    if token[0] == "\\":
        return _exactly(frozenset({_sign(token)}))
    if token in "^$":
        return _EDGE
    if token[0] in "*+?{[":
        raise _NoPatternError
    return _exactly(frozenset(map(_plain, token.split("|"))))


def _class(inner: str) -> _Part:
    if inner[0] == "^" or _MANY.search(inner):
        return _CHARACTER
    members = _MEMBER.findall(inner)
    return _exactly(frozenset("0" if member == r"\d" else _sign(member) if member[0] == "\\" else _plain(member) for member in members))


def _sign(escape: str) -> str:
    if escape[1] == "x":
        return _plain(chr(int(escape[2:], 16)))
    return " " if escape[1].isalpha() else _plain(escape[1])


def _plain(text: str) -> str:
    return _DIGITS.sub("0", _RARE.sub(r" \1 ", _OTHER.sub(" ", text.lower()))).replace("  ", " ")


def _exactly(texts: _Texts) -> _Part:
    part = _Part(
        partial(_atoms, texts),
        begins={text[:1] for text in texts} <= _BLANK,
        ends={text[-1:] for text in texts} <= _BLANK,
        empty="" in texts,
    )
    part.texts = texts
    return part


def _either(parts: list[_Part]) -> _Part:
    """The parts, one or the other."""
    if all(part.texts is not None for part in parts):
        texts = frozenset[str]().union(*(part.texts or () for part in parts))
        if len(texts) <= _UNION:
            return _exactly(texts)
    return _Part(
        partial(_any, parts),
        begins=all(part.begins for part in parts),
        ends=all(part.ends for part in parts),
        empty=any(part.empty for part in parts),
    )


def _sequence(parts: list[_Part]) -> _Part:
    """The parts one after the other; texts are put together as long as they are few."""
    runs: list[_Part] = []
    for texts, part in _runs(parts):
        runs.append(part if texts is part.texts else _exactly(texts or frozenset()))
    if len(runs) == 1:
        return runs[0]
    begins = _edge((run.begins, run.empty) for run in runs)
    ends = _edge((run.ends, run.empty) for run in reversed(runs))
    return _Part(partial(_all, runs), begins=begins is not False, ends=ends is not False, empty=begins is None)


def _runs(parts: list[_Part]) -> list[tuple[_Texts | None, _Part]]:
    """The texts of neighbours put together, with the first of them; others as they stand."""
    runs: list[tuple[_Texts | None, _Part]] = []
    for part in parts or [_EMPTY]:
        if runs and (together := _together(runs[-1][0], part.texts)):
            runs[-1] = together, runs[-1][1]
        else:
            runs.append((part.texts, part))
    return runs


def _together(one: _Texts | None, other: _Texts | None) -> _Texts | None:
    if one is None or other is None or (len(one) > 1 and len(other) > 1 and len(one) * len(other) > _PRODUCT):
        return None
    return frozenset((first + last).replace("  ", " ") for first in one for last in other)


def _edge(parts: Iterable[tuple[bool, bool]]) -> bool | None:
    """Whether what the parts match begins at the edge of a word; None where all of it may be empty."""
    for at_edge, empty in parts:
        if not at_edge:
            return False
        if not empty:
            return True
    return None


def _all(runs: list[_Part], before: bool, after: bool) -> tuple[Step, ...]:
    """What all of the parts need that stand one after the other."""
    found: list[Step] = []
    for at, run in enumerate(runs):
        begun = _edge((other.ends, other.empty) for other in reversed(runs[:at]))
        ended = _edge((other.begins, other.empty) for other in runs[at + 1 :])
        found += run.steps(before if begun is None else begun, after if ended is None else ended)
    return tuple(found)


def _any(parts: list[_Part], before: bool, after: bool) -> tuple[Step, ...]:
    """What each of the parts needs that stand for one another: their rarest needs together, the next ones, and so on."""
    wanted = [sorted({need for step in part.steps(before, after) for need in step}, key=rarest_first) for part in parts]
    return _step(frozenset[Atom]().union(*row) for row in zip(*wanted, strict=False))


@lru_cache(maxsize=4096)
def _atoms(texts: _Texts, before: bool, after: bool) -> tuple[Step, ...]:
    """The words of the one text there is, in order; of several texts the rarest word of each as one need, the next as another."""
    first, last = " " * before, " " * after
    rows = [_words(text, first, last) for text in texts]
    if len(rows) == 1:
        return tuple((frozenset({word}),) for word in rows[0])
    rows = [sorted(row, key=_seldom_first) if len(row) > 1 else row for row in rows]
    return _step(frozenset(row) for row in zip(*rows, strict=False))


def _step(needs: Iterable[Need]) -> tuple[Step, ...]:
    step = tuple(dict.fromkeys(needs))
    return (step,) if step else ()


def _words(text: str, before: str, after: str) -> list[Atom]:
    if " " not in text:
        return [f"{before}{text}{after}"] if text else []
    pieces = f"{before}{text}{after}".replace("  ", " ").split(" ")
    last = len(pieces) - 1
    return [f"{' ' if at else ''}{piece}{' ' if at < last else ''}" for at, piece in enumerate(pieces) if piece]


@lru_cache(maxsize=1 << 16)
def _often(atom: Atom) -> float:
    """In what share of all sentences an atom stands, about."""
    if atom[0] == atom[-1] == " ":
        return _OFTEN.get(atom, _SELDOM)
    return sum(share for word, share in _OFTEN.items() if atom in word) + _SELDOM


def _seldom_first(atom: Atom) -> tuple[float, Atom]:
    return _often(atom), atom


@lru_cache(maxsize=8192)
def rarest_first(need: Need) -> tuple[float, int, list[Atom]]:
    """A key that sorts needs by how seldom they are met, the same in every process."""
    return fsum(map(_often, need)), len(need), sorted(need)


def _nothing(_before: bool, _after: bool) -> tuple[Step, ...]:
    return ()


_EMPTY = _exactly(frozenset({""}))
_EDGE = _exactly(frozenset({" "}))
_CHARACTER = _Part(_nothing)
