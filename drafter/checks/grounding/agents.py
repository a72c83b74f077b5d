"""Who did what: acts of a text that the facts give to someone else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import values_shared
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.grammar import is_verb
from drafter.checks.grounding.lexicon import words
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import Token, base, root, word_class

_AGAINST = {"us": ("customer", "yours"), "customer": ("us",), "yours": ("us",)}
_PLAIN = word_class("plain") | {""}
_CONVERSE = frozenset({"hear", "heard", "hearing"})  # to hear is to be written to
_HOLDS = frozenset({"has", "have"})  # who has a thing now was not given it in the same act
_RELATIVE = re.compile(  # "the tickets you sent", "the £1,200 you paid" only says which
    r"(?:and |but )?(?:the|your|those|these|both|all)\b(?:[^,.;:]|(?<=\d)[,.:](?=\d))*\Z", re.I
)
_ASK = root("ask")
_PAST = frozenset({"past", "perfect"})
_OFFER = re.compile(r"\b(?:if\b|any ?time|whenever|rather|prefer|should you|instead)", re.I)
_REQUESTABLE = word_class("requestable")
_SHARED_NOUNS = words("shared_nouns")


class Reversed(NamedTuple):
    """Words that give an act, or a thing, to the wrong side: the span, the fact, and the words in their place."""

    start: int
    end: int
    fact: str
    says: str
    rewrite: str | None


def reversals(reading: Reading, facts: Facts) -> list[Reversed]:
    """Every act that changed sides, and every thing of the customer's that the text calls ours."""
    found: list[Reversed] = []
    for act in reading.acts:
        if reading.own(act.start) and (flipped := _flipped(act, reading, facts)):
            found.append(flipped)
    return [*found, *_possessions(reading, facts)]


def _flipped(act: Act, reading: Reading, facts: Facts) -> Reversed | None:
    if act.tense == "request":
        return None if facts.incident.public else _asked_back(act, reading, facts)
    if (
        act.verb_word in _CONVERSE
        or (act.agent == "customer" and act.verb == _ASK and facts.incident.asks)  # "you asked …" tells of an ask
        or (act.agent == "customer" and _RELATIVE.match(reading.text[act.start : act.subject[0]]))
        or act.agent not in _AGAINST
        or not is_verb(act.verb_word)
        or (act.verb in _PLAIN and not act.words - {act.verb})
    ):
        return None
    against: tuple[Act, Known] | None = None
    for known in facts.known:
        for other in known.acts:
            if not _same_act(act, other, facts):
                continue
            if other.agent == "none" or known.state == "pending":
                continue  # "your card was charged" leaves it open
            if other.agent not in _AGAINST[act.agent]:
                return None
            if against is None and other.tense != "request":
                against = (other, known)
    return _reversed(act, against, reading) if against else None


def _reversed(act: Act, against: tuple[Act, Known], reading: Reading) -> Reversed:
    other, known = against
    start, end = act.subject if act.subject[1] else (act.start, act.end)
    words_now = reading.text[start:end]
    right = known.text[other.subject[0] : other.subject[1]]
    rewrite = (
        right if right and act.subject[1] and right.lower() in ("i", "we", "you") and words_now.lower() in ("i", "we", "you") else None
    )
    if rewrite:
        rewrite = (
            "I" if rewrite.lower() == "i" else rewrite.capitalize() if words_now[0].isupper() and words_now != "I" else rewrite.lower()
        )
    return Reversed(start, end, known.id, known.text[other.start : other.end].strip(" ,;.\n"), rewrite)


def _same_act(act: Act, other: Act, facts: Facts) -> bool:
    """Whether two acts have one verb and one object: only who acts can differ."""
    if (
        act.verb != other.verb
        or act.verb == "be"
        or (act.tense in _PAST) != (other.tense in _PAST)
        or (act.negated != other.negated and act.verb in _PLAIN)
        or (act.verb_word in _HOLDS) != (other.verb_word in _HOLDS)
    ):
        return False
    mine, theirs = act.words - {act.verb}, other.words - {other.verb}
    hard = tuple(value for value in act.values if not value.weak)
    shared = len(mine & theirs) + values_shared(hard, other.values, facts)
    if not mine and not hard:
        return not theirs and not other.values and act.verb not in _PLAIN and (act.to == "") == (other.to == "")
    return shared * 2 >= len(mine) + len(hard) or (shared * 2 >= max(1, len(theirs) + len(other.values)) and shared > 0)


def _asked_back(act: Act, reading: Reading, facts: Facts) -> Reversed | None:
    """A request to call us where the facts say that we will call, and the text no longer says so."""
    sentence = reading.sentences[act.sentence]
    if act.verb not in _REQUESTABLE or act.to != "us" or _OFFER.search(reading.text[sentence.start : sentence.end]):
        return None
    for known in facts.known:
        for other in known.acts:
            if other.agent == "us" and other.verb == act.verb and other.to == "you" and known.state in ("will", "doing"):
                if any(mine.agent == "us" and mine.verb == act.verb for mine in reading.acts):
                    return None
                return Reversed(act.start, act.end, known.id, known.text[other.start : other.end].strip(" ,;.\n"), None)
    return None


def _owners(row: list[Token]) -> dict[str, set[str]]:
    """Noun -> whose it is in these words: "us", "customer"."""
    found: dict[str, set[str]] = {}
    for token, after in pairwise(row):
        if after.wordy and token.low in ("your", "our", "my"):
            found.setdefault(base(after.low), set()).add("customer" if token.low == "your" else "us")
    return found


def _possessions(reading: Reading, facts: Facts) -> list[Reversed]:
    owners: dict[str, set[str]] = {}
    source: dict[str, Known] = {}
    for known in facts.known:
        for noun, whose in _owners(known.reading.tokens).items():
            swapped = {"us": "customer", "customer": "us"}
            sides = {swapped[side] for side in whose} if known.asked and known.role == "thread" else whose
            owners.setdefault(noun, set()).update(sides)
            source.setdefault(noun, known)
    found: list[Reversed] = []
    row = reading.tokens
    for i, token in enumerate(row[:-1]):
        if token.low not in ("our", "my") or not reading.own(token.start):
            continue
        after = row[i + 1]
        noun = base(after.low)
        if after.low in _SHARED_NOUNS or "us" in owners.get(noun, {"us"}) or _compound(row, i + 2):
            continue
        rewrite = _cased("your", token.text) + reading.text[token.end : after.end]
        found.append(Reversed(token.start, after.end, source[noun].id, f"your {after.low}", rewrite))
    return found


def _compound(row: list[Token], i: int) -> bool:
    """Whether another noun follows, so that the first only names its kind ("our order system")."""
    if i >= len(row) or not row[i].wordy:
        return False
    low = row[i].low
    return not (low in words("stopwords") or low in words("verbs") or low.endswith(("ed", "ing", "ly")) or low in _joiners())


def _joiners() -> frozenset[str]:
    return frozenset({"twice", "again", "today", "tomorrow", "yesterday", "personally", "took", "sent", "went", "left"})


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
