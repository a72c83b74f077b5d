"""The words of the composer, one module per language: a language is added by adding its module."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from re import Pattern

from drafter.errors import LanguageError


@dataclass(frozen=True)
class Phrases:
    """What a language says around the facts.

    `says` holds the variants of every phrase by key; `patterns` what has to be recognised in the facts' own clauses;
    `contracted` and `expanded` are (pattern, replacement) pairs for a spoken and for a formal tone; `regional` are (from, to)
    pairs for the territory of the locale, or under "" for every territory that is not named; `persons` what each word for a person
    becomes where a customer's own words are turned to speak to them, "acting" being "you" as the one who acts; `several` are
    (from, to) pairs for a letter that more than one person signs; `short_forms` what is typed in a hurry, as it is written.
    """

    says: dict[str, tuple[str, ...]]
    patterns: dict[str, Pattern[str]]
    contracted: tuple[tuple[Pattern[str], str], ...]
    expanded: tuple[tuple[Pattern[str], str], ...]
    regional: dict[str, tuple[tuple[str, str], ...]]
    persons: dict[str, str]
    several: tuple[tuple[str, str], ...] = ()
    short_forms: dict[str, str] = field(default_factory=dict)


def languages() -> tuple[str, ...]:
    """The languages that have phrases, as two-letter tags."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@lru_cache(maxsize=16)
def phrases_for(language: str) -> Phrases:
    """The phrases of a language.

    Raises:
        LanguageError: there are none; the message lists the languages that work.
    """
    if language not in languages():
        raise LanguageError(f"there are no phrases for the language '{language}'; these work: {', '.join(languages())}.")
    phrases: Phrases = import_module(f"{__name__}.{language}").PHRASES
    return phrases
