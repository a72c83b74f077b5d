"""What went wrong as the customer told it: "you told us that ..." is true whatever we find, and "you" in it may act as "we"."""

from __future__ import annotations

import re

from drafter.checks.fold import fold
from drafter.ticket.view import later, spelled, swapped
from drafter.ticket.words import finder, has

MOST_WORDS = 32
MOMENT = (
    r"(?:today|yesterday|tonight|tomorrow|this (?:morning|afternoon|evening|week|month)|last (?:night|week|month)|just now|right now|now)"
)
HANGING = re.compile(
    r"(?:\b(?:the|a|an|my|our|your|to|of|and|or|but|that|with|for|from|is|was|are|were|has|have|had|as|by|in|on|at|because|than|says?|said"
    r"|even|also|just|still|so|when|who|do|does|did|not|told|between|which|if)|:)$"
)
TAIL = re.compile(
    r", (?!\$?\d[\d.,]* ?\$? (?:each|per)\b|in\b|on\b|at\b|for\b|from\b|with\b|without\b|numbers?\b|not (?:the|a|an)\b"
    r"|even though|although|but\b|because\b|while\b|so\b)"
)
TWICE_FINITE = re.compile(
    r"^(?:i|we) (?!am|was|were|have|had|did|do|can|could|will|would|never|still|also|just|now|then|\w+ed up)\w+"
    r"(?: \w+){0,4} (?:has|is|was|were|are)\b"
)
_EDGE = re.compile(rf"^(?:since )?{MOMENT}\b[, ]+|[, ]+(?:(?:since|until|from|as of|by|earlier) )?(?:early |late )?{MOMENT}$", re.I)
_JOINING = re.compile(r"(?:,? (?:and|but|so|then|or|because))+$", re.I)  # to a clause that was cut off
_JOINED = re.compile(
    r"^(?:and|but|so|then|also|because|now|unfortunately|sadly|luckily|however|apparently|basically|again|honestly|furthermore"
    r"|finally)[, ]+",
    re.I,
)
_SUBJECT = (
    r"^(?:(?:[^\W\d_]+ly|still|even|only|then|on top of that|(?:on|in|at|since|after|during|for|last|each|every) [^,]{2,40}?,?"
    r"|when (?:i|we) \w+(?: [^,]{2,50},)?) )??(?:{clause_start}|{pronoun}|[\"\d])"
)
_UNSAFE = re.compile(rf"\b(?:{MOMENT}|(?:before|after|like) you)\b")  # a wrong day; "the agent before you closed it": who did?
_RUN_ON = re.compile(
    r"\b(?:please|pls|is (?:that|it|this) (?:normal|right|ok|okay)|why|can you|could you|will you|stop it|give me|refund me|pay me"
    r"|call me|fix it)\b"
)
_IS_SHORT = re.compile(r"(?<=\w)['’]s(?= (?:off|out|down|gone|broken|not|still|missing|late|empty|dead|too|so)\b)")
_LEADS = frozenset(("on", "in", "at", "after", "since", "for", "during", "last", "when", "each", "every", "then", "from", "with", "until"))
_NAMED_AT = re.compile(r", (?P<name>(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\w'’-]+),(?= [a-z])")  # whom they speak of, named beside it
_OPENING = re.compile(r"^(?:since|after|during|for|in|on|at|when|every time|each time) [^,]{2,40}, (?=\w)")
_ADJECTIVE = re.compile(r"\b(?:an?|the|my|our|your|his|her|their) \w+ed\b")
_NO_NOUN = r"(?:{clause_start}|{pronoun}|{not_telling}|{imperative}|{joining}|{linking}|{aside}|{past_deed}|{finite})"
_NOUN = rf"(?P<noun>(?!{_NO_NOUN})(?:[a-z][\w-]+|[a-z]*\d[\w-]*)(?: (?!{{linking}}(?! \d))[\w.-]+){{0,3}}?)"
_PLAIN = (
    rf"^{_NOUN} (?:(?:{{plain_finite}}|[a-z]{{3,}}s(?= {{after_verb}}))|(?:still|just|only|always|never|also) [a-z]{{2,}}(?:s|ed)(?!\w))"
)
_VERBLESS = (
    rf"^{_NOUN} (?:still |all |completely |totally )?(?P<state>{{failing_state}}|{{undone}})"
    r"(?P<rest>(?: (?:again|at|in|on|without|since|for|because|after|by|from|twice|even|every|all|here|with|when|this|last)\b.*)?)$"
)
_NONE = r"^(?:still |there is |there was |theres )?no (?!one\b|idea|clue|wonder|doubt|thanks)(?P<thing>[a-z][\w-]+(?: [\w-]+){0,5})$"
_THING = (
    r"^(?:the|an?|my|our|one|two|three|four|\d+|another|half|some|yet another|third|second) "
    r"[\w'$£€-]+(?: [\w'$£€.,-]+){1,14}$"
)
_ILL_THING = (
    r"^(?:hairs?|glass|plastic|metal|mou?ld|blood|dirt|dust|ants|mice|bugs|insects) (?:in|on|under) .+$"
    r"|^an? [\w-]+(?: [\w-]+){0,6} (?:that|which) .+$"
    r"|^(?P<the>wrong|missing) (?!with)[\w-]+(?: [\w-]+){0,6}$"
    r"|^(?P<a>duplicate|double|broken|faulty|second|third|fourth|fifth) (?!time|day|week|month|of)[\w-]+(?: [\w-]+){0,6}$"
)
_OMITTED = (
    r"^(?:still )?(?:(?:ordered|bought|paid|booked|returned|received|got|expected|transferred|reported|waited|queued|e-?mailed|called"
    r"|rang|phoned|wrote|asked|complained)"
    r"(?= (?:an?|the|my|our|for|in|on|at|you|your|it|them|no|nothing|over|almost|nearly|twice|two|three|four|five|six|\d+)(?!\w))"
    r"|(?:have|haven't|havent) (?:still |also |yet )*(?:not )?(?:had|received|got|heard)\b|had to\b|never (?:received|got)\b"
    r"|(?:can't|cant|cannot|couldn't|couldnt) (?:log|upload|book|open|access|use|see|get|find|send|pay|download|install|connect|sign"
    r"|reach|save)\b)"
)
_ACTING = r"(?:{finite}|{past_deed}|{odd_deed}|{failing_verb}|{plain_finite})"
_BY_PRONOUN = (
    r"^{pronoun}(?: (?:only|even|just|still|also|then|never|\w+ly|both|all))*(?! (?:{clause_start}|{linking}|to|of)) \w+"
    r"|^(?:nobody|no one|nothing) (?!like|but|more|as|in|on|at|for)\w+"
)
_STATED = rf"{_ACTING}| still \w+"
_BLURRED = re.compile(
    r"^(?:this|that|these|those|one|who|which|what)(?: (?:is|was|has|are|were|one|time|thing|\w+ed)\b|$)"
    r"|^(?:it|they|he|she)(?:'s|'re)?(?: \S+){0,2}$"
    r"|^an? (?:day|week|month|few|moment|little|lot|\w+ (?:i|we|you)\b)|^(?:i|we) (?:wanted|wish|hope|think|wonder|guess|know|am\b|are\b)"
    r"|^(?:the )?(?:first|second|third|\d(?:st|nd|rd|th)) (?:time|day|week|month)\b"
)
_TAILED = re.compile(r",(?: and| but)? (?=[\w'’\"])|\. (?=[A-Z])")


def reported(written: str) -> str | None:
    """The clause, or the few of them, as what they told us; None where its words are unclear, heated or too many.

    >>> reported("ur driver left it in the rain")
    'you told us that our driver left it in the rain'
    >>> reported("no hot water")
    'you told us that there was no hot water'
    """
    words = later(bare(_IS_SHORT.sub(" is", spelled(_NAMED_AT.sub(r" (\g<name>)", " ".join(written.split()))))))
    low = fold(words).lower()
    if not words or len(words.split()) > MOST_WORDS or has("heated", low) or _UNSAFE.search(low) or _RUN_ON.search(low):
        return None
    opening = _OPENING.match(low)
    rest = words[opening.end() :] if opening else words
    parts = [_clause(part) for part in _TAILED.split(rest)]
    if all(parts) and (len(parts) > 1 or not TAIL.search(rest)):
        when = swapped(words[: opening.end()].lower(), subject="we") if opening else ""
        return None if when is None else f"you told us that {when} ".rstrip() + " " + ", and that ".join(part for part in parts if part)
    return _about(words)


def bare(text: str) -> str:
    """The words without joining words, marks and moments at their edges."""
    text = text.strip(" .,;:!?-")
    for _ in range(2):
        text = _EDGE.sub("", text).strip(" .,;:!?-")
    return _JOINED.sub("", _JOINING.sub("", text))


def stands(low: str) -> bool:
    """Whether the clause stands on its own: it has three words, and does not end where something must follow."""
    return len(low.split()) > 2 and not HANGING.search(low)


def inside(text: str) -> str:
    """The clause with a small first letter, unless its first word is a name."""
    first = fold(text.split()[0]).lower()
    small = (
        first.startswith(("you", "we'"))
        or first in _LEADS
        or has("thing", first)
        or finder("^(?:{clause_start}|{pronoun}|{linking})$").match(first)
    )
    return text[:1].lower() + text[1:] if small else text


def _clause(written: str) -> str | None:
    """One clause with its subject and its verb; what a note leaves out is put back."""
    words = bare(written)
    low = fold(words).lower()
    if not words or _BLURRED.match(low) or HANGING.search(low):
        return None
    if re.match(_OMITTED, low):
        return _own(words, low)
    if match := finder(_NONE).match(low):
        thing = swapped(words[match.start("thing") : match.end("thing")].removesuffix(" here"), subject="we")
        return thing and f"there {_were(_head(match['thing']))} no {thing}"
    if finder(_SUBJECT).match(low):
        return _turned(words) if _is_whole(low) else _note(words, low)
    if match := finder(_PLAIN).match(low):
        return _turned(_with_article(words, match["noun"]))
    return _note(words, low)


def _is_whole(low: str) -> bool:
    if TWICE_FINITE.match(low) or len(low.split()) < (2 if re.match(r"(?:nobody|nothing)\b", low) else 3):
        return False
    first = _ADJECTIVE.sub("", low.split(" and ")[0])  # "half the fries missing and ...": the verb is another's
    return bool(finder(_STATED).search(first) or finder(_BY_PRONOUN).match(low))


def _own(words: str, low: str) -> str | None:
    """Their own doings, where a note leaves out who: "ordered six glasses"."""
    words = f"I {words[:1].lower()}{words[1:]}"
    return _turned(words) if stands(low) else None


def _note(words: str, low: str) -> str | None:
    """A state without its verb: "site down", "class cancelled again"."""
    match = finder(_VERBLESS).match(low)
    if not match:
        return None
    noun, rest = words[: match.end("noun")], words[match.end("noun") :].strip()
    return _turned(f"{_with_article(noun, match['noun'])} {_were(match['noun'])} {rest}")


def _with_article(words: str, noun: str) -> str:
    """Put "the" before a thing that a note names without it; a word with a capital may be a name."""
    first = words.split()[0]
    if re.search(r"\d", noun) or (noun.endswith("s") and not noun.endswith("ss")) or not (first.islower() or has("thing", first.lower())):
        return words
    return f"the {words[:1].lower()}{words[1:]}"


def _about(words: str) -> str | None:
    """Things that are only named: "a piece of plastic in my salad", "wrong size, wrong colour"."""
    things = [_thing(part) for part in words.split(", ")]
    if not all(things):
        return None
    *first, last = [thing for thing in things if thing]
    return f"you told us about {', '.join(first)} and {last}" if first else f"you told us about {last}"


def _thing(words: str) -> str | None:
    low = fold(words).lower()
    ill = re.match(_ILL_THING, low)
    if (
        HANGING.search(low)
        or (_BLURRED.match(low) and not ill)
        or not (ill or re.match(_THING, low))
        or (not ill and finder(_ACTING).search(low))
    ):
        return None
    thing = swapped(words, subject="we")
    article = ("the " if ill["the"] else "a " if ill["a"] and not _head(low).endswith("s") else "") if ill else ""
    return f"{article}{thing[:1].lower()}{thing[1:]}" if thing else None


def _head(thing: str) -> str:
    return re.split(r" (?:in|on|at|from|of|for|with|since|to|after|here)\b", thing)[0].rpartition(" ")[2]


def _were(noun: str) -> str:
    return "were" if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else "was"


def _turned(words: str) -> str | None:
    turned = swapped(words, subject="we")
    return inside(turned) if turned else None
