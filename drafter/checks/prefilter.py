"""Which patterns can match a stretch of text at all, told by its words alone: each pattern needs some of a few of them.

One automaton of all patterns would grow without end: what stands between two words of a pattern may be anything, so each
new text makes states that no text has made before. Words are soon all known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.checks.needs import Atom, needs

_CLAUSES = 3  # things that a pattern needs and that are looked for; more hardly tell patterns apart
_MOST_WORDS = 1 << 16  # that are remembered; a hostile text could have any number
_WORD = re.compile(r"\w+", re.A)
_DIGITS = str.maketrans("123456789", "000000000")


class Prefilter:
    """Patterns by number; texts are folded and in small letters."""

    def __init__(self, patterns: Iterable[str]) -> None:
        clauses = [needs(pattern)[:_CLAUSES] for pattern in patterns]
        self._all = (1 << len(clauses)) - 1
        self._free = 0  # a bit for each clause that a pattern does not have
        self._atoms: dict[Atom, int] = {}
        for number, wanted in enumerate(clauses):
            for place in range(_CLAUSES):
                bit = 1 << (place * len(clauses) + number)
                if place < len(wanted):
                    for atom in wanted[place]:
                        self._atoms[atom] = self._atoms.get(atom, 0) | bit
                else:
                    self._free |= bit
        self._size = len(clauses)
        self._beginnings = {atom[:end] for atom in self._atoms for end in range(1, len(atom) + 1)}
        self._known: dict[str, int] = {}

    def candidates(self, text: str) -> list[int]:
        """The numbers of the patterns that may match in `text`, in order; none of the others does."""
        known, met = self._known, self._free
        for word in _WORD.findall(text):
            met |= known[word] if word in known else self._meet(word)
        left, found = met & (met >> self._size) & (met >> 2 * self._size) & self._all, []
        while left:
            lowest = left & -left
            found.append(lowest.bit_length() - 1)
            left ^= lowest
        return found

    def _meet(self, word: str) -> int:
        """What a word meets, as bits; it is remembered."""
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        whole, met = f" {word} ".translate(_DIGITS), 0
        for start in range(len(whole) - 1):
            for end in range(start + 1, len(whole) + 1):
                if (piece := whole[start:end]) not in self._beginnings:
                    break
                met |= self._atoms.get(piece, 0)
        self._known[word] = met
        return met
