"""The words of a fragment as they are read: short forms spelled out, slips mended, "my" turned into "your"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from drafter.incident.fragments.vocabulary import known, listed, spellings

MOST = 18  # words of a fragment; what is longer is a story
_WORD = re.compile(r"[£$€]?\d[\d.,:/]*%?[a-z]{0,2}|#?\w[\w'-]*(?:&\w+)?", re.I)
_GLUED = re.compile(r"(\d+)(h|hrs?|mins?|d|wks?)", re.I)
_NEVER_MENDED = 6  # letters below which a word is too near to others to be mended
_NEAR = 0.87


def words(fragment: str) -> tuple[str, ...]:
    """The words in order, with "," before each new part; nothing where one of them is no plain word."""
    text = " ".join(fragment.replace("’", "'").split()).strip(" .!;-")
    text = re.sub(r"\bcheck in\b", "check-in", re.sub(r"(?<=[a-z0-9])[,;:](?= )|\s[-–—]\s", " ,", text), flags=re.I)
    read: list[str] = []
    for piece in text.split():
        if piece == "," or piece.lower() in spellings():
            read += [","] if piece == "," else spellings()[piece.lower()].split()
        elif match := _GLUED.fullmatch(piece):
            read += [match[1], *_unit(match[1], match[2])]
        elif _WORD.fullmatch(piece):
            read.append(piece)
        else:
            return ()
    return tuple(_mended(read)) if len(read) <= MOST else ()


def _unit(number: str, unit: str) -> list[str]:
    spelled = spellings()[unit.lower()]
    return [spelled.removesuffix("s") if number == "1" else spelled]


def _mended(read: list[str]) -> Iterator[str]:
    for place, word in enumerate(read):
        low = word.lower()
        if low in ("h", "d") and (not place or not read[place - 1].isdigit()):
            yield word
        elif low in known() or (place and word != low):  # a name stays as it stands
            yield low if not place and low in known() and not word.isupper() else word
        else:
            yield _near(word) if word == low or not place else word


def _near(word: str) -> str:
    """The word of the lexicon that a slip of the finger stands for; the first and last letter are right as a rule."""
    low = word.lower()
    if len(low) < _NEVER_MENDED or not low.isalpha() or low.removesuffix("s") in known():
        return word
    near = get_close_matches(low, known(), 1, _NEAR)
    return near[0] if near and (near[0][0], near[0][-1]) == (low[0], low[-1]) else word


def asks(first: str) -> bool:
    """Whether a fragment that begins so asks or wishes for something."""
    return first in listed("asks")
