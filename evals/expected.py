"""Whether a letter is what its case expects of it: one verdict for each expectation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyphen import Pyphen

from drafter.checks import Report
from drafter.checks.report import Finding, FindingSeverity
from drafter.checks.sentences import sentence_spans
from drafter.draft import Status
from evals.suites import DraftCase, Expectations

SEVERITIES: tuple[FindingSeverity, ...] = ("error", "warning", "suggestion")
INVENTED = ("ungrounded-", "reversed-", "unbacked-")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CONTRACTED = re.compile(r"(?i)\b\w+n['’]t\b|\b(?:i|we|you|they|he|she|it|that|there|who|what|here)['’](?:m|re|ve|ll|d|s)\b")


@dataclass(frozen=True)
class Verdict:
    """One expectation, whether it holds, and what went against it."""

    name: str
    holds: bool
    because: str = ""


def verdicts(case: DraftCase, text: str, report: Report, status: Status | None = None) -> tuple[Verdict, ...]:
    """What became of each expectation of a case; the status is judged only where a draft stands behind the text."""
    return tuple(_verdicts(case.expect, text, report, status))


def _verdicts(expect: Expectations, text: str, report: Report, status: Status | None) -> Iterator[Verdict]:
    if status is not None:
        yield Verdict("status", status in expect.status, f"the draft is {status}")
    if expect.clean_of:
        bad = SEVERITIES[: SEVERITIES.index(expect.clean_of) + 1]
        yield _none(
            "clean", [_told(one) for one in report.findings if one.severity in bad and not is_missing(one) and not is_invented(one)]
        )
    if expect.owed:
        uncovered = [f"{one.role} {one.fact}" for one in report.coverage if one.span is None]
        yield _none("owed", [*(one.rule for one in report.findings if is_missing(one)), *uncovered])
    if expect.grounded:
        yield _none("grounded", [_told(one) for one in report.findings if is_invented(one)])
    if expect.mentions:
        choices = [(one,) if isinstance(one, str) else one for one in expect.mentions]
        yield _none("mentions", [" or ".join(each) for each in choices if not any(_says(text, one) for one in each)])
    if expect.avoids:
        yield _none("avoids", [one for one in expect.avoids if _says(text, one)])
    if expect.words:
        count = len(text.split())
        yield Verdict("words", expect.words.holds(count), f"{count} words")
    if expect.grade:
        grade = reading_grade(text)
        yield Verdict("grade", expect.grade.holds(grade), f"grade {grade:.1f}")
    if expect.contractions is not None:
        found = _CONTRACTED.search(text)
        yield Verdict("contractions", bool(found) == expect.contractions, found.group() if found else "there is none")


def is_missing(finding: Finding) -> bool:
    """Whether it says that something owed is not there."""
    return finding.rule.startswith("missing-")


def is_invented(finding: Finding) -> bool:
    """Whether it says that no fact holds the words, or that a fact holds their contrary."""
    return finding.rule.startswith(INVENTED)


def reading_grade(text: str) -> float:
    """How many years of school in the US a text asks for, by Flesch and Kincaid.

    0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975, Research Branch Report 8-75); syllables are
    places to hyphenate, which are a little fewer. 0.0 for a text without words.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(1 for start, end in sentence_spans(text) if _WORD.search(text[start:end])))
    syllables = sum(len(_hyphens().positions(word)) + 1 for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")


def _none(name: str, wrong: list[str]) -> Verdict:
    return Verdict(name, not wrong, "; ".join(wrong))


def _told(finding: Finding) -> str:
    return f"{finding.rule}: {finding.text!r}"


def _says(text: str, words: str) -> bool:
    """Whether a text has these words, in any case and however they are broken into lines; not within a longer word."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.I) is not None
