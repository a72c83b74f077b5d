"""Outcomes: what came of a case with one of the three writers, once, as a log of Inspect keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from inspect_ai.log import EvalLog, EvalSample

from drafter.settings import load_settings
from evals.counts import Figure, ratio_figure
from evals.expected import INVENTED
from evals.judge.scorer import judged_of, rubric_of
from evals.samples import done, figures_of, findings_of, is_expected, wrong_in

GRAVE = ("error", "warning")


@dataclass(frozen=True)
class Flag:
    """A finding: its rule, how grave it is, and the words, or what is missing."""

    rule: str
    severity: str
    text: str

    @property
    def is_grave(self) -> bool:
        """Whether it is more than a suggestion."""
        return self.severity in GRAVE


@dataclass(frozen=True)
class Usage:
    """What a letter took; `cost` is None where no price is known, and `seconds` where nobody took the time."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Outcome:
    """One letter: what it is about, its words, and everything that was measured of it.

    `first` is what a model wrote before anything was replaced: None where nothing was to be replaced, "" where the model gave nothing
    that could be used, for the reason in `trouble`.
    """

    case: str
    epoch: int
    about: dict[str, str]  # suite, channel, kind, trade
    text: str
    first: str | None
    trouble: str
    status: str
    expected: bool
    wrong: tuple[str, ...]
    figures: dict[str, float]
    found: tuple[Flag, ...]  # in what went out
    before: tuple[Flag, ...]  # in what was written at first
    written: int  # sections that a model wrote
    kept: int  # of them
    replaced: dict[str, str]  # section -> why
    usage: Usage
    judged: dict[str, float]  # line of the rubric -> 1 for yes, 0 for no
    rubric: str  # the hash of the one it was judged by

    @cached_property
    def distance(self) -> float | None:
        """How far what went out is from what a model wrote at first: 0.0 is word for word, 1.0 another text altogether."""
        if self.first is None:
            return None
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.normalized_distance(" ".join(self.first.split()), " ".join(self.text.split()))

    @property
    def inventions(self) -> int:
        """How often it says, before anything was replaced, what no fact holds or what a fact denies."""
        return sum(flag.rule.startswith(INVENTED) for flag in self.before)

    @property
    def has_error(self) -> bool:
        """Whether anything in what went out is an error."""
        return any(flag.severity == "error" for flag in self.found)

    @property
    def is_whole(self) -> bool:
        """Whether what went out tells all that is owed."""
        return not any(flag.is_grave and flag.rule.startswith("missing-") for flag in self.found)


def outcomes_of(log: EvalLog) -> list[Outcome]:
    """The outcomes in a log, by case."""
    return sorted((_outcome(sample, log.eval.task) for sample in done(log)), key=_place)


def by_case(outcomes: Sequence[Outcome], figure: str) -> list[float]:
    """A figure of each case: its mean over the epochs."""
    found: dict[str, list[float]] = {}
    for one in outcomes:
        if figure in one.figures:
            found.setdefault(one.case, []).append(one.figures[figure])
    return [sum(values) / len(values) for values in found.values()]


def kept(outcomes: Sequence[Outcome]) -> Figure | None:
    """The share of the sections a model wrote that went out; None where no model wrote any.

    An answer of which nothing could be used counts as one section, and not kept.
    """
    written = [max(one.written, 1) if one.trouble else one.written for one in outcomes]
    return ratio_figure([one.kept for one in outcomes], written) if any(written) else None


def _place(outcome: Outcome) -> tuple[str, int]:
    return outcome.case, outcome.epoch


def _outcome(sample: EvalSample, writer: str) -> Outcome:
    kept: dict[str, Any] = sample.metadata
    sections = kept.get("sections", {})
    return Outcome(
        case=str(sample.id),
        epoch=sample.epoch,
        about={name: str(kept.get(name, "")) for name in ("suite", "channel", "kind", "trade")},
        text=sample.output.completion.strip(),
        first=kept.get("first"),
        trouble=kept.get("trouble", ""),
        status=kept.get("status", ""),
        expected=is_expected(sample),
        wrong=tuple(wrong_in(sample)),
        figures=figures_of(sample),
        found=tuple(Flag(**one) for one in findings_of(sample, "expected")),
        before=tuple(Flag(**one) for one in findings_of(sample, "written")),
        written=sections.get("written", 0),
        kept=sections.get("kept", 0),
        replaced=kept.get("replaced", {}),
        usage=_usage(sample, writer),
        judged=judged_of(sample),
        rubric=rubric_of(sample),
    )


def _usage(sample: EvalSample, writer: str) -> Usage:
    """What Inspect counted of its own call, and what the product counted of its."""
    seconds = sample.metadata.get("seconds")
    if writer == "plain":
        told, prices = sample.output.usage, load_settings().house.model
        if told is None:
            return Usage(1, seconds=seconds)
        asked = told.input_tokens + (told.input_tokens_cache_read or 0)  # Inspect counts apart what the endpoint had read before
        known = prices.price_in is not None and prices.price_out is not None
        cost = (asked * (prices.price_in or 0) + told.output_tokens * (prices.price_out or 0)) / 1e6 if known else None
        return Usage(1, asked, told.output_tokens, cost, seconds)
    took = sample.metadata.get("provenance", {})
    return Usage(took.get("calls", 0), took.get("input_tokens", 0), took.get("output_tokens", 0), took.get("cost"), seconds)
