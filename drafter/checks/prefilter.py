"""Which patterns can match a stretch of text at all, told by its words alone: each pattern needs some of a few, in order.

One automaton of all patterns would never be done: between two words of a pattern nearly anything may stand, so that each
new text makes states that no text has made before. Words are soon all known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from drafter.checks.kept import kept

_STEPS = 3  # needs of each pattern that are looked for one after the other; one more is looked for anywhere
_FEW = 50  # patterns that are looked at in no time
_MOST_WORDS = 1 << 16  # that are remembered; a hostile text could have any number
_RARE = re.compile(r"([!$%?@#&/:;()\x1e\x1f])")  # signs that are words of their own
_BLANKS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not (sign.isalnum() or sign == "_" or _RARE.match(sign))})
_DIGITS = str.maketrans("123456789", "000000000")

_Chosen = list[int | None]  # for each place the number of a need; the last is looked for anywhere
_Needs = tuple[list[list[str]], list[_Chosen]]  # all needs, each some atoms, and those of each pattern
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
        needs, chosen = _needs(tuple(patterns))
        self._bits = [[0] * len(needs) for _ in range(_STEPS + 1)]  # for each place and need, the patterns that have it there
        self._free = [0] * (_STEPS + 1)  # for each place, the patterns that have none there
        for number, own in enumerate(chosen):
            for place, need in enumerate(own):
                if need is None:
                    self._free[place] |= 1 << number
                else:
                    self._bits[place][need] |= 1 << number
        self._atoms: dict[str, list[int]] = {}
        for need, atoms in enumerate(needs):
            for atom in atoms:
                self._atoms.setdefault(atom, []).append(need)
        self._longest = max(map(len, self._atoms), default=0)
        self._inner = {atom[:end] for atom in self._atoms if atom[0] != " " for end in range(1, len(atom) + 1)}
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
        needs = {need for piece in self._pieces(f" {word} ".translate(_DIGITS)) for need in self._atoms.get(piece, ())}
        if not needs:
            return None
        met = [0] * (_STEPS + 1)
        for place, bits in enumerate(self._bits):
            for need in needs:
                met[place] |= bits[need]
        return tuple(met)

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


@cache
def _needs(patterns: tuple[str, ...]) -> _Needs:
    """What the patterns need, from the last time that the same patterns were looked at, or worked out."""
    if len(patterns) < _FEW:
        return _worked_out(patterns)
    files = ("needs.py", "prefilter.py", "common_words.txt")
    needs, chosen = kept("needs", "\0".join(patterns), lambda: _worked_out(patterns), files=files)
    return needs, chosen


def _worked_out(patterns: Iterable[str]) -> _Needs:
    from drafter.checks.needs import Need, Reader, Step, rarest_first

    reader, numbers = Reader(), dict[Need, int]()

    def choose(steps: tuple[Step, ...]) -> _Chosen:
        """The rarest needs of the steps with the rarest, in order, and the rarest of all the others."""
        best = [min(step, key=rarest_first) for step in steps]
        places = sorted(sorted(range(len(best)), key=lambda place: rarest_first(best[place]))[:_STEPS])
        ordered = [best[place] for place in places]
        others = {need for step in steps for need in step}.difference(ordered)
        row: list[Need | None] = [*[None] * (_STEPS - len(ordered)), *ordered, min(others, key=rarest_first) if others else None]
        return [None if need is None else numbers.setdefault(need, len(numbers)) for need in row]

    chosen = [choose(reader.steps(pattern)) for pattern in patterns]
    return [sorted(need) for need in numbers], chosen
