"""Tables of patterns: one that finds their place, and a fast question whether a text has any of them at all."""

from __future__ import annotations

import re
from functools import cache

from drafter.checks.fold import fold_pattern
from drafter.checks.grounding.lexicon import lines
from drafter.checks.grounding.reading import Reading
from drafter.checks.pattern import seen


@cache
def pattern(table: str) -> re.Pattern[str]:
    """The patterns of a table as one."""
    return re.compile("|".join(lines(table)), re.I)


@cache
def _folded(table: str) -> str:
    return fold_pattern("|".join(lines(table)))


def anywhere(table: str, reading: Reading) -> bool:
    """Whether a text has any of the patterns, as most texts have not."""
    return seen(_folded(table), reading.folded)
