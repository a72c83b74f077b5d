"""Rule: one file with a YAML head (what to find, with examples) and a Markdown body (what the user reads)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, cast, get_args

import re2

from drafter.checks.fields import Fields, Raise
from drafter.checks.head import head_and_body, head_of
from drafter.checks.lexicon import Words
from drafter.checks.pattern import compiled
from drafter.checks.report import FindingSeverity

Scope = Literal["clause", "sentence", "pair", "text"]
RuleKind = Literal["flag", "element", "fact", "house"]
_EXAMPLES = ("flags", "passes", "source")
EXAMPLES = re.compile(rf"(?ms)^(?:{'|'.join(_EXAMPLES)}):.*?(?=^\w|\Z)")  # they are half of a head, and most runs need none


@dataclass(frozen=True)
class Rule:
    """One rule as its file says it; patterns are complete, for folded texts.

    A flag is found by its patterns or detector, an element is owed, a fact is found beside an incident, and the house says
    what belongs to its own rule.
    """

    id: str
    kind: RuleKind
    severity: FindingSeverity
    body: str  # Markdown; its first paragraph is the message of a finding
    match: tuple[str, ...] = ()
    detect: str | None = None  # a detector of drafter.checks.detectors
    when: Mapping[str, tuple[object, ...]] | None = None  # of the clause that holds the match
    unless: tuple[str, ...] = ()  # over the match's own sentence, pair or text
    next_unless: tuple[str, ...] = ()  # over the sentence after it
    prev_unless: tuple[str, ...] = ()  # over the sentence before it
    scope: Scope = "sentence"
    present: str = ""  # a pattern that must be somewhere in a text of more than one sentence
    absent: tuple[str, ...] = ()  # elements or patterns that must be nowhere in the text
    raise_to: Raise | None = None
    public: bool = False  # only where everyone can read the channel
    also: tuple[str, ...] = ()  # rules that may flag the same words
    path: Path = Path()

    @property
    def finding(self) -> str:
        """The id of its findings: an element is found where it is missing."""
        return f"missing-{self.id}" if self.kind == "element" else self.id

    @property
    def flags(self) -> tuple[str, ...]:
        """Texts that the rule is about; a flag's are marked with [brackets] where it strikes."""
        return self._examples["flags"]

    @property
    def passes(self) -> tuple[str, ...]:
        """Near texts that the rule leaves alone; for an element, texts that have it."""
        return self._examples["passes"]

    @property
    def source(self) -> tuple[str, ...]:
        """Where the rule comes from."""
        return self._examples["source"]

    @cached_property
    def _examples(self) -> dict[str, tuple[str, ...]]:
        """Read on first use: no check needs them."""
        return read_examples(self.path)

    @cached_property
    def excuse(self) -> str:
        """What of `unless` makes a match harmless, as one pattern; the others likewise, for the sentences after and before it."""
        return self._any(self.unless)

    @cached_property
    def next_excuse(self) -> str:
        """`next_unless` as one pattern."""
        return self._any(self.next_unless)

    @cached_property
    def prev_excuse(self) -> str:
        """`prev_unless` as one pattern."""
        return self._any(self.prev_unless)

    def _any(self, patterns: tuple[str, ...]) -> str:
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        try:
            compiled(joined)
        except re2.error:
            self.refuse()
            raise
        return joined

    def refuse(self) -> None:
        """Name the lines of patterns that are not RE2.

        Raises:
            RuleError: there is one.
        """
        read_rule(self.path, self.path.parent.name, strict=True)

    @cached_property
    def message(self) -> str:
        """What is wrong and what to write instead, in one paragraph."""
        return " ".join(self.body.strip().split("\n\n", 1)[0].split())


def read_rule(path: Path, language: str = "en", *, strict: bool = False, more: Words = ()) -> Rule:
    """The rule in a file; `strict` also compiles each pattern and reads the examples, which otherwise waits for their use.

    `more` are words that a house adds to the lists.

    Raises:
        RuleError: the file does not follow the format; every fault is named with its line.
    """
    if strict:
        read_examples(path)
    head, body = head_and_body(path)
    fields = Fields(path, head_of(head, path, but_for=EXAMPLES), language=language, strict=strict, more=more)
    fields.known()
    rule = _rule(fields, body)
    if not (fields.data.get("match") or rule.detect or rule.kind != "flag"):
        fields.fault("match", "a flag needs `match` or `detect`")
    if not body:
        fields.fault("---", "the body is empty; say what is wrong and what to write instead")
    fields.settle()
    return rule


def _rule(fields: Fields, body: str) -> Rule:
    return Rule(
        id=fields.path.stem,
        kind=cast(RuleKind, fields.choice("kind", get_args(RuleKind), "flag")),
        severity=cast(FindingSeverity, fields.choice("severity", get_args(FindingSeverity), "")),
        body=body,
        match=fields.patterns("match"),
        detect=fields.data.get("detect"),
        when=fields.when(),
        unless=fields.patterns("unless"),
        next_unless=fields.patterns("next_unless"),
        prev_unless=fields.patterns("prev_unless"),
        scope=cast(Scope, fields.choice("scope", get_args(Scope), "sentence")),
        present="|".join(fields.patterns("present")),
        absent=fields.absences("absent", fields.data.get("absent")),
        raise_to=fields.raise_to(),
        public=bool(fields.choice("public", (True, False), False)),
        also=fields.texts("also"),
        path=fields.path,
    )


def read_examples(path: Path) -> dict[str, tuple[str, ...]]:
    """The flags, passes and source of a rule file.

    Raises:
        RuleError: one of them is not a list of texts.
    """
    from drafter.checks.heading import read_yaml

    head, _ = head_and_body(path)
    fields = Fields(path, read_yaml(head, path), strict=True)
    found = {key: fields.texts(key) for key in _EXAMPLES}
    fields.settle()
    return found
