"""What the classifier adds to the rules: a finding for a whole sentence that no rule stopped at."""

from __future__ import annotations

from collections.abc import Iterator, Set

from drafter.checks.classifier import ANY, Classifier, words
from drafter.checks.clauses import Document
from drafter.checks.rule import Rule
from drafter.checks.ruleset import RuleSet


def heard(document: Document, rules: RuleSet, classifier: Classifier, silent: Set[int]) -> Iterator[tuple[int, Rule, list[str]]]:
    """The rules that the classifier would raise, each with the number of its sentence and the words that say so.

    It speaks of sentences in `silent` only: those that no rule has stopped at.
    """
    least = classifier.least
    for number in sorted(silent):
        row = words(document.sentences[number].plain)
        if classifier.stops(row) < least[ANY]:
            continue
        odds = {rule: value for rule, value in classifier.rules(row).items() if rule in rules.rules}
        sure = [rule for rule, value in odds.items() if value >= least[rule]]
        if not any(rules.rules[rule].severity != "suggestion" for rule in sure):
            sure.append(max((rule for rule in odds if rules.rules[rule].severity != "suggestion"), key=odds.__getitem__))
        for rule in sure:
            yield number, rules.rules[rule], classifier.strongest(row, rule)
