"""Everything Drafter raises on purpose, in one tree.

DrafterError
├── InputError          what the caller gave cannot be used (exit 2); one Complaint per fault, all at once
│   ├── IncidentError   facts that do not form an incident
│   ├── TextError       a text that is empty, too large, binary or in another encoding
│   ├── LanguageError   a language without rules, lexicon and phrases
│   ├── RuleError       a rule file that does not follow the format
│   ├── PromptError     a prompt file that does not follow the format
│   └── ModelNeededError  what was asked for needs a model, and none is set
└── OutsideError        something beyond Drafter failed (exit 3)
    └── ModelError      a model endpoint that failed, answered nothing usable, or would cost too much
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with an input: where it is and what to write instead."""

    message: str
    key: str = ""  # dotted path, such as "problems.1.ours"
    line: int | None = None  # counted from 1

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.key + ': ' if self.key else ''}{self.message}"


class DrafterError(Exception):
    """The root of every error that Drafter raises on purpose."""


class InputError(DrafterError):
    """An input that cannot be used; `complaints` holds every reason, `source` the file it came from."""

    def __init__(self, complaints: Sequence[Complaint] | str, source: str = "") -> None:
        self.complaints = (Complaint(complaints),) if isinstance(complaints, str) else tuple(complaints)
        self.source = source
        super().__init__(str(self))

    def __str__(self) -> str:
        prefix = f"{self.source}: " if self.source else ""
        return "\n".join(f"{prefix}{complaint}" for complaint in self.complaints)


class IncidentError(InputError):
    """Facts that do not form an incident."""


class TextError(InputError):
    """A text that is empty, too large, binary or in another encoding."""


class LanguageError(InputError):
    """A language that Drafter has no rules, lexicon and phrases for."""


class RuleError(InputError):
    """A rule file that does not follow the format."""


class PromptError(InputError):
    """A prompt file that does not follow the format."""


class ModelNeededError(InputError):
    """What was asked for needs a model, and none is set."""


class OutsideError(DrafterError):
    """Something beyond Drafter, such as a model endpoint, failed."""


class ModelError(OutsideError):
    """A model endpoint that failed, answered nothing usable, or would cost too much."""
