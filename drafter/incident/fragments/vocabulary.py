"""The words that fragments are read by: classes of nouns, verbs with what they take, and spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_FOLDER = Path(__file__).parent / "lexicon" / "en"
Form = Literal["base", "past", "participle"]


@dataclass(frozen=True)
class Verb:
    """A verb in the forms that clauses need, and what it takes: "thing", "person", "both" and so on."""

    base: str
    past: str
    participle: str
    takes: frozenset[str]


@cache
def _classes(file: str) -> dict[str, dict[str, str]]:
    """The classes of a file, each with its words; "word=other" gives a word something to go with it."""
    classes: dict[str, dict[str, str]] = {}
    for name, rest in (line.split(": ") for line in _lines(file)):
        for entry in rest.split():
            word, _, other = entry.partition("=")
            classes.setdefault(name, {})[word] = other
    return classes


def nouns(name: str) -> dict[str, str]:
    """A class of nouns."""
    return _classes("nouns")[name]


def listed(name: str) -> dict[str, str]:
    """A class of words other than nouns and verbs."""
    return _classes("words")[name]


@cache
def spellings() -> dict[str, str]:
    """Short forms and common slips, each with the word that is meant."""
    return dict(line.split(maxsplit=1) for line in _lines("spellings"))


@cache
def _verbs() -> dict[Form, dict[str, Verb]]:
    forms: dict[Form, dict[str, Verb]] = {"base": {}, "past": {}, "participle": {}}
    for line in _lines("verbs"):
        spelled, _, takes = line.partition(": ")
        for verb in _spelled(spelled, frozenset(takes.split())):
            forms["base"].setdefault(verb.base, verb)
            forms["past"].setdefault(verb.past, verb)
            forms["participle"].setdefault(verb.participle, verb)
    return forms


def _spelled(spelled: str, takes: frozenset[str]) -> Iterator[Verb]:
    base, *irregular = spelled.split()
    stem = base.rstrip("*")
    if irregular:
        yield Verb(stem, irregular[0], irregular[1], takes)
        return
    if stem.endswith("e"):
        ends = [f"{stem}d"]
    elif stem.endswith("y") and stem[-2] not in "aeiou":
        ends = [f"{stem[:-1]}ied"]
    elif base.endswith("*"):
        ends = [f"{stem}{stem[-1]}ed"] + ([f"{stem}ed"] if stem.endswith("l") else [])  # "cancelled" and "canceled"
    else:
        ends = [f"{stem}ed"]
    yield from (Verb(stem, end, end, takes) for end in ends)


def verb(word: str, form: Form = "participle") -> Verb | None:
    """The verb that a word in small letters is that form of."""
    return _verbs()[form].get(word)


@cache
def known() -> frozenset[str]:
    """Every word of the lexicon."""
    words = {word for file in ("nouns", "words") for group in _classes(file).values() for word in group}
    return frozenset(words.union(*_verbs().values()))


def _lines(file: str) -> list[str]:
    text = (_FOLDER / f"{file}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
