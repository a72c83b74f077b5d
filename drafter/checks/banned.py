"""Banned phrases: words that a house does not use, wherever they are its own."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.checks.clauses import Document
from drafter.checks.pattern import compiled
from drafter.checks.report import Finding
from drafter.checks.ruleset import BannedPhrase, RuleSet

BANNED = "banned-phrase"


def banned(document: Document, rules: RuleSet) -> Iterator[Finding]:
    """A finding for each banned phrase in the judged text."""
    if BANNED in rules.style.off:
        return
    for phrase in rules.style.banned:
        pattern = compiled(phrase.pattern)
        for sentence in document.sentences:
            for match in pattern.finditer(sentence.plain.encode("ascii")) if sentence.judged else ():
                yield _finding(document, (sentence.start + match.start(), sentence.start + match.end()), phrase, rules)


def _finding(document: Document, span: tuple[int, int], phrase: BannedPhrase, rules: RuleSet) -> Finding:
    rule = rules.rules[BANNED]
    text = document.text[span[0] : span[1]]
    instead = phrase.instead
    if instead and text[:1].isupper():
        instead = instead[:1].upper() + instead[1:]
    return Finding(rule=BANNED, severity=rule.severity, start=span[0], end=span[1], text=text, message=rule.message, rewrite=instead)
