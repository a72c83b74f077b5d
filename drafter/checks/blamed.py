"""Blame and excuses in the facts: a composed letter says them word for word, and a set phrase behind them takes nothing back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.clauses import Document, analyse
from drafter.checks.engine import scan
from drafter.checks.report import Finding
from drafter.checks.ruleset import RuleSet
from drafter.incident import Incident

_RULES = frozenset({"blame-customer", "blame-other", "excuse"})
_FOREIGN = frozenset({"third_party", "customer_part", "thread", "locked", "customer"})  # said by others, or a bare event
_OURS = frozenset({"ours", "shared"})
_MOST = 2000  # facts whose findings are kept


def blamed(incident: Incident, document: Document, rules: RuleSet, found: list[Finding]) -> Iterator[Finding]:
    """What a text says in the words of a fact that blames or excuses; nothing where another finding stands already, or nothing is ours."""
    if not incident.faults & _OURS:
        return
    plain = document.lower
    for stated in incident.facts:
        if stated.role in _FOREIGN:
            continue
        for finding in _blames(stated.text, rules.hash, rules):
            words = re.escape(finding.text.lower())
            for match in re.finditer(words, plain):
                start, end = match.span()
                if not any(other.start < end and start < other.end for other in found if other.rule in _RULES):
                    yield finding.model_copy(update={"start": start, "end": end, "text": document.text[start:end]})


_KEPT: dict[tuple[str, str], tuple[Finding, ...]] = {}


def _blames(text: str, version: str, rules: RuleSet) -> tuple[Finding, ...]:
    """What those rules find in one fact, kept for the next check."""
    key = (text, version)
    if key not in _KEPT:
        if len(_KEPT) > _MOST:
            _KEPT.clear()
        _KEPT[key] = tuple(finding for finding in scan(analyse(text), rules, voice=False) if finding.rule in _RULES)
    return _KEPT[key]
