"""What a pattern needs of a text: words or parts of words, some of which stand in every match.

An atom is a part of a word; a blank at either side says that the word begins or ends there: "apolog", " we ", "ly ".
Digits are all "0", and everything that is neither letter nor digit only ends words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

Atom = str
Need = frozenset[Atom]  # at least one of them stands in the text
_Needs = Callable[[bool, bool], tuple[Need, ...]]

_TOKEN = re.compile(
    r"\\x[0-9a-fA-F]{2}|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?P<\w+>|\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?:|[()|]"
    r"|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^\\\[\](){}*+?|.^$]+(?![*+?{])|.",
    re.S,
)
_MEMBER = re.compile(r"\\x[0-9a-fA-F]{2}|\\.|\[:\w+:\]|.", re.S)
_SIGNS, _DIGITS = re.compile(r"\W+", re.A), re.compile("[0-9]")
_PRODUCT = 64  # texts that parts may make together before they are looked at apart
_UNION = 4000  # texts that stand for one another
_COMMON = frozenset(
    "a an and are as at be been but by can did do for from had has have i in is it its my no not of on or our so that the"
    " their them they this to up us was we were will with you your u ur ya s t".split()
)


class _Part:
    """A piece of a pattern: what it needs, and all texts that it matches, where they are few.

    What it needs depends on whether there is the edge of a word before it and after it.
    """

    __slots__ = ("begins", "empty", "ends", "needs", "texts")

    def __init__(self, needs: _Needs, *, begins: bool = False, ends: bool = False, empty: bool = False) -> None:
        self.texts: frozenset[str] | None = None
        self.needs = needs
        self.begins, self.ends = begins, ends  # at the edge of a word, unless it is empty
        self.empty = empty  # it may match nothing


def _exactly(texts: frozenset[str]) -> _Part:
    part = _Part(
        lambda before, after: _atoms(texts, before, after),
        begins=all(text[:1] in ("", " ") for text in texts),
        ends=all(text[-1:] in ("", " ") for text in texts),
        empty="" in texts,
    )
    part.texts = texts
    return part


def _nothing(_before: bool, _after: bool) -> tuple[Need, ...]:
    return ()


_EMPTY = _exactly(frozenset({""}))
_EDGE = _exactly(frozenset({" "}))
_DIGIT = _exactly(frozenset({"0"}))
_CHARACTER = _Part(_nothing)


def needs(pattern: str) -> tuple[Need, ...]:
    """What every text that an RE2 pattern matches has, the rarest first; nothing is known where that is empty."""
    tokens = [")", *reversed(_TOKEN.findall(pattern))]
    try:
        part = _group(tokens)
    except (IndexError, ValueError):
        return ()  # it is no pattern, as the one who compiles it will tell
    if tokens:
        return ()
    return tuple(sorted(dict.fromkeys(part.needs(False, False)), key=_frequency))


def _group(tokens: list[str]) -> _Part:
    """The alternatives up to the bracket that closes them; `tokens` are in reverse, and used up."""
    parts: list[_Part] = []
    row: list[_Part] = []
    while (token := tokens.pop()) != ")":
        if token == "|":
            parts.append(_sequence(row))
            row = []
        else:
            row.append(_repeated(_group(tokens) if token[0] == "(" else _single(token), tokens))
    parts.append(_sequence(row))
    return parts[0] if len(parts) == 1 else _either(parts)


def _repeated(part: _Part, tokens: list[str]) -> _Part:
    count = tokens[-1]
    if count[0] not in "*+?{":
        return part
    tokens.pop()
    if count[0] == "?":
        return _either([part, _EMPTY])
    if part is _EDGE and count[0] == "+":
        return part
    if count[0] == "*" or count.startswith("{0"):
        return _Part(_nothing, begins=part.begins, ends=part.ends, empty=True)
    wanted = part.needs(False, False)
    return _Part(lambda _before, _after: wanted, begins=part.begins, ends=part.ends, empty=part.empty)


@lru_cache(maxsize=4096)
def _single(token: str) -> _Part:
    """A literal, an escape or a class."""
    if token[0] == "[":
        return _class(token)
    if token == "." or (token[0] == "\\" and token[1] in "wDSpPC"):
        return _CHARACTER
    if token == r"\d":
        return _DIGIT
    if token == r"\B":
        return _EMPTY
    if token[0] == "\\" or token in "^$":
        return _EDGE
    if token[0] in "*+?{":
        raise ValueError("nothing stands before it that could be repeated")
    return _exactly(frozenset({_plain(token)}))


def _class(token: str) -> _Part:
    inner = token[1:-1].replace("0-9", r"\d")
    if inner[0] == "^" or re.search(r"\\[wDSpP]|\[:|\w-\w", inner):
        return _CHARACTER
    members = _MEMBER.findall(inner)
    return _exactly(frozenset("0" if member == r"\d" else " " if member[0] == "\\" else _plain(member) for member in members))


def _plain(text: str) -> str:
    return _DIGITS.sub("0", _SIGNS.sub(" ", text.lower()))


def _either(parts: list[_Part]) -> _Part:
    texts = frozenset[str]().union(*(part.texts or () for part in parts))
    if all(part.texts is not None for part in parts) and len(texts) <= _UNION:
        return _exactly(texts)
    return _Part(
        partial(_any, parts),
        begins=all(part.begins for part in parts),
        ends=all(part.ends for part in parts),
        empty=any(part.empty for part in parts),
    )


def _sequence(parts: list[_Part]) -> _Part:
    """The parts one after the other; texts are put together as long as they are few."""
    runs = parts[:1] or [_EMPTY]
    for part in parts[1:]:
        if together := _together(runs[-1], part):
            runs[-1] = together
        else:
            runs.append(part)
    if len(runs) == 1:
        return runs[0]
    begins = _at_edge((run.begins, run.empty) for run in runs)
    ends = _at_edge((run.ends, run.empty) for run in reversed(runs))
    return _Part(partial(_all, runs), begins=begins is not False, ends=ends is not False, empty=begins is None)


def _together(one: _Part, other: _Part) -> _Part | None:
    if one.texts is None or other.texts is None:
        return None
    count = len(one.texts) * len(other.texts)
    if count > _PRODUCT and count > max(len(one.texts), len(other.texts)):
        return None
    return _exactly(frozenset((first + last).replace("  ", " ") for first in one.texts for last in other.texts))


def _at_edge(parts: Iterable[tuple[bool, bool]]) -> bool | None:
    """Whether what the parts match begins at the edge of a word; None where all of it may be empty."""
    for at_edge, empty in parts:
        if not at_edge:
            return False
        if not empty:
            return True
    return None


def _all(runs: list[_Part], before: bool, after: bool) -> tuple[Need, ...]:
    """What all of the parts need that stand one after the other."""
    found: list[Need] = []
    for at, run in enumerate(runs):
        begun = _at_edge((other.ends, other.empty) for other in reversed(runs[:at]))
        ended = _at_edge((other.begins, other.empty) for other in runs[at + 1 :])
        found += run.needs(before if begun is None else begun, after if ended is None else ended)
    return tuple(found)


def _any(parts: list[_Part], before: bool, after: bool) -> tuple[Need, ...]:
    """What there is in each of the parts that stand for one another: their rarest needs together, the next, and so on."""
    wanted = [sorted(part.needs(before, after), key=_frequency) for part in parts]
    return tuple(frozenset[Atom]().union(*row) for row in zip(*wanted, strict=False))


@lru_cache(maxsize=4096)
def _atoms(texts: frozenset[str], before: bool, after: bool) -> tuple[Need, ...]:
    """The rarest word of each text as one need, the next as another."""
    first, last = " " * before, " " * after
    rows = [sorted(_words(f"{first}{text}{last}"), key=_rarity, reverse=True) for text in texts]
    return tuple(frozenset(row) for row in zip(*rows, strict=False))


def _words(text: str) -> list[Atom]:
    pieces = text.replace("  ", " ").split(" ")
    last = len(pieces) - 1
    return [f"{' ' if at else ''}{piece}{' ' if at < last else ''}" for at, piece in enumerate(pieces) if piece]


@lru_cache(maxsize=1 << 16)
def _rarity(atom: Atom) -> float:
    word = atom.strip()
    return 1 if word in _COMMON else len(word) + (len(atom) - len(word)) * 0.75


@lru_cache(maxsize=4096)
def _frequency(need: Need) -> float:
    return sum(3.0 ** -_rarity(atom) for atom in need)
