"""Told: deeds and events that a text tells as fact, and that are none of the facts."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import ACTIONS, held
from drafter.checks.grounding.beside import PARTICLES, Beside
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.grammar import US, is_verb
from drafter.checks.grounding.lexicon import lines, pairs
from drafter.checks.grounding.ours import ASIDE, FRESH, apart, in_other_words, invented, newly, unheard, wrote
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.states import UNDECIDED
from drafter.checks.grounding.theirs import did, gets, were
from drafter.checks.grounding.words import root, word_class

_AHEAD = frozenset({"future", "progressive"})
_UNDERGOING = word_class("undergoing")
_CONSENTING = word_class("consenting")
_DOING = word_class("doing")
_GIVING = word_class("giving")
_HANDING = word_class("handing")
_GIFTS = word_class("gifts")
_NOTES = word_class("notes")
_SPOILING = word_class("spoiling")  # "we have ruined your evening" owns up
_COLLECTIVE = word_class("collective")
_NOBODY = frozenset(lines("nobody"))
_SUPPOSED = re.compile(r"\b(?:as if|as though|imagine|hope|wish|thanks?|sorry|whether|if|as promised|promised to)\b", re.I)
_STATING = frozenset({"", "be"}) | word_class("having") | {root("change"), root("apologise"), root("give up")}
_WEIGHING = re.compile(r"\b(?:question|looking (?:at|into)|weighing)\b", re.I)
_AS_SAID = re.compile(r"\bas (?:promised|agreed|announced|discussed)\b", re.I)
_SAYING = word_class("telling")
_CROWD = frozenset({"it", "he", "she", "people", "person", "more", "customers", "others"})
_LEAST, _LITTLE, _MOSTLY = 0.3, 0.4, 0.75  # of an act's words and values
_OFFERED = re.compile(
    r"\b(?:waiting for you|for you (?:at|in)|with your name on|in the (?:post|mail) (?:to|for) you"
    r"|(?:in|with) (?:the|your) (?:parcel|box|envelope|package|bag|account|inbox))\b",
    re.I,
)
_COMES_WITH = re.compile(r"\b(?:comes?|coming|arrives?|ships?|sent|includes?|including) (?:together |along )?(?:with )?", re.I)
_WENT_WRONG = re.compile(r"\b(?:go(?:es|ne)?|went) (?:\w+ )?wrong\b", re.I)
_FREE = root("free")
_NO_COST = re.compile(
    r"\b(?:nothing to pay|no (?:charge|cost|fee)|costs? (?:you )?nothing|free|on us|gratis|waive\w*|at our (?:cost|expense))\b", re.I
)
_COMING = re.compile(r"\b(?:on (?:its|their|the) way|coming back|back|already (?:in|on|there)|waiting)\b", re.I)
_HERE = re.compile(
    r"\b(?:on (?:its|their|the) way|coming (?:your way|to you)|enclosed|attached|inside|included"
    r"|(?:on|in) your (?:account|app|basket|wallet)"
    r"|waiting for you|in the (?:post|mail|parcel|box|envelope)|(?:set|put) aside"
    r"|reserved|added for you|ready for you|yours|as (?:a|our) (?:gift|present))\b",
    re.I,
)
_FAILED = re.compile(
    r"\b(?:wrong|late|(?:was|were|went|been|is) (?:\w+ )?down|faulty|broken|slow|careless"
    r"|without (?:looking|checking|reading|asking|thinking|waiting|telling)|at fault|to blame|short-staffed|asleep|confused)\b",
    re.I,
)
_HAD = re.compile(r"\b(?:had|contained|held)\b", re.I)
_STAFF = root("staff")


class Untold(NamedTuple):
    """An act that no fact tells, whether the one who is said to have done it is in no fact either, and whether it is only likely."""

    act: Act
    stranger: bool
    likely: bool = False  # a deed of ours in a word that no fact has: it may be one of them in other words
    done: bool = False  # a deed of ours of a kind, or of a gift, that we have not done: nobody but us could know of it


def untold(reading: Reading, facts: Facts) -> list[Untold]:
    """Every deed and event in the text's own words, told as a fact, that is none of the facts."""
    found: list[Untold] = []
    for act in reading.acts:
        if reading.own(act.start) and _tells(act, reading) and (one := _untold(Beside(act, reading, facts))):
            found.append(one)
    return found


def _tells(act: Act, reading: Reading) -> bool:
    """Whether a clause tells something as so: no question, request, condition, heading or wish."""
    agreed = act.link == "that" and act.agent == "customer" and act.verb in _CONSENTING
    if (
        not (is_verb(act.verb_word) or act.verb == "be")
        or (act.subordinate and not agreed and act.link not in ("so", "because", "although"))
        or act.tense in ("request", "none", "modal")
    ):
        return False
    sentence = reading.sentences[act.sentence]
    lead = reading.text[act.start : act.verb_at]
    return (
        not sentence.question
        and ":" not in lead
        and not _AS_SAID.search(reading.text, act.start, act.end)
        and not _SUPPOSED.search(reading.text, sentence.start, act.verb_at)
    )


def _untold(told: Beside) -> Untold | None:
    if told.act.agent == "us" and told.subject.lower() in US | {""} and wrote(told):
        return Untold(told.act, False)
    found = _weighed(told)
    if found and told.act.agent == "us" and (unheard(told) or apart(told)):
        return found._replace(done=True)  # of a kind that we have not done at all, whatever else of it a fact has
    return None if found and told.act.agent != "customer" and told.share >= _MOSTLY else found


def _weighed(told: Beside) -> Untold | None:
    act = told.act
    if _elsewhere(told):
        return Untold(act, told.who not in _NOBODY | US | {""} and told.stranger)
    if act.agent == "us" and told.subject.lower() in US | {""}:
        firm = invented(told) or unheard(told) or newly(told) or apart(told)
        return Untold(act, False, likely=not firm) if firm or in_other_words(told) else None
    if act.agent == "customer":
        mine = told.leads and told.subject.lower() == "you" and ((told.past and did(told)) or gets(told))
        return Untold(act, False) if mine else None
    if told.who == "there" and act.verb == "be" and act.tense == "present":
        offered = _OFFERED.search(told.text) and not act.negated and not told.backed and told.things and not told.given
        return Untold(act, False) if offered else None
    if act.agent == "yours" and told.past and told.leads and were(told):
        return Untold(act, False)
    if act.agent == "yours" and act.verb == "be" and act.tense == "present" and told.leads and _comes_back(told):
        return Untold(act, False)
    if not told.who or told.who in _NOBODY | _CROWD or told.who in pairs("numbers") or told.who[0].isdigit() or not told.leads:
        return None
    if act.agent == "none" and not act.passive:
        return None
    if act.agent == "us" and act.verb in _HANDING and act.to == "you" and not act.negated and not told.backed and told.things:
        return Untold(act, False)
    if act.agent == "us" and (told.root in _COLLECTIVE or not told.actor or act.tense == "progressive"):
        return None
    return Untold(act, told.stranger) if _theirs_or_its(told) else None


def _elsewhere(told: Beside) -> bool:
    """Whether a clause tells what is in none of the facts: two words at the least that no fact has, and little that one has."""
    act = told.act
    if not told.leads or act.negated or told.who in _CROWD or (act.agent == "us" and act.tense == "progressive" and told.actor):
        return False
    if act.verb in _STATING or (act.agent == "us" and act.verb in _SPOILING) or UNDECIDED.search(told.text) or ASIDE.search(told.text):
        return False
    if not (told.past or act.tense in _AHEAD) or (act.agent == "customer" and act.verb in _UNDERGOING):
        return False
    known = any(held(value, one, told.facts) for value in act.values if not value.weak for one in told.facts.known)
    return len(told.new - _NOTES - PARTICLES) > 1 + known and told.share < (_LEAST if act.agent == "us" else _LITTLE)


def _theirs_or_its(told: Beside) -> bool:
    """Whether somebody else, or something, is told to have done or to be about to do what no fact has."""
    act, new = told.act, told.new
    if UNDECIDED.search(told.text) or _WEIGHING.search(told.text):
        return False
    strange = act.verb in new and act.verb not in _DOING
    amiss = told.past and (told.actor or told.stranger or (act.agent == "yours" and _HAD.search(told.text)))
    failed = _FAILED.search(told.text) if amiss and not _WENT_WRONG.search(told.text) else None
    if failed:
        return told.stranger or not any(told.root in known.words and failed[0] in known.text for known in told.facts.known)
    if act.agent == "yours" and told.past and (act.verb in _UNDERGOING or act.to == "us"):
        return act.to == "us" and told.stranger
    if act.tense in ("present", "progressive") and not act.negated and new & _GIFTS and _COMES_WITH.search(told.text):
        return True
    if act.tense in ("present", "progressive", "perfect") and _HERE.search(told.text) and not act.negated and not told.backed:
        return (told.things and (told.stranger or len(new) > 1)) or (bool(FRESH.search(told.text)) and not told.given)
    if act.verb == "be" and act.tense == "present":
        return _is_free(told) or _comes_back(told)
    if act.to == "us" and act.tense == "present" and act.agent == "third" and told.stranger and told.things:
        return not act.negated
    if told.past and told.person and not (act.tense == "perfect" and act.verb in _DOING):
        return not any(told.root in known.words and _tells_deed(known, act) for known in told.facts.known)
    if told.past:
        if told.actor:
            return told.stranger or len(new) > 1 or (strange and act.tense == "perfect")
        return strange and len(new) > 1
    if act.tense == "progressive" and told.root == _STAFF:
        return False
    if act.passive and act.verb in _GIVING:
        return strange
    if act.tense not in _AHEAD:
        return told.stranger and told.actor and any(value.kind in ("date", "time") for value in act.values)
    if told.actor:
        return told.stranger and (act.verb not in _SAYING or act.to == "you")
    return told.stranger and (act.passive or act.to == "you")


def _tells_deed(known: Known, act: Act) -> bool:
    return act.verb in known.words or any(other.verb == act.verb for other in known.acts)


def _is_free(told: Beside) -> bool:
    """Whether something is said to cost nothing, where no fact says so of anything."""
    return _FREE in told.new and not told.act.negated and not any(_NO_COST.search(known.text) for known in told.facts.known)


def _comes_back(told: Beside) -> bool:
    """Whether an amount is said to be on its way, or there already, that the facts neither paid nor promised."""
    if not _COMING.search(told.text) or told.act.negated:
        return False
    sums = [value for value in told.act.values if value.kind == "money" and not value.weak]
    given = [known for known in told.facts.known if known.role in ACTIONS and not known.asked]
    return any(not any(held(value, known, told.facts) for known in given) for value in sums)
