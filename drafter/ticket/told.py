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
_FINITE = re.compile(
    r"(?:\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|cannot|cant|doesnt|didnt|wont|isnt|hasnt|havent|wasnt|never|keeps?|stays?|says?|said|shows?|came|went|got|gets"
    r"|broke|fell|stopped|froze|fails?|hangs?|crashes|leaks?|arrived|stood|lost|took|takes|left|ended|started|threw|sent|gave|made|cost|costs"
    r"|skips|eats|quits|drops|times|logs|throws|returns|loads|freezes|disappeared|vanished|died|burst|tore|snapped|rang|paid|bought"
    r"|missed|needed|slept|spent|waited)\b|n't\b|\b\w{3,}ed\b|'s (?:been|not|\w+ing)\b)"
)
_STARTS = re.compile(
    r"^(?:my|our|your|the|this|that|these|those|both|all|half|some|one|two|three|four|five|six|several|many|no|nobody|nothing|none|every|each|there|only"
    r"|a|an|i|we|i'\w+|we'\w+|im|ive|theres|there's|\d[\w.,]*|[a-z]{3,}s)\b"
)
_VAGUE = re.compile(
    r"^(?:this|that|these|those|it|one|they|he|she|who|which|what|is|was|does|has)(?: (?:is|was|has|are|were|one|time|\w+ed)\b|$)"
)
_PARTICIPLE = {
    "sent": "sent",
    "gave": "given",
    "told": "told",
    "sold": "sold",
    "took": "taken",
    "lost": "lost",
    "broke": "broken",
    "forgot": "forgotten",
}
_US = re.compile(
    r"^you(?P<have>(?:'ve| have))?(?: (?:guys|just|already|now|also|simply|wrongly|even))* "
    r"(?P<verb>(?:double |over)?charged|(?:double |over)?billed|overcharged|double-charged|sent|gave|sold|quoted|bumped|logged|locked|cut|blocked|debited) (?:me|us)\b(?P<rest>.*)$"
)
_MINE = re.compile(
    r"^you(?P<have>(?:'ve| have))?(?: (?:guys|just|already|now|also|simply|wrongly|even))* "
    r"(?P<verb>closed|cancelled|canceled|lost|deleted|took|changed|declined|suspended|rejected|damaged|broke|blocked|moved|charged|wiped|reset|disabled|posted|double-booked) "
    r"(?P<thing>(?:my|our) [\w-]+(?: (?!to\b|on\b|in\b|for\b|at\b|from\b|off\b|by\b|with\b|without\b|twice\b|again\b|two\b|three\b|last\b|this\b|yesterday\b|today\b)[\w-]+){0,2})"
    r"(?P<rest>(?: (?:to|on|in|for|at|from|off|by|without|twice|again|two|three|last|this|after|before)\b.*)?)$"
)
_PEOPLE = re.compile(
    r"^your (?:\w+ )?(?:driver|courier|technician|engineer|agent|advis[eo]r|staff|team|colleague|rep|manager|waiter|waitress|receptionist|guy|man|person|fitter|installer|nurse|clerk|mechanic|plumber)s?\b"
)
_GOT = re.compile(
    r"^(?:(?:just|also|then) )?(?:got|been|was) (?=(?:double |over)?(?:charged|billed|hung up on|cut off|locked out|logged out|kicked out|overcharged|bumped|ignored|given|sent|told)\b)"
)
_BARE = re.compile(
    r"^(?:still )?(?:never|haven't|havent|didn't|didnt|can't|cant|cannot|couldn't|couldnt|waited|ordered|paid|received|bought|lost|had to|missed)\b"
)


def problem(words: str) -> str | None:
    """What went wrong as a neutral clause of ours; None where turning the words would be a guess.

    >>> problem("I was charged twice for my sneakers")
    'you were charged twice for your sneakers'
    >>> problem("you sent me the wrong size")
    'you were sent the wrong size'
    """
    words = _plain(words)
    low = fold(words).lower()
    if not words or len(words.split()) > _MOST_WORDS or _VAGUE.match(low):
        return None
    if low.startswith("you"):
        return _passive(words, low)
    if _PEOPLE.match(low):
        clause = _clause(words, low)
        return f"you told us that {clause}" if clause else None
    if match := _GOT.match(low):
        rest = swapped(words[match.end() :])
        return f"you were {rest}" if rest else None
    if _BARE.match(low):
        rest = swapped(words[:1].lower() + words[1:])
        return f"you {rest}" if rest and _names_something(low) else None
    return _clause(words, low)


def impact(words: str) -> str | None:
    """What it meant for the customer, said to them; None where turning the words would be a guess."""
    words = _plain(words)
    low = fold(words).lower()
    if not words or len(words.split()) > _MOST_WORDS or not re.match(r"(?:i|we|my|our)\b", low):
        return None
    return _clause(words, low)


def _plain(words: str) -> str:
    """The words on one line, without "today" and its like at an edge: a reply is read on another day."""
    text = " ".join(words.split()).strip(" .,;:!-")
    for _ in range(2):
        text = _EDGE.sub("", text).strip(" .,;:!-")
    return re.sub(
        r"^(?:and|but|so|then|also|because|now|unfortunately|sadly|however|apparently|basically|again)[, ]+", "", text, flags=re.I
    )


def _clause(words: str, low: str) -> str | None:
    if not _STARTS.match(low) or not _FINITE.search(low) or not _names_something(low):
        return None
    turned = swapped(words)
    return _inside(turned) if turned else None


def _passive(words: str, low: str) -> str | None:
    if match := _US.match(low):
        rest = swapped(words[match.start("rest") :]) if match["rest"] else ""
        been = "have been" if match["have"] else "were"
        verb = _PARTICIPLE.get(match["verb"], match["verb"])
        return None if rest is None else f"you {been} {verb} {rest}".strip()
    if match := _MINE.match(low):
        thing, rest = swapped(words[slice(*match.span("thing"))]), swapped(words[match.start("rest") :]) if match["rest"] else ""
        if thing is None or rest is None:
            return None
        many = thing.endswith("s") and not thing.endswith("ss")
        been = ("have been" if many else "has been") if match["have"] else ("were" if many else "was")
        return f"{thing} {been} {_PARTICIPLE.get(match['verb'], match['verb'])} {rest}".strip()
    return None


def _names_something(low: str) -> bool:
    """Whether the clause stands on its own: it has three words, and does not end where something must follow."""
    return len(low.split()) > 2 and not finder(
        r"(?:\b(?:the|a|an|my|our|your|to|of|and|or|but|that|with|for|from|is|was|are|were|has|have|as|by|in|on|at|because|than|says?|said)|:)$"
    ).search(low)


def _inside(text: str) -> str:
    """The clause with a small first letter, unless its first word is a name."""
    first = text.split()[0]
    common = re.match(
        r"(?:you|your|our|the|this|that|these|those|both|all|half|some|one|two|three|four|five|six|several|many|no|nobody|nothing|none|every|each|there|only|an?)\b",
        first,
        re.I,
    )
    return text[:1].lower() + text[1:] if common or not first[:1].isupper() else text
