"""What was measured of one letter, as a log of Inspect keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspect_ai.log import EvalLog, EvalSample

from evals.counts import Figure
from evals.judge.scorer import judged_of

FIRST = ("facts told", "nothing invented", "nothing flagged", "nothing missing")  # of what was written before anything was replaced

JUDGE = "judge: "  # before a line of the rubric, where its figure stands among others


def done(log: EvalLog) -> list[EvalSample]:
    """The samples of a log that were judged."""
    return [one for one in log.samples or () if one.scores]


def is_expected(sample: EvalSample) -> bool:
    """Whether a letter is all that its case expects."""
    return (sample.scores or {})["expected"].as_float() == 1.0


def share_expected(samples: Sequence[EvalSample]) -> Figure:
    """The share of letters that are all that their cases expect."""
    return Figure.of(sum(map(is_expected, samples)), len(samples))


def figures_of(sample: EvalSample) -> dict[str, float]:
    """What was measured of a letter: whether it is as expected, what was written before anything was replaced, what a judge said."""
    value = (sample.scores or {})["written"].value
    assert isinstance(value, dict)
    said = {f"{JUDGE}{line}": held for line, held in judged_of(sample).items()}
    return {
        "as expected": float(is_expected(sample)),
        **{name: float(one) for name, one in value.items() if isinstance(one, int | float)},
        **said,
    }


def is_first(figure: str) -> bool:
    """Whether a figure tells of what was written before anything was replaced."""
    return figure != "as expected" and not figure.startswith(JUDGE)


def findings_of(sample: EvalSample, scorer: str) -> list[dict[str, str]]:
    """What was found in a letter as it went out (`expected`), or as it was before anything was replaced (`written`)."""
    score = (sample.scores or {})[scorer]
    return list((score.metadata or {}).get("findings", ()))


def wrong_in(sample: EvalSample) -> list[str]:
    """What a letter is not that its case expects."""
    return ((sample.scores or {})["expected"].explanation or "").splitlines()


def letter_of(sample: EvalSample) -> dict[str, Any]:
    """A letter as a baseline keeps it: its words, what was found in them, and what its case expects that it is not.

    Where a model wrote it and something could be replaced, also its first words, and what was found in those.
    """
    kept = {"text": sample.output.completion.strip(), "findings": _grave(sample, "expected"), "wrong": wrong_in(sample)}
    if (first := sample.metadata.get("first")) is not None:
        kept |= {"first": first, "before": _grave(sample, "written")}
    return kept


def _grave(sample: EvalSample, scorer: str) -> list[str]:
    return [f"{one['rule']}: {one['text']}" for one in findings_of(sample, scorer) if one["severity"] != "suggestion"]


def used(log: EvalLog) -> str:
    """With what a log's letters were written: model, prompts and their hashes, and the rules."""
    seen: dict[str, dict[str, None]] = {key: {} for key in ("model", "prompt", "prompt_hash", "rules_hash")}
    for one in done(log):
        for key, words in seen.items():
            words.update(dict.fromkeys((one.metadata.get("provenance", {}).get(key) or "").split(", ")))
    if log.eval.task == "plain":
        seen["model"] = {log.eval.model.rsplit("/", 1)[-1]: None}
    return " ".join(", ".join(filter(None, words)) for words in seen.values() if any(words))
