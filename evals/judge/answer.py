"""What a judge said, read strictly: whatever is not plainly a yes or a no is no judgement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals.judge.prompt import FIRST, SECOND

_THOUGHTS = re.compile(r"\A.*</think(?:ing)?>", re.S)
_HOLDS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Answer:
    """The answer to one line: whether it holds, and the words that decided."""

    holds: bool
    words: str


def read_answers(said: str, ids: Iterable[str]) -> dict[str, Answer]:
    """The answers to these lines; one that is not there, or cannot be read, is left out."""
    answers = _object(said)
    found = {name: answers.get(name) for name in ids}
    return {
        name: Answer(_HOLDS[holds], str(each.get("words", "")))
        for name, each in found.items()
        if isinstance(each, dict) and (holds := _word(each.get("holds"))) in _HOLDS
    }


def read_choice(said: str) -> str | None:
    """Which of two letters is better: FIRST or SECOND; None where the answer cannot be read."""
    word = _word(_object(said).get("better"))
    return word if word in (FIRST, SECOND) else None


def _word(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _object(said: str) -> dict[str, Any]:
    """The one JSON object in an answer; an empty one where there is none, it is cut off, or it says a thing twice."""
    text = _THOUGHTS.sub("", said)
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1], object_pairs_hook=_once) if start >= 0 else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are there once: of two answers to one line, neither counts."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made
