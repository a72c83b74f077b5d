"""What a customer asks for, so that it goes on from "You asked": "us to send a new lid", "where your parcel is", "for a refund"."""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.view import swapped

_LONGEST = 160
_EASED = r"(?: (?:please|kindly|pls|plz|just|also|maybe|perhaps|possibly|at least|then))*"
_POLITE = re.compile(
    r"^(?:(?:please|kindly|pls|plz|just|also|so|and|then|ok|or|now|hence|therefore|thus)[ ,]+)+|[ ,]+(?:please|pls|plz|thanks|thank you|asap)$",
    re.I,
)
_REQUEST = re.compile(
    rf"^(?:can|could|would|will) (?:you(?: guys)?|u|someone|somebody|anyone|anybody|one of you){_EASED} (?=[a-z]{{2,}})(?!be |not )"
)
_IMPERATIVE = re.compile(
    r"^(?:send|give|refund|replace|fix|cancel|stop|call|return|reimburse|repair|restore|correct|update|resend|tell|explain|confirm|change|sort out|escalate"
    r"|let|advise|pay|credit|compensate|remove|delete|block|unlock|reset|check|help|revert|get|make|extend|issue|reply|respond|answer|contact|ring|email|show"
    r"|add|move|pause|put|bring|deliver|ship|collect|close|reopen|waive|review|investigate|look|keep|leave|post|provide|rectify|arrange|unsubscribe|note|treat|send|do|take|document)\b(?! (?:is|are|was|were|has|me mad)\b)"
)
_WANT = re.compile(
    r"^(?:i|we)(?:'d| would)?(?: also| just| really| therefore| now| still| only)*"
    r" (?P<verb>like|love|want|need|expect|demand|request|require|ask for|appreciate|wish)(?: to (?:ask|request|get|have|receive)(?= (?:for )?(?:a|an|the|my|our|some|full|compensation)\b))?(?: for)? "
)
_WANTED = re.compile(
    r"^(?:a|an|the|my|our|some|full|compensation|new|another|this|it|one|two|three|someone|somebody|\d|\$|one's|half|all|proof|help|both|confirmation)"
)
_MAY = re.compile(r"^(?P<may>can|could|may|shall|should|might) (?P<who>i|we)\b (?P<rest>[a-z].*)$")
_WH = r"(?P<wh>where|when|what|why|which|how(?: (?:much|many|long|soon|often|far|late|early))?|what time|(?:what|which) [a-z]+)"
_BE_NP = re.compile(rf"^{_WH}(?:'s| (?P<be>is|are|was|were)) (?P<np>(?:my|our|the|your) (?:[\w-]+)(?: [\w-]+){{0,2}})$")
_VERBISH = re.compile(
    r"(?:ed|ing|en)$|^(?:so|not|down|late|still|in|on|at|for|of|to|with|now|again|due|gone|lost|open|free|available|included|wrong)$"
)
_PRONOUN = r"(?P<who>i|we|you|it|this|that|they|there|someone|somebody|anyone)"
_MODAL = re.compile(rf"^{_WH} (?P<modal>will|can|could|should|would|may|am|is|are|was|were) {_PRONOUN}\b(?P<rest>(?: .*)?)$")
_DO = re.compile(rf"^{_WH} do (?P<who>i|we|you|they) (?P<rest>[a-z].*)$")
_SUBJECT = re.compile(
    r"^(?:who (?!do|did|does|am|can|should|will i|are you)|what (?:happened|changed|went wrong|caused)|what(?:'s| is) (?:going on|happening|the (?:status|reason|matter|plan)))\b"
)
_WHETHER = re.compile(rf"^(?P<modal>is|are|was|were|will|am|have|has) {_PRONOUN}\b (?P<rest>.+)$")
_WHETHER_DO = re.compile(r"^do (?P<who>i|we|you|they) (?P<rest>[a-z].*)$")
_TO = re.compile(r"^(?:how|where|what) to [a-z]")
_NOUNS = {
    "refund": "for a refund",
    "replacement": "for a replacement",
    "help": "for help",
    "compensation": "for compensation",
    "callback": "for a call back",
}


def ask(words: str, *, question: bool) -> str | None:
    """What is asked, in our view; a question that cannot be turned surely stays a quotation, anything else gives None.

    >>> ask("Could you send me a new lid", question=True)
    'us to send you a new lid'
    >>> ask("Where is my parcel", question=True)
    'where your parcel is'
    """
    text = _eased(" ".join(words.split()).strip(" .,;:!?-"))
    low = fold(text).lower()
    if not text or len(text) > _LONGEST:
        return None
    if low in _NOUNS:
        return _NOUNS[low]
    made = _requested(text, low) or _wanted(text, low) or _inquired(text, low)
    if made or not question or len(low.split()) < 3:
        return made
    return f"“{text}?”" if '"' not in low else None


def _eased(text: str) -> str:
    return _POLITE.sub("", _POLITE.sub("", text)).strip(" ,")


def _requested(text: str, low: str) -> str | None:
    match = _REQUEST.match(low)
    if not match and not _IMPERATIVE.match(low):
        return None
    rest = _turned(text[match.end() if match else 0 :])
    return f"us to {rest[:1].lower()}{rest[1:]}" if rest else None


def _wanted(text: str, low: str) -> str | None:
    match = _WANT.match(low)
    if not match:
        return None
    rest, tail = text[match.end() :], low[match.end() :]
    if tail.startswith(("to ", "you to ")):
        turned = _turned(rest[4:] if tail.startswith("you ") else rest)
        return turned and (f"us {turned}" if tail.startswith("you ") else turned)
    turned = _turned(rest) if _WANTED.match(tail) and not re.search(r"\b(?:if|which|that|because)\b", tail) else None
    return turned and f"for {turned}"


def _inquired(text: str, low: str) -> str | None:
    """A question as it is reported: the one who acts before the verb."""
    if match := _MAY.match(low):
        rest = _turned(text[match.start("rest") :])
        return (
            rest
            and f"whether you {'could' if match['may'] in ('could', 'might') else 'should' if match['may'] in ('shall', 'should') else 'can'} {rest}"
        )
    if _TO.match(low) or _SUBJECT.match(low):
        turned = _turned(text)
        return turned and turned[:1].lower() + turned[1:]
    return _of_thing(text, low) or _of_one(text, low)


def _of_thing(text: str, low: str) -> str | None:
    match = _BE_NP.match(low)
    if not match or any(_VERBISH.search(word) for word in match["np"].split()[1:]):
        return None
    thing = _turned(text[slice(*match.span("np"))])
    return thing and f"{match['wh']} {thing} {match['be'] or 'is'}"


def _of_one(text: str, low: str) -> str | None:
    for pattern, opening in ((_MODAL, ""), (_DO, ""), (_WHETHER, "whether"), (_WHETHER_DO, "whether")):
        if match := pattern.match(low):
            parts = match.groupdict()
            rest = _turned(text[match.start("rest") :]) if parts["rest"].strip() else ""
            if rest is None:
                return None
            if parts.get("wh") == "how" and pattern is _DO and parts["who"] in ("i", "we"):
                return f"how to {rest}"
            who = {"i": "you", "we": "you", "you": "we"}.get(parts["who"], parts["who"])
            verb = parts.get("modal") or ""
            verb = _agreeing(verb, who)
            return " ".join(part for part in (opening, parts.get("wh") or "", who, verb, rest) if part)
    return None


def _agreeing(verb: str, who: str) -> str:
    if who in ("you", "we"):
        return {"am": "are", "was": "were", "is": "are", "has": "have"}.get(verb, verb)
    return verb


def _turned(words: str) -> str | None:
    return swapped(words.strip(), subject="we")
