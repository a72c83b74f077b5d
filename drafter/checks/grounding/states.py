"""States: what a text says is done or granted while its fact is still to come, or was not decided so."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import likeness, said
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import root

_AHEAD = re.compile(r"\b(?:will|shall|going to|to be)\b|['’]ll\b", re.I)
_GRANT = frozenset(
    root(word) for word in "approve grant agree accept confirm arrange issue process apply add give credit refund pay send".split()
)
_LASTING = frozenset(root(word) for word in "keep stay hold leave remain wait".split())
_DECIDABLE = frozenset({"remedy", "ask"})
_WHY = {
    "will": "the facts say that it is still to be done",
    "doing": "the facts say that it is still being done",
    "pending": "the facts say that it is not decided yet",
    "declined": "the facts say that it was declined",
}


class Overstated(NamedTuple):
    """An act that a text puts further ahead than its fact, and how far the fact is."""

    act: Act
    fact: Known
    why: str


def overstated(reading: Reading, facts: Facts) -> list[Overstated]:
    """Every act of the text's own words that runs ahead of its fact."""
    found: list[Overstated] = []
    if not any(known.state in _WHY for known in facts.known):
        return found
    for act in reading.acts:
        if not reading.own(act.start) or not _states(act, reading):
            continue
        known = _ahead(act, facts)
        if known is not None and known.state:
            found.append(Overstated(act, known, _WHY[known.state]))
    return found


def _states(act: Act, reading: Reading) -> bool:
    """Whether an act says that something is so: not a wish, a condition, a question or a refusal."""
    if act.negated or not act.verb or act.agent == "customer" or (act.subordinate and act.link not in ("which", "because", "and", "so")):
        return False
    if act.tense not in ("past", "perfect", "progressive", "present") or reading.sentences[act.sentence].question:
        return False
    if act.tense == "progressive" and (act.verb in _LASTING or any(value.kind in ("date", "time") for value in act.values)):
        return False  # "is coming tomorrow at 8" is a plan
    if "," in reading.text[act.start : act.verb_at] and act.tense == "past" and act.agent == "third":
        return False  # "a taxi, also paid"
    return not _AHEAD.search(reading.text, act.start, act.end)


def _ahead(act: Act, facts: Facts) -> Known | None:
    """The fact that an act runs ahead of, unless another fact says it as it stands."""
    best, ahead = 0.0, None
    for known in facts.known:
        if known.asked or not (verbs := any(act.verb == other.verb for other in known.acts)) and not _decides(act, known):
            continue
        score = likeness(act, known, facts)
        if score < 0.6 or len(said(act) & known.words) + len(act.values) < 2:
            continue
        runs = _runs_ahead(act, known) and (not verbs or _main_verb(act, known))
        if score > best or (score == best and not runs):
            best, ahead = score, known if runs else None
    return ahead


def _main_verb(act: Act, known: Known) -> bool:
    return any(act.verb == other.verb and not other.subordinate for other in known.acts)


def _decides(act: Act, known: Known) -> bool:
    return known.role in _DECIDABLE and known.state in ("pending", "declined") and act.verb in _GRANT


def _runs_ahead(act: Act, known: Known) -> bool:
    if known.state == "will":
        return act.tense in ("past", "perfect", "progressive")
    if known.state == "doing":
        return act.tense in ("past", "perfect")
    decided = known.role in _DECIDABLE and known.state in ("pending", "declined")
    return decided and act.agent in ("us", "none") and act.tense != "present"
