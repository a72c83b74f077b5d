"""The second voice over a document: the matches of rules that it doubts, and a warning where no rule has stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.checks.classifier import Classifier, words
from drafter.checks.clauses import Sentence
from drafter.checks.pattern import looking
from drafter.checks.reading import Match, Reading
from drafter.checks.report import Finding
from drafter.checks.sentences import Span

_GREETING = r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|to (?:all )?(?:of )?(?:our|the))(?:,? [\w'-]+){1,5}[,:!]?\s*$"


class Voice:
    """What a classifier says of the sentences of one reading."""

    def __init__(self, classifier: Classifier, reading: Reading) -> None:
        self._classifier, self._reading = classifier, reading
        self._weighed: dict[int, float] = {}  # log odds of a sentence by its number

    def doubts(self, match: Match) -> bool:
        """Whether it is sure that no reader would stop where a rule has matched; it never silences an error."""
        rule, start, _ = match
        if rule.severity != "warning" or rule.id not in self._classifier.heads:
            return False
        number = self._reading.document.number_at(start)
        if number is None or self._odds(number) >= self._classifier.quiet:
            return False
        greets = looking(_GREETING).match(self._reading.document.sentences[number].lower)
        return not greets  # a greeting is no sentence: it was learnt in the company of those that are

    def adds(self, matches: Iterable[Match], told: Iterable[Span]) -> Iterator[Finding]:
        """What it adds where no rule has matched and no fact is told; what excuses a match of a rule excuses it here too.

        In a message of several sentences in which no rule has stopped it speaks only where it is sure: most of those are everyday
        ones, and each sentence more is a chance more to be wrong.
        """
        document, sure = self._reading.document, self._classifier.sure
        matched = [(start, end) for _, start, end in matches]
        stopped = {number for start, end in [*matched, *told] for number in document.numbers_in(start, end)}
        least = self._classifier.least if matched or len(document.sentences) == 1 else sure
        for number, sentence in enumerate(document.sentences):
            if not sentence.judged or number in stopped or (odds := self._odds(number)) < least:
                continue
            finding = self._warning(sentence)
            if finding and not self._excused(finding.rule, number, sure=odds >= sure):
                yield finding

    def _excused(self, rule: str, number: int, *, sure: bool) -> bool:
        """Whether something makes the sentence harmless: what stands beside it, which it has not read, or else, unless it is sure."""
        reading, sentence = self._reading, self._reading.document.sentences[number]
        unit = (sentence.start, sentence.end, number)
        if sure:
            return reading.excused_beside(reading.rules.rules[rule], unit)
        return number in reading.spared or reading.excused(reading.rules.rules[rule], unit)

    def _odds(self, number: int) -> float:
        """The log odds that a reader would stop at a sentence."""
        if number not in self._weighed:
            self._weighed[number] = self._classifier.stops(words(self._reading.document.sentences[number].lower))
        return self._weighed[number]

    def _warning(self, sentence: Sentence) -> Finding | None:
        """The warning under the likeliest rule, with the words that speak for it; None where that rule is switched off.

        It is never an error: a likelihood may ask a person to look, and may not hold a letter back.
        """
        rules, met = self._reading.rules, self._classifier.met(words(sentence.lower))
        odds = {rule: value for rule, value in self._classifier.rules(met).items() if rule in rules.rules}
        likeliest = max(odds, key=lambda rule: (odds[rule], rule), default=None)
        if likeliest is None or likeliest in rules.style.off:
            return None
        message = rules.rules[likeliest].message
        said = ", ".join(f"“{telling}”" for telling in self._classifier.strongest(met, likeliest))
        return Finding(
            rule=likeliest,
            severity="warning",
            start=sentence.start,
            end=sentence.end,
            text=sentence.text,
            message=f"{message} What speaks for it here: {said}." if said else message,
        )
