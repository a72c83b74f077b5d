"""Reading: a text with everything grounding looks at, found once: tokens, sentences, values, acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from drafter.checks.grounding.acts import Act, acts
from drafter.checks.grounding.finder import values
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.sentences import Sentence, foreign, sentences
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token, tokens


@dataclass(frozen=True)
class Reading:
    """A text and what stands in it; `foreign` are the stretches that are not the writer's own."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    values: list[Value]
    acts: list[Act]
    foreign: list[tuple[int, int]]

    def own(self, start: int) -> bool:
        """Whether the writer's own words stand at `start`."""
        return not any(first <= start < last for first, last in self.foreign)


@lru_cache(maxsize=16)
def read(text: str, frame: Frame, locked: tuple[str, ...] = ()) -> Reading:
    """The reading of `text`, kept for the last few texts because ground and cover share it."""
    row = tokens(text)
    found = sentences(text)
    inside = values(text, row, frame)
    return Reading(text, row, found, inside, acts(row, found, inside), foreign(text, locked))
