"""Plain characters: a text as it is read, without what hides a name or a number from a search, and the way back to its places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_PIECE = re.compile(rf"[{_UNSEEN}]+|.[\u0300-\u036f]*", re.DOTALL)
_HIDDEN = re.compile(rf"[{_UNSEEN}]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2212": "-"})


@dataclass(frozen=True)
class Plain:
    """A text in plain characters, and where each of them stands in the text itself; no places where nothing was changed."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text itself behind a span of the plain one, which holds at least one character."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


@lru_cache(maxsize=2)  # a text is looked through twice, for names and for numbers
def plain(text: str) -> Plain:
    """`text` without characters of no width, with full-width and accented forms as one usual character each (NFKC)."""
    if text.isascii():
        return Plain(text, (), ())
    chars, starts, ends = [], [], []
    for match in _PIECE.finditer(text):
        if _HIDDEN.match(match[0]):
            continue
        usual = unicodedata.normalize("NFKC", match[0])
        for at, char in enumerate(usual if len(usual) == 1 else match[0]):
            chars.append(char)
            starts.append(match.start() + (at if len(usual) > 1 else 0))
            ends.append(starts[-1] + 1 if len(usual) > 1 else match.end())
    return Plain("".join(chars).translate(_QUOTES), tuple(starts), tuple(ends))
