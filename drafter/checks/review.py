"""One check of one text: what the rules flag and which elements are there, and what only facts can tell."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from drafter.checks.clauses import analyse
from drafter.checks.engine import RuleSet, first_spans, rules_for, scan
from drafter.checks.report import ELEMENTS, ElementState, Finding, Report
from drafter.checks.rewriting.propose import Proposer, propose

if TYPE_CHECKING:
    from drafter.incident import Incident, Kind


def review(text: str, incident: Incident | None, *, kind: Kind | None, as_of: datetime | None, language: str) -> Report:
    """The report on `text`; see `drafter.checks.check`."""
    rules = rules_for(language)
    if not (incident or kind):
        return _bare(text, rules, language)
    from drafter.checks.owing import review_facts, review_kind  # facts cost a command a fifth of its time; a bare text has none

    if incident is not None:
        return review_facts(text, incident, rules, kind=kind, as_of=as_of, language=language)
    return review_kind(text, kind, rules, language=language) if kind else _bare(text, rules, language)


def _bare(text: str, rules: RuleSet, language: str) -> Report:
    document = analyse(text)
    seen = first_spans(document, rules)
    states: dict[str, ElementState] = {element: "present" if element in seen else "not_owed" for element in ELEMENTS}
    return Report(findings=ordered(propose(scan(document, rules), Proposer(document, language, seen))), elements=states)


def ordered(*groups: list[Finding]) -> tuple[Finding, ...]:
    """All findings in the order of the text."""
    return tuple(sorted((finding for group in groups for finding in group), key=lambda finding: (finding.start, finding.end, finding.rule)))
