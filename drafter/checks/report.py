"""What a check gives back: findings with exact spans, elements, coverage, claims, and a score."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

FindingSeverity = Literal["error", "warning", "suggestion"]
ElementState = Literal["present", "missing", "not_owed", "withheld"]

ELEMENTS = (
    "explicit-apology",
    "ownership",
    "specific-failure",
    "impact",
    "concrete-fix",
    "make-good",
    "prevention",
    "known-unknown-next",
    "in-writing-recap",
    "personal-voice",
)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Fix(_Value):
    """The change that puts a rewrite in: the flagged words with what goes or changes beside them, such as a comma or a capital.

    `replaces` begins `offset` characters from the start of its finding, and must stand there word for word. Where `safe`,
    the change takes nothing from the text but the flagged wording and adds nothing that neither text nor facts hold.
    """

    offset: int
    replaces: str
    put: str
    safe: bool


class Finding(_Value):
    """One thing to mend: `text` is exactly `checked[start:end]`; both are len(checked) and "" for something missing.

    `rewrite` is what to put in place of `text`: None where there are no honest words, "" where it goes, and with
    [brackets] where a person must fill in what nobody has told.
    """

    rule: str
    severity: FindingSeverity
    start: int
    end: int
    text: str
    message: str
    rewrite: str | None = None
    fix: Fix | None = None  # how to put the rewrite in, where there is one


class Claim(_Value):
    """A number, amount, date, time, duration, share, reference, name, promise or act in a text, and the fact it rests on."""

    kind: Literal["number", "money", "date", "time", "duration", "percentage", "reference", "name", "promise", "agent"]
    start: int
    end: int
    text: str
    fact: str | None  # id of the fact; None: nothing that was entered says so


class Covered(_Value):
    """A fact or ask that the message owes, and where the text says it."""

    fact: str
    role: str
    span: tuple[int, int] | None  # None: the text does not say it


class Withheld(_Value):
    """What a sensitive message leaves to a person, why, and who may release it."""

    elements: tuple[str, ...]
    because: tuple[str, ...]  # the signs, in plain words: "a reaction to an allergen"
    release: str  # who may release it


class Report(_Value):
    """The result of one check. `score` is None for a bare text, else 0-100 over what is owed."""

    findings: tuple[Finding, ...] = ()
    elements: dict[str, ElementState] = {}
    coverage: tuple[Covered, ...] = ()
    claims: tuple[Claim, ...] = ()
    withheld: Withheld | None = None
    score: int | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a text from being ready."""
        return tuple(finding for finding in self.findings if finding.severity == "error")
