"""Finding in a document what the rules flag, with exact spans in the caller's own text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.checks.classifier import classifier_for
from drafter.checks.clauses import Document
from drafter.checks.reading import Match, Reading, reading_of
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.rule import Rule
from drafter.checks.ruleset import FOLDER, RuleSet, languages, read_rules, rules_for
from drafter.checks.sentences import Span
from drafter.checks.voice import Voice
from drafter.checks.waived import Waived

__all__ = ["FOLDER", "RuleSet", "first_spans", "languages", "read_rules", "rules_for", "scan", "spans"]

_RANK: dict[FindingSeverity, int] = {"error": 2, "warning": 1, "suggestion": 0}


def scan(document: Document, rules: RuleSet, *, public: bool = False, told: Iterable[Span] = (), voice: bool = True) -> list[Finding]:
    """What the flags find in a document, in the order of the text; spans index `document.text`.

    `public` adds the rules for channels that everyone reads. With `voice`, the classifier speaks too: of sentences that no
    rule has stopped at, and against matches that it doubts. It is silent where facts are `told`, which stand as they were
    entered.
    """
    reading, waived = reading_of(document, rules), Waived(document, rules)
    classifier = classifier_for(rules.language) if voice else None
    second = Voice(classifier, reading) if classifier else None
    matches = [match for match in reading.flagged(public=public) if not (second and second.doubts(match))]
    left = _without_overlaps(_graded(reading, match) for match in matches if not waived.covers(match[0].id, match[1], match[2]))
    findings = [_finding(document, found) for found in left]
    if second:
        added = second.adds(matches, told)
        findings += (finding for finding in added if not waived.covers(finding.rule, finding.start, finding.end))
    return sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule))


def spans(document: Document, rule_id: str, rules: RuleSet) -> list[Span]:
    """Where one rule, flag or element, applies in the judged text, in order and without doubles."""
    return sorted(set(reading_of(document, rules).spans(rules.rules[rule_id])))


def first_spans(document: Document, rules: RuleSet) -> Mapping[str, Span]:
    """The elements that the judged text has, each with the first place that shows it."""
    return reading_of(document, rules).elements


def _graded(reading: Reading, match: Match) -> _Found:
    rule, start, end = match
    severity = rule.raise_to.severity if rule.raise_to and reading.absent(rule.raise_to.absent) else rule.severity
    return severity, start, end, rule


def _finding(document: Document, found: _Found) -> Finding:
    severity, start, end, rule = found
    return Finding(rule=rule.id, severity=severity, start=start, end=end, text=document.text[start:end], message=rule.message)


_Found = tuple[FindingSeverity, int, int, Rule]


def _without_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """The graver, then longer of findings that share words, unless one of their rules says they may."""
    kept: list[_Found] = []
    cells: dict[int, list[_Found]] = {}  # kept findings by the blocks of 64 characters they touch
    for item in sorted(found, key=lambda item: (-_RANK[item[0]], item[1] - item[2], item[1], item[3].id)):
        _, start, end, rule = item
        blocks = range(start >> 6, (end >> 6) + 1)
        near = [other for block in blocks for other in cells.get(block, ())]
        if all(start >= other[2] or end <= other[1] or _may_share(rule, other[3]) for other in near):
            kept.append(item)
            for block in blocks:
                cells.setdefault(block, []).append(item)
    return kept


def _may_share(one: Rule, other: Rule) -> bool:
    return one.id != other.id and (other.id in one.also or one.id in other.also)
