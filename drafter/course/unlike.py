"""Whether two wordings of one fact say different things, or only the same in other words, or the same some time later."""

from __future__ import annotations

import re

from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.value import Value
from drafter.incident import Incident

_SAME_THING = 0.5  # of the words of the shorter one
_OTHER_THING = 0.5  # of the words of the old one: with fewer of them, it is replaced
_NO = re.compile(r"\b(?:no|none|nobody|nothing|neither|never|not|cannot)\b|n['’]t\b", re.I)
_SO_FAR = re.compile(r"\b(?:so far|by now|until now|up to now|at least|at the moment|currently|now|yet|still)\b", re.I)
_COUNTED = frozenset({"number", "percentage", "duration", "money"})
_AHEAD = frozenset({"present", "progressive", "future"})
_LASTS = frozenset({"present", "progressive", "perfect"})


def unlike(before: str, after: str, then: Incident, now: Incident) -> bool:
    """Whether the new words say otherwise of the same thing than the old ones did: another figure, day or person, or the opposite.

    What could be so at its time and has gone on since is not unlike: a count that grew in the present, what was "not yet" so.
    """
    facts = facts_of(then)
    old, new = read(before, facts.frame), read(after, facts_of(now).frame)
    if not _same_thing(old, new):
        return False
    lasts = _lasts(old) or _lasts(new) or bool(_SO_FAR.search(before))
    if bool(_NO.search(before)) != bool(_NO.search(after)):
        denied, told = (old, new) if _NO.search(before) else (new, old)
        if not denied.words <= told.words:
            return False  # "no bank details" does not deny "the details of 231 people"
        return not (lasts and (_SO_FAR.search(before) or _SO_FAR.search(after) or _denied_first(before, old)))
    kinds = {value.kind for value in old.values} & {value.kind for value in new.values}
    if any(_differ(kind, old, new, facts, lasts=lasts) for kind in kinds):
        return True
    return not lasts and _other_names(old, new)


def replaced(before: str, after: str) -> bool:
    """Whether hardly anything of the old words is left in the new ones."""
    old, new = _words(before), _words(after)
    return len(old & new) < _OTHER_THING * len(old)


def _same_thing(old: Reading, new: Reading) -> bool:
    least = min(len(old.words), len(new.words))
    return bool(least) and len(old.words & new.words) >= _SAME_THING * least


def _lasts(reading: Reading) -> bool:
    """Whether a clause tells a state of its time: "25 shops have the wrong poster"."""
    return any(act.tense in _LASTS for act in reading.acts[:1])


def _denied_first(before: str, old: Reading) -> bool:
    """Whether the old words said in the perfect that something had not happened: it may have happened since."""
    return bool(_NO.search(before)) and any(act.tense == "perfect" for act in old.acts[:1])


def _differ(kind: str, old: Reading, new: Reading, facts: Facts, *, lasts: bool) -> bool:
    was, is_now = (_of(kind, reading) for reading in (old, new))
    if not was or not is_now or any(equal(one, other, facts) for one in was for other in is_now):
        return False
    if kind in ("date", "time") and {act.tense for act in old.acts[:1]} & _AHEAD:
        return False  # a day that was still to come was a plan
    return not (lasts and kind in _COUNTED and _may_change(old, new, was, is_now))


def _may_change(old: Reading, new: Reading, was: list[Value], is_now: list[Value]) -> bool:
    """Whether a figure in the present can have become another: any in a state that lasts, only a higher one in what is over."""
    if "perfect" not in {act.tense for act in (*old.acts[:1], *new.acts[:1])}:
        return True
    return all(one.amount is not None and other.amount is not None and other.amount > one.amount for one in was for other in is_now)


def _other_names(old: Reading, new: Reading) -> bool:
    """Whether a name stands in the place of another."""
    here, there = _named(old), _named(new)
    return bool(here - there) and bool(there - here) and old.words - here == new.words - there


def _named(reading: Reading) -> frozenset[str]:
    return frozenset(token.low for token in reading.tokens[1:] if reading.text[token.start].isupper() and token.low != "i") | frozenset(
        token.low for token in reading.tokens[:1] if reading.text[token.start].isupper()
    )


def _of(kind: str, reading: Reading) -> list[Value]:
    return [value for value in reading.values if value.kind == kind and not value.weak]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}|\d[\d.,:]*", text.lower()))
