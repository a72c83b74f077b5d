"""Who speaks in a text, and how an apology goes on in their voice."""

from __future__ import annotations

import re

_I, _WE = re.compile(r"\b(?:i|my|me|i'\w+)\b", re.I), re.compile(r"\b(?:we|our|us|we'\w+)\b", re.I)
_CLAUSE_NOUN = re.compile(r"apolog(?:y|ies)$|apologi[sz]ing$|apols$", re.I)
_PERFORMED = re.compile(r"apologi[sz]es?$", re.I)
_STACKED = re.compile(
    r"\b(?:(?:so|very|really|truly|deeply|most|extremely|terribly|incredibly|awfully|sincerely|genuinely|profoundly)\b,?(?: and)? ?)+", re.I
)
_PAST = {
    "been": "were", "begun": "began", "broken": "broke", "chosen": "chose", "come": "came", "done": "did", "fallen": "fell",
    "forgotten": "forgot", "given": "gave", "gone": "went", "known": "knew", "mistaken": "mistook", "overlooked": "overlooked",
    "overseen": "oversaw", "seen": "saw", "shown": "showed", "spoken": "spoke", "taken": "took", "written": "wrote",
}  # fmt: skip


def speaker(plain: str, otherwise: str = "we") -> str:
    """The word for us, "I" or "we", as most of the folded text says it."""
    mine, ours = len(_I.findall(plain)), len(_WE.findall(plain))
    return otherwise if mine == ours else "I" if mine > ours else "we"


def past(participle: str, subject: str = "") -> str:
    """What we did, of what we may have done: "fell" of "fallen", "missed" of "missed"."""
    if subject.lower() == "i" and participle.lower() == "been":
        return "was"
    return _PAST.get(participle.lower(), participle)


def plainly(apology: str) -> str:
    """The apology without what heaps on it: "I'm sorry" of "I'm so very sorry"."""
    return _STACKED.sub("", apology)


def apology_for(apology: str, clause: str) -> str:
    """The apology with the act that it is for: "We're sorry we …", "We apologise that we …", "Our apologies: we …"."""
    words = plainly(apology)
    if re.match(r"I\b", clause) and re.match(r"we(?:'re| are)\b", words.replace("’", "'"), re.I):
        words = "I'm sorry" if words.lower().endswith("sorry") else f"I {words.rsplit(' ', 1)[-1]}"
    if _CLAUSE_NOUN.search(words):
        return f"{words}: {clause}"
    return f"{words} that {clause}" if _PERFORMED.search(words) else f"{words} {clause}"
