"""Rule: one file with a YAML head (what to find, with examples) and a Markdown body (what the user reads)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast, get_args

import re2

from drafter.checks.clauses import Agent, Speech, Tense, Topic
from drafter.checks.lexicon import CONTROL, Words, expand
from drafter.checks.pattern import compiled
from drafter.checks.report import FindingSeverity
from drafter.errors import Complaint, RuleError

Scope = Literal["clause", "sentence", "pair", "text"]
RuleKind = Literal["flag", "element", "fact", "house"]
_KEYS = (
    "severity", "kind", "match", "detect", "when", "unless", "next_unless", "prev_unless", "scope", "present", "absent", "raise_to",
    "public", "also", "flags", "passes", "source",
)  # fmt: skip
_WHEN: dict[str, tuple[object, ...]] = {
    "speech": get_args(Speech),
    "agent": get_args(Agent),
    "tense": get_args(Tense),
    "topic": get_args(Topic),
    "negated": (True, False),
}
_NAME = re.compile(r"[a-z][a-z-]*")
_EXAMPLES = ("flags", "passes", "source")
_EXAMPLE_BLOCK = re.compile(rf"(?ms)^(?:{'|'.join(_EXAMPLES)}):.*?(?=^\w|\Z)")


@dataclass(frozen=True)
class Raise:
    """A severity that holds instead while the names in `absent` are nowhere in the text."""

    severity: FindingSeverity
    absent: tuple[str, ...]


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
    def excuse(self) -> Any | None:
        """What of `unless` makes a match harmless, as one RE2; the others likewise, for the sentences after and before it."""
        return self._any(self.unless)

    @cached_property
    def next_excuse(self) -> Any | None:
        """`next_unless` as one RE2."""
        return self._any(self.next_unless)

    @cached_property
    def prev_excuse(self) -> Any | None:
        """`prev_unless` as one RE2."""
        return self._any(self.prev_unless)

    def _any(self, patterns: tuple[str, ...]) -> Any | None:
        try:
            return compiled("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
        except re2.error:
            self.refuse()
            raise

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


def is_name(text: str) -> bool:
    """Whether the text names a rule, rather than being a pattern."""
    return bool(_NAME.fullmatch(text))


def read_rule(path: Path, language: str = "en", *, strict: bool = False, more: Words = ()) -> Rule:
    """The rule in a file; `strict` also compiles each pattern and reads the examples, which otherwise waits for their use.

    `more` are words that a house adds to the lists.

    Raises:
        RuleError: the file does not follow the format; every fault is named with its line.
    """
    if strict:
        read_examples(path)
    return rule_of(path, parts(path), language, strict=strict, more=more)


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """The head of a rule file, without its examples, and the body.

    Raises:
        RuleError: the file has no head that can be read.
    """
    from drafter.checks.head import head_and_body, load  # waits for YAML, which no command needs that has the heads kept

    head, body = head_and_body(path)
    # the examples are half of a file, and most runs need none: their lines stay, empty, so that faults keep their place
    return load(_EXAMPLE_BLOCK.sub(lambda match: "\n" * match[0].count("\n"), head), path), body


def rule_of(path: Path, parts: tuple[dict[str, Any], str], language: str, *, strict: bool = False, more: Words = ()) -> Rule:
    """The rule that the head and the body of a file make; `more` are words that a house adds to the lists.

    Raises:
        RuleError: the head does not follow the format; every fault is named with its line.
    """
    head, body = parts
    reader = _Reader(path, head, language=language, strict=strict)
    reader.more = more
    return reader.rule(body)


def read_examples(path: Path) -> dict[str, tuple[str, ...]]:
    """The flags, passes and source of a rule file.

    Raises:
        RuleError: one of them is not a list of texts.
    """
    from drafter.checks.head import head_and_body, load

    head, _ = head_and_body(path)
    reader = _Reader(path, load(head, path), strict=True)
    found = {key: reader.texts(key) for key in _EXAMPLES}
    if reader.faults:
        raise RuleError(reader.faults, path.name)
    return found


def _meant(key: str) -> str:
    near = get_close_matches(key, _KEYS, 1, 0.5)
    return f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(_KEYS)}"


class _Reader:
    """Turns the head of one file into a Rule, collecting every fault before it raises."""

    def __init__(self, path: Path, data: dict[str, Any], *, strict: bool, language: str = "") -> None:
        self.path, self.language, self.data, self.strict = path, language, data, strict
        self.more: Words = ()
        self.faults: list[Complaint] = []

    def rule(self, body: str) -> Rule:
        for key in self.data:
            if key not in _KEYS:
                self.fault(key, f"unknown key '{key}'; {_meant(key)}")
        rule = Rule(
            id=self.path.stem,
            kind=cast(RuleKind, self.choice("kind", get_args(RuleKind), "flag")),
            severity=cast(FindingSeverity, self.choice("severity", get_args(FindingSeverity), "")),
            body=body,
            match=self.patterns("match"),
            detect=self.data.get("detect"),
            when=self.when(),
            unless=self.patterns("unless"),
            next_unless=self.patterns("next_unless"),
            prev_unless=self.patterns("prev_unless"),
            scope=cast(Scope, self.choice("scope", get_args(Scope), "sentence")),
            present="|".join(self.patterns("present")),
            absent=self.absences("absent", self.data.get("absent")),
            raise_to=self.raise_to(),
            public=bool(self.choice("public", (True, False), False)),
            also=self.texts("also"),
            path=self.path,
        )
        if not (self.data.get("match") or rule.detect or rule.kind != "flag"):
            self.fault("match", "a flag needs `match` or `detect`")
        if not body:
            self.fault("---", "the body is empty; say what is wrong and what to write instead")
        if self.faults:
            raise RuleError(sorted(self.faults, key=lambda fault: fault.line or 0), self.path.name)
        return rule

    def fault(self, needle: str, message: str) -> None:
        lines = self.path.read_text("utf-8").splitlines()
        at = next((number for number, line in enumerate(lines, 1) if line.strip().lstrip("- '\"").startswith(needle)), None)
        message += "" if message.endswith("?") else "."
        self.faults.append(Complaint(message, line=at or next((n for n, line in enumerate(lines, 1) if needle in line), None)))

    def choice(self, key: str, allowed: tuple[object, ...], default: object) -> object:
        value = self.data.get(key, default)
        if value not in allowed:
            self.fault(key, f"{key}: '{value}' is not one of {', '.join(map(str, allowed))}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self.fault(key, f"{key} is a list of texts; put each in quotes")
            return ()
        for item in values:
            if CONTROL.search(item):
                hint = "; write '\\b' in single quotes, in double quotes it is a backspace" if "\b" in item else ""
                self.fault(max(CONTROL.split(item), key=len)[:20] or key, f"{key} holds a control character{hint}")
        return tuple(values)

    def patterns(self, key: str) -> tuple[str, ...]:
        return tuple(filter(None, (self.pattern(text) for text in self.texts(key))))

    def pattern(self, text: str) -> str:
        """The pattern with its lists filled in; it is compiled when a text first needs it."""
        try:
            whole = expand(text, self.language, self.more)
            whole.encode("ascii")
            if self.strict:
                compiled(whole)
        except RuleError as error:
            self.fault(text[:40], str(error).rstrip("."))
        except re2.error as error:
            reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
            self.fault(text[:40], f"not an RE2 pattern: {reason[:80]}")
        except UnicodeEncodeError:
            self.fault(text[:40], "the pattern holds a character that folds to none")
        else:
            return whole
        return ""

    def when(self) -> dict[str, tuple[object, ...]] | None:
        data = self.data.get("when")
        if data is None:
            return None
        if not isinstance(data, dict):
            self.fault("when", "when holds speech, agent, tense, topic or negated")
            return None
        found: dict[str, tuple[object, ...]] = {}
        for key, value in data.items():
            found[key] = tuple(value) if isinstance(value, list) else (value,)
            if key not in _WHEN:
                self.fault(key, f"when knows no '{key}'; it knows {', '.join(_WHEN)}")
            elif wrong := [item for item in found[key] if item not in _WHEN[key]]:
                self.fault(key, f"{key}: '{wrong[0]}' is not one of {', '.join(map(str, _WHEN[key]))}")
        return found

    def absences(self, key: str, value: object) -> tuple[str, ...]:
        """Names stay names (the set of rules resolves them); everything else is a pattern."""
        values = [value] if isinstance(value, str) else value or []
        if not isinstance(values, list):
            self.fault(key, "absent is the name of an element, a pattern, or a list of them")
            return ()
        return tuple(str(item) if is_name(str(item)) else self.pattern(str(item)) for item in values)

    def raise_to(self) -> Raise | None:
        data = self.data.get("raise_to")
        if data is None:
            return None
        if not (isinstance(data, dict) and data.get("severity") in get_args(FindingSeverity) and isinstance(data.get("when"), dict)):
            self.fault("raise_to", "raise_to is written {severity: error, when: {absent: ownership}}")
            return None
        return Raise(data["severity"], self.absences("raise_to", data["when"].get("absent")))
