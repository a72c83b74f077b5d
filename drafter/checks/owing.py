"""A check of a text against what its message owes: by its kind alone, or by the facts of an incident."""

from __future__ import annotations

from datetime import datetime

from drafter.checks.allowance import Setting, allowed
from drafter.checks.clauses import Document, analyse
from drafter.checks.elements import judge, owed, owed_facts, score
from drafter.checks.engine import RuleSet, first_spans, scan
from drafter.checks.grounding import cover, ground
from drafter.checks.report import Finding, Report
from drafter.checks.review import ordered
from drafter.checks.rewriting.facts import Facts
from drafter.checks.rewriting.propose import Proposer, propose
from drafter.checks.sentences import Span
from drafter.incident import Incident, Kind


def review_kind(text: str, kind: Kind, rules: RuleSet, *, language: str) -> Report:
    """The report on a text of which only the kind of message is known."""
    document = analyse(text)
    states, missing, _ = judge(document, None, kind, (), language)
    flags = propose(scan(document, rules), Proposer(document, language, first_spans(document, rules)))
    points = score(states, [*flags, *missing], document, due=owed(None, kind=kind))
    return Report(findings=ordered(flags, missing), elements=states, score=points)


def review_facts(text: str, incident: Incident, rules: RuleSet, *, kind: Kind | None, as_of: datetime | None, language: str) -> Report:
    """The report on a text that answers for these facts."""
    document = analyse(text, _locked(text, incident))
    flags = scan(document, rules, public=incident.public)
    coverage = cover(text, incident, owed_facts(incident, kind=kind))
    states, missing, withheld = judge(document, incident, kind, coverage, language)
    grounding = ground(text, incident, as_of=as_of)
    flags = allowed(flags, Setting(document, incident, grounding.claims, withheld))
    facts = Facts(incident, document, withheld=bool(withheld and "ownership" in withheld.elements))
    found = [*flags, *_outside(grounding.findings, document)]
    findings = ordered(propose(found, Proposer(document, language, first_spans(document, rules), facts)), missing)
    return Report(
        findings=findings,
        elements=states,
        coverage=coverage,
        claims=grounding.claims,
        withheld=withheld,
        score=score(states, findings, document, due=owed(incident, kind=kind), urgent=incident.severity == "urgent"),
    )


def _locked(text: str, incident: Incident) -> tuple[Span, ...]:
    """Where the paragraphs that law or contract fixes stand in the text."""
    found = []
    for paragraph in incident.locked:
        words = paragraph.text.strip()
        start = text.find(words)
        while start >= 0:
            found.append((start, start + len(words)))
            start = text.find(words, start + len(words))
    return tuple(sorted(found))


def _outside(findings: list[Finding], document: Document) -> list[Finding]:
    """The findings that do not lie in a locked paragraph."""
    return [finding for finding in findings if not any(start <= finding.start and finding.end <= end for start, end in document.locked)]
