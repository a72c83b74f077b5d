"""A thing on a list of demands, in our view, so that it goes on from "You asked": "for your $85 back today"."""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.view import calm, spelled, swapped
from drafter.ticket.words import finder, has

_LEAD = re.compile(r"^(?:(?:and|also|plus|then|please|pls|plz|kindly|lastly|finally|or)[ ,]+)+", re.I)
_TRAIL = re.compile(r"[ ,]+(?:please|pls|plz|thanks|thx|asap|lol|as well|too|immediately!*|now)$", re.I)
_ASIDE = re.compile(
    r"(?:,? as (?:i|we) (?:do|don't|dont|am|have)|, (?:it was|it is|it's|i was|i am|i have|you (?:have|had|kept)|they))\b.*$", re.I
)
_TO = re.compile(r"to [a-z]")
_NOT = re.compile(r"not (?:to )?(?=(?:pay|be|have|get|see|hear|talk|speak)\b)")
_YOU_TO = re.compile(r"(?:for )?you to (?P<rest>[a-z].*)$")
_THAT = re.compile(r"that (?P<rest>.+)$")
_GONE = re.compile(r"^(?P<thing>(?:the|my|our|that|this) .+?) (?P<how>away|gone|cancelled|off|removed)$")
_DONE = (
    r"(?:paid|sent|fixed|refunded|returned|repaired|mended|corrected|replaced|remade|redone|cancell?ed|removed|waived|restored|cleaned"
    r"|emptied|collected|fitted|reduced|reopened|closed|deleted|changed|updated|reviewed"
    r"|delivered|written off|taken (?:off|away|down)|put right"
    r"|sorted|honou?red|looked into|dealt with|reimbursed|credited|withdrawn|done)"
)
_TO_BE = re.compile(
    rf"^(?P<thing>(?:it|them)|(?:(?:the|my|our|his|her|that|this|these|those|{{amount}}) )?(?!(?:an?"
    rf"|the|my|our|some)\b)(?:[\w£$€.,’'-]+ ){{0,4}}?[\w£$€.,’'-]+)"
    rf" (?P<done>{_DONE})(?P<rest>(?: (?:in|at|by|for|this|back|today|tomorrow|up|to|from|with"
    rf"|before|free|until|on|and|properly|again|please)\b.*)?)$".replace("{amount}", r"[$£€]?\d[\d.,]*")
)
_DETERMINED = re.compile(
    r"(?:an?|the|my|our|your|his|her|their|this|that|these|those|some|any|all|both|half|full|one|two|three|four|five|six|another|every|each|no"
    r"|someone|somebody|anyone|anybody|whoever|better|it|them|something|money|cash|compensation|credit|proof|confirmation|help|access|hot|payment|reimbursement"
    r"|reparation|alternative|written|more|less|\d|[$£€]|what|whatever|everything|me|us|you)(?!\w)"
)
_WITH_A = re.compile(
    r"(?:(?:full|partial|written|proper|formal|personal|new|corrected|different|free|real|second|clear|prompt) )*"
    r"(?:refund|replacement|call|callback|discount|apology|voucher|letter|reply|response|answer|explanation|receipt|copy|meeting|manager"
    r"|statement|technician|tech|engineer|human|date|contact|name|new|corrected|different|second)\b"
)
_FULL_A = re.compile(r"(?:full|partial|written|half)\b (?P<noun>refund|apology|explanation|answer|report|statement|reply|credit)\b")
_QUESTION = re.compile(r"(?:who|what|when|where|why|how|which|whether)\b")
_LIKE = re.compile(r"\blike (?=(?:promised|agreed|advertised|quoted)\b)")
_CLAUSE_IN = re.compile(r"(?<!\w)(?:its|it's|it|i|we|you|they|he|she|that|which|who|back)(?!\w)")
_OPEN = re.compile(r"\s*\([^)]*$")
SOUR = re.compile(r"(?<!\w)(?:grumpy|rude|nasty|arrogant|horrible|awful|lazy|clueless|miserable|obnoxious|snotty)(?!\w)")
_MANY = re.compile(r"^(?:[\w-]+ )*?(?:new|corrected|different|second|free|real|written) (?:[\w-]+ )?[\w-]+[^su]s(?: |$)")
_LONGEST = 200


def wish(words: str) -> str | None:
    """What is demanded, in our view; None where turning the words would be a guess.

    >>> wish("my $85 back TODAY")
    'for your $85 back today'
    >>> wish("The late fee away")
    'for the late fee to be taken away'
    >>> wish("you to recall the duplicates")
    'that we recall the duplicates'
    """
    text = _eased(words)
    low = fold(text).lower()
    if not text or len(text) > _LONGEST or has("heated", low) or SOUR.search(low):
        return None
    if match := _YOU_TO.match(low):
        return _after("that we ", text[match.start("rest") :])
    if _THAT.match(low):
        return _after("", text)
    if match := _NOT.match(low):
        return _after("not to ", text[match.end() :])
    if low.startswith("not "):
        return None
    if _TO.match(low) or _QUESTION.match(low):
        return _after("", text)
    if match := _GONE.match(low):
        how = {"off": "taken off", "away": "taken away"}.get(match["how"], match["how"])
        return _after("for ", text[slice(*match.span("thing"))], f" to be {how}")
    if (
        (match := _TO_BE.match(low))
        and not _WITH_A.match(match["thing"])
        and (match["thing"] in ("it", "them") or not _CLAUSE_IN.search(match["thing"]))
    ):
        tail = swapped(text[match.start("rest") :].strip()) if match["rest"].strip() else ""
        thing = _with_article(text[slice(*match.span("thing"))])
        return None if tail is None else _after("for ", thing, f" to be {match['done']} {tail}".rstrip())
    return _after("for ", _with_article(text))


def _eased(words: str) -> str:
    text = spelled(calm(" ".join(words.split()))).strip(" .,;:!?-")
    text = _TRAIL.sub("", _LEAD.sub("", text))
    return _OPEN.sub("", _LIKE.sub("as ", _ASIDE.sub("", text))).strip(" .,;:!?-")


def _after(opening: str, words: str, closing: str = "") -> str | None:
    turned = swapped(words, subject="we")
    if not turned:
        return None
    small = turned[:1].lower() + turned[1:] if _is_small(turned) else turned
    return f"{opening}{small}{closing}"


def _is_small(words: str) -> bool:
    """Whether its first word is no name: those of lists are, and others only where they are small already."""
    low = fold(words).lower()
    return bool(_DETERMINED.match(low) or _WITH_A.match(low) or finder("^{imperative}(?!['\\w])").match(low)) or low.startswith("that ")


def _with_article(words: str) -> str:
    """A thing that a note names barely, with the article that it would have in a letter."""
    low = fold(words).lower()
    if _FULL_A.match(low) or (not _MANY.search(low) and _WITH_A.match(low) and not _DETERMINED.match(low)):
        first = low[0]
        return f"{'an' if first in 'aeiou' else 'a'} {words[:1].lower()}{words[1:]}"
    first = words.split()[0]
    many = low.split()[0].endswith("s") and not low.split()[0].endswith("ss")
    if _DETERMINED.match(low) or many or _MANY.search(low) or not first.islower():
        return words
    return f"the {words}"
