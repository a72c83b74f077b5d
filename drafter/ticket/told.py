"""What went wrong and what it meant, as clauses that we can write: the customer is "you", and nobody is said to have done it."""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.view import swapped
from drafter.ticket.words import finder

_MOST_WORDS = 32
_MOMENT = (
    r"(?:today|yesterday|tonight|tomorrow|this (?:morning|afternoon|evening|week|month)|last (?:night|week|month)|just now|right now|now)"
)
_EDGE = re.compile(rf"^(?:since )?{_MOMENT}\b[, ]+|[, ]+(?:(?:since|until|from|as of|by|earlier) )?(?:early |late )?{_MOMENT}$", re.I)
_JOINED = re.compile(r"^(?:and|but|so|then|also|because|now|unfortunately|sadly|however|apparently|basically|again)[, ]+", re.I)
_VAGUE = re.compile(
    r"^(?:this|that|these|those|it|one|they|he|she|who|which|what|is|was|does|has)(?: (?:is|was|has|are|were|one|time|\w+ed)\b|$)"
    r"|^an? (?:day|week|month|few|moment|little|lot|\w+ (?:i|we|you)\b)|^(?:i|we) (?:wanted|wish|hope|think|wonder)\b"
)
_HANGING = re.compile(
    r"(?:\b(?:the|a|an|my|our|your|to|of|and|or|but|that|with|for|from|is|was|are|were|has|have|as|by|in|on|at|because|than|says?|said"
    r"|even|also|just|still|so|when|who|do|does|did|not|told|between|which|if)|:)$"
)
_TAIL = re.compile(
    r", (?!\$?\d[\d.,]* ?\$? (?:each|per)\b|in\b|on\b|at\b|for\b|from\b|with\b|without\b"
    r"|even though|although|but\b|because\b|while\b|so\b)"
)
_TWICE_FINITE = re.compile(
    r"^(?:i|we) (?!am|was|were|have|had|did|do|can|could|will|would|never|still|also|just|now|then|\w+ed up)\w+"
    r"(?: \w+){0,4} (?:has|is|was|were|are)\b"
)
_HELPS = r"(?P<have>(?:'ve| have))?(?: (?:guys|just|already|now|also|simply|wrongly|even))*"
_US = rf"^you{_HELPS} (?P<verb>{{done_verb_me}}) (?:me|us)\b(?P<rest>.*)$"
_MINE = (
    rf"^you{_HELPS} (?P<verb>{{done_verb_mine}}) (?P<thing>(?:my|our) [\w-]+(?: (?!{{after_thing}})[\w-]+){{0,2}})"
    r"(?P<rest>(?: {after_thing}.*)?)$"
)
_BARE = (
    r"^(?:still )?(?:(?:never|haven't|havent|have not|didn't|didnt) (?:receive|received|got|get|had|heard|hear)"
    r"|(?:can't|cant|cannot|couldn't|couldnt) (?:log|upload"
    r"|book|open|access|use|see|get|find|send|pay|download|install|connect|sign|reach|save))\b"
)
_PARTICIPLE = {"gave": "given", "took": "taken", "broke": "broken"}


def problem(words: str) -> str | None:
    """What went wrong as a neutral clause of ours; None where turning the words would be a guess.

    >>> problem("I was charged twice for my sneakers")
    'you were charged twice for your sneakers'
    >>> problem("you sent me the wrong size")
    'you were sent the wrong size'
    """
    words, low = _plain(words)
    if not words or _VAGUE.match(low) or _TAIL.search(low):
        return None
    if re.match(r"you\b", low):
        return _passive(words, low)
    if re.match(r"your\b", low):  # what our people or our app did is theirs to say, until we have looked
        clause = _clause(words, low)
        return f"you told us that {clause}" if clause else None
    if match := finder(r"^(?:(?:just|also|then) )?(?:got|been|was) (?={done_verb_bare})").match(low):
        rest = swapped(words[match.end() :])
        return f"you were {rest}" if rest and not _HANGING.search(low) else None
    if re.match(_BARE, low):
        rest = swapped(words[:1].lower() + words[1:])
        return f"you {rest}" if rest and _stands(low) else None
    return _clause(words, low)


def impact(words: str) -> str | None:
    """What it meant for the customer, said to them; None where turning the words would be a guess."""
    words, low = _plain(words)
    return _clause(words, low) if words and re.match(r"(?:i|we|my|our)\b", low) and not _TAIL.search(low) else None


def _plain(words: str) -> tuple[str, str]:
    """The words on one line, without "today" and its like at an edge, and in small letters; "" where that is not all.

    A reply is read on another day, so a "today" inside of the clause would be a wrong day.
    """
    text = " ".join(words.split()).strip(" .,;:!-")
    for _ in range(2):
        text = _EDGE.sub("", text).strip(" .,;:!-")
    text = _JOINED.sub("", text)
    low = fold(text).lower()
    unsure = len(text.split()) > _MOST_WORDS or re.search(rf"\b{_MOMENT}\b", low)
    return ("", low) if unsure else (text, low)


def _clause(words: str, low: str) -> str | None:
    if not finder("^{clause_start}").match(low) or not finder("{finite}").search(low) or not _stands(low) or _TWICE_FINITE.match(low):
        return None
    turned = swapped(words)
    return _inside(turned) if turned else None


def _passive(words: str, low: str) -> str | None:
    if match := finder(_US).match(low):
        rest = _rest(words, match)
        been = "have been" if match["have"] else "were"
        return None if rest is None else f"you {been} {_participle(match)} {rest}".strip()
    if match := finder(_MINE).match(low):
        thing, rest = swapped(words[slice(*match.span("thing"))]), _rest(words, match)
        if thing is None or rest is None:
            return None
        many = thing.endswith("s") and not thing.endswith("ss")
        been = ("have been" if many else "has been") if match["have"] else ("were" if many else "was")
        return f"{thing} {been} {_participle(match)} {rest}".strip()
    return None


def _rest(words: str, match: re.Match[str]) -> str | None:
    return swapped(words[match.start("rest") :]) if match["rest"].strip() else ""


def _participle(match: re.Match[str]) -> str:
    return _PARTICIPLE.get(match["verb"], match["verb"])


def _stands(low: str) -> bool:
    """Whether the clause stands on its own: it has three words, and does not end where something must follow."""
    return len(low.split()) > 2 and not _HANGING.search(low)


def _inside(text: str) -> str:
    """The clause with a small first letter, unless its first word is a name."""
    first = fold(text.split()[0]).lower()
    return text[:1].lower() + text[1:] if first in ("you", "you've", "you're") or finder("^{clause_start}$").match(first) else text
