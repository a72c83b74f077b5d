"""What went wrong and what it meant, as clauses that we can write: the customer is "you", and nobody is said to have done it.

Where the bare clause would have us say more than we know, it is reported.
"""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.reported import HANGING, MOMENT, MOST_WORDS, TAIL, TWICE_FINITE, bare, inside, reported, stands
from drafter.ticket.view import spelled, swapped
from drafter.ticket.words import finder, has

_VAGUE = re.compile(
    r"^(?:this|that|these|those|it|one|they|he|she|who|which|what|is|was|does|has)(?: (?:is|was|has|are|were|one|time|\w+ed)\b|$)"
    r"|^an? (?:day|week|month|few|moment|little|lot|\w+ (?:i|we|you)\b)|^(?:i|we) (?:wanted|wish|hope|think|wonder)\b"
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
_DONE_TO = r"^(?:(?:just|also|then|even|simply) )?(?P<have>)(?P<verb>{done_verb_me}) (?:me|us)\b(?P<rest>.*)$"
_LEFT_OUT = r"^(?:nearly |almost )?(?:had to|missed|lost|spent|paid|got|stood|wore|waited|slept|sat|walked|drove|cried|went|fell) "
_THEIRS = (
    r"^(?:(?:he|she|there|those|it|two|three|four|several|some)\b|the (?!ones?\b)[\w-]+ (?:\w+"
    r" )?(?:is|are|was|were|has|have|charged|kept|cost)\b)"
)
_PARTICIPLE = {"gave": "given", "took": "taken", "broke": "broken", "woke": "woken", "forgot": "forgotten"}


def problem(words: str, *, surely: bool = True) -> str | None:
    """What went wrong as a clause of ours; None where turning the words would be a guess.

    Where it is not `surely` a failure of ours, or no neutral clause, it is said as what they told us.

    >>> problem("I was charged twice for my sneakers")
    'you were charged twice for your sneakers'
    >>> problem("you sent me the wrong size")
    'you were sent the wrong size'
    >>> problem("the tablets you posted were for somebody else")
    'you told us that the tablets we posted were for somebody else'
    """
    made = _neutral(words) if surely else None
    return made or reported(words)


def _neutral(written: str) -> str | None:
    words, low = _plain(written)
    if not words or _VAGUE.match(low) or TAIL.search(low) or has("heated", low):
        return None
    if re.match(r"you\b", low):
        return _passive(words, low)
    if re.match(r"your\b", low):  # what our people or our app did is theirs to say, until we have looked
        return None
    if match := finder(r"^(?:(?:just|also|then) )?(?:got|been|was|were) (?={done_verb_bare})").match(low):
        rest = swapped(words[match.end() :])
        return f"you were {rest}" if rest and not HANGING.search(low) else None
    if match := finder(_DONE_TO).match(low):
        rest = _rest(words, match)
        return f"you were {_participle(match)} {rest}".strip() if rest and not HANGING.search(low) else None
    if re.match(_BARE, low):
        rest = swapped(words[:1].lower() + words[1:])
        return f"you {rest}" if rest and stands(low) else None
    return _clause(words, low)


def impact(words: str) -> str | None:
    """What it meant for the customer, said to them; None where turning the words would be a guess."""
    words, low = _plain(words)
    if not words or has("heated", low) or TAIL.search(low) or HANGING.search(low):
        return None
    if re.match(r"(?:i|we|my|our)\b", low):
        return _clause(words, low)
    if finder(_THEIRS).match(low) and stands(low) and finder("{finite}|{past_deed}").search(low):
        turned = swapped(words)
        return turned and inside(turned)
    if finder(_LEFT_OUT).match(low) and stands(low):  # "missed my exam": the customer speaks of themselves
        rest = swapped(words)
        return f"you {inside(rest)}" if rest else None
    return None


def _plain(written: str) -> tuple[str, str]:
    """The words on one line, without "today" and its like at an edge, and in small letters; "" where that is not all.

    A reply is read on another day, so a "today" inside of the clause would be a wrong day.
    """
    text = bare(spelled(" ".join(written.split())))
    low = fold(text).lower()
    unsure = len(text.split()) > MOST_WORDS or re.search(rf"\b{MOMENT}\b", low)
    return ("", low) if unsure else (text, low)


def _clause(words: str, low: str) -> str | None:
    if not finder("^{clause_start}").match(low) or not finder("{finite}").search(low) or not stands(low) or TWICE_FINITE.match(low):
        return None
    turned = swapped(words)
    return inside(turned) if turned else None


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
