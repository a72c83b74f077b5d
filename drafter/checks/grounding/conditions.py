"""Conditions: strings that a text ties to what the facts give freely, and gifts that it ties to nothing at all or does not name."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import held
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.tables import anywhere, pattern
from drafter.checks.grounding.words import content_root, root, tokens, word_class

_LINKS = frozenset({"if", "once", "when", "after", "unless", "until", "as"})
_TIMELY = frozenset({"when", "after", "until", "as"})  # they may only say when
_BINDING = word_class("binding")
_GIVEN = frozenset({"remedy", "fix"})
_HARMLESS = word_class("harmless") | word_class("waiting")
_TIED = pattern("tied")
_MUST = re.compile(
    r"\byou(?: first| then| only)? (?:must|need to|have to|are required to|are asked to|['’]ll have to|will have to)\b", re.I
)
_HOLDS = re.compile(  # what follows is a string, however harmless the deed: "it only counts if you stay"
    r"\b(?:applies|counts|holds|stands|is (?:only )?(?:valid|yours|paid|made|due|released))(?: only)?"
    r" (?:if|once|unless|when|until|after) you\b"
    r"|\b(?:comes?|starts?|begins?|follows?|goes out|is (?:sent|paid|released|made)) (?:only )?(?:if|once|as soon as|after) you\b"
    r"|\bonly (?:if|once|when|after) you\b",
    re.I,
)
_TALKING = re.compile(  # an offer to talk binds nothing: "my number is …, if you want to talk it through"
    r"if you(?:['’]d| would)? (?:want|like|prefer|rather|wish)(?: to)? (?:talk|speak|call|ring|phone|write|discuss|go through|ask)\b", re.I
)
_NEEDS = frozenset({root("need"), root("require")})
_ASKING = frozenset({"request"})


def tied(reading: Reading, facts: Facts) -> list[Act]:
    """The clauses that make a remedy or repair of the facts wait for a deed of the customer's that no fact asks for."""
    given = [known for known in facts.known if known.role in _GIVEN and known.state not in ("declined", "pending")]
    if not given:
        return []
    found = [act for act in reading.acts if reading.own(act.start) and _needs(act, given, facts)]
    for act in reading.acts:
        if reading.own(act.start) and _asks(act, reading, facts) and _about(reading, act, given):
            found.append(act)
    return found


def _asks(act: Act, reading: Reading, facts: Facts) -> bool:
    """Whether a clause makes something wait for what the customer has to do, and no fact does."""
    text = reading.text[act.start : act.end]
    if _TALKING.match(text):
        return False
    if (match := _TIED.search(text)) and not any(_TIED.search(known.text) for known in facts.known if not known.asked):
        behind = {word for token in tokens(text[match.end() :]) if (word := content_root(token.low))}
        return not behind or not any(behind <= known.words for known in facts.known if not known.asked)
    new = {word for word in act.words - {act.verb} if word not in facts.roots}
    if act.agent == "customer" and not act.negated and not act.subordinate and _MUST.search(text) and new:
        return True
    if act.link not in _LINKS or act.agent != "customer" or act.negated or act.tense not in ("present", "perfect"):
        return False
    sentence = reading.sentences[act.sentence]
    holds = bool(_HOLDS.search(reading.text, sentence.start, sentence.end))
    if sentence.question or (act.verb in _HARMLESS and not holds):
        return False
    if act.link in _TIMELY and act.verb not in _BINDING:
        return False
    asked = any(other.verb == act.verb and other.agent == "customer" for known in facts.known if not known.asked for other in known.acts)
    if holds and not asked:
        return True
    sums = (value for value in act.values if value.kind == "money" and not value.weak)
    return bool(new) or act.verb not in facts.roots or any(not any(held(value, known, facts) for known in facts.known) for value in sums)


def _about(reading: Reading, act: Act, given: list[Known]) -> bool:
    """Whether the sentence states what becomes of something that the facts give, and asks for nothing."""
    beside = reading.beside(act)
    if any(other.tense in _ASKING for other in beside):
        return False
    main = [other for other in beside if other.start != act.start] or beside
    words = frozenset[str]().union(*(other.words for other in main))
    amounts = {value.text for other in beside for value in other.values if value.kind == "money"}
    return any(words & known.words or any(value.text in amounts for value in known.values) for known in given)


def _needs(act: Act, given: list[Known], facts: Facts) -> bool:
    """Whether a thing that the facts give is said to need another that no fact has."""
    new = {word for word in act.words - {act.verb} if word not in facts.roots}
    return act.verb in _NEEDS and act.agent == "third" and not act.negated and bool(new) and any(act.words & known.words for known in given)


def boundless(reading: Reading, facts: Facts) -> list[Act]:
    """The clauses that promise to pay or do whatever there may be, where no fact goes so far."""
    return _promising("boundless", reading, facts)


def gestures(reading: Reading, facts: Facts) -> list[Act]:
    """The clauses that promise to make it good and name nothing, where no fact speaks so."""
    return _promising("gestures", reading, facts)


def _promising(table: str, reading: Reading, facts: Facts) -> list[Act]:
    if not anywhere(table, reading) or any(pattern(table).search(known.text) for known in facts.known if not known.asked):
        return []
    found = []
    for act in reading.acts:
        sentence = reading.sentences[act.sentence]
        if reading.own(act.start) and not sentence.question and act.tense != "request":
            match = pattern(table).search(reading.text, sentence.start, sentence.end)
            if match and act.start <= match.start() < act.end:
                found.append(act)
    return found
