"""How well the checks read wording, beside careful readers: `python -m evals wording`.

A sentence counts as flagged when a rule raises an error or a warning on it; suggestions count in the line of their own
rule only. `--worst N` prints N misses and N false alarms of each split, `--accept` keeps the figures of the test split as
those that no later change may fall below.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from drafter.checks import ELEMENTS, Finding, check
from drafter.checks.clauses import analyse
from drafter.checks.engine import first_spans, rules_for, scan
from evals.counts import Counts, Figure
from evals.labelled import SPLITS, Labelled, Reply, replies, sentences

ACCEPTED = Path(__file__).resolve().parent / "accepted.json"
SHOWN = 20  # misses and false alarms that are printed without --worst
_WEIGHT = {"error": 0, "warning": 1, "suggestion": 2}


@dataclass(frozen=True)
class Wrong:
    """A decision that a reader would not share."""

    text: str
    said: tuple[str, ...]
    meant: tuple[str, ...]
    weight: int  # 0: an error is at stake

    def __str__(self) -> str:
        return f"{self.text!r}\n      said {', '.join(self.said) or 'nothing'}; meant {', '.join(self.meant) or 'nothing'}"


@dataclass
class Measured:
    """What came of one split of sentences."""

    overall: Counts = field(default_factory=Counts)
    rules: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    registers: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    misses: list[Wrong] = field(default_factory=list)
    alarms: list[Wrong] = field(default_factory=list)

    def add(self, text: str, register: str, said: Mapping[str, str], meant: frozenset[str]) -> None:
        """Count one sentence: the severities of the rules that were raised on it by id, and the ids that should have been."""
        severities = {rule.id: rule.severity for rule in rules_for("en").rules.values() if rule.kind == "flag"}
        for rule in {*said, *meant} & set(severities):
            self.rules[rule].add(said=rule in said, meant=rule in meant)
        loud = {rule for rule, severity in said.items() if severity != "suggestion"}
        due = {rule for rule in meant if severities[rule] != "suggestion"}
        for counts in (self.overall, self.registers[register]):
            counts.add(said=bool(loud), meant=bool(due))
        if bool(loud) != bool(due):
            weight = min(_WEIGHT[said[rule]] if loud else _WEIGHT[severities[rule]] for rule in loud or due)
            wrong = Wrong(text, tuple(sorted(said)), tuple(sorted(meant)), weight)
            (self.alarms if loud else self.misses).append(wrong)


def said_of(text: str, *, public: bool) -> list[Finding]:
    """What the rules raise on a bare text, in a channel that everyone reads where it is `public`."""
    return scan(analyse(text), rules_for("en"), public=public)


def measure_sentences(rows: Iterable[Labelled]) -> Measured:
    """The checks beside the labels of single sentences."""
    measured = Measured()
    for row in rows:
        said = {finding.rule: finding.severity for finding in reversed(said_of(row.text, public=row.public))}
        measured.add(row.text, row.register, said, row.labels)
    return measured


@dataclass
class Replies:
    """What came of whole replies: their sentences, their elements, and alarms on those that are harmless."""

    sentences: Measured = field(default_factory=Measured)
    elements: dict[str, Counts] = field(default_factory=lambda: {element: Counts() for element in ELEMENTS})
    harmless: int = 0
    disturbed: list[str] = field(default_factory=list)  # harmless replies with an error or a warning
    demanded: list[str] = field(default_factory=list)  # and those of them that were asked for something they do not owe

    @property
    def alarms(self) -> Figure:
        """The share of harmless replies that are disturbed, by a flag or by a demand."""
        return Figure.of(len({*self.disturbed, *self.demanded}), self.harmless)


def measure_replies(rows: Iterable[Reply]) -> Replies:
    """The checks beside the labels of whole replies; a harmless one is also checked as the kind of message that it is."""
    measured = Replies()
    for reply in rows:
        found = said_of(reply.text, public=reply.public)
        for text, meant, said in _by_sentence(reply, found):
            measured.sentences.add(text, reply.register, said, meant)
        present = first_spans(analyse(reply.text), rules_for("en"))
        for element, counts in measured.elements.items():
            counts.add(said=element in present, meant=element in reply.elements)
        if reply.harmless:
            measured.harmless += 1
            if any(finding.severity != "suggestion" for finding in found):
                measured.disturbed.append(reply.text)
            if _demands(reply):
                measured.demanded.append(reply.text)
    return measured


def _demands(reply: Reply) -> bool:
    """Whether an answer that owes nothing but an answer is asked for more."""
    if reply.kind != "answer":
        return False
    report = check(reply.text, kind="answer")
    return any(finding.rule.startswith("missing-") and finding.severity != "suggestion" for finding in report.findings)


def _by_sentence(reply: Reply, found: list[Finding]) -> Iterator[tuple[str, frozenset[str], dict[str, str]]]:
    """Each sentence of a reply with the labels of the quote that it is part of, and what was raised on it."""
    places = [(reply.text.index(quote), len(quote), labels) for quote, labels in reply.flagged]
    for sentence in analyse(reply.text).sentences:
        labels = [names for start, length, names in places if start < sentence.end and sentence.start < start + length]
        said = {finding.rule: finding.severity for finding in found if finding.start < sentence.end and sentence.start < finding.end}
        yield sentence.text, frozenset().union(*labels), dict(said)


def figures(measured: Measured, whole: Replies) -> dict[str, float]:
    """The figures that are kept: shares from 0 to 1."""
    return {
        "sentences: precision": measured.overall.precision.value,
        "sentences: recall": measured.overall.recall.value,
        "sentences: F1": measured.overall.f1.value,
        "replies: F1": whole.sentences.overall.f1.value,
        "elements: F1": together(whole.elements.values()).f1.value,
        "harmless replies left alone": 1 - whole.alarms.value,
        "suggestions: recall": suggestions(measured).recall.value,
    }


def suggestions(measured: Measured) -> Counts:
    """What the rules that only suggest find, which counts in none of the other figures."""
    return together(counts for rule, counts in measured.rules.items() if rules_for("en").rules[rule].severity == "suggestion")


def fallen(now: dict[str, float]) -> list[str]:
    """A line for each figure of the test split that is below the accepted one."""
    accepted = json.loads(ACCEPTED.read_text(encoding="utf-8"))
    return [f"{name}: {now[name]:.4f}, accepted {figure:.4f}" for name, figure in accepted.items() if now[name] < figure - 5e-5]


def accept(now: dict[str, float]) -> None:
    """Keep these figures as the accepted ones."""
    ACCEPTED.write_text(json.dumps({name: round(figure, 4) for name, figure in now.items()}, indent=2) + "\n", encoding="utf-8")


def together(counts: Iterable[Counts]) -> Counts:
    """All of them as one."""
    total = Counts()
    for each in counts:
        total.right, total.wrong, total.missed = total.right + each.right, total.wrong + each.wrong, total.missed + each.missed
    return total


def main(*, worst: int = SHOWN, keep: bool = False) -> int:
    """Print the tables; 1 when a figure of the test split has fallen below the accepted one."""
    now: dict[str, float] = {}
    for split in SPLITS:
        rows, whole = measure_sentences(sentences(split)), measure_replies(replies(split))
        print(*_page(split, rows, whole, worst), sep="\n")
        if split == "test":
            now = figures(rows, whole)
    if keep:
        accept(now)
    wrong = fallen(now)
    print(*(f"fallen below the accepted figure: {line}" for line in wrong), sep="\n")
    return 1 if wrong else 0


def _page(split: str, rows: Measured, whole: Replies, worst: int) -> Iterator[str]:
    heading = f"{'':34}{'precision':>18}{'recall':>18}{'F1':>18}{'rows':>7}"
    yield f"{split}: sentences, any error or warning\n{heading}"
    yield _row("all", rows.overall)
    yield from (_row(f"register {name}", counts) for name, counts in sorted(rows.registers.items()))
    yield from (_row(name, counts) for name, counts in sorted(rows.rules.items()))
    yield f"\n{split}: whole replies\n{heading}"
    yield _row("their sentences", whole.sentences.overall)
    yield from (_row(f"element {name}", counts) for name, counts in whole.elements.items())
    yield _row("all elements", together(whole.elements.values()))
    yield f"harmless replies with an error or a warning: {len({*whole.disturbed, *whole.demanded})} of {whole.harmless}, {whole.alarms}"
    for name, wrong in (("misses", rows.misses + whole.sentences.misses), ("false alarms", rows.alarms + whole.sentences.alarms)):
        yield f"\n{split}: worst {name} ({min(worst, len(wrong))} of {len(wrong)})"
        yield from (f"  {each}" for each in sorted(wrong, key=lambda each: (each.weight, len(each.text)))[:worst])
    yield ""


def _row(name: str, counts: Counts) -> str:
    cells = "".join(f"{figure!s:>18}" for figure in (counts.precision, counts.recall, counts.f1))
    return f"{name:34}{cells}{counts.right + counts.missed:>7}"
