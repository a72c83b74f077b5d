"""One reading of one document by one set of rules: where their patterns match, and which of the matches nothing excuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain

import re2

from drafter.checks.clauses import Clause, Document, Sentence
from drafter.checks.detectors import DETECTORS
from drafter.checks.pattern import Spans, found, group_names, seen
from drafter.checks.rule import Rule, Scope
from drafter.checks.ruleset import RuleSet
from drafter.checks.sentences import Span

Unit = tuple[int, int, int]  # start and end in the text, and the number of the sentence it begins with
Match = tuple[Rule, int, int]  # a rule, and where it matches
_Hit = tuple[Rule, str, Unit]  # a rule, one of its patterns, and where it may match


class Reading:
    """What the rules see in a document; `spared` are the numbers of sentences that a pattern calls harmless."""

    def __init__(self, document: Document, rules: RuleSet) -> None:
        self.document, self.rules = document, rules
        self.spared: set[int] = set()
        self._present: dict[str, bool] = {}

    def spans(self, rule: Rule) -> Iterator[Span]:
        """Where one rule applies, whatever its kind."""
        for pattern in rule.match:
            for unit in self._units(rule.scope):
                yield from self._matches(rule, pattern, unit)
        yield from self._detected(rule)

    def flagged(self, *, public: bool) -> Iterator[Match]:
        """Every match of every flag that the channel needs, in no order, overlaps included."""
        for rule, pattern, unit in chain(self._in_sentences, self._in_text):
            if rule.kind == "flag" and (public or not rule.public):
                for start, end in self._matches(rule, pattern, unit):
                    yield rule, start, end
        for rule in self.rules.detecting:
            for start, end in self._detected(rule) if public or not rule.public else ():
                yield rule, start, end

    @cached_property
    def elements(self) -> Mapping[str, Span]:
        """The elements that are there, each with the first place that shows it; patterns come before detectors."""
        shown: dict[str, Span] = {}
        for rule, pattern, unit in self._in_sentences:
            if rule.kind == "element" and rule.id not in shown and (span := next(iter(self._matches(rule, pattern, unit)), None)):
                shown[rule.id] = span
        for rule in self.rules.whole_text_elements:
            if rule.id not in shown and (span := next(self._in_whole(rule), None)):
                shown[rule.id] = span
        return shown

    def excused(self, rule: Rule, unit: Unit) -> bool:
        """Whether words in the unit, or in the sentence beside it, or elsewhere in the text make a match harmless."""
        if (rule.excuse and seen(rule.excuse, self.document.coded[unit[0] : unit[1]])) or self.excused_beside(rule, unit):
            return True
        if rule.present and len(self.document.sentences) > 1 and not self._has(rule.present):
            return True
        return bool(rule.absent) and not self.absent(rule.absent)

    def excused_beside(self, rule: Rule, unit: Unit) -> bool:
        """Whether words in the sentence beside the unit make a match harmless."""
        number, sentences = unit[2], self.document.sentences
        if rule.next_excuse and number + 1 < len(sentences) and seen(rule.next_excuse, sentences[number + 1].coded):
            return True
        return bool(rule.prev_excuse and number and seen(rule.prev_excuse, sentences[number - 1].coded))

    def absent(self, names: Iterable[str]) -> bool:
        """Whether none of the named elements, flags or patterns is anywhere in the judged text."""
        return not any(self._has(name) for name in names)

    def _has(self, name: str) -> bool:
        if name not in self._present:
            rule = self.rules.rules.get(name)
            self._present[name] = (
                self._shown(rule) if rule else any(seen(name, sentence.coded) for sentence in self.document.sentences if sentence.judged)
            )
        return self._present[name]

    def _shown(self, rule: Rule) -> bool:
        """Whether a rule applies anywhere."""
        if rule.kind == "element" and rule.scope == "sentence":
            return rule.id in self.elements
        return next(self.spans(rule), None) is not None

    def _units(self, scope: Scope) -> Iterator[Unit]:
        """The stretches of text that a scope makes a rule look at."""
        sentences = self.document.sentences
        if scope == "text":
            yield from [(0, len(self.document.coded), 0)] if sentences else ()
            return
        for number, sentence in enumerate(sentences):
            if sentence.judged:
                following = sentences[number + 1] if scope == "pair" and number + 1 < len(sentences) else sentence
                yield sentence.start, (following if following.judged else sentence).end, number

    @cached_property
    def _in_sentences(self) -> list[_Hit]:
        """The rules and patterns that may match in a sentence, with the sentence."""
        return [
            (rule, pattern, unit)
            for unit in self._units("sentence")
            for rule, pattern in self.rules.narrow.hits(self.document.sentences[unit[2]].lower)
        ]

    @cached_property
    def _in_text(self) -> list[_Hit]:
        """Those that may match in the whole text, or in two sentences of it."""
        hits, lower = self.rules.wide.hits, self.document.lower
        return [
            (rule, pattern, unit)
            for rule, pattern in hits(lower)
            for unit in self._units(rule.scope)
            if rule.scope == "text" or (rule, pattern) in hits(lower[unit[0] : unit[1]])
        ]

    def _in_whole(self, rule: Rule) -> Iterator[Span]:
        """Where an element is that only the whole text shows."""
        if rule.detect:
            yield from self._detected(rule)
            return
        for other, pattern, unit in self._in_text:
            if other is rule:
                yield from self._matches(rule, pattern, unit)

    def _detected(self, rule: Rule) -> Iterator[Span]:
        for start, end in DETECTORS[rule.detect](self.document) if rule.detect else ():
            number = self.document.number_at(start) or 0
            sentence = self.document.sentences[number]
            if self._holds(rule, (start, end), (sentence.start, max(end, sentence.end), number)):
                yield start, end

    def _matches(self, rule: Rule, pattern: str, unit: Unit) -> Iterable[Span]:
        try:
            matched = found(pattern, self.document.coded[unit[0] : unit[1]])
        except re2.error:
            rule.refuse()
            raise
        return self._harmful(rule, pattern, unit, matched) if matched else ()

    def _harmful(self, rule: Rule, pattern: str, unit: Unit, matched: list[Spans]) -> Iterator[Span]:
        """Those of the matches that nothing makes harmless."""
        names = group_names(pattern)
        group, skip = names.get("span", 0), names.get("skip")
        offset, end, number = unit
        first_end = self.document.sentences[number].end if rule.scope == "pair" else end
        for spans in matched:
            if offset + spans[0][0] >= first_end:
                return  # the next pair begins with this sentence
            if skip and spans[skip][0] >= 0:
                self.spared.add(number)
                continue  # the pattern itself says that these words make it harmless
            first, last = spans[group]
            while first < last and self.document.plain[offset + last - 1] in " ,;:":
                last -= 1
            span = offset + first, offset + last
            if first < last and self._judged(span) and self._holds(rule, span, unit):
                yield span

    def _judged(self, span: Span) -> bool:
        sentence = self.document.sentence_at(span[0])
        return sentence is not None and sentence.judged

    def _holds(self, rule: Rule, span: Span, unit: Unit) -> bool:
        """Whether nothing that the rule names speaks against a match."""
        return not self.excused(rule, unit) and self._fits(rule, span)

    def _fits(self, rule: Rule, span: Span) -> bool:
        """Whether the clause that holds the match is what `when` asks for, and the match keeps to the rule's scope."""
        if rule.when is None and rule.scope != "clause":
            return True
        sentence = self.document.sentence_at(span[0])
        if sentence is None:
            return False
        clause = _clause_at(sentence, span[0])
        if rule.scope == "clause" and span[1] > clause.end:
            return False
        return all(getattr(sentence if key == "speech" else clause, key) in values for key, values in (rule.when or {}).items())


@lru_cache(maxsize=16)
def reading_of(document: Document, rules: RuleSet) -> Reading:
    """One reading for all who ask about the same document."""
    return Reading(document, rules)


def _clause_at(sentence: Sentence, offset: int) -> Clause:
    return next((clause for clause in reversed(sentence.clauses) if clause.start <= offset), sentence.clauses[0])
