"""States: what a text says is done or granted while its fact is still to come, or was not decided so."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import likeness, said
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import word_class

_AHEAD = re.compile(r"\b(?:will|shall|going to|to be)\b|['’]ll\b", re.I)
_GRANT = word_class("granting")
_LASTING = word_class("lasting")
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
    for i, act in enumerate(reading.acts):
        if reading.own(act.start) and _states(act, reading) and (ahead := _ahead(_with_object(reading.acts, i), facts)):
            found.append(Overstated(act, ahead[0], _WHY[ahead[1]]))
    return found


def _states(act: Act, reading: Reading) -> bool:
    """Whether an act says that something is so: not a wish, a condition, a question or a refusal."""
    if act.negated or not act.verb or act.agent == "customer" or (act.subordinate and act.link not in ("which", "because", "and", "so")):
        return False
    if act.agent == "none" and not act.passive:
        return False  # "Lost sales: ..." is a heading
    if act.tense not in ("past", "perfect", "progressive", "present") or reading.sentences[act.sentence].question:
        return False
    if act.tense == "progressive" and (act.verb in _LASTING or _plans(act, reading)):
        return False
    if "," in reading.text[act.start : act.verb_at] and act.tense == "past" and act.agent == "third":
        return False  # "a taxi, also paid"
    return not _AHEAD.search(reading.text, act.start, act.end)


def _with_object(acts: list[Act], i: int) -> Act:
    """An act with the clause that is its object: "checked | that the refund has reached you"."""
    act = acts[i]
    after = acts[i + 1] if i + 1 < len(acts) else None
    if after and after.sentence == act.sentence and after.link in ("that", "whether"):
        return act._replace(words=act.words | said(after), values=act.values + after.values)
    return act


def _plans(act: Act, reading: Reading) -> bool:
    """Whether a sentence names when, so that its progressive is a plan: "is coming tomorrow at 8"."""
    return any(other.tense == "future" or any(value.kind in ("date", "time") for value in other.values) for other in reading.beside(act))


def _ahead(act: Act, facts: Facts) -> tuple[Known, str] | None:
    """The fact that an act runs ahead of and how far it is, unless another fact says the act as it stands."""
    best: float = 0.0
    ahead: tuple[Known, str] | None = None
    for known in facts.known:
        same = [other for other in known.acts if act.verb == other.verb]
        if (known.asked and known.role != "ask") or (not same and not _decides(act, known)):
            continue
        score = likeness(act, known, facts)
        if score < 0.6 or len(said(act) & known.words) + len(act.values) < 2:
            continue
        state = _runs_ahead(act, known, same)
        if score > best or (score == best and not state):
            best, ahead = score, (known, state) if state else None
    return ahead


def _decides(act: Act, known: Known) -> bool:
    return known.role in _DECIDABLE and known.state in ("pending", "declined") and act.verb in _GRANT


def _runs_ahead(act: Act, known: Known, same: list[Act]) -> str:
    """How far the fact is, where the act says more; "" where it does not."""
    if known.role in _DECIDABLE and known.state in ("pending", "declined"):
        return str(known.state) if act.agent in ("us", "none") and act.tense != "present" else ""
    past = act.tense in ("past", "perfect")
    tenses = {other.tense for other in same if not other.subordinate}
    if tenses and tenses <= {"future"} and (past or act.tense == "progressive"):
        return "will"
    return "doing" if tenses and tenses <= {"future", "progressive"} and past else ""
