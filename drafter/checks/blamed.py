"""Blame and excuses in the facts: a composed letter says them word for word, and a set phrase behind them takes nothing back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.clauses import Document, analyse
from drafter.checks.engine import scan
from drafter.checks.report import Finding
from drafter.checks.ruleset import RuleSet
from drafter.checks.scapegoat import people, scapegoats
from drafter.incident import Incident

_RULES = frozenset({"blame-customer", "blame-other", "excuse"})
_FOREIGN = frozenset({"third_party", "customer_part", "thread", "locked", "customer"})  # said by others, or a bare event
_OURS = frozenset({"ours", "shared"})
_MOST = 2000  # facts whose findings are kept


def blamed(incident: Incident, document: Document, rules: RuleSet, found: list[Finding]) -> Iterator[Finding]:
    """What a text says in the words of a fact that blames or excuses, and each person of the facts whom it singles out.

    Nothing where another finding stands already, or nothing is ours.
    """
    if not incident.faults & _OURS:
        return
    names = people(incident)
    found = [*found]
    for finding in scapegoats(document, names, rules) if names else ():
        if not any(other.start < finding.end and finding.start < other.end for other in found if other.rule in _RULES):
            found.append(finding)
            yield finding
    plain = document.lower
    for stated in incident.facts:
        if stated.role in _FOREIGN:
            continue
        for finding in _blames(stated.text, names, rules):
            words = re.escape(finding.text.lower())
            for match in re.finditer(words, plain):
                start, end = match.span()
                if not any(other.start < end and start < other.end for other in found if other.rule in _RULES):
                    yield finding.model_copy(update={"start": start, "end": end, "text": document.text[start:end]})


def blaming(incident: Incident, rules: RuleSet) -> frozenset[str]:
    """The customer's parts, as they were entered, that a check would stop at: no rewrite may put them into a text."""
    parts = [problem.customer_part for problem in incident.problems if problem.customer_part]
    return frozenset(part for part in parts if _blames(part, frozenset(), rules))


_KEPT: dict[tuple[str, frozenset[str], str], tuple[Finding, ...]] = {}


def _blames(text: str, names: frozenset[str], rules: RuleSet) -> tuple[Finding, ...]:
    """What those rules find in one fact, and whom it singles out, kept for the next check."""
    key = (text, names, rules.hash)
    if key not in _KEPT:
        if len(_KEPT) > _MOST:
            _KEPT.clear()
        document = analyse(text)
        found = [finding for finding in scan(document, rules, voice=False) if finding.rule in _RULES]
        _KEPT[key] = (*found, *scapegoats(document, names, rules))
    return _KEPT[key]
