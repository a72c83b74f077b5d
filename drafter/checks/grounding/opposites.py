"""Opposites: clauses that say of a thing what a fact denies of it, or deny what a fact says of it."""

from __future__ import annotations

import re
from functools import lru_cache

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import values_shared
from drafter.checks.grounding.contrary import NOT_ONLY
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.grammar import LIKE_PRESENT
from drafter.checks.grounding.lexicon import groups
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.undone import NARROWS
from drafter.checks.grounding.words import base, root, word_class

_FILLER = word_class("filler")
_EMPTY = word_class("plain") | {"", "be"}
_NO_CLAIM = frozenset({"request", "modal", "none", "future"})
_OPEN = frozenset({"unknown", "thread", "company", "signer", "customer", "person", "reference", "next"})
_FAILURES = frozenset({"problem", "ours", "impact"})
_REPAIRS = frozenset({"fix", "prevention", "containment", "remedy"})
_INSISTING = (" did", " does", " do", " did indeed", " did in fact", " did actually")
_STOP = root("stop")
_GOES_ON = frozenset({"present", "progressive"})
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.I)
_NO = re.compile(r"\b(?:no(?! longer|,)|none|nothing|nobody|neither)\b", re.I)
_BROKEN = re.compile(r"[:;()—–]")
_DEPENDS = frozenset({"whether", "if", "unless", "until", "when", "once"})
_FORBIDS = re.compile(r"\byou (?:can(?:not|['’]t| not)|may not|must not|mustn['’]t|are not allowed to|aren['’]t allowed to)\b", re.I)
_OBLIGES = re.compile(r"\byou(?:['’]ll)?(?: will| still| also| first)* (?:must|need to|have to)\b", re.I)
_SPARES = re.compile(
    r"\b(?:nothing|no need|(?:not|n['’]t) (?:need|have)|need(?:n['’]t| not)|without having|never (?:need|have))"
    r"(?: for you)?(?: to)? (?P<verb>[a-z]+)",
    re.I,
)
_LETS = re.compile(r"\b(?:yours to|you can(?: also| now| still)?|you may|you|free to|or to|able to) (?P<verb>[a-z]+)", re.I)
_UNLESS = re.compile(r"\b(?:if|whether|unless|could|would|should|might|may)\b", re.I)


@lru_cache(maxsize=8)
def _by_verb(facts: Facts) -> dict[str, list[tuple[Known, Act]]]:
    """The acts of the facts that a clause can be held against, by their verb."""
    found: dict[str, list[tuple[Known, Act]]] = {}
    for known in facts.known:
        for act in () if known.asked or known.role in _OPEN else known.acts:
            found.setdefault(act.verb, []).append((known, act))
    return found


def opposites(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """Each clause of the text's own words that is the opposite of a fact, and of which no fact says the same, with the fact."""
    found: list[tuple[Act, Known]] = []
    for act in reading.acts:
        if not reading.own(act.start):
            continue
        known = _asked_against(act, reading, facts) if act.agent == "customer" else _opposed(act, reading, facts)
        if known:
            found.append((act, known))
    return found


def _asked_against(act: Act, reading: Reading, facts: Facts) -> Known | None:
    """The fact that spares the customer what a clause asks of them, or allows them what it forbids."""
    text = reading.text[act.start : act.end]
    if act.agent != "customer" or act.subordinate or reading.sentences[act.sentence].question or not act.verb_word:
        return None
    verb, things = base(act.verb_word), act.words - _FILLER - {act.verb, "cannot"}
    if _FORBIDS.search(text):
        return next((known for known in facts.known if _allows(known, verb) and things <= known.words), None)
    if (act.tense == "request" or _OBLIGES.search(text)) and not _NOT.search(text):
        for known in _sparing(facts).get(verb, ()):
            if things & known.words or (not things and act.points):
                return known
    return None


@lru_cache(maxsize=8)
def _sparing(facts: Facts) -> dict[str, list[Known]]:
    """The facts that spare the customer a deed, by its verb."""
    found: dict[str, list[Known]] = {}
    for known in facts.known:
        for match in () if known.asked else _SPARES.finditer(known.text):
            found.setdefault(base(match["verb"].lower()), []).append(known)
    return found


def _allows(known: Known, verb: str) -> bool:
    """Whether a fact, of its own or as an answer, lets the customer do something."""
    if known.asked or known.role in _OPEN | _FAILURES:
        return False
    return any(base(match["verb"].lower()) == verb for match in _LETS.finditer(known.text))


def _claims(act: Act, reading: Reading) -> bool:
    """Whether a clause says of something that it is so, or is not."""
    main = not act.subordinate or act.link in ("so", "because", "and", "that")
    sentence = reading.sentences[act.sentence]
    if not main or act.tense in _NO_CLAIM or sentence.question:
        return False
    before = reading.text[sentence.start : act.start].rstrip()
    relative = before and not act.link and before[-1] not in ",;:.!?—–-"  # "the names we give out" only says which
    return (
        not relative and not _BROKEN.search(reading.text, act.start, act.end) and not _UNLESS.search(reading.text, sentence.start, act.end)
    )


def _denies(act: Act, text: str) -> bool:
    """Whether a clause of `text` says "not" of its verb, or "no" of a thing; "May, not June" corrects, and "no, …" answers."""
    return bool(_NOT.search(text, act.start, act.verb_at) or _NO.search(text, act.start, act.end))


def _opposed(act: Act, reading: Reading, facts: Facts) -> Known | None:
    near = _by_verb(facts).get(act.verb, ())
    words = act.words - _FILLER | (act.words & {root(act.verb_word)})  # of "is valid" the verb is "be", and "valid" what counts
    peers = [(known, other) for known, other in near if words <= other.words | {act.verb}]
    insists = bool(near) and reading.text[act.start : act.verb_at].rstrip().lower().endswith(_INSISTING)
    turns = act.verb in _antonyms() or not _antonyms().keys().isdisjoint(act.words)
    if not (peers or insists or turns or act.verb == _STOP or _STOP in facts.roots) or not _claims(act, reading):
        return None  # most clauses, which nothing in the facts is like
    denies = _denies(act, reading.text)
    if insists and not denies:
        return _insisted(act, facts)
    if len(words - {act.verb}) >= 2 - (act.verb not in _EMPTY) and (known := _denied(act, peers, reading, facts, denies=denies)):
        return known
    return None if denies else _turned(act, facts) or _gone_on(act, facts)


def _insisted(act: Act, facts: Facts) -> Known | None:
    """The fact that denies the deed on which a clause insists: "our driver did ring"."""
    against: Known | None = None
    for known, other in _by_verb(facts).get(act.verb, ()):
        if base(other.verb_word) != base(act.verb_word):
            continue
        denied = _denies(other, known.text)
        if not denied and other.link != "that":  # "I told you that it does" tells what was said
            return None
        against = against or (known if denied else None)
    return against


def _denied(act: Act, peers: list[tuple[Known, Act]], reading: Reading, facts: Facts, *, denies: bool) -> Known | None:
    """The fact, of those that have the words of a clause, that says the same with or without "not"."""
    sentence = reading.sentences[act.sentence]
    if not peers or NOT_ONLY.search(reading.text, act.start, act.end) or NARROWS.search(reading.text, sentence.start, sentence.end):
        return None
    hard = tuple(value for value in act.values if not value.weak)
    against: Known | None = None
    for known, other in peers:
        if known.state in ("pending", "declined") or other.tense in _NO_CLAIM or other.link in _DEPENDS:
            continue
        if values_shared(hard, known.values, facts) < len(hard):
            continue
        if _denies(other, known.text) == denies:
            return None
        if denies and act.tense == "past" and known.role in _REPAIRS:
            continue  # what was not done then may be the failure that the repair ends
        if known.role not in _FAILURES or (denies and act.verb == "be"):
            against = against or known
    return against


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one, other in groups("antonyms"):
        for word, against in ((root(one), root(other)), (root(other), root(one))):
            found[word] = found.get(word, frozenset()) | {against}
    return found


def _turned(act: Act, facts: Facts) -> Known | None:
    """The fact that says the same with a word in its place that excludes it: "the right amount", "the wrong amount"."""
    words = (act.words | {act.verb}) - _FILLER - _EMPTY
    past = act.tense == "past" or act.verb_word in LIKE_PRESENT  # it may tell the failure
    for word in () if past else words & _antonyms().keys():
        rest = words - {word}
        if len(rest) < 2 or _says(word, rest, facts):
            continue
        for known in facts.known:
            turned = _antonyms()[word] & known.words
            about = turned and rest <= known.words and not (known.asked or known.role in _OPEN | _FAILURES)
            if about and any(turned & (other.words | {other.verb}) and not _denies(other, known.text) for other in known.acts):
                return known
    return None


def _says(word: str, rest: frozenset[str], facts: Facts) -> bool:
    """Whether a fact has that word of one of these things, and does not deny it."""
    return any(
        word in other.words | {other.verb} and rest & other.words and not _denies(other, known.text)
        for known in facts.known
        for other in known.acts
    )


def _gone_on(act: Act, facts: Facts) -> Known | None:
    """The fact that has stopped what a clause says is done, or that goes on with what it says has stopped."""
    words = act.words - _FILLER
    if act.verb == _STOP and act.agent == "us":
        things = words - {_STOP}
        if _says(_STOP, things, facts):
            return None
        going = (known for known in facts.known if known.state == "doing" and not known.asked)
        return next((known for known in going if things and things <= known.words and _STOP not in known.words), None)
    if act.tense not in _GOES_ON or act.verb in _EMPTY or _STOP in words or len(words) < 2:
        return None
    stopped = ((known, other) for known, other in _by_verb(facts).get(_STOP, ()) if known.state == "done" and other.agent == "us")
    return next((known for known, other in stopped if words <= other.words), None)
