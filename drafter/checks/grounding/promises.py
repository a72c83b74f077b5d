"""Promises: what a text says will happen, and whether the facts say that it may be promised."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import has_verb, likeness, said
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.lexicon import words
from drafter.checks.grounding.matching import equal
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import root

_ON_CUSTOMER = re.compile(
    r"\b(?:if|once|when|whenever|should|unless|as soon as|after|until|in case) (?:you|your)\b|\b(?:if|once|when) (?:that|this|it) (?:suits|works|helps)"
    r"|\bif so\b|\bif (?:not|anything|any|there|the|a|one|that)\b|\byou can (?:also )?(?:reach|reply|call|write|find|ring)\b|\bshould you\b|\bany ?time\b",
    re.I,
)
_VAGUE = re.compile(r"\b(?:do better|make (?:it|this|that|things) right|put (?:it|this|that|things) right|sort (?:it|this|that) out|learn from)\b", re.I)
_SWORN = re.compile(r"\b(?:guarantee[ds]?|promise|commit(?:ted)? to)\b", re.I)
_COMING = re.compile(r"\b(?:on (?:its|their|the) way|coming your way|in the post|waiting for you)\b", re.I)
_NEVER_AGAIN = re.compile(r"\b(?:never|not|won['’]t|can['’]?not|can['’]t)\b.{0,30}\b(?:happen|occur|be repeated)\b.{0,12}\bagain\b|\bnever again\b", re.I)
_GIVING = frozenset(root(word) for word in "refund credit pay send give replace discount waive compensate reimburse upgrade".split())
_RECEIVING = frozenset(root(word) for word in "get receive have arrive return see hear".split())
_THINGS = frozenset(root(word) for word in "refund credit replacement voucher money payment parcel discount gift compensation upgrade".split())
_HOLDERS = frozenset({"fix", "remedy", "prevention", "containment", "next", "ask", "known", "ours", "cause", "impact", "problem", "third_party", "thread", "customer_part"})
_DECIDABLE = frozenset({"remedy", "ask"})


class Promise(NamedTuple):
    """A promise in a text: its act, the fact that grants it or None, and why it is not granted."""

    act: Act
    fact: Known | None
    why: str


def promises(reading: Reading, facts: Facts) -> list[Promise]:
    """Every promise of the text's own words, but for offers that wait for the customer."""
    found: list[Promise] = []
    for act in reading.acts:
        if not reading.own(act.start) or not _promises(act, reading):
            continue
        found.append(_weighed(act, facts, reading))
    return found


def _promises(act: Act, reading: Reading) -> bool:
    text = reading.text[act.start : act.end]
    sentence = reading.sentences[act.sentence]
    whole = reading.text[sentence.start : sentence.end]
    if sentence.question or (act.subordinate and act.link not in ("because", "so", "which", "that", "and", "while", "though", "although", "as")):
        return False
    if act.link == "so" and _NEVER_AGAIN.search(text):
        return False
    if _VAGUE.search(text) or _ON_CUSTOMER.search(whole):
        return False
    if act.tense == "future":
        return _binding(act, text)
    if act.tense == "progressive" and (act.agent == "us" or act.passive):
        return act.verb in _GIVING
    return bool(_COMING.search(text) and act.agent in ("third", "yours", "us")) or bool(_SWORN.search(text) and act.agent == "us")


def _binding(act: Act, text: str) -> bool:
    """Whether a future clause binds us: not "you will see" and not "I'll explain"."""
    if _NEVER_AGAIN.search(text):
        return True
    harmless = act.verb in _harmless() and not (act.verb in _RECEIVING and (act.values or act.words & _THINGS))
    if act.agent == "customer" and act.negated and act.verb not in _GIVING | {root("charge"), root("lose")}:
        return False
    if act.verb == "be" or harmless:
        return bool(act.words & _THINGS) and bool(act.values)
    return bool(said(act) or act.values)


def _weighed(act: Act, facts: Facts, reading: Reading) -> Promise:
    refused: Promise | None = None
    best: tuple[float, Known] | None = None
    for known in facts.known:
        if known.role not in _HOLDERS:
            continue
        score = _score(act, known, facts)
        if score < 0.5:
            continue
        if why := _withheld(known):
            refused = refused or Promise(act, None, why) if best is None else refused
            if best is None or score > best[0]:
                refused = Promise(act, None, why)
            continue
        if best is None or score > best[0]:
            best = (score, known)
    if best and not (refused and best[0] < 0.75 and _decision_verb(act)):
        return Promise(act, best[1], "")
    if refused:
        return refused
    if act.agent in ("third", "none", "yours") and _all_known(act, facts):
        return Promise(act, facts.known[0], "")
    return Promise(act, None, "the facts hold no such promise")


def _decision_verb(act: Act) -> bool:
    return act.verb in _GIVING | _RECEIVING


def _withheld(known: Known) -> str:
    if known.asked:
        return "the customer asked for it, and no fact grants it"
    if known.role in _DECIDABLE and known.state == "pending":
        return "it is not decided yet"
    if known.role in _DECIDABLE and known.state == "declined":
        return "it was declined"
    return ""


def _score(act: Act, known: Known, facts: Facts) -> float:
    """How well a fact backs a promise: its verb, its things, and every day and amount named."""
    mine = said(act)
    objects = mine - {act.verb}
    shared = objects & known.words
    verb = has_verb(act, known)
    dates = [value for value in act.values if value.kind in ("date", "money", "time", "duration") and not value.weak]
    backed = [value for value in dates if any(equal(value, other, facts) for other in known.values)]
    if dates and not backed and any(other.kind == value.kind for value in dates for other in known.values):
        return 0.0
    if not verb and act.verb not in _RECEIVING | {"be", root("make"), root("give")} and len(shared) < 2:
        return 0.0
    if objects and not shared and not backed:
        return 0.0
    if not objects and not verb and not backed:
        return 0.0
    return 0.5 * verb + 0.5 * (len(shared) + len(backed)) / max(1, len(objects) + len(dates)) if objects or dates else 1.0


def _all_known(act: Act, facts: Facts) -> bool:
    """Whether every word of an act about others is a word of the facts."""
    mine = said(act)
    return bool(mine) and sum(word in facts.roots for word in mine) >= 0.6 * len(mine)


def _harmless() -> frozenset[str]:
    return frozenset(root(word) for word in words("harmless"))


def overstated(reading: Reading, facts: Facts) -> list[Promise]:
    """What a text says is done, being done or granted, while its fact is still to come or not decided."""
    found: list[Promise] = []
    for act in reading.acts:
        if act.subordinate and act.link not in ("which", "because", "and", "so") or not reading.own(act.start) or act.negated:
            continue
        if act.tense not in ("past", "perfect", "progressive", "present") or act.agent in ("customer",) or not act.verb:
            continue
        if (known := _ahead(act, facts)) is not None:
            found.append(Promise(act, None, _behind(known)))
    return found


def _ahead(act: Act, facts: Facts) -> Known | None:
    """The fact that an act runs ahead of, unless another fact says it as it stands."""
    best, ahead = 0.0, None
    for known in facts.known:
        score = likeness(act, known, facts)
        if score < 0.6 or len(said(act) & known.words) + len(act.values) < 2 or not (has_verb(act, known) or _grants(act, known)):
            continue
        runs = _runs_ahead(act, known)
        if score > best or (score == best and not runs):
            best, ahead = score, known if runs else None
    return ahead


def _grants(act: Act, known: Known) -> bool:
    return known.role in _DECIDABLE and known.state in ("pending", "declined") and act.verb in _GRANT


_GRANT = frozenset(root(word) for word in "approve grant agree accept confirm arrange issue process apply add give credit refund pay send".split())


def _runs_ahead(act: Act, known: Known) -> bool:
    if known.state == "will":
        return act.tense in ("past", "perfect") or act.tense == "progressive"
    if known.state == "doing":
        return act.tense in ("past", "perfect")
    return known.role in _DECIDABLE and known.state in ("pending", "declined") and not known.asked and act.agent in ("us", "none") and act.tense != "present"


def _behind(known: Known) -> str:
    return {
        "will": "the facts say that it is still to be done",
        "doing": "the facts say that it is still being done",
        "pending": "the facts say that it is not decided yet",
        "declined": "the facts say that it was declined",
    }.get(known.state or "", "the facts do not say so")
