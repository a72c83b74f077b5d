"""Alerts beside the labels of the test split: sentence by sentence, in rows of one sentence and in whole replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for
from evals.counts import Counts, Figure
from evals.labelled import Reply, replies, sentences
from evals.peers.tool import Span


@dataclass(frozen=True)
class Unit:
    """A sentence of a text, and whether a careful reader raises an error or a warning on it."""

    start: int
    end: int
    due: bool

    def alerted(self, alerts: Iterable[Span]) -> bool:
        """Whether any alert shares words with it."""
        return any(start < self.end and self.start < end for start, end in alerts)


@dataclass(frozen=True)
class Judged:
    """A text with its judged sentences; `harmless` where no reader raises anything, not even a suggestion."""

    text: str
    units: tuple[Unit, ...]
    harmless: bool


def judged_rows() -> list[Judged]:
    """The labelled sentences of the test split; a row is judged as a whole."""
    return [Judged(row.text, (Unit(0, len(row.text), _due(row.labels)),), not row.labels) for row in sentences("test")]


def judged_replies() -> list[Judged]:
    """The labelled replies of the test split."""
    return [Judged(reply.text, tuple(units(reply)), reply.harmless) for reply in replies("test")]


def units(reply: Reply) -> Iterator[Unit]:
    """The sentences of a reply, in order: due where a quote that is due shares words with it."""
    quoted = [(reply.text.index(quote), len(quote)) for quote, labels in reply.flagged if _due(labels)]
    for sentence in analyse(reply.text).sentences:
        due = any(start < sentence.end and sentence.start < start + length for start, length in quoted)
        yield Unit(sentence.start, sentence.end, due)


def counts(judged: Sequence[Judged], alerts: Sequence[Sequence[Span]]) -> Counts:
    """The sentences of all texts: alerted and due, or not."""
    counted = Counts()
    for text, spans in zip(judged, alerts, strict=True):
        for unit in text.units:
            counted.add(said=unit.alerted(spans), meant=unit.due)
    return counted


def false_alarms(judged: Sequence[Judged], alerts: Sequence[Sequence[Span]]) -> Figure:
    """The share of harmless texts with any alert."""
    heard = [bool(spans) for text, spans in zip(judged, alerts, strict=True) if text.harmless]
    return Figure.of(sum(heard), len(heard))


def _due(labels: Iterable[str]) -> bool:
    rules = rules_for("en").rules
    return any(rules[label].severity != "suggestion" for label in labels)
