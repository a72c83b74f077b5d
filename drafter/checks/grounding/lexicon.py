"""Word tables of one language for grounding: plain files under lexicon/<language>/grounding, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent / "lexicon"
ENGLISH = "en"


@lru_cache(maxsize=256)
def lines(name: str, language: str = ENGLISH) -> tuple[str, ...]:
    """The lines of a table without comments and blank lines."""
    text = (_ROOT / language / "grounding" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=64)
def words(name: str, language: str = ENGLISH) -> frozenset[str]:
    """A table that is one set of words, as they are written there."""
    return frozenset(word for line in lines(name, language) for word in line.split())


@lru_cache(maxsize=64)
def pairs(name: str, language: str = ENGLISH) -> dict[str, str]:
    """A table of "word value" lines; the value is the rest of the line."""
    return dict(line.split(maxsplit=1) for line in lines(name, language))


@lru_cache(maxsize=64)
def groups(name: str, language: str = ENGLISH) -> tuple[tuple[str, ...], ...]:
    """A table whose lines are groups of words that count as the first of them."""
    return tuple(tuple(line.split()) for line in lines(name, language))


@lru_cache(maxsize=64)
def phrases(name: str, language: str = ENGLISH) -> dict[tuple[str, ...], str]:
    """A table of "some words = word" lines."""
    found = (line.split(" = ") for line in lines(name, language))
    return {tuple(left.split()): right for left, right in found}


@lru_cache(maxsize=64)
def named(name: str, language: str = ENGLISH) -> dict[str, frozenset[str]]:
    """A table of "name: some words" lines."""
    found = (line.split(": ") for line in lines(name, language))
    return {key: frozenset(rest.split()) for key, rest in found}
