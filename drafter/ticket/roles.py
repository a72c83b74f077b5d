"""The part that each clause of a ticket plays, and how sure that is: a fact of ours, something they told us, or shown to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from drafter.checks.fold import fold
from drafter.ticket.clauses import Said, said
from drafter.ticket.signs import signs, tells
from drafter.ticket.triage import HINTS, is_ours, reports
from drafter.ticket.words import finder, has

Role = Literal["problem", "impact", "ask", "claim"]
Firmness = Literal["sure", "told", "shown"]
_TELLS = re.compile(r"^(?:i|we|my|our|the|there|theres|there's|it|its|they|you|this|that|[\w ]{1,30} (?:is|are|was|says|said))\b")
_SELF = re.compile(r"^(?:i|we)\b")
_FREE = frozenset(("and", "but", "so", "because", "when", "while", "although", "though", "then", "um", "uh", "yet", "or", "since", "which"))
_OF_PERSON = re.compile(
    r"^(?:and |but |so |also )*(?:he|she)(?:'s|'d|s)? (?!(?:told|said|says|promised|looked|hung|refused|laughed|never (?:came|called))\b)"
)
_NO_ORDER = re.compile(  # what begins like a request, and goes on with what somebody has or does
    r"^(?:have (?!(?:some|any)(?:one|body)\b|(?:your|the|an?) \w+ (?:call|ring|contact|e-?mail|phone|write|come|speak|get back|look)\b)"
    r"|get (?:there|home|here|to)\b|(?:give|gives|gave|call) (?:me|us) (?:headaches?|mrs?\b|ms\b|her\b|his\b|names\b|liars?\b))"
)
_MANY = 3  # problems, beside which a deed that nothing is wrong with is only how it went
_TELLING = re.compile(
    r"\b(?:me|us|my|our|mine|ours|i|we|wrong|half|only|again|still|keeps?|kept|times|twice|instead|else\w*|without|late|not|no|never|nothing"
    r"|nobody|than|but|off|out|over|just|loose|away|empty|cold|open|\w+n'?t|\d[\d.,]*|on (?:his|her|their) own|every|whole|all)\b"
    r"|\b(?:dropped|droped|broke|scratched|smashed|tore|spilled|spilt|lost|threw|thrown|shrank|shrunk|ruined|stained|cracked|bent|burnt?|burned|flooded"
    r"|leaked|shouted|laughed|refused|rolled|stole|ate|smoked|mixed|swapped|left|delivered|closed|deletes?d?|duplicates?d?|sent|gave|given|hung|cut"
    r"|rejects?|rejected|crashed|damaged|spread|taken|charged|ignored|forgot|missed|wobbles?|used|told|said|says|shows|failed)\b"
    r"|\bhad [\w ]{2,20} (?:on|in|under) it\b"
)
_OWN_PROOF = frozenset(("harm", "done", "lacking", "chase"))  # what somebody did or left undone, whoever it was
_WH = re.compile(r"^(?:who|which|where|when|what|how)\b")
_TOLD_ON = re.compile(
    r"^(?:when|where|what|how|who|why) (?:i|we|you|they|he|she|it|my|our|your|the|this|that)\b"  # "when I rang": no question
)
_THEIRS = r"^(?:{company_agent}|your)(?!\w)"
_VAGUE = re.compile(r"^(?:it|he|she|they|everyone|everybody|my|our|i|we|this|that)\b")
_IS = re.compile(r"^(?:[\w'’-]+ ){1,5}?(?:is|are|was|were)(?! (?:\w+ed|\w+en|sent|put|not|left)\b)\b")
_DENIES = re.compile(
    r"n't\b|\b(?:not|never|no|nothing|nobody|neither|only|wrong|another|instead|cannot|cant|wont|doesnt|didnt|isnt|still|again|too)\b"
)
_OWN_DEED = re.compile(r"^(?:(?:and|then|so|also|now) )*(?:i|we|im|ive|id|i'\w+|we'\w+)\b")
_BROKEN = re.compile(
    r"^(?:(?:and|but|yet|so|now) )*(?:that (?:was|is)|it (?:was|is|has|did)(?:n't| not)|it's (?:not|now|been)"
    r"|you (?:were|did|have)(?:n't| not)"
    r"|nobody|no one|nothing|none|still|never|silence)\b|^was \w+ \w+ ago"
)
_CONTRAST = re.compile(
    r"\b(?:and|but|yet)(?: now| then| instead)? (?:the|it|i|we|nothing|nobody|my|was|is|checkout|billed|charged)\b|, (?:nothing|its|it's)\b"
)
_BRUSHED_OFF = (
    r"(?:told|asked|advised) (?:me|us|him|her) (?:to|that (?:i|we)|(?:i|we)|it)(?!\w)"
    r"|^(?:i|we) (?:was|were) (?:told|asked|advised) (?:to|that|it)(?!\w)"
)


@dataclass(frozen=True)
class Part:
    """A clause, the part it plays, and how sure that is."""

    clause: Said
    role: Role
    firmness: Firmness


def parts(ticket: str) -> Iterator[Part]:
    """The clauses that say something, in their order."""
    clauses = said(ticket)
    failed, owed, lower = bool(reports(ticket)), is_ours(ticket), fold(ticket).lower()
    played: list[tuple[Said, Role]] = []
    for place, clause in enumerate(clauses):
        told_before = any(role == "problem" for _, role in played)
        role = _role(clause, clauses[place + 1 : place + 3], told_before=told_before, failed=failed)
        if role == "problem" and _is_of_theirs(clause, lower):
            role = "impact"
        if role and (failed or role in ("ask", "claim")):
            played.append((clause, role))
    many = sum(role == "problem" for _, role in played) >= _MANY
    firm = [
        (clause, role, "shown" if many and _is_by_the_way(clause, role) else _firmness(clause, role, owed=owed)) for clause, role in played
    ]
    strong = any(role == "problem" and firmness == "sure" for _, role, firmness in firm)
    alone = sum(role == "problem" for _, role in played) == 1
    for clause, role, firmness in firm:
        raised = firmness == "shown" and not (many and _is_by_the_way(clause, role)) and _is_meant(clause, strong=strong, alone=alone)
        yield Part(clause, role, "told" if raised else firmness)


def _role(clause: Said, following: Sequence[Said], *, told_before: bool, failed: bool) -> Role | None:
    if clause.demanded:
        return "ask"
    found = {sign.family for sign in signs(clause)} - {"remedy"}
    if has("threat", clause.lower):
        return "claim"
    if has("hearsay", clause.lower) or _hopes(clause.lower):
        return None
    if has("sarcasm", clause.lower):
        return "problem" if failed and found - {"upset"} - HINTS else None
    if has("rhetorical", clause.lower) or (has("heated", clause.lower) and not found - {"upset"} - HINTS):
        return None
    if _asks(clause) or (clause.asked and not found and not _TELLS.match(clause.lower)):
        return "ask"
    if finder("^{told}").search(clause.lower):
        return "problem" if failed and _is_let_down(clause, following) else "claim"
    if finder("^{impact}").search(clause.lower) and (told_before or not found):
        return "impact" if told_before or found else None
    if _is_explained(clause, following):
        return None
    if found <= HINTS | {"upset", "done", "amiss"} and has("course", clause.lower):
        return None
    if found - {"upset"}:
        return "problem"
    return "problem" if failed and _may_tell(clause) else None


def _is_of_theirs(clause: Said, lower: str) -> bool:
    """Whether it tells of how one of the customer's own people is or what they did: what it meant for them."""
    done_to = any(sign.family in ("harm", "done", "chase") for sign in signs(clause))
    return not done_to and bool(_OF_PERSON.match(clause.lower)) and whose(lower[: clause.start]) == "theirs"


def whose(before: str) -> Literal["theirs", "ours", ""]:
    """Whom "he" or "she" means: the one who was last spoken of, of the customer's own people or of ours; "" where nobody was."""
    own = max((match.start() for match in finder(r"{kin}").finditer(before)), default=-1)
    ours = max((match.start() for match in finder(r"{staff}").finditer(before)), default=-1)
    return "theirs" if own > ours else "ours" if ours >= 0 else ""


def _is_explained(clause: Said, following: Sequence[Said]) -> bool:
    """Whether people of their own lay it to something else in the same breath: "it buffers, but my nephew says that's the tv"."""
    return (
        bool(following)
        and following[0].sentence == clause.sentence
        and bool(finder("^(?:{hearsay})").search(following[0].lower))
        and (bool(re.search(r"\bbut (?:my|our|the)\b", clause.sentence)))
    )


def _is_by_the_way(clause: Said, role: Role) -> bool:
    """Whether it tells of a deed by whose words nothing failed and nothing was done to the customer: in a long account, how it went."""
    families = {sign.family for sign in signs(clause)}
    return role == "problem" and families <= {"deed", "upset"} and not _TELLING.search(clause.lower) and '"' not in clause.text


def _hopes(lower: str) -> bool:
    """Whether it wishes well or shows understanding, as letters do, and asks for nothing."""
    return bool(
        re.match(
            r"(?:i|we) (?:do |really )?(?:hope (?!to\b|(?:you|someone|somebody) (?:can|will"
            r"|could)\b)|appreciate (?:that |you(?:'re| are)\b))",
            lower,
        )
    )


def _asks(clause: Said) -> bool:
    """Whether it begins as a request does; "the man who came" and "when I rang" are none."""
    begins = clause.sentence.startswith(clause.lower)
    relative = _WH.match(clause.lower) and not clause.asked and (not begins or _TOLD_ON.match(clause.lower))
    return bool(finder("^{asking}").search(clause.lower)) and not relative and not _NO_ORDER.match(clause.lower)


def _is_let_down(clause: Said, following: Sequence[Said]) -> bool:
    """Whether what they were told turned out otherwise, by the same words or the next; or only sent them away."""
    if finder(_BRUSHED_OFF).search(clause.lower) or _CONTRAST.search(clause.lower) or finder("^{display}").search(clause.lower):
        return True
    return any(_BROKEN.match(after.lower) for after in following)


def _may_tell(clause: Said) -> bool:
    """Whether a clause without a sign tells of more than the customer's own doings, thanks and data."""
    lower = clause.lower
    return tells(clause) and not (
        _OWN_DEED.match(lower) or has("benign", lower) or has("heated", lower) or finder("^{not_telling}").match(lower)
    )


def _firmness(clause: Said, role: Role, *, owed: bool) -> Firmness:
    """How a problem may be told: what happened may have been none, and a state is ours only where the ticket turns to us."""
    if role in ("problem", "impact") and (_hangs(clause) or has("sarcasm", clause.lower)):
        return "shown"
    if role != "problem":
        return "sure"
    families = {sign.family for sign in signs(clause)}
    if has("leak", clause.lower):
        return "told"  # whose data it is, and who saw it, is for somebody to look at
    if finder("^{told}").search(clause.lower):
        return "told"  # a promise is theirs to claim
    if families & _OWN_PROOF or (owed and families - HINTS):
        return "sure"
    if families - HINTS:
        return "told"
    return "told" if families and _is_deed(clause.lower) else "shown"


def _is_meant(clause: Said, *, strong: bool, alone: bool) -> bool:
    """Whether what looks like a remark is told as what went wrong: it denies, it is all there is to tell, or more is told of like it."""
    families = {sign.family for sign in signs(clause)}
    if not families or _hangs(clause) or has("sarcasm", clause.lower):
        return False
    return alone or bool(_DENIES.search(clause.lower)) or (strong and not _IS.match(clause.lower))


def _hangs(clause: Said) -> bool:
    """Whether it is but the end of a clause: "the hole | I reported is still there"."""
    return bool(clause.before) and clause.before not in _FREE and bool(_SELF.match(clause.lower))


def _is_deed(lower: str) -> bool:
    """Whether it tells of a deed or an event, not of what somebody is, has or does by the way."""
    return not _IS.match(lower) and (bool(finder(_THEIRS).match(lower)) or not _VAGUE.match(lower))
