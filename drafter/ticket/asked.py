"""What a customer asks for, so that it goes on from "You asked": "for a new lid", "that we cancel it", "where your parcel is".

Each also stands alone, in a list of the page or of a letter.
"""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.view import later, spelled, swapped
from drafter.ticket.words import finder, has

_LONGEST = 160
_EASED = r"(?: (?:please|kindly|pls|plz|just|also|maybe|perhaps|possibly|at least|then))*"
_POLITE = re.compile(
    r"^(?:(?:please|kindly|pls|plz|just|also|so|and|then|ok|or|now|hence|therefore|thus)[ ,]+)+"
    r"|[ ,]+(?:please|pls|plz|thanks|thank you|asap)$",
    re.I,
)
_ASIDE = re.compile(
    r", (?:mine|my(?= [\w ]*\b(?:is|are|was|were|has|have|had|\w+ed)\b)|i|we|it|they|that|this|thanks|our|there)\b.*$", re.I
)  # what is told beside the request
_REQUEST = (
    r"^(?:can|could|would|will) (?:you(?: guys)?|u|someone|somebody|anyone|anybody|one of you)"
    rf"{_EASED} (?=[a-z]{{2,}})(?!be |not |do about)"
)
_IMPERATIVE = r"^{imperative}(?! (?:is|are|was|were|has|i|we|you|they)\b)(?= )"
_FORBIDDEN = r"^(?:don't|dont|do not|never) (?!(?:know|think|understand|want|need|like|have)\b)"
_WANT = re.compile(
    r"^(?:(?:i|we)(?:'d| would)?(?: also| just| really| therefore| now| still| only)* |(?=(?:want|need) ))"
    r"(?:like|love|want|wanna|need|expect|demand|request|require|insist on|ask for|ask|appreciate|wish)"
    r"(?: to (?:ask|request|get|have|receive)(?= (?:for )?(?:a|an|the|my|our|some|full|compensation)\b))?(?: for)? "
)
_UNWANTED = re.compile(r"^(?:i|we) (?:do not|don't|dont)(?: really)? want (?P<to>to )?(?P<rest>.+)$")
_SOMEBODY = re.compile(r"^(?P<who>someone|somebody) (?:should|must|needs to|has to) (?P<rest>[a-z].+)$")
_WANTED = re.compile(
    r"^(?:an?|the|my|our|some|full|compensation|new|another|this|it|one|two|three|someone|somebody|\d|\$|half|all|proof|help|both|confirmation)"
)
_NEEDED_FOR = re.compile(
    r"^(?:it|this|that|them|these|those) (?:for (?!free\b|no\b|nothing\b|\d|me\b|us\b)|at (?:work|home|school)\b)"
)  # a use
_TO_HAVE = re.compile(r"^(?:it|this|them|(?:my|our|the) \w+(?: \w+)?) (?:\w+ed|sent|paid|redone|rebuilt)$")
_CLAUSE_IN = re.compile(r"\b(?:if|which|that|because)\b")
_MAY = re.compile(r"^(?P<may>can|could|may|shall|should|might) (?:i|we)\b (?P<rest>[a-z].*)$")
_MODALS = {"can": "can", "may": "can", "could": "could", "might": "could", "shall": "should", "should": "should"}
_WH = r"(?P<wh>where|when|what|why|who|which|how(?: (?:much|many|long|soon|often|far|late|early))?|what time|(?:what|which) [a-z]+)"
_THING = r"(?:my|our|the|your) [\w-]+(?: [\w-]+){0,2}"
_BE_THING = re.compile(rf"^{_WH}(?:'s| (?P<be>is|are|was|were)) (?P<thing>{_THING})$")
_THING_BE = re.compile(rf"^(?P<modal>can|could|will|would|should) (?P<who>{_THING}) (?P<rest>(?:be|have|get) .+)$")
_VERBISH = re.compile(
    r"(?:ed|ing|en)$|^(?:so|not|down|late|still|in|on|at|for|of|to|with|now|again|due|gone|lost|open|free|available|included|wrong)$"
)
_ONE = r"(?P<who>i|we|you|it|this|that|they|there|someone|somebody|anyone)"
_MODAL = re.compile(rf"^{_WH} (?P<modal>will|can|could|should|would|may|am|is|are|was|were) {_ONE}\b(?P<rest>(?: .*)?)$")
_DO = re.compile(rf"^{_WH} do (?P<who>i|we|you|they) (?P<rest>[a-z].*)$")
_WHETHER = re.compile(rf"^(?P<modal>is|are|was|were|will|am|have|has|can|could|would|should) {_ONE}\b (?P<rest>.+)$")
_WHETHER_DO = re.compile(r"^do (?P<who>i|we|you|they) (?P<rest>[a-z].*)$")
_SUBJECT = re.compile(
    r"^(?:who (?!do\b|did|does|am|can|should|will i|are you|(?:is|are|was) (?:my|our|your|the)\b)"
    r"|what (?:happened|changed|went wrong|caused|was in)"
    r"|what(?:'s| is) (?:going on|happening))\b"
)
_TO = re.compile(r"^(?:how|where|what) to [a-z]")
_ALONE = {"compensation": "for compensation", "help": "for help", "refund": "for a refund", "replacement": "for a replacement"}
_SAYS = re.compile(
    r"^(?:tell (?:me|us)|let (?:me|us) know|explain(?: to (?:me|us))?|advise(?: me| us)?|confirm(?: to (?:me|us))?)(?P<how> in writing)? "
    r"(?P<clause>(?:what|when|where|why|who|how|which|whether|if)\b.+)$"
)
_GIVES = re.compile(
    r"^(?:send|give|get|bring|issue|provide|find)(?: (?:me|us|him|her))? "
    r"(?P<thing>(?:an?|the|my|our|one|two|another|some|proof|new)\b(?!.*\b(?:back|to)\b).+)$"
)
_REFUNDS = re.compile(r"^refund(?: (?:me|us))?(?: (?:for )?(?P<thing>(?!(?:it|this|that|them)\b)[\w£$€].*))?$")
_CALLS = re.compile(r"^(?:call|ring|phone)(?: (?:me|us))(?P<rest>(?: .+)?)$")
_CONFIRMS = re.compile(r"^confirm(?: to (?:me|us))?(?: (?P<rest>(?:my|our|the|that|in writing)\b.*))?$")
_MORE = r" and {imperative}"


def ask(words: str, *, question: bool) -> str | None:
    """What is asked, in our view; a question that cannot be turned surely stays a quotation, anything else gives None.

    >>> ask("Could you send me a new lid", question=True)
    'for a new lid'
    >>> ask("Please cancel my order", question=False)
    'that we cancel your order'
    >>> ask("Where is my parcel", question=True)
    'where your parcel is'
    """
    text = _eased(spelled(" ".join(words.split())).strip(" .,;:!?-"))
    low = fold(text).lower()
    if not text or len(text) > _LONGEST or has("heated", low) or has("rhetorical", low):
        return None
    made = _ALONE.get(low) or _requested(text, low) or _wanted(text, low) or _inquired(text, low)
    if made or not question or len(low.split()) < 3:
        return made
    return f"“{text}?”" if '"' not in low else None


def _eased(text: str) -> str:
    return _ASIDE.sub("", _POLITE.sub("", _POLITE.sub("", text))).strip(" ,")


def _requested(text: str, low: str) -> str | None:
    if match := finder(_FORBIDDEN).match(low):
        rest = _turned(text[match.end() :])
        return f"that we don't {rest}" if rest else None
    match = finder(_REQUEST).match(low)
    if not match and not finder(_IMPERATIVE).match(low):
        return None
    return _deed(text[match.end() if match else 0 :])


def _deed(words: str) -> str | None:
    """What we are to do: the thing itself where that says it, else "that we" do it."""
    low = fold(words).lower()
    if not finder(_MORE).search(low):
        for pattern, name in ((_SAYS, "clause"), (_GIVES, "thing"), (_REFUNDS, "thing"), (_CALLS, "rest"), (_CONFIRMS, "rest")):
            if match := pattern.match(low):
                part = _turned(words[match.start(name) : match.end(name)]) if match[name] else ""
                return None if part is None else _named(pattern, part)
    rest = _turned(words)
    return f"that we {rest[:1].lower()}{rest[1:]}" if rest else None


def _named(pattern: re.Pattern[str], part: str) -> str:
    if pattern is _SAYS:
        return f"whether {part[3:]}" if part.startswith("if ") else part
    if pattern is _GIVES:
        return f"for {part}"
    if pattern is _REFUNDS:
        return f"for a refund of {part}" if part else "for a refund"
    if pattern is _CALLS:
        return f"for a call {part}".strip()
    if part == "in writing":
        return "for written confirmation"
    return f"for confirmation {part if part.startswith(('that ', 'in writing that ')) else f'of {part}' if part else ''}".strip()


def _wanted(text: str, low: str) -> str | None:
    if match := _UNWANTED.match(low):
        rest = _turned(text[match.start("rest") :])
        return rest and f"not to {'' if match['to'] else 'have '}{rest}"
    if match := _SOMEBODY.match(low):
        rest = _turned(text[match.start("rest") :])
        return rest and f"that {match['who']} {rest}"
    match = _WANT.match(low)
    if not match:
        return None
    rest, tail = text[match.end() :], low[match.end() :]
    if tail.startswith("you to "):
        return _deed(rest[7:])
    if tail.startswith("to "):
        return _turned(rest)
    if _TO_HAVE.match(tail):
        turned = _turned(rest)
        return turned and f"to have {turned}"
    turned = _turned(rest) if _WANTED.match(tail) and not _NEEDED_FOR.match(tail) and not _CLAUSE_IN.search(tail) else None
    return turned and f"for {turned}"


def _inquired(text: str, low: str) -> str | None:
    """A question as it is reported: the one who acts before the verb."""
    if match := _MAY.match(low):
        rest = _turned(text[match.start("rest") :])
        return rest and f"whether you {_MODALS[match['may']]} {rest}"
    if _TO.match(low) or _SUBJECT.match(low):
        turned = _turned(text)
        return turned and turned[:1].lower() + turned[1:]
    return _of_thing(text, low) or _of_one(text, low)


def _of_thing(text: str, low: str) -> str | None:
    if match := _BE_THING.match(low):
        if any(_VERBISH.search(word) for word in match["thing"].split()[1:]):
            return None
        thing = _turned(text[slice(*match.span("thing"))])
        return thing and f"{match['wh']} {thing} {match['be'] or 'is'}"
    if match := _THING_BE.match(low):
        thing, rest = _turned(text[slice(*match.span("who"))]), _turned(text[match.start("rest") :])
        return f"whether {thing} {match['modal']} {rest}" if thing and rest else None
    return None


def _of_one(text: str, low: str) -> str | None:
    for pattern, opening in ((_MODAL, ""), (_DO, ""), (_WHETHER, "whether"), (_WHETHER_DO, "whether")):
        if match := pattern.match(low):
            return _reported(text, match, opening)
    return None


def _reported(text: str, match: re.Match[str], opening: str) -> str | None:
    parts = match.groupdict()
    rest = _turned(text[match.start("rest") :]) if parts["rest"].strip() else ""
    if rest is None:
        return None
    if parts.get("wh") == "how" and not parts.get("modal") and parts["who"] in ("i", "we"):
        return f"how to {rest}"
    who = {"i": "you", "we": "you", "you": "we"}.get(parts["who"], parts["who"])
    verb = _agreeing(parts.get("modal") or "", who)
    return " ".join(part for part in (opening, parts.get("wh") or "", who, verb, rest) if part)


def _agreeing(verb: str, who: str) -> str:
    return {"am": "are", "was": "were", "is": "are", "has": "have"}.get(verb, verb) if who in ("you", "we") else verb


def _turned(words: str) -> str | None:
    return swapped(later(words.strip(), same="the same"), subject="we")
