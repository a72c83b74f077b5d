"""Triage: does the customer report a failure, ours or of unknown fault, in the message that they wrote now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.checks.fold import fold
from drafter.ticket.clauses import said
from drafter.ticket.signs import CONTRAST, Sign, signs, tells
from drafter.ticket.words import finder, has

_BECAUSE = {
    "harm": "It says that we did something we should not have.",
    "done": "It says that something was done to them that should not have been.",
    "lacking": "It says that something did not happen or does not work.",
    "state": "It says that something is not as it should be.",
    "wrong": "It says that something is wrong.",
    "verb": "It says that something fails.",
    "noun": "It names a failure.",
    "chase": "It says that they have asked before, or still wait.",
    "amiss": "It says that something is not as agreed.",
    "remedy": "It tells of something and asks for it to be put right.",
    "deed": "It tells of something that happened on our side, and does not praise it.",
    "upset": "It is a complaint, though it does not say about what.",
}
_WEIGHT = ("harm", "done", "lacking", "verb", "state", "wrong", "noun", "amiss", "chase", "remedy", "deed", "upset")
HINTS = frozenset({"deed", "remedy"})  # nothing to someone who is content, or speaks of a slip of their own
_OURS = re.compile(r"\b(?:you|your|u|ur|they|again|still)\b")
_BACKGROUND = re.compile(r"(?:when|after|while|since|although|though)\b")


@dataclass(frozen=True)
class Triage:
    """Whether a ticket reports a failure, why that is thought, and the words it rests on: `quote` is `text[start:end]`."""

    failure: bool
    because: str
    quote: str = ""
    start: int = 0
    end: int = 0


def triage(text: str) -> Triage:
    """Whether the customer's current message reports a failure: what is quoted, signed or supposed in it does not count."""
    if is_machine(text):
        return Triage(False, "No customer wrote it: it is an automatic message, an advertisement, an application or a newsletter.")
    found = reports(text)
    if not found:
        over = is_settled(text)
        return Triage(False, "It says that the matter is settled." if over else "It tells of nothing that went wrong.")
    best = min(found, key=lambda sign: (_WEIGHT.index(sign.family), sign.start))
    start, end = best.clause.span
    return Triage(True, _BECAUSE[best.family], text[start:end], start, end)


def reports(text: str) -> list[Sign]:
    """Every sign of a failure in the current message."""
    clauses = said(text)
    found = [sign for clause in clauses for sign in signs(clause)]
    weak = set() if any(map(tells, clauses)) else {"remedy"}
    if any(has("settled", clause.sentence) or has("praise", clause.lower) for clause in clauses):
        weak |= HINTS
        found = [sign for sign in found if not _BACKGROUND.match(sign.clause.lower)]
    if any(has("own_slip", clause.lower) for clause in clauses):
        weak |= HINTS | {"amiss"}
    if any(has("enquiry", clause.lower) for clause in clauses):
        found = [sign for sign in found if _OURS.search(sign.clause.lower)]
    return [] if all(sign.family in weak and sign.clause.before not in CONTRAST for sign in found) else found


def is_ours(text: str) -> bool:
    """Whether the customer turns to us with what they tell: by a word to us, or by asking for it to be put right."""
    return any(_OURS.search(clause.lower) or has("remedy", clause.lower) for clause in said(text) if not has("enquiry", clause.lower))


def is_machine(text: str) -> bool:
    """Whether a machine or an advertiser wrote it, not a customer."""
    return has("machine", fold(text).lower().replace("\n", " "))


def is_settled(text: str) -> bool:
    """Whether the customer says that the matter is over, and tells of nothing else."""
    return any(has("settled", clause.sentence) for clause in said(text)) and not reports(text)


def is_chasing(quote: str) -> bool:
    """Whether the words tell of nothing but that they wait or have asked before."""
    lower = fold(quote).lower()
    return bool(
        finder("{chasing}").search(lower) or finder(r"\b(?:heard|reply|replied|answer(?:ed)?|response|called back)\b").search(lower)
    )
