"""Sentences in another language than the one that tickets are read in: they hold no facts, and are shown as unread."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon" / "en"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORT = 4  # words of a sentence that one foreign word marks
_LATIN_END = "\u024f"
_BORROWED = frozenset(
    (
        "café",
        "cafés",
        "fiancé",
        "fiancée",
        "naïve",
        "décor",
        "résumé",
        "cliché",
        "façade",
        "entrée",
        "purée",
        "crème",
        "brûlée",
        "soufflé",
        "jalapeño",
        "piñata",
        "déjà",
        "à",
        "rosé",
        "pâté",
        "née",
        "touché",
        "über",
        "sauté",
        "protégé",
        "exposé",
    )
)
_LEAST_SHARE = 0.25


def is_foreign(sentence: str) -> bool:
    """Whether a sentence is in another language: by its script, or by more small words of another than of this one.

    >>> is_foreign("Das ist doch nicht normal.")
    True
    >>> is_foreign("The driver said das ist normal and left.")
    False
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
    letters = [char for word in words for char in word if char.isalpha()]
    if len(letters) > 3 and sum(char > _LATIN_END for char in letters) > len(letters) / 2:
        return True
    foreign = sum(word in known("other_tongues") or _is_marked(word) for word in words)
    own = sum(word in known("own_tongue") for word in words)
    return foreign > own and (foreign > 1 or len(words) <= _SHORT) and foreign >= _LEAST_SHARE * len(words)


def _is_marked(word: str) -> bool:
    """Whether its letters are none of English; words that English has borrowed keep theirs."""
    return not word.isascii() and any("\u00df" <= char <= _LATIN_END and char.isalpha() for char in word) and word not in _BORROWED


@cache
def known(name: str) -> frozenset[str]:
    """The words of a list that has many to a line."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
