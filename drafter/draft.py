"""Draft: a reply with the source of each section, what was checked, what was left out, and whether it may go."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from drafter.checks.report import Claim, Covered, Finding, Withheld
from drafter.incident import Channel

SectionName = Literal[
    "subject",
    "greeting",
    "correction",
    "ownership",
    "impact",
    "known",
    "unknown",
    "fix",
    "make_good",
    "cause",
    "contained",
    "answers",
    "prevention",
    "next",
    "closing",
    "locked",
]
Source = Literal["model", "composed", "locked", "agent"]  # the agent who edited it
Status = Literal["ready", "needs_review", "blocked"]
_JOIN: dict[Channel, str] = {"email": "\n\n", "letter": "\n\n", "chat": "\n", "sms": " ", "social": " ", "status_page": "\n\n"}


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Section(_Value):
    """One part of a letter: its words, the facts they rest on, and who wrote them."""

    name: SectionName
    text: str
    facts: tuple[str, ...] = ()  # ids
    source: Source = "composed"
    replaced: str | None = None  # why the model's words were replaced, in plain words
    gap: str | None = None  # what stands between the section before and this one; None: what the channel has


class LeftOut(_Value):
    """A fact that the channel has no room or place for."""

    fact: str
    because: str


class Letter(_Value):
    """A whole reply, section by section in the order they stand; a subject, where there is one, is the first section."""

    channel: Channel
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def subject(self) -> str | None:
        """The subject line, where the channel has one."""
        return next((section.text for section in self.sections if section.name == "subject"), None)

    @property
    def text(self) -> str:
        """The body, without the subject, as it is sent."""
        parts = [part for section in self._body() for part in (self._gap(section), section.text)]
        return "".join(parts[1:])

    def spans(self) -> dict[SectionName, tuple[int, int]]:
        """Where each section stands in `text`."""
        found: dict[SectionName, tuple[int, int]] = {}
        at = 0
        for i, section in enumerate(self._body()):
            at += len(self._gap(section)) if i else 0
            found[section.name] = (at, at + len(section.text))
            at += len(section.text)
        return found

    def _body(self) -> list[Section]:
        return [section for section in self.sections if section.name != "subject" and section.text]

    def _gap(self, section: Section) -> str:
        return _JOIN[self.channel] if section.gap is None else section.gap


class Provenance(_Value):
    """Where a draft came from: model, prompt and rules by name and content hash, and what it took."""

    model: str | None = None  # None: composed without a model
    prompt: str | None = None  # "draft.v1"
    prompt_hash: str | None = None
    rules_hash: str = ""
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None  # in the currency of the price list; None where no price is known
    milliseconds: float = 0.0


class Passed(_Value):
    """A finding that a person passed over: "not a problem here", and why; `text` is its words, or its message where it has none."""

    rule: str
    text: str
    reason: str

    def is_of(self, finding: Finding) -> bool:
        """Whether it is this finding that was passed over."""
        return (self.rule, self.text) == (finding.rule, finding.text or finding.message)


class Draft(_Value):
    """A reply that was checked; `status` is never ready while a finding is an error."""

    status: Status
    reasons: tuple[str, ...]
    subject: str | None
    text: str
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Covered, ...]
    claims: tuple[Claim, ...]
    elements: dict[str, str]
    left_out: tuple[LeftOut, ...]
    withheld: Withheld | None = None
    withheld_text: str | None = None  # the same letter with what was withheld, for the person who may release it
    score: int | None
    provenance: Provenance
    passed: tuple[Passed, ...] = ()  # what a person passed over in this version

    def distance(self, text: str) -> float:
        """How far `text` is from this letter: 0.0 is word for word, blanks aside, and 1.0 another text altogether."""
        from rapidfuzz.distance import Levenshtein  # only who compares waits for it

        return Levenshtein.normalized_distance(" ".join(self.text.split()), " ".join(text.split()))
