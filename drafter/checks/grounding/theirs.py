"""Theirs: deeds, words and gains of the customer's that a text tells, and that no fact has."""

from __future__ import annotations

import re

from drafter.checks.grounding.beside import Beside
from drafter.checks.grounding.grammar import is_verb
from drafter.checks.grounding.words import root, word_class

_UNDERGOING = word_class("undergoing")
_CONSENTING = word_class("consenting")
_HAVING = word_class("having")
_RECEIVING = word_class("receiving")
_ALSO = re.compile(r"\b(?:also|too|as well|on top|in addition|besides)\b", re.I)
_SHARED = 0.5  # of an act's words and values
_YOU_HAVE = re.compile(r"\byou(?: now| also)* (?:have|get|keep|can keep)\b|\byou['’]ve (?:also )?got\b", re.I)
_GETTING = frozenset({"get", "getting", "receive", "receiving"})
_OBLIGED = re.compile(r"\b(?:had|have|having) to\b", re.I)
_BLAMED = re.compile(
    r"\b(?:the wrong|(?:used|ate|drank|took|ordered|asked|wanted|expected) too (?:much|many|little)"
    r"|too (?:late|long|early|soon|hard|fast|slow|far|\w+ly)|incorrectly"
    r"|by (?:mistake|accident)|without (?:reading|checking|asking))\b",
    re.I,
)
_AMISS = re.compile(r"\byou were (?:\w+ )?(?:late|careless|mistaken|confused|too (?:late|slow|early)|at fault|rude)\b", re.I)
_THEIR_PEOPLE = re.compile(
    r"\byour [\w -]{2,30}? (?:was|were) (?:\w+ly |too |so |rather )?"
    r"(?:impatient|careless|confused|mistaken|hasty|rude|inattentive|unprepared|untrained|at fault|to blame|wrong|late|slow)\b",
    re.I,
)
_AMISS_WORD = re.compile(r"\b(?:impatient|careless|confused|mistaken|hasty|rude|at fault|to blame|wrong|late|slow)\b", re.I)
_FINE = re.compile(
    r"\b(?:you (?:were|are) (?:\w+ly )?(?P<fine>fine|happy|okay|ok|content|all right|alright)\b"
    r"|you(?: had| have|['’]d)? (?:said|told (?:us|me|them)|confirmed|assured (?:us|me)|wrote)\b"
    r"[^.;!?]*?\b(?P<said>would do|no hurry|no rush|could wait|did(?:n['’]t| not) mind"
    r"|(?:be|was|were|is|are) (?:\w+ly )?(?:fine|happy|okay|ok|all right|alright)))\b",
    re.I,
)
_NEVER = re.compile(r"\byou(?:['’]d| had| did| have|['’]ve)?(?:n['’]t| not| never)\b", re.I)


def did(told: Beside) -> bool:
    """Whether a deed of the customer's, not only something that came upon them, is in no fact."""
    act = told.act
    if _AMISS.search(told.text) and not act.negated and not any(_AMISS.search(known.text) for known in told.facts.known):
        return True
    if _OBLIGED.search(told.text) or not is_verb(act.verb_word):
        return False
    if (
        _BLAMED.search(told.text)
        and root("wrong") not in told.facts.roots
        and not any(_BLAMED.search(known.text) for known in told.facts.known if known.role == "customer_part")
    ):
        return True
    sentence = told.reading.sentences[act.sentence]
    if match := _FINE.search(told.reading.text, act.start, sentence.end):
        return not any((match["fine"] or match["said"]).lower() in known.text.lower() for known in told.facts.known)
    if act.verb in _CONSENTING or (_NEVER.search(told.text) and act.verb not in _HAVING):
        theirs = (other for known in told.facts.known for other in known.acts if other.agent == "customer")
        return not any(other.verb == act.verb and other.negated == act.negated for other in theirs)
    return act.verb in told.new and act.verb not in _UNDERGOING


def were(told: Beside) -> bool:
    """Whether the customer's own people are said to have been at fault, and no fact says so."""
    about = told.actor and told.act.verb == "be" and not told.act.negated and _THEIR_PEOPLE.search(told.text)
    return bool(about) and not any(told.root in known.words and _AMISS_WORD.search(known.text) for known in told.facts.known)


def gets(told: Beside) -> bool:
    """Whether the customer is told to get what no fact gives."""
    act = told.act
    if _YOU_HAVE.search(told.text) and _ALSO.search(told.text) and not act.negated and not told.backed:
        return told.things and told.share < _SHARED
    got = act.verb in _RECEIVING and act.verb_word in _GETTING and act.tense in ("present", "perfect", "progressive")
    return got and not act.negated and not told.backed and told.things
