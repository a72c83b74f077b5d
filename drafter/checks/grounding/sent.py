"""Sent: clauses that say otherwise of a thing than a message which was sent, and do not say that they correct it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from functools import lru_cache
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.openly import taken_back, takes_back
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.sentences import Sentence
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.verbatim import stretches
from drafter.checks.grounding.words import content, tokens
from drafter.incident import Incident

_HARD = frozenset({"number", "money", "percentage", "duration", "date", "time"})
_COUNTED = frozenset({"number", "percentage", "duration", "money"})
_PAST = frozenset({"past", "perfect"})
_STATING = frozenset({"past", "perfect", "present", "progressive"})
_OUTSIDE = frozenset({"thread", "correction", "company", "signer", "customer", "person", "reference", "locked"})
_REPAIRS = frozenset({"fix", "containment", "prevention"})
_ALIKE, _MOST = 0.75, 0.6  # of the words of the shorter clause, and of the longer one
_APART = 0.25  # of the words of one cause that another one may have
_MOVES_ON = re.compile(
    r"\b(?:so far|by now|until now|up to now|at least|at the moment|currently|right now|as of|already|about|around|roughly|nearly|almost"
    r"|more than|over|up to|again|another|second|third|also|then|next|other|each|every|all|both|whole|this time|since then"
    r"|meanwhile|now)\b",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:think|thought|believe|seems?|appears?|may|might|could|probably|likely|perhaps|suspect|assume|expect|estimate\w*|not sure|if)\b",
    re.I,
)
_NO = re.compile(r"\b(?:no|none|nobody|nothing|neither|never|not|cannot)\b|n['’]t\b", re.I)
_RELAPSED = re.compile(r"\b(?:again|since|now|no longer|any ?more|back|by|yet|still|until)\b", re.I)
_CAUSE = re.compile(
    r"\b(?:(?:it|this|that) (?:all )?happened because|here is why:|the (?:root )?(?:cause|reason) (?:was|is)(?: that)?"
    r"|(?:it|this|that) was (?:all )?(?:caused by|due to))\s*(?P<cause>[^.!?]+)",
    re.I,
)


class Unlike(NamedTuple):
    """A clause that contradicts what was sent: where it stands, the words that were sent, and when; with no `when` it is what is right."""

    start: int
    end: int
    sent: str
    when: str

    @property
    def message(self) -> str:
        """What is wrong with it, in plain words."""
        if not self.when:
            return f"This was told before and was wrong: {self.sent}."
        return f"{self.when} says otherwise: {self.sent} If it was wrong, say so openly; if it has changed since, say that."


class _Sent(NamedTuple):
    """A message of ours, read as at its time, and when that was in words."""

    reading: Reading
    when: str


def contradictions(reading: Reading, facts: Facts) -> list[Unlike]:
    """Every clause of the text's own words that contradicts the last message of ours about it, openly corrected ones apart."""
    sent = _sent(facts)
    if not sent and not facts.incident.corrections:
        return []
    places = taken_back(reading.text)
    found = [*_wrong_again(reading, facts), *_clauses(reading, facts, sent), *_causes(reading, facts, sent)]
    return [one for one in found if not any(start <= one.start and one.end <= end + 1 for start, end in places)]


@lru_cache(maxsize=8)
def _sent(facts: Facts) -> tuple[_Sent, ...]:
    """What we have sent, the last message first."""
    found = []
    for message in facts.incident.thread:
        if message.by == "us" and message.public:
            moment = message.when
            if moment is not None and not isinstance(moment, datetime):
                moment = datetime.combine(moment, time(12), facts.frame.now.tzinfo)
            frame = Frame(moment.astimezone(facts.frame.now.tzinfo) if moment else facts.frame.now, facts.frame.locale)
            hour = f", {frame.now:%H:%M}" if isinstance(message.when, datetime) else ""
            shown = f"The message of {frame.now.day} {frame.now:%B}{hour}" if moment else "An earlier message"
            found.append(_Sent(read(message.text, frame), shown))
    return tuple(reversed(found))


def _wrong_again(reading: Reading, facts: Facts) -> Iterator[Unlike]:
    """What the facts say was wrong, told once more as if it were so."""
    for one in facts.incident.corrections:
        if one.right is not None:
            yield from (Unlike(start, end, one.right, "") for start, end in stretches(reading.text, one.said) if reading.own(start))


def _clauses(reading: Reading, facts: Facts, sent: tuple[_Sent, ...]) -> Iterator[Unlike]:
    for act in reading.acts:
        sentence = reading.sentences[act.sentence]
        if not reading.own(act.start) or not _states(act, sentence) or act.subordinate:
            continue
        for message, other in _same_matter(act, reading, sent):
            near = message.reading.sentences[other.sentence]
            words = message.reading.text[near.start : near.end].strip()
            if _settled(words, facts.incident, sent, message) or _UNSURE.search(words):
                break
            if _clash((act, reading), (other, message.reading), facts):
                yield Unlike(act.start, act.end, words, message.when)
            break  # the last message about it is what the customer goes by


def _same_matter(act: Act, reading: Reading, sent: tuple[_Sent, ...]) -> Iterator[tuple[_Sent, Act]]:
    """The clauses of what was sent that tell of what a clause tells, the most alike of the last message first."""
    words = said(act) - _names(reading, act)
    for message in sent:
        alike = []
        for other in message.reading.acts:
            if not _states(other, message.reading.sentences[other.sentence]) or other.subordinate:
                continue
            theirs = said(other) - _names(message.reading, other)
            shared = len(words & theirs)
            near = shared >= 2 and shared >= _ALIKE * min(len(words), len(theirs)) and shared >= _MOST * max(len(words), len(theirs))
            if near and (act.verb == other.verb or not act.verb or not other.verb):
                alike.append((shared / max(len(words), len(theirs)), message, other))
        yield from ((message, other) for _, message, other in sorted(alike, key=lambda found: -found[0])[:1])


def _states(act: Act, sentence: Sentence) -> bool:
    return act.tense in _STATING and not sentence.question and act.link not in ("if", "unless", "whether")


def _clash(mine: tuple[Act, Reading], theirs: tuple[Act, Reading], facts: Facts) -> bool:
    (act, reading), (other, before) = mine, theirs
    text, old = reading.text[act.start : act.end], before.text[other.start : other.end]
    if bool(_NO.search(text)) != bool(_NO.search(old)):
        return _reverses(act, other, (text, old))
    if _MOVES_ON.search(text) or _MOVES_ON.search(old):
        return False
    if _other_person(mine, theirs):
        return True
    return any(_differs(kind, act, other, facts) for kind in _HARD)


def _reverses(act: Act, other: Act, texts: tuple[str, str]) -> bool:
    """Whether one denies what the other says, and time alone does not explain it: what was not done then may be done by now."""
    text, old = texts
    denied, other_one = (other, act) if _NO.search(old) else (act, other)
    if not said(denied) <= said(other_one) | {denied.verb}:
        return False  # "no bank details" does not deny "the details of 231 people"
    if _RELAPSED.search(text) or _RELAPSED.search(old):
        return False
    if _NO.search(old):
        return act.tense == "past" and other.tense == "past"
    return act.tense in _STATING and other.tense in _STATING


def _other_person(mine: tuple[Act, Reading], theirs: tuple[Act, Reading]) -> bool:
    """Whether another person is said to have done it."""
    (act, reading), (other, before) = mine, theirs
    here, there = _names(reading, act), _names(before, other)
    return bool(here) and bool(there) and here.isdisjoint(there) and {act.tense, other.tense} <= _PAST


def _names(reading: Reading, act: Act) -> frozenset[str]:
    """The words with a capital inside a clause, or in front of its verb where it opens with a name."""
    row = [token for token in reading.tokens if act.start <= token.start < act.end]
    spans = [(value.start, value.end) for value in act.values]
    capitals = [
        token
        for i, token in enumerate(row)
        if reading.text[token.start].isupper()
        and token.low != "i"
        and not any(start <= token.start < end for start, end in spans)
        and (i or (len(row) > 1 and reading.text[row[1].start].isupper()) or (len(row) > 1 and row[1].start == act.verb_at))
    ]
    return content(capitals) - content([token for token in row if token.low in ("we", "i", "you", "the", "our", "your")])


def _differs(kind: str, act: Act, other: Act, facts: Facts) -> bool:
    """Whether both have one value of a kind that cannot both be so."""
    here, there = ([value for value in one.values if value.kind == kind and not value.weak] for one in (act, other))
    if len(here) != 1 or len(there) != 1 or equal(here[0], there[0], facts) or equal(there[0], here[0], facts):
        return False
    if kind == "number" and here[0].units and there[0].units and not here[0].units & there[0].units:
        return False
    if {act.tense, other.tense} & {"present", "progressive"} or (kind in _COUNTED and _grew((act, here[0]), (other, there[0]), facts)):
        return False
    return not _still_so(there[0], other, facts)


def _grew(mine: tuple[Act, Value], theirs: tuple[Act, Value], facts: Facts) -> bool:
    """Whether a count has only gone on: "two shops have written", and now 25 have; "we checked 3 orders", and now 40."""
    (act, value), (other, old) = mine, theirs
    if value.amount is None or old.amount is None or value.amount <= old.amount:
        return False
    words = said(act)
    repair = value.kind == "number" and any(
        known.role in _REPAIRS and len(words & known.words) >= _ALIKE * len(words) for known in facts.known
    )
    return repair or "perfect" in (act.tense, other.tense)


def _still_so(value: Value, act: Act, facts: Facts) -> bool:
    """Whether a fact of today still says what was sent: then the clause is about something else."""
    words = said(act)
    for known in facts.known:
        if known.role in _OUTSIDE or known.asked or len(words & known.words) < max(2, _ALIKE * len(words)):
            continue
        if any(equal(value, other, facts) for other in known.values):
            return True
    return False


def _causes(reading: Reading, facts: Facts, sent: tuple[_Sent, ...]) -> Iterator[Unlike]:
    """A cause that has nothing of the one that was told before, where the facts know the old one no more."""
    told = [(message, match) for message in sent for match in _CAUSE.finditer(message.reading.text)][:1]
    for match in _CAUSE.finditer(reading.text):
        for message, before in told:
            old, new = _content(before["cause"]), _content(match["cause"])
            if not old or not new or _UNSURE.search(before[0]) or _settled(before[0], facts.incident, sent, message):
                continue
            kept = any(len(old & known.words) * 2 >= len(old) for known in facts.known if known.role not in _OUTSIDE)
            if len(facts.incident.problems) == 1 and not kept and len(old & new) <= _APART * min(len(old), len(new)):
                yield Unlike(match.start(), match.end(), before[0].strip(), message.when)


def _settled(words: str, incident: Incident, sent: tuple[_Sent, ...], message: _Sent) -> bool:
    """Whether a person has said of these words that they are corrected or were true at their time, or a later message took them back."""
    mine = _content(words)
    if any(len(_content(one.said) & mine) >= _ALIKE * len(_content(one.said)) for one in incident.corrections):
        return True
    return any(takes_back(later.reading.text, words) for later in sent[: sent.index(message)])


def _content(text: str) -> frozenset[str]:
    return content(tokens(text))
