"""Coverage: where a text states a fact, by its values and by its words.

Each clause is first given to the facts that explain most of it. What a fact shares with a clause counts only where no
other fact explains it better, so that "we are paying the bank fee" does not also state "your bank took a fee".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.matching import equal
from drafter.checks.grounding.owed import ARRIVING, CONTACT, RECEIVING, Owed, family
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.value import Value
from drafter.checks.report import Covered
from drafter.incident import Incident, Role

OWN = 0.25  # of what a fact weighs, where a word or value is its own alone
SHARED = 0.37  # where others have them too
APART = 0.15  # more, where it is spread over two sentences
_AHEAD = 0.8  # of the best explanation's weight: as good as it
_MOMENT = 0.4  # what the day or hour of a fact adds
_TO_COME = 0.9  # the same for what is still to come: its hour is half of it
_MOST = 0.6  # of a fact's words: its values may then be left out
_ROUTE = re.compile(r"\breply (?:to this|here)\b|\b(?:rather|easier to) talk\b|\byou can reach\b|\bit reaches me\b", re.I)
_NO = r"(?:can['’]?t|cannot|can not|won['’]t|don['’]t|do not|doesn['’]t|isn['’]t|not|no|never|couldn['’]t|nothing|none)"
_REFUSAL = re.compile(rf"\b(?:{_NO}|unable|declin\w+|refus\w+|impossible|without)\b", re.I)
_UNKNOWN = re.compile(
    r"\b(?:unknown|unclear|open question|(?:don['’]t|do not|can['’]t|cannot|can not|isn['’]t|not|nor)\b.{0,24}\b(?:know|known|say|tell|give|clear|sure|found)"
    r"|finding out|find out)\b",
    re.I,
)
_WONDERS = {"why": r"\b(?:why|cause|reason)\b", "what": r"\b(?:what|why|cause|reason)\b", "when": r"\b(?:when|time|date|how long)\b"}


@dataclass(frozen=True)
class _Shared:
    """What a clause and a fact share: words, and the places of values and moments in the fact's own lists."""

    words: frozenset[str]
    values: frozenset[int] = frozenset()
    moments: frozenset[int] = frozenset()

    def __or__(self, other: _Shared) -> _Shared:
        return _Shared(self.words | other.words, self.values | other.values, self.moments | other.moments)


_NOTHING = _Shared(frozenset())


@dataclass(frozen=True)
class _Clause:
    """One clause of the text, and what it gives to each fact."""

    start: int
    end: int
    given: dict[str, _Shared]
    named: dict[str, frozenset[int]]  # the values of each fact that stand in it, whoever explains them
    falls: frozenset[str]  # facts still to come whose moment it names without naming them: "you'll have it by Friday"
    contact: bool  # a call, a letter, a message


def cover(text: str, incident: Incident, fact_ids: Sequence[str]) -> tuple[Covered, ...]:
    """Where `text` states each of `fact_ids`, None where it does not.

    Raises:
        KeyError: an id is not one of the incident's facts.
    """
    facts = facts_of(incident)
    reading = read(text, facts.frame, facts.locked)
    windows = _windows(reading, facts)
    roles = {stated.id: stated.role for stated in incident.facts}
    return tuple(Covered(fact=fact_id, role=roles[fact_id], span=_span_of(fact_id, roles, facts, windows, text)) for fact_id in fact_ids)


def _span_of(fact_id: str, roles: dict[str, Role], facts: Facts, windows: list[list[_Clause]], text: str) -> tuple[int, int] | None:
    """Where a fact is said; what went wrong is also said by saying what we did."""
    span = _span(fact_id, facts, windows, text)
    if span is None and roles[fact_id] == "problem" and f"{fact_id}.ours" in roles:
        return _span(f"{fact_id}.ours", facts, windows, text)
    return span


def _span(fact_id: str, facts: Facts, windows: list[list[_Clause]], text: str) -> tuple[int, int] | None:
    owed = facts.owed.get(fact_id)
    if owed is None:
        return None
    if not owed.words and not owed.values and not owed.moments:
        return _named(owed, text)
    best, span = 0.0, None
    figures = _all_values(owed, windows) if owed.role == "ask" else 0.0
    for window in windows:
        if owed.role != "unknown" and not figures and not any(fact_id in clause.given or fact_id in clause.falls for clause in window):
            continue
        score = _score(owed, window, facts) or figures
        start, end = window[0].start, window[-1].end
        if score == 0 and owed.role == "unknown":
            score = _not_known(owed, window, text[start:end])
        if score > best and not (owed.refusal and not _REFUSAL.search(text, start, end)):
            best, span = score, (start, end)
    return span


def _named(owed: Owed, text: str) -> tuple[int, int] | None:
    """Where a fact of values alone (a number, an address) stands word for word."""
    at = text.find(owed.text)
    return (at, at + len(owed.text)) if at >= 0 and owed.text else None


def _all_values(owed: Owed, windows: list[list[_Clause]]) -> float:
    """Whether an answer of several figures is in the text, figure by figure."""
    if len(owed.values) < 2:
        return 0.0
    held = frozenset[int]().union(*(clause.named.get(owed.id, frozenset()) for window in windows if len(window) == 1 for clause in window))
    return OWN if len(held) == len(owed.values) else 0.0


def _not_known(owed: Owed, window: list[_Clause], words: str) -> float:
    """Whether "the cause isn't known yet" says that we do not know why, or when."""
    if not _UNKNOWN.search(words):
        return 0.0
    asks = owed.text.split()[0].lower()
    means = _WONDERS.get(asks, rf"\b{re.escape(asks)}\b")
    shared = any(owed.id in clause.given and clause.given[owed.id].words for clause in window)
    return float(shared or bool(re.search(means, words, re.I)))


def _windows(reading: Reading, facts: Facts) -> list[list[_Clause]]:
    """Each clause, each sentence, and each pair of sentences."""
    sentences: dict[int, list[_Clause]] = {}
    for act in reading.acts:
        if reading.own(act.start) and not _supposes(act) and not _ROUTE.search(reading.text, act.start, act.end):
            sentences.setdefault(act.sentence, []).append(_clause(act, facts))
    groups = list(sentences.values())
    singles = [[clause] for group in groups for clause in group]
    wholes = [group for group in groups if len(group) > 1]
    return [*singles, *wholes, *([*one, *two] for one, two in zip(groups, groups[1:], strict=False))]


def _supposes(act: Act) -> bool:
    """Whether a clause only supposes something: not "if your account is in our region", which names who is meant."""
    return act.link in ("if", "unless") and (act.negated or act.agent in ("customer", "us"))


def _clause(act: Act, facts: Facts) -> _Clause:
    words = said(act)
    shared: dict[str, _Shared] = {}
    past = act.tense in ("past", "perfect") and not act.subordinate
    for name, owed in facts.owed.items():
        if past and (owed.ahead or (owed.ours and _theirs(act))):
            continue  # what was done does not say what will be, nor what the customer did what we did
        common = owed.words & words
        values = _places(act, owed, facts) if act.values else _NOTHING
        if common or values.values or values.moments:
            shared[name] = _Shared(common, values.values, values.moments)
    named = {name: part.values for name, part in shared.items() if part.values}
    falls = frozenset(name for name, part in shared.items() if part.moments and _falls(act, facts.owed[name]))
    return _Clause(act.start, act.end, _explained(shared, facts), named, falls, bool(words & CONTACT))


def _falls(act: Act, owed: Owed) -> bool:
    """Whether a clause only says when something comes, and the fact is of something that comes."""
    generic = act.verb in ARRIVING and act.tense in ("future", "present") and len(act.words - {act.verb}) <= 1
    return generic and owed.ahead and owed.arrives


def _theirs(act: Act) -> bool:
    """Whether the customer is the one who acts in the clause itself: not in "the £28 you spent is on us"."""
    return act.agent == "customer" and act.verb not in RECEIVING and act.subject[0] - act.start <= len(act.link) + 1


def _places(act: Act, owed: Owed, facts: Facts) -> _Shared:
    told = [value for value in act.values if not (value.weak and value.kind == "number")]
    held = frozenset(i for i, value in enumerate(owed.values) if any(equal(mine, value, facts) for mine in told))
    when = frozenset(i for i, value in enumerate(owed.moments) if any(_dated(mine) and equal(mine, value, facts) for mine in told))
    return _Shared(frozenset(), held, when)


def _dated(value: Value) -> bool:
    """Whether a value names a day or an hour, not only its month."""
    return value.days is None or value.days.day is not None or value.days.weekday is not None or value.days.first is not None


def _explained(shared: dict[str, _Shared], facts: Facts) -> dict[str, _Shared]:
    """What each fact keeps of a clause when the facts that explain most of it have taken theirs."""
    if len(shared) < 2:
        return shared
    weights = {name: _grip(facts.owed[name], part) for name, part in shared.items()}
    first = max(weights, key=lambda name: weights[name])
    best = facts.owed[first]
    kept: dict[str, _Shared] = {}
    for name, part in shared.items():
        if weights[name] >= _AHEAD * weights[first] or family(name) == family(first):
            kept[name] = part
        elif rest := part.words - best.words:
            kept[name] = _Shared(rest, part.values, part.moments)
        elif part.values or part.moments:
            owed = facts.owed[name]
            kept[name] = _Shared(frozenset(), part.values - _taken(owed.values, best, facts), part.moments - _taken(owed.moments, best, facts))
    return kept


def _taken(values: tuple[Value, ...], best: Owed, facts: Facts) -> frozenset[int]:
    return frozenset(i for i, value in enumerate(values) if any(equal(value, other, facts) for other in (*best.values, *best.moments)))


def _weight(owed: Owed, part: _Shared, *, moment: float) -> float:
    return sum(owed.weights[word] for word in part.words) + len(part.values) + moment * _when(owed, part)


def _grip(owed: Owed, part: _Shared) -> float:
    """How much of a clause a fact explains; a day that is both in its words and beside them counts once."""
    dates = sum(owed.values[i].kind in ("date", "time") for i in part.values)
    return sum(owed.weights[word] for word in part.words) + len(part.values) + max(0.0, _when(owed, part) - dates)


def _when(owed: Owed, part: _Shared) -> float:
    """How far the moment of a fact is named: an hour says its day too, a day without the hour says half."""
    if not part.moments:
        return 0.0
    timed = any(value.kind == "time" for value in owed.moments)
    return 1.0 if not timed or any(owed.moments[i].kind == "time" for i in part.moments) else 0.5


def _score(owed: Owed, window: list[_Clause], facts: Facts) -> float:
    """How much of a fact a window says, 0 to 1; 0 where it is not enough to have said it."""
    parts = [clause.given[owed.id] for clause in window if owed.id in clause.given]
    part = parts[0] if parts else _NOTHING
    for other in parts[1:]:
        part = part | other
    falls = any(owed.id in clause.falls for clause in window)
    if not part.words and not part.values and not part.moments and not falls:
        return 0.0
    if falls:
        part = replace(part, moments=frozenset(range(len(owed.moments))))
    own = falls or any(owed.weights[word] == 1 for word in part.words) or _own(owed, part, facts)
    said_words = sum(owed.weights[word] for word in part.words)
    most = said_words >= _MOST * sum(owed.weights.values()) and (own or len(part.words) > 1)
    if owed.values and not part.values and not part.moments and not most and not own and len(part.words) < 3:
        return 0.0
    if (owed.bare and not part.values) or (part.values and not part.words and not part.moments and not own):
        return 0.0
    if owed.contact and not (any(clause.contact for clause in window) and (part.moments or part.words - CONTACT)):
        return 0.0
    whole = owed.weight - (len(owed.values) - len(part.values) if most else 0)
    score = _weight(owed, part, moment=_TO_COME if owed.ahead else _MOMENT) / (whole or 1.0)
    enough = (OWN if own else SHARED) + (APART if len(window) > 1 and window[-1].start - window[0].end > 200 else 0.0)
    return min(1.0, score) if score >= enough else 0.0


def _own(owed: Owed, part: _Shared, facts: Facts) -> bool:
    """Whether a value, or the whole moment, that the window has belongs to this fact alone."""
    if owed.id not in facts.alone:
        facts.alone[owed.id] = _alone(owed, facts)
    values, moment = facts.alone[owed.id]
    return bool(values & part.values) or (moment and _when(owed, part) == 1)


def _alone(owed: Owed, facts: Facts) -> tuple[frozenset[int], bool]:
    """The places of the values that no other fact has, and whether none has all of the moments."""
    others = [other for other in facts.owed.values() if family(other.id) != family(owed.id)]
    values = frozenset(i for i, value in enumerate(owed.values) if not any(_has(other, (value,), facts) for other in others))
    return values, bool(owed.moments) and not any(_has(other, owed.moments, facts) for other in others)


def _has(other: Owed, values: Sequence[Value], facts: Facts) -> bool:
    return all(any(equal(value, theirs, facts) for theirs in (*other.values, *other.moments)) for value in values)
