"""Finding in a document what the rules flag, with exact spans in the caller's own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from drafter.checks.clauses import Clause, Document, Sentence
from drafter.checks.detectors import DETECTORS
from drafter.checks.pattern import compiled, group_names
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.rule import Rule
from drafter.checks.ruleset import FOLDER, Gate, RuleSet, languages, read_rules, rules_for

__all__ = ["FOLDER", "RuleSet", "first_spans", "languages", "read_rules", "rules_for", "scan", "spans"]

_RANK: dict[FindingSeverity, int] = {"error": 2, "warning": 1, "suggestion": 0}
_Unit = tuple[int, int, int]  # start and end in the text, and the number of the sentence it begins with


@dataclass(eq=False)
class _Scan:
    """One pass over one document."""

    document: Document
    rules: RuleSet
    plain: bytes = field(init=False)
    words: list[bytes] = field(init=False)  # of each sentence
    seen: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = self.document.plain.encode("ascii")
        self.words = [self.plain[sentence.start : sentence.end] for sentence in self.document.sentences]

    def spans(self, rule: Rule) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        """Where one rule applies, whatever its kind."""
        for pattern in rule.match:
            for unit in self.units(rule):
                yield from self.matches(rule, pattern, unit)
        yield from self.detected(rule)

    def detected(self, rule: Rule) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        for start, end in DETECTORS[rule.detect](self.document) if rule.detect else ():
            number = self.document.number_at(start) or 0
            sentence = self.document.sentences[number]
            if self.holds(rule, (start, end), (sentence.start, max(end, sentence.end), number)):
                yield start, end, {}

    def units(self, rule: Rule) -> Iterator[_Unit]:
        """The stretches of text that a rule's scope makes it look at."""
        sentences = self.document.sentences
        for number, sentence in enumerate(sentences):
            if not sentence.judged:
                continue
            if rule.scope in ("clause", "sentence"):
                yield sentence.start, sentence.end, number
            elif rule.scope == "pair":
                following = sentences[number + 1] if number + 1 < len(sentences) else None
                yield sentence.start, following.end if following and following.judged else sentence.end, number
        if rule.scope == "text" and sentences:
            yield 0, len(self.plain), 0

    def matches(self, rule: Rule, pattern: str, unit: _Unit) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        regex = compiled(pattern)
        names = group_names(pattern)
        group, skip = names.get("span", 0), names.get("skip")
        offset, end, number = unit
        first_end = self.document.sentences[number].end if rule.scope == "pair" else end
        for match in regex.finditer(self.plain[offset:end]):
            if offset + match.start() >= first_end:
                return  # the next pair begins with this sentence
            first, last = match.span(group)
            while first < last and self.plain[offset + last - 1] in b" ,;:":
                last -= 1
            span = offset + first, offset + last
            if skip and match.span(skip)[0] >= 0:
                continue  # the pattern itself says that these words make it harmless
            if first < last and self.judged(span) and self.holds(rule, span, unit):
                yield *span, {name: self.cut(offset, match.span(index)) for name, index in names.items()}

    def cut(self, offset: int, span: tuple[int, int]) -> str:
        return self.document.text[offset + span[0] : offset + span[1]] if span[0] >= 0 else ""

    def judged(self, span: tuple[int, int]) -> bool:
        sentence = self.document.sentence_at(span[0])
        return sentence is not None and sentence.judged

    def holds(self, rule: Rule, span: tuple[int, int], unit: _Unit) -> bool:
        """Whether nothing that the rule names speaks against a match."""
        start, end, number = unit
        if rule.excuse and rule.excuse.search(self.plain[start:end]):
            return False
        if rule.next_excuse and number + 1 < len(self.words) and rule.next_excuse.search(self.words[number + 1]):
            return False
        if rule.prev_excuse and number and rule.prev_excuse.search(self.words[number - 1]):
            return False
        if rule.absent and not self.absent(rule.absent):
            return False
        return self.fits(rule, span)

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
        for rule, pattern, unit in self.gated(self.rules.elements):
            if rule.id not in seen and (match := next(self.matches(rule, pattern, unit), None)):
                seen[rule.id] = match[:2]
        for rule in self.rules.whole_text_elements:
            if rule.id not in seen and (match := next(self.detected(rule) if rule.detect else self.spans(rule), None)):
                seen[rule.id] = match[:2]
        return seen

    def gated(self, gate: Gate) -> Iterator[tuple[Rule, str, _Unit]]:
        """The rules and patterns that may match in a sentence, with the sentence."""
        for number in self.judged_numbers():
            sentence = self.document.sentences[number]
            for rule, pattern in gate.hits(self.words[number]):
                yield rule, pattern, (sentence.start, sentence.end, number)

    def judged_numbers(self) -> Iterator[int]:
        return (number for number, sentence in enumerate(self.document.sentences) if sentence.judged)

    def candidates(self, *, public: bool) -> Iterator[tuple[Rule, int, int, Mapping[str, str]]]:
        """Every match of every flag that the channel needs, in no order, overlaps included."""
        for gate in (self.rules.narrow, self.rules.public) if public else (self.rules.narrow,):
            for rule, pattern, unit in self.gated(gate):
                for found in self.matches(rule, pattern, unit):
                    yield rule, *found
        for rule, pattern in self.rules.wide.hits(self.plain):
            for unit in self.units(rule) if public or not rule.public else ():
                for found in self.matches(rule, pattern, unit):
                    yield rule, *found
        for rule in self.rules.detecting:
            for found in self.detected(rule) if public or not rule.public else ():
                yield rule, *found


@lru_cache(maxsize=16)
def _reading(document: Document, rules: RuleSet) -> _Scan:
    """One pass for all who ask about the same document."""
    return _Scan(document, rules)


def scan(document: Document, rules: RuleSet, *, public: bool = False) -> list[Finding]:
    """What the flags find in a document, in the order of the text; spans index `document.text`.

    `public` adds the rules for channels that everyone reads.
    """
    run = _reading(document, rules)
    found = [(_severity(run, rule), start, end, rule, groups) for rule, start, end, groups in run.candidates(public=public)]
    return [
        Finding(
            rule=rule.id,
            severity=severity,
            start=start,
            end=end,
            text=document.text[start:end],
            message=rule.message,
        )
        for severity, start, end, rule, groups in sorted(_without_overlaps(found), key=lambda item: (item[1], item[2], item[3].id))
    ]


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
