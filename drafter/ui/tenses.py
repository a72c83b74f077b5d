"""Tenses of what is done about a problem: whether its words tell of something done, under way or planned."""

from __future__ import annotations

import re

_WHO = r"(?:I|[Ww]e|[Oo]ur (?:[\w-]+ ){0,3}?[\w-]+|[A-Z][\w.]+(?: [A-Z][\w.-]+)?)"
_PLANNED = re.compile(rf"^\s*{_WHO}(?:['’]ll| will| shall| (?:am|are|is) going to)\b")
_UNDER_WAY = re.compile(rf"^\s*{_WHO}(?:['’](?:m|re|s)| am| are| is) (?:now |still |already )?(?!going to\b)\w+ing\b")


def state_of(text: str, otherwise: str) -> str:
    """What the words say, "will" or "doing", else `otherwise`."""
    return "will" if _PLANNED.match(text) else "doing" if _UNDER_WAY.match(text) else otherwise


def followed(state: str, before: str, text: str, otherwise: str) -> str:
    """The state that goes with the new words; one that somebody has chosen against the words before stays."""
    return state_of(text, otherwise) if state == state_of(before, otherwise) else state
