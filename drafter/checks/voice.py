"""What the classifier adds to the rules: a warning on a sentence that no rule has stopped at."""

from __future__ import annotations

from drafter.checks.classifier import Classifier, words
from drafter.checks.clauses import Sentence
from drafter.checks.report import Finding
from drafter.checks.ruleset import RuleSet


def heard(sentence: Sentence, rules: RuleSet, classifier: Classifier) -> Finding | None:
    """The warning under the likeliest rule, with the words that speak for it; None where that rule is switched off.

    It is never an error: a likelihood may ask a person to look, and may not hold a letter back.
    """
    met = classifier.met(words(sentence.plain))
    odds = {rule: value for rule, value in classifier.rules(met).items() if rule in rules.rules}
    likeliest = max(odds, key=lambda rule: (odds[rule], rule), default=None)
    if likeliest is None or likeliest in rules.style.off:
        return None
    message = rules.rules[likeliest].message
    said = ", ".join(f"“{telling}”" for telling in classifier.strongest(met, likeliest))
    return Finding(
        rule=likeliest,
        severity="warning",
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        message=f"{message} What speaks for it here: {said}." if said else message,
    )
