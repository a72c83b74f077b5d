"""Vocabulary: words that everybody writes, so that a name which is one of them is not taken for a name wherever it stands."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from evals.labelled import sentences

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFTEN = 3


@cache
def ordinary() -> frozenset[str]:
    """The words that the labelled sentences hold in small letters, and at least as often as with a capital."""
    small, capital = Counter[str](), Counter[str]()
    for row in sentences("train"):
        for match in WORD.finditer(row.text):
            (small if match[0].islower() else capital)[match[0].lower()] += bool(match.start()) or match[0].islower()
    return frozenset(word for word, times in small.items() if times >= _OFTEN and times >= capital[word])
