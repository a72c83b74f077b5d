"""Which patterns can match a stretch of text at all, told by its words alone: each pattern needs some of a few, in order.

One automaton of all patterns would never be done: between two words of a pattern nearly anything may stand, so that each
new text makes states that no text has made before. Words are soon all known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_

from drafter.checks.needed import PLACES, needed

_MOST_WORDS = 1 << 16  # that are remembered; a hostile text could have any number
_RARE = re.compile(r"([!$%?@#&/:;()\x1e\x1f])")  # signs that are words of their own
_BLANKS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not (sign.isalnum() or sign == "_" or _RARE.match(sign))})
_DIGITS = str.maketrans("123456789", "000000000")

_Places = tuple[int, ...] | None  # for each place a bit for each pattern; None where no pattern has anything of it


class _Known(dict[str, _Places]):
    """Words, and the needs that they meet; one that is new is looked at once."""

    def __init__(self, look: Callable[[str], _Places]) -> None:
        self._look = look

    def __missing__(self, word: str) -> _Places:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = met = self._look(word)
        return met


class Prefilter:
    """Patterns by number, and what they need. Texts are folded and in small letters."""

    def __init__(self, patterns: Sequence[str]) -> None:
        needs, chosen = needed(patterns)
        self._bits = [defaultdict[int, int](int) for _ in range(PLACES)]  # for each place and need, the patterns that have it there
        self._free = [0] * PLACES  # for each place, the patterns that have none there
        for number, own in enumerate(chosen):
            for place, need in enumerate(own):
                if need is None:
                    self._free[place] |= 1 << number
                else:
                    self._bits[place][need] |= 1 << number
        self._atoms: dict[str, list[int]] = {}
        for need in {need for bits in self._bits for need in bits}:
            for atom in needs[need]:
                self._atoms.setdefault(atom, []).append(need)
        self._longest = max(map(len, self._atoms), default=0)
        self._inner = {atom[:end] for atom in self._atoms if atom[0] != " " for end in range(1, len(atom) + 1)}
        self._met_by = lru_cache(maxsize=None)(self._of_atom)
        self._known = _Known(self._meet)

    def candidates(self, text: str) -> list[int]:
        """The numbers of the patterns whose needs the text meets, in order; none of the others matches in it."""
        first, second, third, anywhere = self._free
        for one, two, three, any_ in filter(None, map(self._known.__getitem__, _words(text))):
            first |= one
            second |= first & two
            third |= second & three
            anywhere |= any_
        left, found = third & anywhere, []
        while left:
            lowest = left & -left
            found.append(lowest.bit_length() - 1)
            left ^= lowest
        return found

    def _meet(self, word: str) -> _Places:
        found = [self._met_by(piece) for piece in self._pieces(f" {word} ".translate(_DIGITS)) if piece in self._atoms]
        return tuple(reduce(or_, bits) for bits in zip(*found, strict=True)) if found else None

    def _of_atom(self, atom: str) -> tuple[int, ...]:
        """For each place, the patterns that have the atom there."""
        return tuple(reduce(or_, (bits.get(need, 0) for need in self._atoms[atom])) for bits in self._bits)

    def _pieces(self, word: str) -> Iterator[str]:
        """The parts of a word that may be atoms: those it begins with, and within it those with which some atom begins."""
        for end in range(2, min(len(word), self._longest) + 1):
            yield word[:end]
        for start in range(1, len(word) - 1):
            for end in range(start + 1, len(word) + 1):
                if word[start:end] not in self._inner:
                    break
                yield word[start:end]


def _words(text: str) -> list[str]:
    return " ".join(_RARE.split(text)).translate(_BLANKS).split(" ")  # on nothing else: \x1e, a face, is a blank to Python
