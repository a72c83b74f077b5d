"""Everything Drafter raises on purpose, in one tree.

DrafterError
├── InputError          what the caller gave cannot be used (exit 2); one Complaint per fault, all at once
│   ├── IncidentError   facts that do not form an incident
│   ├── TextError       a text that is empty, too large, binary or in another encoding
│   ├── LanguageError   a language without rules, lexicon and phrases
│   ├── RuleError       a rule file that does not follow the format
│   ├── PromptError     a prompt file that does not follow the format
│   ├── NotFoundError   an id that names nothing that is kept, or no longer
│   ├── ReviewedError   a decision about a draft against one that came before it
│   ├── StepError       a step of an incident before what it needs; a complaint for each thing that is missing
│   │   └── NewsError   a message that would tell nothing new, with what it may say instead
│   ├── ConflictError   a change of facts that somebody else has changed meanwhile
│   ├── ForgedError     a webhook that nobody signed who may
│   │   └── StaleError  one that was signed too long ago, or ahead of its time
│   ├── PayloadError    a webhook with a body that its helpdesk does not send
│   └── ModelNeededError  what was asked for needs a model, and none is set
└── OutsideError        something beyond Drafter failed (exit 3)
    ├── ModelError      a model endpoint that failed, answered nothing usable, or would cost too much
    ├── StoreError      the database is away, full, locked, or made by a newer Drafter
    └── HelpdeskError   a helpdesk that is away, or refused what it was asked
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


class NotFoundError(InputError):
    """An id that names nothing that is kept, or no longer."""


class ReviewedError(InputError):
    """A decision about a draft against one that came before it."""


class StepError(InputError):
    """A step of an incident before what it needs; a complaint for each thing that is missing."""


class NewsError(StepError):
    """A message that would tell nothing new, with what it may say instead."""


class ConflictError(InputError):
    """A change of facts that somebody else has changed meanwhile; a complaint for each, with both versions."""


class ForgedError(InputError):
    """A webhook that nobody signed who may."""


class StaleError(ForgedError):
    """A webhook that was signed too long ago, or ahead of its time."""


class PayloadError(InputError):
    """A webhook with a body that its helpdesk does not send."""


class ModelNeededError(InputError):
    """What was asked for needs a model, and none is set."""


class OutsideError(DrafterError):
    """Something beyond Drafter, such as a model endpoint, failed."""


class ModelError(OutsideError):
    """A model endpoint that failed, answered nothing usable, or would cost too much."""


class StoreError(OutsideError):
    """The database is away, full, locked, or made by a newer Drafter."""


class HelpdeskError(OutsideError):
    """A helpdesk that is away, or refused what it was asked; the message holds no words of a ticket.

    `permanent`: the same request will not go through later either. `retry_after`: the seconds it asked us to wait.
    `status`: what it answered, None where it did not.
    """

    def __init__(self, message: str, *, permanent: bool = False, retry_after: float | None = None, status: int | None = None) -> None:
        self.permanent, self.retry_after, self.status = permanent, retry_after, status
        super().__init__(message)
