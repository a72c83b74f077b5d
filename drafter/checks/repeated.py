"""A second apology for the same fault: it needs something new, or it stands in the place of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.clauses import Document
from drafter.checks.elements.presence import found
from drafter.checks.elements.said import given, told
from drafter.checks.grounding import cover
from drafter.checks.report import Finding
from drafter.checks.ruleset import RuleSet
from drafter.incident import Incident

_RULE = "over-apology"
_WORD = re.compile(r"\w*(?:sorry|apolog|forgive|soz)\w*", re.I)
_NEW = frozenset({"impact", "cause", "known", "fix", "remedy", "prevention", "containment", "correction"})


def repeated(incident: Incident, document: Document, rules: RuleSet, flags: list[Finding]) -> Iterator[Finding]:
    """The apology of a later message whose every fault was apologised for before, where the message has no new fact and no remedy."""
    owned = [problem for problem in incident.problems if problem.fault in ("ours", "shared")]
    if not owned or incident.turn == 1 or _RULE in rules.style.off:
        return
    place = found(document, rules).get("explicit-apology")
    if place is None or not all({"explicit-apology", "ownership"} <= given(incident, problem) for problem in owned):
        return
    fresh = [fact.id for fact in incident.facts if fact.role in _NEW and fact.id not in told(incident)]
    if any(item.span for item in cover(document.text, incident, fresh)):
        return
    word = _WORD.search(document.text, place[0])
    start, end = word.span() if word else place
    if not any(flag.rule == _RULE and flag.start < end and start < flag.end for flag in flags):
        message = "An earlier message has apologised for this, and nothing is new here. Say what has been done since, or what is given."
        yield Finding(
            rule=_RULE, severity=rules.rules[_RULE].severity, start=start, end=end, text=document.text[start:end], message=message
        )
