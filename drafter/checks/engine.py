"""Finding in a document what the rules flag, with exact spans in the caller's own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from drafter.checks.clauses import Clause, Document, Sentence
from drafter.checks.detectors import DETECTORS
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.rule import Rule, compiled, group_names
from drafter.checks.ruleset import FOLDER, RuleSet, languages, read_rules, rules_for

__all__ = ["FOLDER", "RuleSet", "first_spans", "languages", "read_rules", "rules_for", "scan", "spans"]

_RANK: dict[FindingSeverity, int] = {"error": 2, "warning": 1, "suggestion": 0}
_Unit = tuple[int, int, int]  # start and end in the text, and the number of the sentence it begins with


@dataclass
class _Scan:
    """One pass over one document."""

    document: Document
    rules: RuleSet
    plain: bytes = field(init=False)
    seen: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = self.document.plain.encode("ascii")

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
        sentences = self.document.sentences
        if rule.unless and self.any(rule.unless, self.plain[start:end]):
            return False
        if rule.next_unless and number + 1 < len(sentences) and self.any(rule.next_unless, self.of(sentences[number + 1])):
            return False
        if rule.prev_unless and number and self.any(rule.prev_unless, self.of(sentences[number - 1])):
            return False
        if rule.absent and not self.absent(rule.absent):
            return False
        return self.fits(rule, span)

    def of(self, sentence: Sentence) -> bytes:
        return self.plain[sentence.start : sentence.end]

    def any(self, patterns: Iterable[str], plain: bytes) -> bool:
        return any(compiled(pattern).search(plain) for pattern in patterns)

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
                self.seen[name] = any(self.any([name], self.of(sentence)) for sentence in self.document.sentences if sentence.judged)
        return self.seen[name]

    def shown(self, rule: Rule) -> bool:
        """Whether a rule applies anywhere; the gate tells which of an element's patterns are worth a search."""
        if rule.kind == "flag" or rule.scope != "sentence":
            return next(self.spans(rule), None) is not None
        for number, sentence in enumerate(self.document.sentences):
            for other, pattern in self.rules.elements.hits(self.of(sentence)) if sentence.judged else ():
                if other is rule and next(self.matches(rule, pattern, (sentence.start, sentence.end, number)), None):
                    return True
        return next(self.detected(rule), None) is not None

    def candidates(self) -> Iterator[tuple[Rule, int, int, Mapping[str, str]]]:
        """Every match of every flag, in no order, overlaps included."""
        for number, sentence in enumerate(self.document.sentences):
            if sentence.judged:
                for rule, pattern in self.rules.narrow.hits(self.of(sentence)):
                    for found in self.matches(rule, pattern, (sentence.start, sentence.end, number)):
                        yield rule, *found
        for rule, pattern in self.rules.wide.hits(self.plain):
            for unit in self.units(rule):
                for found in self.matches(rule, pattern, unit):
                    yield rule, *found
        for rule in self.rules.detecting:
            for found in self.detected(rule):
                yield rule, *found


def scan(document: Document, rules: RuleSet, *, public: bool = False, slots: Mapping[str, str] | None = None) -> list[Finding]:
    """What the flags find in a document, in the order of the text; spans index `document.text`.

    `public` adds the rules for channels that everyone reads. `slots` fills the rewrites, as the match's own groups do;
    a rewrite with a slot that nothing fills is left out.
    """
    run = _Scan(document, rules)
    found = [(_severity(run, rule), start, end, rule, groups) for rule, start, end, groups in run.candidates() if public or not rule.public]
    return [
        Finding(
            rule=rule.id,
            severity=severity,
            start=start,
            end=end,
            text=document.text[start:end],
            message=rule.message,
            rewrite=_rewrite(rule, {**(slots or {}), **groups}),
        )
        for severity, start, end, rule, groups in sorted(_without_overlaps(found), key=lambda item: (item[1], item[2], item[3].id))
    ]


def spans(document: Document, rule_id: str, rules: RuleSet) -> list[tuple[int, int]]:
    """Where one rule, flag or element, applies in the judged text, in order and without doubles."""
    return sorted({(start, end) for start, end, _ in _Scan(document, rules).spans(rules.rules[rule_id])})


def first_spans(document: Document, rules: RuleSet) -> dict[str, tuple[int, int]]:
    """The elements that the judged text has, each with the first place that shows it; patterns come before detectors."""
    run, seen = _Scan(document, rules), dict[str, tuple[int, int]]()
    for number, sentence in enumerate(document.sentences):
        for rule, pattern in rules.elements.hits(run.of(sentence)) if sentence.judged else ():
            if rule.id not in seen and (match := next(run.matches(rule, pattern, (sentence.start, sentence.end, number)), None)):
                seen[rule.id] = match[:2]
    for rule in rules.whole_text_elements:
        if rule.id not in seen and (match := next(run.detected(rule) if rule.detect else run.spans(rule), None)):
            seen[rule.id] = match[:2]
    return seen


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


def _rewrite(rule: Rule, slots: Mapping[str, str]) -> str | None:
    if rule.rewrite is None:
        return None
    try:
        return rule.rewrite.format_map(slots)
    except KeyError:
        return None
