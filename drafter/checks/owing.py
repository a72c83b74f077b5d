"""A check of a text against what its message owes: by its kind alone, or by the facts of an incident."""

from __future__ import annotations

import re
from datetime import datetime

from drafter.checks.allowance import Setting, allowed
from drafter.checks.banned import banned
from drafter.checks.blamed import blamed, blaming
from drafter.checks.clauses import Document, analyse
from drafter.checks.elements import due, judge, owed_facts, score
from drafter.checks.engine import RuleSet, first_spans, scan
from drafter.checks.grounding import cover, ground
from drafter.checks.remedied import remedied
from drafter.checks.repeated import repeated
from drafter.checks.report import Finding, Report
from drafter.checks.review import ordered
from drafter.checks.rewriting.facts import Facts
from drafter.checks.rewriting.propose import Proposer, propose
from drafter.checks.scapegoat import colleagues
from drafter.checks.sentences import Span
from drafter.checks.waived import Waived
from drafter.incident import Incident, Kind
from drafter.markup import Prose, read_prose

_NEAR = 12  # characters before a paragraph that show whether it begins there
_BEGINS = re.compile(r"(?:^|\n[ \t]*|[.!?:][\"'”’)]*\s+)\Z")
_ENDS = re.compile(r"[ \t]*(?:\n|\Z)|(?<=[.!?\"'”’)])\s")


def review_kind(prose: Prose, kind: Kind, rules: RuleSet, *, public: bool) -> Report:
    """The report on a text of which only the kind of message is known, and whether everyone reads its channel."""
    document = analyse(prose.text, silences=prose.silences)
    states, missing, _ = judge(document, None, kind, (), rules)
    flags = scan(document, rules, public=public)
    found = Waived(document, rules).settle([*flags, *colleagues(document, rules, flags), *banned(document, rules), *missing])
    findings = ordered(propose(found, Proposer(document, rules.language, first_spans(document, rules))))
    points = score(states, findings, document, due=due(None, kind, rules), rules=rules)
    return Report(findings=findings, elements=states, score=points)


def review_facts(prose: Prose, incident: Incident, rules: RuleSet, *, kind: Kind | None, as_of: datetime | None) -> Report:
    """The report on a text that answers for these facts."""
    text = prose.text
    document = analyse(text, _locked(text, incident), prose.silences)
    coverage = cover(text, incident, owed_facts(incident, kind=kind))
    told = [covered.span for covered in coverage if covered.span]
    flags = scan(document, rules, public=incident.public, told=told)
    states, missing, withheld = judge(document, incident, kind, coverage, rules)
    grounding = ground(text, incident, as_of=as_of)
    flags = allowed(flags, Setting(document, incident, grounding.claims, withheld, rules.style.words))
    facts = Facts(incident, document, withheld=bool(withheld and "ownership" in withheld.elements), barred=blaming(incident, rules))
    flags += blamed(incident, document, rules, flags)
    flags += repeated(incident, document, rules, flags)
    found = [*flags, *banned(document, rules), *missing, *_outside([*grounding.findings, *remedied(text, incident)], document)]
    settled = Waived(document, rules).settle(found)
    findings = ordered(propose(settled, Proposer(document, rules.language, first_spans(document, rules), facts)))
    return Report(
        findings=findings,
        elements=states,
        coverage=coverage,
        claims=grounding.claims,
        withheld=withheld,
        score=score(states, findings, document, due=due(incident, kind, rules), urgent=_urgent(incident, kind), rules=rules),
    )


def _urgent(incident: Incident, kind: Kind | None) -> bool:
    """Whether the action comes before the apology: not in a notice, whose reader does not know yet what it is about."""
    return incident.severity == "urgent" and (kind or incident.kind) != "notice"


def _locked(text: str, incident: Incident) -> tuple[Span, ...]:
    """Where the paragraphs that law or contract fixes stand in the text, each as a whole: not where its words are part of others."""
    found = []
    for paragraph in incident.locked:
        words = read_prose(paragraph.text, "text").text.strip()
        start = text.find(words) if words else -1  # invisible characters alone stand everywhere
        while start >= 0:
            end = start + len(words)
            if _BEGINS.search(text[:start][-_NEAR:]) and _ENDS.match(text, end):
                found.append((start, end))
            start = text.find(words, end)
    return tuple(sorted(found))


def _outside(findings: list[Finding], document: Document) -> list[Finding]:
    """The findings that do not lie in a locked paragraph."""
    return [finding for finding in findings if not any(start <= finding.start and finding.end <= end for start, end in document.locked)]
