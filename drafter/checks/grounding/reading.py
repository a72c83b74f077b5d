"""Reading: a text with everything grounding looks at, found once: tokens, sentences, values, acts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from drafter.checks.fold import fold
from drafter.checks.grounding.acts import Act, acts
from drafter.checks.grounding.finder import values
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.sentences import Sentence, foreign, sentences
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token, content, tokens

_SHORT = 400  # characters of a fact
_FAR = 400  # characters to each side that can still be one sentence


@dataclass(frozen=True, eq=False)
class Reading:
    """A text and what stands in it; `foreign` are the stretches that are not the writer's own, in order and apart."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    values: list[Value]
    acts: list[Act]
    foreign: list[tuple[int, int]]

    def own(self, start: int) -> bool:
        """Whether the writer's own words stand at `start`."""
        if not self.foreign:
            return True
        i = bisect_right(self.foreign, (start, len(self.text) + 1)) - 1
        return i < 0 or start >= self.foreign[i][1]

    def around(self, start: int) -> str:
        """The words of the sentence that `start` stands in, as far as a sentence goes."""
        i = bisect_right(self._starts, start) - 1
        if i < 0:
            return ""
        sentence = self.sentences[i]
        return self.text[max(sentence.start, start - _FAR) : min(sentence.end, start + _FAR)]

    def beside(self, act: Act) -> list[Act]:
        """The acts of the sentence that `act` stands in, itself among them."""
        return self._by_sentence[act.sentence]

    def of_sentence(self, number: int) -> list[Act]:
        """The acts of a sentence, by its place among the sentences; each sentence has one at least."""
        return self._by_sentence[number]

    @cached_property
    def folded(self) -> bytes:
        """The text in ASCII, character for character."""
        return fold(self.text).encode("ascii")

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words, but for those of values."""
        inside = [(value.start, value.end) for value in self.values]
        return content([token for token in self.tokens if not any(start <= token.start < end for start, end in inside)])

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Act]]:
        found: dict[int, list[Act]] = {}
        for act in self.acts:
            found.setdefault(act.sentence, []).append(act)
        return found


def read(text: str, frame: Frame, locked: tuple[str, ...] = ()) -> Reading:
    """The reading of `text`, kept for the last few texts because ground and cover share it.

    Short ones are kept longer: letters about the same mistake share most of their facts.
    """
    return (_short if len(text) <= _SHORT else _long)(text, frame, locked)


def _read(text: str, frame: Frame, locked: tuple[str, ...]) -> Reading:
    row = tokens(text)
    found = sentences(text)
    inside = values(text, row, frame)
    return Reading(text, row, found, inside, acts(row, found, inside), foreign(text, locked))


_short, _long = lru_cache(maxsize=256)(_read), lru_cache(maxsize=16)(_read)
