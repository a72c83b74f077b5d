"""The clause that owns a mistake: "we" or "I" as the one who acted, in its true tense."""

from __future__ import annotations

import re

_LEAD = r"^(?:(?:on|at|in|since|from|for|when|because|after|before|during|last|this|yesterday|today|twice)\b[^,;:]{0,120}?(?:,\s*|\s+))?"
_ACTOR = re.compile(_LEAD + r"(?:we|i)\b(?!['’]re sorry|['’]m sorry)\s*(?P<rest>.*)$", re.I | re.S)
_NOT_AN_ACT = re.compile(
    r"^(?:\w+ly\s+)?(?:(?:have |had |were |are |am |was )?(?:experienc\w+|encounter\w*|suffer\w*|fac(?:ed|ing)|seeing|saw)\b"
    r"|(?:are|am|were|was) (?:very |so |really )?(?:sorry|aware|unable|informed|told)\b"
    r"|(?:regret|apologi[sz]e|understand|hear|heard|believe|think|feel|(?:have )?had (?:an?|some) (?:issue|problem|outage|error)s?)\b)",
    re.I,
)
EXAMPLE = "for example 'we charged your card twice' or 'I gave you the wrong date'"


def owns(clause: str) -> bool:
    """Whether the clause has us as the one who acted: "we sent the wrong size", not "the wrong size was sent"."""
    match = _ACTOR.match(clause.strip())
    return bool(match and match["rest"] and not _NOT_AN_ACT.match(match["rest"]))
