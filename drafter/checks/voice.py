"""What the classifier adds to the rules: which of them a reader would raise at a sentence that none has stopped at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.checks.classifier import Classifier, words
from drafter.checks.clauses import Document
from drafter.checks.rule import Rule
from drafter.checks.ruleset import RuleSet


def heard(document: Document, rules: RuleSet, classifier: Classifier, loud: Iterable[int]) -> Iterator[tuple[int, Rule, list[str]]]:
    """The rules that the classifier raises, each with the number of its sentence and the words that say so.

    `loud` are the numbers of the sentences at which it would stop; it names at least the likeliest grave rule there.
    """
    for number in loud:
        row = words(document.sentences[number].plain)
        odds = {rule: value for rule, value in classifier.rules(row).items() if rule in rules.rules}
        sure = {rule for rule, value in odds.items() if value >= classifier.least[rule]}
        if not sure & classifier.grave:
            sure.add(max(odds.keys() & classifier.grave, key=lambda rule: (odds[rule], rule)))
        for rule in sorted(sure):
            yield number, rules.rules[rule], classifier.strongest(row, rule)
