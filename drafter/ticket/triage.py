"""Triage: does the customer report a failure, ours or of unknown fault, in the message that they wrote now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.checks.fold import fold
from drafter.ticket.clauses import Said, said
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
_MANY = 4  # clauses that tell of failures, beside which a slip of the customer's own is a detail
_STATES = frozenset({"state", "verb", "noun", "amiss", "deed"})  # how something is, whoever made it so
_OURS = re.compile(r"\b(?:you|your|u|ur|they|again|still)\b")
_ENQUIRES = re.compile(
    r"(?:how|where|when|what)(?: (?:much|many|long|soon|often|else))? (?:do|can|could|should|would|must|may|shall) (?:i|we)\b"
    r"|(?:can|could|may|might|should|shall|do|must) (?:i|we)\b|do you (?:have|offer|sell|buy|cover|ship|deliver|do|know|accept|take)\b"
    r"|(?:is|are) there\b|is it (?:possible|ok|okay|allowed|safe)\b"
    r"|(?:can|could) (?:somebody|someone|he|she) (?:else )?(?:use|get|have|come)\b"
)
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
    if any(has("own_slip", clause.lower) for clause in clauses) and len({sign.clause for sign in found}) < _MANY:
        weak |= HINTS | {"amiss"}
        found = [sign for sign in found if sign.family not in _STATES or _OURS.search(sign.clause.lower)]
    if any(_wants(clause) for clause in clauses) and not any(_is_ours_doing(sign) for sign in found):
        weak |= HINTS  # what is told of before a neutral request is why it is made
    if any(has("enquiry", clause.lower) for clause in clauses):
        found = [sign for sign in found if _OURS.search(sign.clause.lower)]
    return [] if all(sign.family in weak and sign.clause.before not in CONTRAST for sign in found) else found


def _wants(clause: Said) -> bool:
    """Whether the clause asks for something that nothing need have gone wrong for."""
    return bool(_ENQUIRES.match(clause.lower)) and not has("remedy", clause.lower)


def _is_ours_doing(sign: Sign) -> bool:
    return bool(finder(r"^(?:{company_agent}|your)(?!\w)").match(sign.clause.lower))


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
