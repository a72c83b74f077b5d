"""The words of a fragment as they are read: short forms spelled out, slips mended, "my" turned into "your"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from drafter.incident.fragments.vocabulary import known, listed, spellings

MOST = 18  # words of a fragment; what is longer is a story
_LONGEST = 240  # characters
_WORD = re.compile(r"[£$€]?\d[\d.,:/]*%?[a-z]{0,2}|#?\w[\w'-]*(?:&\w+)?", re.I)
_GLUED = re.compile(r"(\d+)(h|hrs?|mins?|d|wks?)", re.I)
_NEVER_MENDED = 6  # letters below which a word is too near to others to be mended
_NEAR = 0.83  # of difflib's ratio
_LONG = 8  # letters from which one that is left out is sure
_TWICE = re.compile(r"(.)\1")


def words(fragment: str) -> tuple[str, ...]:
    """The words in order, with "," before each new part; nothing where one of them is no plain word."""
    if len(fragment) > _LONGEST:
        return ()
    text = " ".join(fragment.replace("’", "'").split()).strip(" .!;-")
    text = re.sub(r"(?<=\w )double booked\b", "double-booked", text, flags=re.I)
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
    named = [word for word in read if word[0].isalpha()]
    headed = len(named) > 1 and all(word[0].isupper() for word in named)  # "Wrong Size Arrived", "PARCEL LOST": no names, a heading
    for place, word in enumerate(read):
        low = word.lower()
        if low in known():
            yield low if headed or (not place and not word.isupper()) else word
        elif place and word != low:  # a name stays as it stands
            yield word
        else:
            yield _near(word)


def _near(word: str) -> str:
    """The word of the lexicon that a slip of the finger stands for: letters swapped, doubled or left out."""
    low = word.lower()
    if len(low) < _NEVER_MENDED or not low.isalpha() or low.removesuffix("s") in known():
        return word
    near = next(iter(get_close_matches(low, known(), 1, _NEAR)), "")
    swapped, doubled = sorted(low) == sorted(near), _TWICE.sub(r"\1", low) == _TWICE.sub(r"\1", near)
    left_out = len(low) >= _LONG and len(near) == len(low) + 1
    sure = near[:1] == low[0] and near[-1:] == low[-1] and (swapped or doubled or left_out)
    return near if sure else word


def asks(first: str) -> bool:
    """Whether a fragment that begins so asks or wishes for something."""
    return first in listed("asks")
