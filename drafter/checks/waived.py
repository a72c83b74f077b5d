"""What may stand in a text all the same: words that the house allows, and rules that a comment switches off."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from drafter.checks.clauses import Document
from drafter.checks.pattern import compiled
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.ruleset import RuleSet
from drafter.checks.sentences import Span

_RANK = ("suggestion", "warning", "error")


class Waived:
    """What is waived in one document."""

    def __init__(self, document: Document, rules: RuleSet) -> None:
        self._document, self._rules = document, rules

    def covers(self, rule: str, start: int, end: int) -> bool:
        """Whether a finding of the rule on these words is waived."""
        if self._rules.style.allowed and start < end and any(self._within(start, end, span) for span in self._allowed):
            return True
        return any(silence.covers(rule, start) for silence in self._document.silences)

    def settle(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are left; one against the facts has the severity of its rule here, or the lower that it brings."""
        rules, off = self._rules.by_finding, self._rules.style.off
        return [
            _lowered(finding, rules[finding.rule].severity) if rules[finding.rule].kind == "fact" else finding
            for finding in findings
            if finding.rule not in off and not self.covers(finding.rule, finding.start, finding.end)
        ]

    @cached_property
    def _allowed(self) -> list[Span]:
        words = self._document.plain.encode("ascii")
        return [match.span() for pattern in self._rules.style.allowed for match in compiled(pattern).finditer(words)]

    def _within(self, start: int, end: int, span: Span) -> bool:
        """Whether all letters and digits of the words lie in the span."""
        plain = self._document.plain
        outside = plain[start : min(max(start, span[0]), end)] + plain[max(min(end, span[1]), start) : end]
        return not any(letter.isalnum() for letter in outside)


def _lowered(finding: Finding, severity: FindingSeverity) -> Finding:
    return finding.model_copy(update={"severity": min(severity, finding.severity, key=_RANK.index)})
