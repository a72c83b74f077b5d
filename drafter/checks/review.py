"""One check of one text: flags, elements, coverage and grounding, put together into a report."""

from __future__ import annotations

from datetime import datetime

from drafter.checks.allowance import allowed
from drafter.checks.clauses import Document, analyse
from drafter.checks.elements import judge, owed, owed_facts, score
from drafter.checks.engine import rules_for, scan
from drafter.checks.grounding import cover, ground
from drafter.checks.report import Finding, Report
from drafter.checks.sentences import Span
from drafter.incident import Incident, Kind


def review(text: str, incident: Incident | None, *, kind: Kind | None, as_of: datetime | None, language: str) -> Report:
    """The report on `text`; see `drafter.checks.check`."""
    rules = rules_for(language)
    if incident is None:
        document = analyse(text)
        states, missing, _ = judge(document, None, kind, (), language)
        flags = scan(document, rules)
        return Report(
            findings=_ordered(flags, missing),
            elements=states,
            score=score(states, [*flags, *missing], document, due=owed(None, kind=kind)) if kind else None,
        )
    document = analyse(text, _locked(text, incident))
    flags = scan(document, rules, public=incident.public, slots=_slots(incident))
    coverage = cover(text, incident, owed_facts(incident, kind=kind))
    states, missing, withheld = judge(document, incident, kind, coverage, language)
    grounding = ground(text, incident, as_of=as_of)
    flags = allowed(flags, document, incident, withheld)
    findings = _ordered(flags, missing, _outside(grounding.findings, document))
    return Report(
        findings=findings,
        elements=states,
        coverage=coverage,
        claims=grounding.claims,
        withheld=withheld,
        score=score(states, findings, document, due=owed(incident, kind=kind), urgent=incident.severity == "urgent"),
    )


def _ordered(*groups: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted((finding for group in groups for finding in group), key=lambda finding: (finding.start, finding.end, finding.rule)))


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


def _slots(incident: Incident) -> dict[str, str]:
    """The words with which an incident fills rewrites."""
    ours = [problem.ours for problem in incident.problems if problem.ours]
    if not ours:
        return {}
    word = {"formal": "I apologise", "warm": "I'm so sorry", "plain": "I'm sorry"}[incident.tone]
    return {"ours": ours[0], "apology_word": word.replace("ise", "ize") if incident.locale == "en-US" else word}
