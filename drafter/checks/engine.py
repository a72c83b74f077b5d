"""Finding in a document what the rules flag, with exact spans in the caller's own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

import re2

from drafter.checks.classifier import Classifier, classifier_for, words
from drafter.checks.clauses import Clause, Document, Sentence
from drafter.checks.detectors import DETECTORS
from drafter.checks.pattern import Spans, compiled, found, group_names, looking
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.rule import Rule, Scope
from drafter.checks.ruleset import FOLDER, RuleSet, languages, read_rules, rules_for
from drafter.checks.sentences import Span
from drafter.checks.voice import heard
from drafter.checks.waived import Waived

__all__ = ["FOLDER", "RuleSet", "first_spans", "languages", "read_rules", "rules_for", "scan", "spans"]

_RANK: dict[FindingSeverity, int] = {"error": 2, "warning": 1, "suggestion": 0}
_GREETING = r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|to (?:all )?(?:of )?(?:our|the))(?:,? [\w'-]+){1,5}[,:!]?\s*$"
_Unit = tuple[int, int, int]  # start and end in the text, and the number of the sentence it begins with
_Hit = tuple[Rule, str, _Unit]  # a rule, one of its patterns, and where it may match
_Match = tuple[Rule, int, int, Mapping[str, str]]  # a rule, where it matches, and what its groups hold


@dataclass(eq=False)
class _Scan:
    """One pass over one document."""

    document: Document
    rules: RuleSet
    plain: bytes = field(init=False)
    words: list[bytes] = field(init=False)  # of each sentence
    seen: dict[str, bool] = field(default_factory=dict)
    spared: set[int] = field(default_factory=set)  # numbers of sentences that a pattern calls harmless
    weighed: dict[int, float] = field(default_factory=dict)  # the classifier's log odds of a sentence by its number

    def __post_init__(self) -> None:
        self.plain = self.document.plain.encode("ascii")
        self.words = [self.plain[sentence.start : sentence.end] for sentence in self.document.sentences]

    def spans(self, rule: Rule) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        """Where one rule applies, whatever its kind."""
        for pattern in rule.match:
            for unit in self.units(rule.scope):
                yield from self.matches(rule, pattern, unit)
        yield from self.detected(rule)

    def detected(self, rule: Rule) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        for start, end in DETECTORS[rule.detect](self.document) if rule.detect else ():
            number = self.document.number_at(start) or 0
            sentence = self.document.sentences[number]
            if self.holds(rule, (start, end), (sentence.start, max(end, sentence.end), number)):
                yield start, end, {}

    def units(self, scope: Scope) -> Iterator[_Unit]:
        """The stretches of text that a scope makes a rule look at."""
        sentences = self.document.sentences
        if scope == "text":
            yield from [(0, len(self.plain), 0)] if sentences else ()
            return
        for number, sentence in enumerate(sentences):
            if sentence.judged:
                following = sentences[number + 1] if scope == "pair" and number + 1 < len(sentences) else sentence
                yield sentence.start, (following if following.judged else sentence).end, number

    def matches(self, rule: Rule, pattern: str, unit: _Unit) -> Iterable[tuple[int, int, Mapping[str, str]]]:
        try:
            matched = found(pattern, self.plain[unit[0] : unit[1]])
        except re2.error:
            rule.refuse()
            raise
        return self.harmful(rule, pattern, unit, matched) if matched else ()

    def harmful(self, rule: Rule, pattern: str, unit: _Unit, matched: list[Spans]) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        """Those of the matches that nothing makes harmless, each with the words of its groups."""
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
            while first < last and self.plain[offset + last - 1] in b" ,;:":
                last -= 1
            span = offset + first, offset + last
            if first < last and self.judged(span) and self.holds(rule, span, unit):
                yield *span, {name: self.cut(offset, spans[index]) for name, index in names.items()}

    def cut(self, offset: int, span: tuple[int, int]) -> str:
        return self.document.text[offset + span[0] : offset + span[1]] if span[0] >= 0 else ""

    def judged(self, span: tuple[int, int]) -> bool:
        sentence = self.document.sentence_at(span[0])
        return sentence is not None and sentence.judged

    def holds(self, rule: Rule, span: tuple[int, int], unit: _Unit) -> bool:
        """Whether nothing that the rule names speaks against a match."""
        return not self.excused(rule, unit) and self.fits(rule, span)

    def excused(self, rule: Rule, unit: _Unit) -> bool:
        """Whether words in the unit, or in the sentence beside it, or elsewhere in the text make a match harmless."""
        start, end, number = unit
        if rule.excuse and rule.excuse.search(self.plain[start:end]):
            return True
        if rule.next_excuse and number + 1 < len(self.words) and rule.next_excuse.search(self.words[number + 1]):
            return True
        if rule.prev_excuse and number and rule.prev_excuse.search(self.words[number - 1]):
            return True
        if rule.present and len(self.words) > 1 and not self.present(rule.present):
            return True
        return bool(rule.absent) and not self.absent(rule.absent)

    def fits(self, rule: Rule, span: tuple[int, int]) -> bool:
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

    def absent(self, names: Iterable[str]) -> bool:
        """Whether none of the named elements, flags or patterns is anywhere in the judged text."""
        return not any(self.present(name) for name in names)

    def present(self, name: str) -> bool:
        if name not in self.seen:
            if name in self.rules.rules:
                self.seen[name] = self.shown(self.rules.rules[name])
            else:
                self.seen[name] = any(compiled(name).search(self.words[number]) for number in self.judged_numbers())
        return self.seen[name]

    def shown(self, rule: Rule) -> bool:
        """Whether a rule applies anywhere."""
        if rule.kind == "element" and rule.scope == "sentence":
            return rule.id in self.elements
        return next(self.spans(rule), None) is not None

    @cached_property
    def elements(self) -> Mapping[str, tuple[int, int]]:
        """The elements that are there, each with the first place that shows it; patterns come before detectors."""
        seen: dict[str, tuple[int, int]] = {}
        for rule, pattern, unit in self.in_sentences:
            if rule.kind == "element" and rule.id not in seen and (match := self.first(rule, pattern, unit)):
                seen[rule.id] = match
        for rule in self.rules.whole_text_elements:
            if rule.id not in seen and (match := self.first_of(rule)):
                seen[rule.id] = match
        return seen

    def first(self, rule: Rule, pattern: str, unit: _Unit) -> Span | None:
        return next((match[:2] for match in self.matches(rule, pattern, unit)), None)

    def first_of(self, rule: Rule) -> Span | None:
        """The first place of an element that only the whole text shows."""
        if rule.detect:
            return next((match[:2] for match in self.detected(rule)), None)
        return next((match for other, pattern, unit in self.in_text if other is rule and (match := self.first(rule, pattern, unit))), None)

    @cached_property
    def in_sentences(self) -> list[_Hit]:
        """The rules and patterns that may match in a sentence, with the sentence."""
        return [
            (rule, pattern, unit)
            for unit in self.units("sentence")
            for rule, pattern in self.rules.narrow.hits(self.document.lower[unit[0] : unit[1]])
        ]

    @cached_property
    def in_text(self) -> list[_Hit]:
        """Those that may match in the whole text, or in two sentences of it."""
        hits, units = self.rules.wide.hits, {"text": [*self.units("text")], "pair": [*self.units("pair")]}
        lower = self.document.lower
        return [
            (rule, pattern, unit)
            for rule, pattern in hits(lower)
            for unit in units[rule.scope]
            if rule.scope == "text" or (rule, pattern) in hits(lower[unit[0] : unit[1]])
        ]

    def judged_numbers(self) -> Iterator[int]:
        return (number for number, sentence in enumerate(self.document.sentences) if sentence.judged)

    def doubted(self, classifier: Classifier, match: _Match) -> bool:
        """Whether the classifier is sure that no reader would stop where a rule has matched; it never silences an error."""
        rule, start, _, _ = match
        if rule.severity != "warning" or rule.id not in classifier.heads:
            return False
        number = self.document.number_at(start)
        if number is None or looking(_GREETING).match(self.document.sentences[number].lower):
            return False  # a greeting is no sentence: it was learnt in the company of those that are
        return self.odds(classifier, number) < classifier.quiet

    def odds(self, classifier: Classifier, number: int) -> float:
        """The classifier's log odds that a reader would stop at a sentence."""
        if number not in self.weighed:
            self.weighed[number] = classifier.stops(words(self.document.sentences[number].plain))
        return self.weighed[number]

    def heard(self, classifier: Classifier, matches: Iterable[_Match], told: Iterable[Span]) -> Iterator[Finding]:
        """What the classifier adds; what excuses a match of a rule excuses it here too."""
        heeded = [*((start, end) for _, start, end, _ in matches), *told]
        stopped = {number for start, end in heeded for number in self.document.numbers_in(start, end)}
        for number in self.judged_numbers():
            if number not in stopped and number not in self.spared and self.odds(classifier, number) >= classifier.least:
                sentence = self.document.sentences[number]
                finding = heard(sentence, self.rules, classifier)
                if finding and not self.excused(self.rules.rules[finding.rule], (sentence.start, sentence.end, number)):
                    yield finding

    def candidates(self, *, public: bool) -> Iterator[_Match]:
        """Every match of every flag that the channel needs, in no order, overlaps included."""
        for rule, pattern, unit in chain(self.in_sentences, self.in_text):
            if rule.kind == "flag" and (public or not rule.public):
                for match in self.matches(rule, pattern, unit):
                    yield rule, *match
        for rule in self.rules.detecting:
            for match in self.detected(rule) if public or not rule.public else ():
                yield rule, *match


@lru_cache(maxsize=16)
def _reading(document: Document, rules: RuleSet) -> _Scan:
    """One pass for all who ask about the same document."""
    return _Scan(document, rules)


def scan(document: Document, rules: RuleSet, *, public: bool = False, told: Iterable[Span] = (), voice: bool = True) -> list[Finding]:
    """What the flags find in a document, in the order of the text; spans index `document.text`.

    `public` adds the rules for channels that everyone reads. With `voice`, the classifier speaks too: of sentences that no
    rule has stopped at, and against matches that it doubts. It is silent where facts are `told`, which stand as they were
    entered.
    """
    run, waived = _reading(document, rules), Waived(document, rules)
    classifier = classifier_for(rules.language) if voice else None
    matches = [match for match in run.candidates(public=public) if not (classifier and run.doubted(classifier, match))]
    found = [
        (_severity(run, rule), start, end, rule, groups) for rule, start, end, groups in matches if not waived.covers(rule.id, start, end)
    ]
    findings = [
        Finding(
            rule=rule.id,
            severity=severity,
            start=start,
            end=end,
            text=document.text[start:end],
            message=rule.message,
        )
        for severity, start, end, rule, groups in _without_overlaps(found)
    ]
    if classifier:
        added = run.heard(classifier, matches, told)
        findings += (finding for finding in added if not waived.covers(finding.rule, finding.start, finding.end))
    return sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule))


def spans(document: Document, rule_id: str, rules: RuleSet) -> list[tuple[int, int]]:
    """Where one rule, flag or element, applies in the judged text, in order and without doubles."""
    return sorted({(start, end) for start, end, _ in _reading(document, rules).spans(rules.rules[rule_id])})


def first_spans(document: Document, rules: RuleSet) -> Mapping[str, tuple[int, int]]:
    """The elements that the judged text has, each with the first place that shows it."""
    return _reading(document, rules).elements


def _clause_at(sentence: Sentence, offset: int) -> Clause:
    return next((clause for clause in reversed(sentence.clauses) if clause.start <= offset), sentence.clauses[0])


def _severity(run: _Scan, rule: Rule) -> FindingSeverity:
    return rule.raise_to.severity if rule.raise_to and run.absent(rule.raise_to.absent) else rule.severity


_Found = tuple[FindingSeverity, int, int, Rule, Mapping[str, str]]


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """The graver, then longer of findings that share words, unless one of their rules says they may."""
    kept: list[_Found] = []
    cells: dict[int, list[_Found]] = {}  # kept findings by the blocks of 64 characters they touch
    for item in sorted(found, key=lambda item: (-_RANK[item[0]], item[1] - item[2], item[1], item[3].id)):
        _, start, end, rule, _ = item
        blocks = range(start >> 6, (end >> 6) + 1)
        near = [other for block in blocks for other in cells.get(block, ())]
        if all(start >= other[2] or end <= other[1] or _may_share(rule, other[3]) for other in near):
            kept.append(item)
            for block in blocks:
                cells.setdefault(block, []).append(item)
    return kept


def _may_share(one: Rule, other: Rule) -> bool:
    return one.id != other.id and (other.id in one.also or one.id in other.also)
