"""Doubted: sentences that state what the facts hold as done or known, and take it back with a doubt."""

from __future__ import annotations

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.comparing import likeness
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.tables import anywhere, pattern

_DOUBTS = "doubts"
_OPEN = frozenset({"unknown", "ask"})
_HALF = 0.5  # of a clause's words


def doubted(reading: Reading, facts: Facts) -> list[Act]:
    """The first clause of each of the text's own sentences that doubts what a fact has settled."""
    if not anywhere(_DOUBTS, reading) or any(pattern(_DOUBTS).search(known.text) for known in facts.known if not known.asked):
        return []
    settled = [known for known in facts.known if known.role not in _OPEN and known.state != "pending" and not known.asked]
    found: list[Act] = []
    for number, sentence in enumerate(reading.sentences):
        if sentence.question or not reading.own(sentence.start) or not pattern(_DOUBTS).search(reading.text, sentence.start, sentence.end):
            continue
        acts = reading.of_sentence(number)
        if any(likeness(act, known, facts) >= _HALF for act in acts for known in settled):
            found.append(acts[0])
    return found
