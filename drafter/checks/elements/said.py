"""What earlier messages of ours in the thread have said already: it is not owed again."""

from __future__ import annotations

import re
from functools import lru_cache

from drafter.checks.clauses import analyse
from drafter.checks.elements.corrected import owing
from drafter.checks.elements.presence import found
from drafter.checks.engine import rules_for
from drafter.checks.grounding import cover
from drafter.checks.grounding.openly import without_taken_back
from drafter.incident import Incident, Message, Problem, Role, Stated
from drafter.incident.moment import day_of

_WORD = re.compile(r"[a-z]{4,}|\d[\d.,:]*\d|\d")
_WHOLE = 0.85  # share of a fact's words that a message must hold, each in its own form: "refunded" is not "refunding"
_CORE = 0.6  # the same for what happened and what we did, which is seldom told twice in the same words
_COMMON = re.compile(
    r"about|after|again|also|been|before|being|both|came|could|does|done|down|each|even|ever|every|from|gave|have"
    r"|here|into|just|know|last|made|make|many|more|most|much|must|never|next|once|only|other|ours|over|said|same"
    r"|sent|should|since|some|still|such|take|than|that|their|them|then|there|these|they|this|those|through|today"
    r"|told|twice|under|until|very|want|well|went|were|what|when|where|which|while|will|with|would|your|yours"
)
_TOLD: dict[str, tuple[Role, ...]] = {
    "impact": ("impact",),
    "concrete-fix": ("fix", "remedy"),
    "make-good": ("remedy",),
    "prevention": ("prevention",),
}


@lru_cache(maxsize=16)
def told(incident: Incident) -> frozenset[str]:
    """Ids of the facts that an earlier public message of ours has stated, in their words and values and as far as they are now."""
    messages = _ours(incident)
    facts = {fact.id: fact for fact in incident.facts if fact.role not in ("thread", "correction", "locked")}
    stated = ((covered, text) for text in messages for covered in cover(text, incident, list(facts)) if covered.span)
    corrected = {one.id for one in incident.corrections if one.right} - {one.id for one in owing(incident)}
    return frozenset(covered.fact for covered, text in stated if _in_words(facts[covered.fact], text)) | corrected


def given(incident: Incident, problem: Problem) -> frozenset[str]:
    """Elements that earlier public messages of ours gave for this problem."""
    about = [text for text in _ours(incident) if _mentions(text, incident, problem)]
    if not about:
        return frozenset()
    seen = {element for text in about for element in found(analyse(without_taken_back(text)), rules_for(incident.language))}
    seen &= {"explicit-apology", "ownership", "specific-failure", "impact", "prevention"}
    if "explicit-apology" in seen and f"{problem.id}.ours" in told(incident):
        seen.add("ownership")  # what we did, told with an apology, is owned
    return frozenset(seen | {element for element in _TOLD if _all_told(incident, problem, element)})


def before(incident: Incident, message: Message) -> bool:
    """Whether a message is older than everything that this incident is about, as a reminder of the day before is."""
    starts = [problem.when for problem in incident.problems]
    if message.when is None or any(start is None for start in starts):
        return False
    zone = incident.zone
    earlier = (day_of(message.when, zone) < day_of(start, zone) for start in starts if start is not None)
    return all(earlier)


def _in_words(fact: Stated, text: str) -> bool:
    words, said = set(_WORD.findall(fact.text.lower())), set(_WORD.findall(text.lower()))
    core = fact.role in ("problem", "ours")
    return len(words & said) >= (_CORE if core else _WHOLE) * len(words)


def _ours(incident: Incident) -> list[str]:
    messages = (message for message in incident.thread if message.by == "us" and message.public)
    return [message.text for message in messages if not before(incident, message)]


def _all_told(incident: Incident, problem: Problem, element: str) -> bool:
    bound = [fact.id for fact in incident.facts if fact.problem == problem.id and fact.role in _TOLD[element]]
    return bool(bound) and set(bound) <= told(incident)


def _mentions(text: str, incident: Incident, problem: Problem) -> bool:
    """Whether the message is about this problem: it shares words with it, and tells of no other failure where there is only one."""
    words = _words(text)
    own = (fact for fact in incident.facts if fact.problem == problem.id and fact.role in ("problem", "ours", "impact", "third_party"))
    shared = words & {word for fact in own for word in _words(fact.text)}
    if len(incident.problems) > 1:
        return len(shared) >= 2
    if "specific-failure" not in found(analyse(text), rules_for(incident.language)):
        return True
    ours = _words(problem.ours or "")
    told = bool(shared & _words(problem.what)) or (bool(ours) and len(shared & ours) >= _CORE * len(ours))
    return told or (bool(shared) and not _answered_since(incident, text))


def _answered_since(incident: Incident, text: str) -> bool:
    """Whether the customer has written again since: what we told of before may be another matter then."""
    at = next((i for i, message in enumerate(incident.thread) if message.text == text), len(incident.thread))
    return any(message.by == "customer" for message in incident.thread[at + 1 :])


def _words(text: str) -> set[str]:
    """Content words, cut to five letters so that "charged" meets "charge", and numbers."""
    return {word[:5] if word[0].isalpha() else word for word in _WORD.findall(text.lower()) if not _COMMON.fullmatch(word)}
