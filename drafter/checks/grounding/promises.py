"""Promises: what a text says will happen, and whether the facts say that it may be promised."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import ACTIONS, FILLER, GENERIC, GIVING, GRADES, PEOPLE, THINGS, backing, hard_values, held
from drafter.checks.grounding.comparing import resolved, said
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.states import UNDECIDED
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root, word_class

_ON_CUSTOMER = re.compile(
    r"\b(?:if|once|when|whenever|should|unless|as soon as|after|until|in case) (?:you|your)\b"
    r"|\b(?:if|once|when) (?:that|this|it) (?:suits|works|helps)|\bif (?:so|not|anything|any|there|the|a|one|that)\b"
    r"|\byou can (?:also )?(?:reach|reply|call|write|find|ring)\b|\bshould (?:you|it|they|that|this|the|there|anything)\b|\bany ?time\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:do better|make (?:it|this|that|things) right|put (?:it|this|that|things) right|sort (?:it|this|that) out|learn from)\b", re.I
)
_SWORN = re.compile(r"\b(?:I|we)(?: can| also)? (?:guarantee|promise|commit)\b|\byou have my word\b", re.I)
_COMING = re.compile(r"\b(?:on (?:its|their|the) way|coming your way|in the post)\b", re.I)
_NO = r"(?:never|not|won['’]t|can['’]?not|can['’]t)"
_NEVER_AGAIN = re.compile(
    rf"\b{_NO}\b.{{0,30}}\b(?:happen|occur|be repeated)\b.{{0,12}}\bagain\b"
    r"|\bnever (?:ever )?(?:happen|occur)\b|\bnever\b.{0,40}\bagain\b"
    r"|\b(?:will not|won['’]t)\b[^.;:!?]{0,60}\bagain\b|\bwill always\b",
    re.I,
)
_WONDERS = re.compile(r"\W*(?:what|how|when|where|who|why)\b(?! (?:I|we) can)", re.I)
_YOU = re.compile(r"\byou", re.I)
_AT_EASE = re.compile(r"\bfree (?:to|from|of (?!charge))|\bfeel free\b", re.I)
_FREE = frozenset({root("free"), root("discount"), root("gift")})
_GIFTS = word_class("gifts")
_RECEIVING = word_class("receiving")
_HANDING = frozenset({root("give"), root("offer")})
_TELLING = word_class("telling")
_HARMLESS = word_class("harmless")
_STATING = frozenset({"because", "so", "which", "that", "and", "while", "though", "although", "as"})
_DECIDABLE = frozenset({"remedy", "ask"})
_ONLY_ASKED = "the customer asked for it, and no fact grants it"
_SAME = 0.5  # of a clause's words: it tells that fact
_PAST = frozenset({"past", "perfect"})
_NOT_GRANTED = "the facts hold no such promise"


class Promise(NamedTuple):
    """A promise in a text: its act, the fact that grants it or None, and why it is not granted."""

    act: Act
    fact: Known | None
    why: str
    refused: bool = False


def promises(reading: Reading, facts: Facts) -> list[Promise]:
    """Every promise of the text's own words; an offer that waits for the customer is one only where it was refused."""
    found: list[Promise] = []
    for i, act in enumerate(reading.acts):
        if not reading.own(act.start) or not _promises(act, reading):
            continue
        again = bool(_NEVER_AGAIN.search(reading.text, act.start, act.end))
        promise = _weighed(_Said(act, resolved(reading.acts, i), _open(act, reading)), facts, again=again)
        if promise.refused or not _waits(act, reading):
            found.append(promise)
    return found


def _promises(act: Act, reading: Reading) -> bool:
    """Whether a clause promises: by its tense first, then by what stands around it."""
    text = reading.text[act.start : act.end]
    if act.tense == "future":
        promises = _binding(act, text)
    elif act.tense == "progressive" and (act.agent == "us" or act.passive):
        promises = act.verb in GIVING or act.verb == root("send")
    elif act.tense in ("present", "modal"):
        promises = _gives_now(act, text)
    else:
        promises = bool((act.agent in ("third", "yours", "us") and _COMING.search(text)) or _SWORN.search(text))
    return promises and not _excused(act, text, reading)


def _gives_now(act: Act, text: str) -> bool:
    """Whether a clause about today gives something: "your next ride is on the house", "what I can give you is"."""
    if (act.agent in ("third", "yours", "us") and _COMING.search(text)) or _SWORN.search(text):
        return True
    if act.negated or not _YOU.search(text):
        return False
    return bool(act.words & _FREE and not _AT_EASE.search(text)) or (act.agent == "us" and act.to == "you" and act.verb in _HANDING)


def _excused(act: Act, text: str, reading: Reading) -> bool:
    """Whether a future is a question, a heading, a wish, or the customer's own words."""
    sentence = reading.sentences[act.sentence]
    if sentence.question or _WONDERS.match(text) or (act.subordinate and act.link not in _STATING):
        return True
    if act.link == "so" and _NEVER_AGAIN.search(text):
        return True
    return bool(_VAGUE.search(text)) or _asked(act, reading)


def _waits(act: Act, reading: Reading) -> bool:
    """Whether the sentence makes its promise depend on something."""
    return bool(_ON_CUSTOMER.search(reading.around(act.start)))


def _open(act: Act, reading: Reading) -> bool:
    """Whether the sentence, or for a pronoun the one before, says that something is still to be decided."""
    sentences = [reading.sentences[act.sentence]]
    if act.sentence and act.verb not in GIVING and (act.points or not act.words - {act.verb} - GENERIC):
        sentences.append(reading.sentences[act.sentence - 1])
    return any(UNDECIDED.search(reading.text, sentence.start, sentence.end) for sentence in sentences)


def _asked(act: Act, reading: Reading) -> bool:
    """Whether the clause only tells what the customer asked: "you asked that the charge will …"."""
    return any(other.start < act.start and other.agent == "customer" and other.verb == root("ask") for other in reading.beside(act))


def _binding(act: Act, text: str) -> bool:
    """Whether a future clause binds us: not "you will see" and not "I'll explain"."""
    if _NEVER_AGAIN.search(text):
        return True
    things = bool(act.words & THINGS)
    if act.agent == "customer" and act.negated and act.verb not in GIVING | {root("charge"), root("lose")}:
        return False
    if act.verb in _HARMLESS:
        timed = act.verb == "be" and any(value.kind in ("date", "time") and not value.weak for value in act.values)
        return timed or (things and (bool(act.values) or act.agent == "customer"))
    return bool(said(act) or act.values)


class _Said(NamedTuple):
    """A clause as it stands, the same with what its pronoun stands for, and whether something is still to be decided there."""

    act: Act
    whole: Act
    open: bool


def _weighed(told: _Said, facts: Facts, *, again: bool) -> Promise:
    act = told.act
    if again:
        sworn = next((known for known in facts.known if not known.asked and _NEVER_AGAIN.search(known.text)), None)
        return Promise(act, sworn, "" if sworn else _NOT_GRANTED)
    granted: tuple[float, Known] | None = None
    refused: tuple[float, str] | None = None
    scores = [backing(told.whole, known, facts) for known in facts.known]
    if not any(scores) and told.whole is not act:
        scores = [backing(act, known, facts) for known in facts.known]
    for known, score in zip(facts.known, scores, strict=True):
        if score == 0:
            continue
        if known.role == "unknown" and not told.open and not act.negated:
            if not hard_values(act) and not known.text.startswith("whether"):
                continue
            why = "it is not known yet"
        else:
            why = "" if act.negated or told.open or _tells_when(act, known, facts) else _withheld(known)
        if why and (refused is None or score > refused[0]):
            refused = (score, why)
        elif not why and (granted is None or score > granted[0]):
            granted = (score, known)
    if granted and not (refused and refused[0] > granted[0] + 0.2 * (refused[1] == _ONLY_ASKED)):
        return Promise(act, granted[1], "")
    if refused:
        return Promise(act, None, refused[1], refused=True)
    if clash := _contradicted(act, facts):
        return Promise(act, None, f"the facts say: {clash.text}")
    return Promise(act, None, _NOT_GRANTED) if _strange(act, facts, open_=told.open) else Promise(act, facts.known[0], "")


def _contradicted(act: Act, facts: Facts) -> Known | None:
    """The fact that a clause tells with another day, hour or amount than its own."""
    hard = hard_values(act)
    bare = act._replace(values=())
    if not hard or act.negated:
        return None
    for known in facts.known:
        same = any(other.verb == act.verb and other.tense not in _PAST for other in known.acts)
        mine = same or (act.verb in GIVING and act.verb in known.words)
        if mine and known.role in ACTIONS and not known.asked and backing(bare, known, facts) >= _SAME:
            return known
    return None


def _strange(act: Act, facts: Facts, *, open_: bool) -> bool:
    """Whether a clause that no fact backs brings in what no fact mentions: a thing to be had, or a deed with its object."""
    hard = hard_values(act)
    if any(not any(held(value, known, facts) for known in facts.known) for value in hard):
        return True
    new = {word for word in said(act) - FILLER - GENERIC if word not in facts.roots and word.lstrip("!") not in facts.roots}
    if open_:
        return False
    if act.agent == "customer" and not act.negated and act.verb in _RECEIVING and new & THINGS - {root("money")}:
        return True
    if new & (_GIFTS | GRADES | PEOPLE) and not (act.tense == "present" and said(act) & _GIFTS - new):
        return True
    if act.verb in GIVING and not act.negated and (new - {act.verb} or (new and act.agent != "third" and act.verb not in _HANDING)):
        return True
    if act.tense == "present":
        return False
    return len(new) > 1 or _elsewhere(act, hard, facts)


def _elsewhere(act: Act, hard: list[Value], facts: Facts) -> bool:
    """Whether a day is given to what no fact has a day for: the day is one fact's and every word another's, not yet known."""
    words = said(act) - FILLER - GENERIC
    if act.negated or not words or not hard:
        return False
    holders = [known for known in facts.known if any(held(value, known, facts) for value in hard)]
    if any(words & known.words for known in holders):
        return False
    return any(known.role == "unknown" and len(words & known.words) * 2 >= len(words) for known in facts.known)


def _withheld(known: Known) -> str:
    if known.asked:
        return _ONLY_ASKED
    if known.role in _DECIDABLE and known.state == "pending":
        return "it is not decided yet"
    if known.role in _DECIDABLE and known.state == "declined":
        return "it was declined"
    return ""


def _tells_when(act: Act, known: Known, facts: Facts) -> bool:
    """Whether a promise only says when a decision comes, not what it is."""
    hard = hard_values(act)
    when = bool(hard) and all(value.kind in ("date", "time") and held(value, known, facts) for value in hard)
    return when and act.verb in _TELLING and not act.words & THINGS
