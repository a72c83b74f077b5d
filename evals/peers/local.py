"""The tools that run in this process: Drafter, a list of keywords, proselint and VADER."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType

from drafter import check
from evals.peers.tool import AbsentError, Run, Span, Tool

KEYWORDS = Path(__file__).with_name("keywords.txt")
NEGATIVE = -0.05  # of VADER's compound: where its authors say that a text begins to be negative
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|$)", re.M)

Find = Callable[[str], list[Span]]


def drafter() -> Tool:
    """Drafter as users call it."""
    return Tool("Drafter", metadata.version("drafter"), "an error or a warning", runner(_found))


def _found(text: str) -> list[Span]:
    return [(finding.start, finding.end) for finding in check(text).findings if finding.severity != "suggestion"]


def keywords() -> Tool:
    """The words that a reviewer would write down in an afternoon."""
    phrases = [line for line in KEYWORDS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return Tool("a keyword list", f"of {len(phrases)} phrases", "one of its phrases", runner(finder(phrases)))


def finder(phrases: Sequence[str]) -> Find:
    """Where any of the phrases stands as whole words, in letters of either size."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.I)
    return lambda text: [match.span() for match in pattern.finditer(text.replace("\u2019", "'"))]


def proselint() -> Tool:
    """The checks of proselint, with its own settings."""
    tools, checks, registry = (_module("proselint", part) for part in ("proselint.tools", "proselint.checks", "proselint.registry"))
    registry.CheckRegistry().register_many(checks.__register__)

    def find(text: str) -> list[Span]:
        spans = (result.check_result.span for result in tools.LintFile("reply", text).lint())
        return [(start - 1, end - 1) for start, end in spans]  # it counts in a text with a line break before it

    return Tool("proselint", metadata.version("proselint"), "any of its checks", runner(find))


def vader() -> Tool:
    """VADER, sentence by sentence, as its authors advise for what is longer than a tweet."""
    scores = _module("VADER", "vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer().polarity_scores

    def find(text: str) -> list[Span]:
        return [match.span() for match in _SENTENCE.finditer(text) if scores(match[0])["compound"] <= NEGATIVE]

    alert = f"a sentence with a compound of {NEGATIVE} or less".replace("-", "\N{MINUS SIGN}")
    return Tool("VADER", metadata.version("vaderSentiment"), alert, runner(find))


def runner(find: Find) -> Callable[[Sequence[str]], Run]:
    """Runs `find` over texts, each by the clock."""

    def run(texts: Sequence[str]) -> Run:
        timed = [_timed(find, text) for text in texts]
        return Run(tuple(tuple(spans) for spans, _ in timed), tuple(seconds for _, seconds in timed))

    return run


def _timed(find: Find, text: str) -> tuple[list[Span], float]:
    started = time.process_time()
    spans = find(text)
    return spans, time.process_time() - started


def _module(tool: str, name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise AbsentError(tool, f"the extra [bench] is not installed ({error})") from error
