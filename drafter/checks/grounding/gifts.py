"""Gifts: things and services that a text says the customer is given, and that nothing we do in the facts gives."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import ACTIONS
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import base, content, root, tokens, word_class

_HANDING = frozenset({root("give"), root("send"), root("lend"), root("bring"), root("ship"), root("enclose"), root("buy"), root("order")})
_ADDING = frozenset({root("add"), root("put"), root("pack"), root("book"), root("reserve")})
_ALSO = re.compile(r"\b(?:also|too|as well|on top)\b", re.I)
_GETS = re.compile(r"\b(?:gets?|receives?) (?:an?|another|two|three|free)\b", re.I)
_PAYING = word_class("giving") - {root("give"), root("replace")}
_WITH = re.compile(r"\b(?:comes?|coming|arrives?|ships?) (?:together |along )?with\b|\bincludes?\b", re.I)
_FREE = re.compile(
    r"\b(?:is|are) (?:now |also |all )?(?:free(?! (?:to|from|of))|free of charge|on the house|at no (?:extra )?(?:charge|cost))\b", re.I
)
_PAYS = frozenset({"pay", "refund", "credit", "waiv", "cover", "reimburs", "compensat"})
_MORE = re.compile(
    r"\A\W*(?:you |the customer )?(?:a second|a third|another|spare|extra|additional|backup|loan|brand-new|bigger|larger|better)\b", re.I
)
_AMISS = re.compile(r"\b(?:wrong|too|twice|late|only|instead|without|mistake\w*|by accident|in error)\b", re.I)
_AMISS_ROLES = frozenset({"ours", "problem"})
_TENSES = frozenset({"past", "perfect", "progressive", "present"})
_FILLER = word_class("filler") | word_class("notes") | word_class("aside") | {root("free"), root("update"), root("answer"), root("line")}


def gifts(reading: Reading, facts: Facts) -> list[Act]:
    """The clauses of the text's own words that give what no fact gives."""
    doing = [known for known in facts.known if known.role in ACTIONS and not known.asked and known.state not in ("declined", "pending")]
    found: list[Act] = []
    for act in reading.acts:
        if act.negated or act.subordinate or act.tense not in _TENSES or not reading.own(act.start):
            continue
        if reading.sentences[act.sentence].question or any(value.kind == "money" for value in act.values):
            continue  # amounts are looked at by themselves
        if _handed(act, reading.text, facts) or (_spared(act, reading.text, doing) and not _told(act, facts)):
            found.append(act)
    return found


def _handed(act: Act, text: str, facts: Facts) -> bool:
    """Whether a clause hands over a thing, or one more of a thing, that no fact has."""
    said = text[act.start : act.end]
    if _AMISS.search(said):
        return False
    behind = text[act.verb_at + len(act.verb_word) : act.end]
    more = _MORE.search(behind)
    with_it = (_WITH.search(said) or (act.tense == "present" and _GETS.search(said))) if act.agent in ("third", "yours") else None
    if with_it:
        behind = said[with_it.end() :]
    elif not (act.agent == "us" and (_hands(act, said) or (more and (act.verb in _HANDING or (act.verb in _ADDING and act.to == "you"))))):
        return False
    things = (content(tokens(behind)) & act.words) - _FILLER - {act.verb}
    again = more and any(more[0].lower().split()[-1] in known.text.lower() for known in facts.known)
    return any(word not in facts.roots for word in things) or bool(more and not again)


def _hands(act: Act, said: str) -> bool:
    return act.verb in _HANDING and (act.to == "you" or act.tense in ("progressive", "present") or bool(_ALSO.search(said)))


def _told(act: Act, facts: Facts) -> bool:
    """Whether a clause tells what went wrong, all of it and with the same verb: a salary that we paid at the wrong rate is no gift."""
    return any(act.verb in known.words and act.words <= known.words for known in facts.known if known.role in _AMISS_ROLES)


def _spared(act: Act, text: str, doing: list[Known]) -> bool:
    """Whether a clause says of a thing that it costs nothing, or is paid for, of which nothing that we do has the half."""
    subject = text[act.subject[0] : act.subject[1]]
    if act.agent == "us" and base(act.verb_word) in _PAYS and not _AMISS.search(text, act.start, act.end):
        things = act.words - _FILLER - _PAYING
        return bool(things) and not any(len(things & known.words) * 2 >= len(things) for known in doing)
    paid = act.passive and act.verb in _PAYING and act.tense != "past"
    if not subject or not (paid or (act.agent in ("third", "yours") and _FREE.search(text, act.start, act.end))):
        return False
    things = (content(tokens(subject)) & act.words) - _FILLER
    return bool(things) and not any(len(things & known.words) * 2 >= len(things) for known in doing)
