"""Signs of a failure in a clause: patterns of families, and what makes the same words harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from drafter.ticket.clauses import Said
from drafter.ticket.words import finder, has

_FILE = Path(__file__).parent / "lexicon" / "en" / "signs.txt"
_KEPT = 1 << 14  # clauses, as many as a ticket of 200 kB has
_SMALL = "(?:,? {small}){0,4}"  # bounded: words that are small and more would else be tried in every order
_ASKS = re.compile(r"^(?:do|does|did|is|are|was|were|can|could|will|would|should|shall|may|might|have|has)\b")
_INQUIRES = re.compile(r"^(?:how|what|which|where|who|when)\b")
_SURE = frozenset({"harm", "done", "chase", "amiss", "remedy"})
_NEGATED = re.compile(
    r"\b(?:never|not|no|nothing|without|hardly|isn't|wasn't|aren't|don't|doesn't|didn't|hasn't|haven't|nobody)\b(?: \w+){0,3} ?$"
)

_BY_SELF = re.compile(r"(?:^|\b)(?:i|we)(?: (?:just|then|also|only|even|simply|\w+ly))* $")
CONTRAST = frozenset({"but", "however", "only", "except", "yet"})  # what follows praise and one of these is no praise
_TURNED = re.compile(r"(?:it|it's|its|the|there|there's|theres|this|that|they|they're|you|your|one|two|nobody|no|now|after|when)\b")
_SUBJECTS = frozenset({"that", "this", "it", "which"})  # after one, "is not the part I asked for" is no question


@dataclass(frozen=True)
class Sign:
    """Something in a clause that tells of a failure."""

    family: str  # harm, done, lacking, state, wrong, verb, noun, chase, amiss, remedy, deed, upset
    clause: Said
    start: int
    end: int


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The families with their patterns, in the order of the file."""
    rows = [line.partition(": ") for line in _FILE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return tuple((family, finder(pattern.replace("~", _SMALL))) for family, _, pattern in rows)


@lru_cache(maxsize=_KEPT)  # each clause is asked about half a dozen times
def signs(clause: Said) -> tuple[Sign, ...]:
    """The signs of a failure in a clause that nothing makes harmless."""
    return tuple(_signs(clause))


def _signs(clause: Said) -> Iterator[Sign]:
    if clause.demanded:
        if has("remedy", clause.lower):
            yield Sign("remedy", clause, clause.start, clause.end)
        return
    if _is_harmless(clause):
        return
    lower = _without_harmless(clause.lower)
    content = has("benign", lower) or bool(finder("^{imperative}").search(lower))
    if clause.before in CONTRAST and not content and _TURNED.match(lower) and tells(clause):
        yield Sign("deed", clause, clause.start, clause.end)
    for family, pattern in patterns():
        if (content and family == "deed") or (family == "remedy" and not _asks(clause)):
            continue
        for match in pattern.finditer(lower):
            if not _is_undone(family, lower, match.start()) and not _only_asked(family, clause):
                yield Sign(family, clause, clause.start + match.start(), clause.start + match.end())


def _is_harmless(clause: Said) -> bool:
    """Whether the customer tells of a slip of their own, of something of their own, of what might be, or of what is over."""
    lower, sentence = clause.lower, clause.sentence
    if (
        lower.startswith("please ")
        or has("own_slip", lower)
        or has("supposed", lower)
        or finder(r"^{own_thing}(?!.*\byour\b)").search(lower)
    ):
        return True
    if finder(r"^(?:if|in case|should|unless|whether)\b").search(lower) or has("supposed", sentence):
        return True
    if has("elsewhere", sentence) and not finder(r"{company_agent}|\byour?\b").search(sentence):
        return True
    return has("settled", sentence) or has("praise", lower) or has("grumble", lower)


def tells(clause: Said) -> bool:
    """Whether the clause tells of something that is no slip of theirs, rather than asks."""
    return not (clause.demanded or _asks(clause) or _is_harmless(clause)) and clause.lower.count(" ") > 1


def _asks(clause: Said) -> bool:
    return clause.asked or bool(finder("^{asking}").search(clause.lower))


def _without_harmless(lower: str) -> str:
    return finder("{harmless}").sub(lambda match: "_" * len(match[0]), lower)


def _is_undone(family: str, lower: str, start: int) -> bool:
    """Whether a word of failing is denied: "nothing is broken", "it never crashed"."""
    return family in ("state", "verb", "noun", "wrong") and bool(
        _NEGATED.search(lower[:start]) or (family == "verb" and _BY_SELF.search(lower[:start]))
    )


def _only_asked(family: str, clause: Said) -> bool:
    """Whether the clause asks if something may be so, and does not tell that it is."""
    if clause.before in _SUBJECTS or finder(r"^why\b|\bagain\b|\bstill\b").search(clause.lower):
        return False
    asks = _ASKS.match(clause.lower) or (clause.asked and _INQUIRES.match(clause.lower))
    return family not in _SURE and bool(asks)
