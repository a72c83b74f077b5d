"""Patterns over folded texts, compiled when a text first needs them: a command waits for each one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import re2

Spans = Sequence[tuple[int, int]]
_ANYWHERE, _NOWHERE = re2._Anchor.UNANCHORED, (-1, -1)
_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]", re.S)  # those of a word list, not those of the syntax


@cache
def compiled(pattern: str) -> Any:
    """The pattern as RE2, over bytes of folded text, whatever the case: linear on long and hostile texts.

    Raises:
        re2.error: the pattern is not RE2.
    """
    return re2.compile(pattern.encode("ascii"), options())


@cache
def group_names(pattern: str) -> dict[str, int]:
    """The named groups of a pattern: in rules `span` is flagged and `skip` makes harmless, in recipes they fill words."""
    return {name.decode(): index for name, index in compiled(pattern).groupindex.items()}


@lru_cache(maxsize=1 << 14)
def found(pattern: str, plain: bytes) -> list[Spans]:
    """The spans of each match: its own, and those of its groups; sentences come again, as greetings and in templates.

    `finditer` of re2 gives the same, at the price of two more objects and a dozen calls where mostly nothing is found.
    """
    match, at, size = compiled(pattern)._regexp.Match, 0, len(plain)
    every: list[Spans] = []
    while (spans := match(_ANYWHERE, plain, at, size))[0] != _NOWHERE:
        every.append(spans)
        if at == size:
            break
        at = max(spans[0][1], at + 1)
    return every


def seen(pattern: str, plain: bytes) -> bool:
    """Whether a pattern matches anywhere in a folded text."""
    spans: Spans = compiled(pattern)._regexp.Match(_ANYWHERE, plain, 0, len(plain))
    return spans[0] != _NOWHERE


def options() -> Any:
    """How every pattern is read."""
    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    chosen.encoding = re2.Options.Encoding.LATIN1  # folded texts are ASCII: automata of bytes are half the size of those of UTF-8
    chosen.max_mem = 256 << 20  # the set of all patterns must never run out while it scans
    return chosen


@cache
def looking(pattern: str) -> re.Pattern[str]:
    """The pattern as Python reads it, for texts in small letters: for those that look around, in one sentence at a time."""
    return re.compile(_CAPITAL.sub(lambda match: match[0].lower() if len(match[0]) == 1 else match[0], pattern))
