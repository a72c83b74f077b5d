"""Kept answers: what the chain was answered, by a hash of all that it asked, so that the same question is asked once.

A question is its model, endpoint, messages, form and limits, and the epoch: a letter that is written three times is asked for
three times. Each answer is a file that is there whole or not at all, and holds for a week, as Inspect's own do.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from langchain_core.messages import BaseMessage
from platformdirs import user_cache_path

from drafter.model import Form

EXPIRY = "1W"  # for Inspect, which keeps what the plain prompt and a judge are answered
_SECONDS = 7 * 24 * 3600.0


def folder() -> Path:
    """Where answers are kept."""
    return user_cache_path("drafter", appauthor=False) / "evals"


@dataclass(frozen=True)
class Question:
    """All that an answer depends on."""

    model: str
    endpoint: str | None
    messages: tuple[tuple[str, str], ...]  # role and words
    form: dict[str, Any]
    max_output_tokens: int
    epoch: int

    @classmethod
    def of(cls, messages: Sequence[BaseMessage], form: Form, *, model: str, endpoint: str | None, most: int, epoch: int) -> Question:
        """The question that these messages are."""
        return cls(model, endpoint, tuple((one.type, one.text) for one in messages), asdict(form), most, epoch)

    @property
    def digest(self) -> str:
        """Its hash."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class Kept:
    """Answers in a folder; one that cannot be read or written is asked for again."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or folder()

    def get(self, question: Question) -> dict[str, Any] | None:
        """What was answered, if that is kept."""
        path = self._path(question)
        try:
            if time.time() - path.stat().st_mtime > _SECONDS:
                return None
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, question: Question, answer: dict[str, Any]) -> None:
        """Keep an answer."""
        path = self._path(question)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
                json.dump(answer, file)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError:
            return

    def _path(self, question: Question) -> Path:
        digest = question.digest
        return self._place / digest[:2] / f"{digest}.json"
