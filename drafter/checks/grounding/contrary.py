"""Contraries: clauses that deny a deed of the facts, tell it as still to come, or give it another number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import values_shared
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.lexicon import named, pairs
from drafter.checks.grounding.owed import family
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import root, word_class

_EMPTY = word_class("plain") | {"", "be"}
_FILLER = word_class("filler")
_CHARGES = word_class("charges")
_NUMBERS = named("ordering")
_PAST = frozenset({"past", "perfect"})
_OURS = frozenset({"fix", "remedy", "prevention", "containment"})
_FAILURES = frozenset({"problem", "ours", "cause", "impact"})
_DEEDS = _OURS | _FAILURES
_NO = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.I)
_NOBODY = re.compile(r"\b(?:none|nobody|no one|nothing|neither|nor)\b|\A\W*(?:and |but )?no\b", re.I)
NOT_ONLY = re.compile(r"(?:\bnot|n['’]t)\s+(?:only|just|merely|simply)\b", re.I)
_NARROWS = re.compile(  # what is denied is then less than the deed
    r"\b(?:until|till|before|sooner|earlier|because|at first|at once|right away|straight away|in time|only|just|simply|merely|again|twice"
    r"|once|more|other|else|without|by|so that|should|had|when|while|then|yesterday|still|rather|instead|but|if"
    r"|new|old|next|last|this|these|those|any|another|all|both|every|each|whole|enough|since|ever|after\w*|later|elsewhere|anymore|longer|beyond)\b",
    re.I,
)
_FAILING = re.compile(r"\b(?:not|never|no|missed|failed|forgot\w*|late|lost|missing|without|wrong)\b|n['’]t\b", re.I)
_GOES_ON = re.compile(  # "once, and then again": the count is not all there is
    r"\b(?:now|in (?:the end|total|all)|altogether|net|after all|instead|again|second|third|another|more|then|also|later|should)\b", re.I
)
_ORDINAL = re.compile(r"\b(?:the|your|our|its|their|my|that|this)\s+([a-z]+|\d+(?:st|nd|rd|th))\s+([£$€]?\w[\w.,’']*)", re.I)
_TIMES = re.compile(r"(?<!at )(?<!for )\b(once|twice|thrice|(?:\d+|[a-z]+)\s+times)\b(?!\s+(?:a|an|per|every|each|more|again|too)\b)", re.I)
Kind = Literal["other", "planned", "apart", "same"]


class Contrary(NamedTuple):
    """A clause that says otherwise than every fact of its deed, those facts, and the words of the first."""

    act: Act
    end: int  # of its words, a "once …" behind it among them
    facts: frozenset[str]
    says: str
    planned: bool  # it only tells as to come what is done


@lru_cache(maxsize=16)
def contraries(reading: Reading, facts: Facts) -> tuple[Contrary, ...]:
    """Every clause of the text's own words that the facts of its deed contradict; kept, because ground and cover share them."""
    found: list[Contrary] = []
    for i, act in enumerate(reading.acts):
        if reading.own(act.start) and _asserts(act, reading) and (contrary := _contrary(_Told(act, reading, i), facts)):
            found.append(contrary)
    return tuple(found)


def families(contrary: Contrary) -> frozenset[str]:
    """The matters whose facts a contrary clause cannot state."""
    return frozenset(family(name) for name in contrary.facts)


class _Told(NamedTuple):
    """An act with the text that it stands in and its place there."""

    act: Act
    reading: Reading
    at: int

    @property
    def end(self) -> int:
        """Where it ends, with a "once …" behind it that is no clause of its own."""
        rest = self.reading.acts[self.at + 1 : self.at + 2]
        goes_on = rest and rest[0].sentence == self.act.sentence and rest[0].link == "once" and not rest[0].verb
        return rest[0].end if goes_on else self.act.end

    @property
    def text(self) -> str:
        """Its words."""
        return self.reading.text[self.act.start : self.end]

    @property
    def near(self) -> str:
        """Its sentence and the one behind it."""
        both = self.reading.sentences[self.act.sentence : self.act.sentence + 2]
        return self.reading.text[both[0].start : both[-1].end]

    @property
    def lead(self) -> str:
        """The words before its verb."""
        return self.reading.text[self.act.start : self.act.verb_at]

    @property
    def denied(self) -> bool:
        """Whether it says that the deed was not done."""
        return bool(_NO.search(self.lead) or _NOBODY.search(self.lead))


def _asserts(act: Act, reading: Reading) -> bool:
    """Whether a clause tells a deed of ours as done, not done or to come."""
    lead = reading.text[act.start : act.verb_at]
    if act.verb in _EMPTY or act.subordinate or act.agent in ("customer", "yours") or act.tense not in (*_PAST, "future"):
        return False
    if reading.sentences[act.sentence].question or re.search(r"\bto\b", lead) or _NOBODY.search(lead):
        return False
    return not NOT_ONLY.search(lead) and (act.agent == "us" or act.passive)


def _contrary(told: _Told, facts: Facts) -> Contrary | None:
    """The facts that a clause contradicts, unless one of its deed agrees with it."""
    against: list[tuple[Known, Act, Kind]] = []
    for other, known in _peers(told.act, facts):
        kind = _kind(told, other, known, facts)
        if kind == "same":
            return None
        if kind != "apart":
            against.append((known, other.act, kind))
    if not against or (told.denied and was_failure(told.act, facts)):
        return None
    known, act, kind = against[0]
    says = known.text[act.start :].split("\n")[0].strip(" ,;.")
    return Contrary(told.act, told.end, frozenset(known.id for known, _, _ in against), says, kind == "planned")


def _peers(act: Act, facts: Facts) -> Iterator[tuple[_Told, Known]]:
    """The acts of the facts that have the verb of an act and could be told by it."""
    for known in facts.known:
        if known.asked or known.role == "unknown":
            continue
        for i, other in enumerate(known.acts):
            if other.verb == act.verb and _one_side(act, other):
                yield _Told(other, known.reading, i), known


def _one_side(act: Act, other: Act) -> bool:
    """Whether two acts can be of one agent, as far as both name one."""
    return act.agent == other.agent or "none" in (act.agent, other.agent) or other.agent == "third"


def _kind(told: _Told, other: _Told, known: Known, facts: Facts) -> Kind:
    """Whether a clause says otherwise than an act of the facts, the same, or something apart."""
    numbered = _number_clash(told, other)
    if numbered and told.denied == other.denied and known.role in _DEEDS:
        return "other"
    if not _shares(told.act, other.act, facts):
        return "apart"
    if other.act.tense not in _PAST or other.act.subordinate or known.role not in _DEEDS or known.state in ("pending", "declined"):
        return "same"
    if told.denied and other.denied and not told.act.words - _FILLER <= known.words:
        return "apart"
    if told.denied != other.denied:
        return "other" if not numbered and _reverses(told, other, known, facts) else "apart"
    if told.act.tense == "future" and not told.denied and known.role in _OURS and _within(told.act, known, facts):
        return "planned"
    return "other" if _counts_clash(told, other) else "same"


def _shares(act: Act, other: Act, facts: Facts) -> bool:
    hard = tuple(value for value in act.values if not value.weak and value.kind not in ("date", "time"))
    return bool((act.words & other.words) - {act.verb} or values_shared(hard, other.values, facts))


def _within(act: Act, known: Known, facts: Facts) -> bool:
    """Whether a clause says nothing beside what its fact says."""
    values = act.values
    return act.words - _FILLER - {act.verb} <= known.words and values_shared(values, known.values, facts) == len(values)


def _reverses(told: _Told, other: _Told, known: Known, facts: Facts) -> bool:
    """Whether one of two like acts denies all that the other says."""
    sentence = told.reading.sentences[told.act.sentence]
    if told.act.tense == "future" or _NARROWS.search(told.reading.text, sentence.start, sentence.end):
        return False
    if told.denied:
        return _within(told.act, known, facts)
    rest = other.act.words - _FILLER <= told.act.words | {told.act.verb}
    held = values_shared(other.act.values, told.act.values, facts) == len(other.act.values)
    return rest and held and not _NARROWS.search(other.text) and _within(told.act, known, facts)


def was_failure(act: Act, facts: Facts) -> bool:
    """Whether a denial in the simple past may tell of the failure itself: the facts have one with its things."""
    if act.tense != "past" or any(value.kind == "date" for value in act.values):
        return False
    return any(
        known.role in _FAILURES and _FAILING.search(known.text) and (act.words - _FILLER) & known.words - {act.verb}
        for known in facts.known
    )


def _number_clash(told: _Told, other: _Told) -> bool:
    """Whether both number the same kind of thing, and no number is in both."""
    mine, theirs = _ordinals(told.text), _ordinals(other.text)
    alike = any(_one_kind(head, head_of) for _, head in mine for _, head_of in theirs)
    return alike and {number for number, _ in mine}.isdisjoint(number for number, _ in theirs)


def _ordinals(text: str) -> list[tuple[str, str]]:
    """Each "the second charge" as its number and its thing; "" is an amount of money or "one"."""
    found: list[tuple[str, str]] = []
    for match in _ORDINAL.finditer(text):
        number = _ordinal(match[1].lower())
        head = match[2].lower().strip(".,")
        if number and head not in _NUMBERS["no_head"] and head not in pairs("months"):
            found.append((number, "" if head == "one" or head[0] in "£$€" else root(head)))
    return found


def _ordinal(word: str) -> str:
    order = pairs("ordinals")
    return order.get(word, "") if word[0].isalpha() else re.sub(r"\D", "", word)


def _one_kind(head: str, other: str) -> bool:
    return head == other or (head == "" and other in _CHARGES) or (other == "" and head in _CHARGES)


def _counts_clash(told: _Told, other: _Told) -> bool:
    """Whether a deed is told as done another number of times."""
    mine, theirs = _times(told.near), _times(other.text)
    plain = told.act.tense == "past" and not told.denied and not _GOES_ON.search(told.near)
    return plain and len(mine) == 1 and len(theirs) == 1 and mine != theirs and _times(told.text) == mine


def _times(text: str) -> list[str]:
    """How often, each time that a text says it: "twice" is 2."""
    counts = pairs("times")
    return [count for match in _TIMES.finditer(text) if (count := _count(match[1].lower().split()[0], counts))]


def _count(word: str, counts: dict[str, str]) -> str:
    return word if word.isdigit() else counts.get(word, "")
