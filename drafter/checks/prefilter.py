"""Which patterns can match a stretch of text at all, told by its words alone: each pattern needs some of a few of them.

One automaton of all patterns would never be done: between two words of a pattern nearly anything may stand, so that each
new text makes states that no text has made before. Words are soon all known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from operator import or_
from pathlib import Path

from drafter.checks.kept import kept

_CLAUSES = 3  # needs of each pattern that are looked for; more hardly tell patterns apart
_MOST_WORDS = 1 << 16  # that are remembered; a hostile text could have any number
_RARE = re.compile(r"[!$%?@#&/:;()\x1e\x1f]")  # signs that are words of their own
_BLANKS = str.maketrans({chr(code): " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")})
_DIGITS = str.maketrans("123456789", "000000000")

_Needs = tuple[list[list[str]], list[list[int]]]  # all needs, each some atoms, and for each pattern the numbers of its own


class _Known(dict[str, int]):
    """Words, and what they meet; one that is new is looked at once."""

    def __init__(self, look: Callable[[str], int]) -> None:
        self._look = look

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = met = self._look(word)
        return met


class Prefilter:
    """Patterns by number, and what they need; a pattern with an unmet need matches nowhere. Texts are folded and in small letters."""

    def __init__(self, patterns: Sequence[str]) -> None:
        needs, chosen = _needs(tuple(patterns))
        self._size = size = len(chosen)
        self._bits = [0] * len(needs)  # of each need, the places where patterns have it
        self._free = 0  # the places where a pattern has none
        for number, own in enumerate(chosen):
            for place in range(_CLAUSES):
                bit = 1 << place * size + number
                if place < len(own):
                    self._bits[own[place]] |= bit
                else:
                    self._free |= bit
        self._atoms: dict[str, list[int]] = {}
        for need, atoms in enumerate(needs):
            for atom in atoms:
                self._atoms.setdefault(atom, []).append(need)
        self._longest = max(map(len, self._atoms), default=0)
        self._inner = {atom[:end] for atom in self._atoms if atom[0] != " " for end in range(1, len(atom) + 1)}
        self._known = _Known(self._meet)

    def met(self, text: str) -> int:
        """The places of all needs that the words of `text` meet, as bits; those of several texts together are `a | b`."""
        words = text.translate(_BLANKS).split() + _RARE.findall(text)
        return reduce(or_, map(self._known.__getitem__, words), self._free)

    def candidates(self, met: int, among: int) -> list[int]:
        """The numbers of the patterns of which all needs are met, in order; `among` has a bit for each that is asked for."""
        left, found = met & (met >> self._size) & (met >> 2 * self._size) & among, []
        while left:
            lowest = left & -left
            found.append(lowest.bit_length() - 1)
            left ^= lowest
        return found

    def _meet(self, word: str) -> int:
        """The places of all needs that a word meets."""
        needs = {need for piece in self._pieces(f" {word} ".translate(_DIGITS)) for need in self._atoms.get(piece, ())}
        return reduce(or_, map(self._bits.__getitem__, needs), 0)

    def _pieces(self, word: str) -> Iterable[str]:
        """The parts of a word that may be atoms: those it begins with, and within it those with which some atom begins."""
        for end in range(2, min(len(word), self._longest) + 1):
            yield word[:end]
        for start in range(1, len(word) - 1):
            for end in range(start + 1, len(word) + 1):
                if word[start:end] not in self._inner:
                    break
                yield word[start:end]


@cache
def _needs(patterns: tuple[str, ...]) -> _Needs:
    """What the patterns need, from the last time that the same patterns were looked at, or worked out."""
    reader = Path(__file__).with_name("needs.py").read_text("utf-8")
    needs, chosen = kept("needs", "\0".join((reader, str(_CLAUSES), *patterns)), lambda: _worked_out(patterns))
    return needs, chosen


def _worked_out(patterns: Iterable[str]) -> _Needs:
    from drafter.checks.needs import Reader

    reader, numbers = Reader(), dict[frozenset[str], int]()
    chosen = [[numbers.setdefault(need, len(numbers)) for need in reader.needs(pattern)[:_CLAUSES]] for pattern in patterns]
    return [sorted(need) for need in numbers], chosen
