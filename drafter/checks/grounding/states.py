"""States: what a text says is done or granted while its fact is still to come, or was not decided so."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import likeness, said, values_shared
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.owed import CONTACT, moment_values
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import root, word_class

_AHEAD = re.compile(r"\b(?:will|shall|going to|to be)\b|['’]ll\b|\b(?:next|planned|to come|still to do):", re.I)
_GRANT = word_class("granting")
_GIVING = word_class("giving")
_SWORN = frozenset({root("promise"), root("tell")})
_LASTING = word_class("lasting")
_HOLDING = frozenset({"be", root("have"), root("get"), root("receive")})
_NOW = re.compile(r"\b(?:now|already|these days|nowadays|as of today|no longer)\b", re.I)
_ALREADY = re.compile(r"\balready\b", re.I)
_ALIKE = 0.6  # of an act's words
UNDECIDED = re.compile(
    r"\b(?:whether|decides?|deciding|decision|undecided|answers?|reply|agrees?|approves?|let you know|(?:say|tell you|see) if)\b"
    r"|(?:n['’]t|not)(?: yet)?(?: been)? decided|\bsays? yes\b|\bif we\b|\b(?:yet|still|remains?) to be\b",
    re.I,
)
_HANDED = re.compile(r"\b(?:back|yours|on us|covered|free|(?:on|in|to|off) your)\b", re.I)
_FILLER = word_class("filler")
_CAUSE = re.compile(r"\b(?:because of|due to|caused by|owing to|(?:is|was) why|the (?:cause|reason|culprit) (?:is|was))\b", re.I)
_DOUBT = re.compile(r"\b(?:know|known|clear|sure|say|tell|if|may|might|perhaps|possibly|unknown)\b", re.I)
_DECIDABLE = frozenset({"remedy", "ask"})
_WHY = {
    "will": "the facts say that it is still to be done",
    "doing": "the facts say that it is still being done",
    "pending": "the facts say that it is not decided yet",
    "unknown": "the facts say that it is not known",
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
    causes = _causes(reading, facts)
    for i, act in enumerate(reading.acts):
        if not reading.own(act.start) or not _states(act, reading):
            continue
        if _told_before(act, facts):
            continue
        if act.tense == "modal" and not _ALREADY.search(reading.text, act.start, act.end):
            continue
        dated = any(value.kind == "date" and not value.weak for value in act.values)
        now = bool(_NOW.search(reading.text, act.start, act.end)) and not dated
        if act.sentence in causes and (unknown := _made_up(act, facts)):
            found.append(Overstated(act, unknown, _WHY["unknown"]))
            continue
        handed = bool(_HANDED.search(reading.text, act.start, act.end))
        if ahead := _ahead(_Told(_with_object(reading.acts, i), now, _open(act, reading), handed), facts):
            found.append(Overstated(act, ahead[0], _WHY[ahead[1]]))
    return found


def _told_before(act: Act, facts: Facts) -> bool:
    """Whether an act tells of an earlier message of ours: "on 9 October I promised to write", where the thread has one of that day."""
    if act.agent != "us" or not act.words & (CONTACT | _SWORN):
        return False
    ours = [message.when for message in facts.incident.thread if message.by == "us" and message.when is not None]
    days = [value for when in ours for value in moment_values(when, facts.frame) if value.kind == "date"]
    return values_shared(act.values, tuple(days), facts) > 0


def _causes(reading: Reading, facts: Facts) -> frozenset[int]:
    """The sentences that name a cause, where the facts have none and say that something is unknown."""
    roles = {known.role for known in facts.known}
    if "unknown" not in roles or roles & {"cause", "ours", "third_party", "customer_part"}:
        return frozenset()
    spans = enumerate((sentence.start, sentence.end) for sentence in reading.sentences)
    return frozenset(i for i, span in spans if _CAUSE.search(reading.text, *span) and not _DOUBT.search(reading.text, *span))


def _made_up(act: Act, facts: Facts) -> Known | None:
    """What the facts do not know, where a clause brings in words that no fact has."""
    new = said(act) - _FILLER - facts.roots.keys()
    return next((known for known in facts.known if known.role == "unknown"), None) if new else None


class _Told(NamedTuple):
    """An act, whether it says that it is so already, and whether its sentence says that something is not decided."""

    act: Act
    now: bool
    open: bool
    handed: bool  # "is back on your card"


def _states(act: Act, reading: Reading) -> bool:
    """Whether an act says that something is so: not a wish, a condition, a question or a refusal."""
    if act.negated or not act.verb or act.agent == "customer" or (act.subordinate and act.link not in ("which", "because", "and", "so")):
        return False
    if act.agent == "none" and not act.passive:
        return False  # "Lost sales: ..." is a heading
    if act.tense not in ("past", "perfect", "progressive", "present", "modal") or reading.sentences[act.sentence].question:
        return False
    if act.tense == "progressive" and (act.verb in _LASTING or _plans(act, reading)):
        return False
    if reading.text.count(",", act.start, act.verb_at) == 1 and act.tense == "past" and act.agent == "third":
        return False  # "a taxi, also paid"
    return not _AHEAD.search(reading.text, act.start, act.end)


def _open(act: Act, reading: Reading) -> bool:
    sentence = reading.sentences[act.sentence]
    span = sentence.start, sentence.end
    return bool(UNDECIDED.search(reading.text, *span) or _DOUBT.search(reading.text, *span))


def _with_object(acts: list[Act], i: int) -> Act:
    """An act with the clause that is its object: "checked | that the refund has reached you"."""
    act = acts[i]
    after = acts[i + 1] if i + 1 < len(acts) else None
    if after and after.sentence == act.sentence and after.link in ("that", "whether"):
        return act._replace(words=act.words | said(after), values=act.values + after.values)
    return act


def _plans(act: Act, reading: Reading) -> bool:
    """Whether a sentence names when, so that its progressive is a plan: "is coming tomorrow at 8"."""
    near = list(reading.beside(act))
    if re.search(r"\b(?:it|them|that|those)\b", reading.text[act.start : act.end]):
        near += [other for other in reading.acts if other.sentence == act.sentence - 1 and other.tense in ("progressive", "future")]
    return any(other.tense == "future" or any(value.kind in ("date", "time") for value in other.values) for other in near)


def _ahead(told: _Told, facts: Facts) -> tuple[Known, str] | None:
    """The fact that an act runs ahead of and how far it is, unless another fact says the act as well."""
    best: float = 0.0
    ahead: tuple[Known, str] | None = None
    mine = said(told.act)
    for known in facts.known:
        if mine.isdisjoint(known.words) or (known.asked and known.role != "ask"):
            continue
        score = max(likeness(told.act, known, facts), _told_of(told.act, known, facts) if _decidable(known) else 0.0)
        if score < max(_ALIKE, best):
            continue
        state = _runs_ahead(told, known) if _same(told, known, facts) else ""
        if score > best or not state:
            best, ahead = score, (known, state) if state else None
    return ahead


def _told_of(act: Act, known: Known, facts: Facts) -> float:
    """The share of what was to be decided that an act says."""
    values = tuple(value for value in known.reading.values if not value.weak)
    held = len(said(act) & known.words) + values_shared(values, act.values, facts)
    return held / (len(known.words) + len(values)) if held > 1 else 0.0


def _same(told: _Told, known: Known, facts: Facts) -> bool:
    """Whether a fact is about the very deed of an act: its verb and a thing of it, or most of its things where it only is or has."""
    act = told.act
    things = (said(act) - {act.verb}) & known.words
    if _decides(act, known) or (act.tense == "present" and _decidable(known) and act.verb in _HOLDING):
        return len(said(act) & known.words) + len(act.values) > 1
    telling = sum(len(facts.holders.get(word, ())) <= 1 for word in things)
    if any(other.verb == act.verb for other in known.acts) and act.verb not in _HOLDING:
        return len(said(act) & known.words) + len(act.values) > 1 or telling > 0
    return told.now and act.verb in _HOLDING and len(things) > 1 and telling > 0


def _decidable(known: Known) -> bool:
    return known.role in _DECIDABLE and known.state in ("pending", "declined")


def _decides(act: Act, known: Known) -> bool:
    return _decidable(known) and act.verb in _GRANT


def _runs_ahead(told: _Told, known: Known) -> str:
    """How far the fact is, where the act says more; "" where it does not."""
    act = told.act
    if _decidable(known):
        given = act.tense in ("past", "perfect", "progressive") and (act.agent in ("us", "none") or act.tense == "perfect")
        given = given or (act.tense == "present" and act.agent == "us" and act.verb in _GIVING)
        held = act.tense == "present" and act.agent in ("third", "yours", "none") and act.verb in _HOLDING and told.handed
        return str(known.state) if (given or held) and not told.open else ""
    past = act.tense in ("past", "perfect")
    if known.role == "unknown":
        sure = past and known.text.startswith("whether") and not told.open and said(act) >= known.words
        return "unknown" if sure else ""
    same = known.acts[:1] if act.verb in _HOLDING else [other for other in known.acts if other.verb == act.verb]
    tenses = {other.tense for other in same if not other.subordinate}
    if tenses and tenses <= {"future"} and (past or act.tense == "progressive" or told.now):
        return "will"
    over = past or (told.now and act.verb in _HOLDING)
    return "doing" if tenses and tenses <= {"future", "progressive"} and over else ""
