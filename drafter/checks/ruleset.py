"""The rules of a language: read, checked against each other, and gathered in one gate per kind of reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from drafter.checks.detectors import DETECTORS
from drafter.checks.fields import is_name
from drafter.checks.lexicon import FOLDER as LEXICON
from drafter.checks.lexicon import Words
from drafter.checks.prefilter import Prefilter
from drafter.checks.rule import Rule, read_rule
from drafter.errors import LanguageError, RuleError

FOLDER = Path(__file__).parent / "rules"


def languages() -> tuple[str, ...]:
    """The languages that have rules."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.md"))))


@cache
def rules_for(language: str) -> RuleSet:
    """The rules of a language, read once; they are compiled when the first text is scanned.

    Raises:
        LanguageError: there are none; the message lists the languages that work.
        RuleError: a rule file does not follow the format.
    """
    if language not in languages():
        raise LanguageError(f"there are no rules for '{language}'; these languages work: {', '.join(languages())}.")
    return read_rules(FOLDER / language, language)


def read_rules(folder: Path, language: str = "en", *, more: Words = ()) -> RuleSet:
    """The rules in a folder of rule files; `more` are words that a house adds to the lists.

    Raises:
        RuleError: a file does not follow the format, or names a rule, element or detector that does not exist.
    """
    paths = sorted(folder.glob("*.md"), key=_by_name)
    digest = hashlib.sha256()
    for path in [*paths, *sorted((LEXICON / language).glob("*.txt"), key=_by_name)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    rules = {path.stem: read_rule(path, language, more=more) for path in paths}
    for rule in rules.values():
        check_names(rule, rules)
    return RuleSet(rules, digest.hexdigest()[:16], language)


def check_names(rule: Rule, rules: Mapping[str, Rule]) -> None:
    """See that the rules, elements and detectors that a rule names are there.

    Raises:
        RuleError: one is not.
    """
    for name in (*rule.also, *filter(is_name, rule.absent), *filter(is_name, rule.raise_to.absent if rule.raise_to else ())):
        if name not in rules:
            raise RuleError(f"it names '{name}', which is no rule.", f"{rule.id}.md")
    if rule.kind == "element" and any(map(is_name, rule.absent)):
        raise RuleError("absent: an element waits for the absence of patterns only, else two could wait for each other.", f"{rule.id}.md")
    if rule.detect and rule.detect not in DETECTORS:
        raise RuleError(f"detect: there is no detector '{rule.detect}'; they are {', '.join(DETECTORS)}.", f"{rule.id}.md")


def _by_name(path: Path) -> str:
    return path.name


@dataclass(frozen=True)
class BannedPhrase:
    """Words that a house does not use, as a pattern, and those to write instead, where it says so."""

    pattern: str
    instead: str | None


@dataclass(frozen=True)
class Style:
    """What a house changes beside the rules: ids of findings that are `off`, patterns of words that are `allowed` or `banned`."""

    off: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    banned: tuple[BannedPhrase, ...] = ()
    words: Words = ()


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules of a language by id; `hash` changes whenever a rule, a word list or the house's style does."""

    rules: dict[str, Rule]
    hash: str
    language: str = "en"
    style: Style = Style()

    @cached_property
    def by_finding(self) -> dict[str, Rule]:
        """The rules by the ids of their findings: of an element, that of its absence."""
        return {rule.finding: rule for rule in self.rules.values()}

    def level(self, rule: Rule) -> str:
        """The severity of a rule here, or "off"."""
        return "off" if rule.finding in self.style.off else rule.severity

    @cached_property
    def narrow(self) -> Gate:
        """The patterns that look at one sentence at a time."""
        return Gate(rule for rule in self._on() if rule.scope in ("clause", "sentence"))

    @cached_property
    def wide(self) -> Gate:
        """The patterns that look at two sentences or the whole text."""
        return Gate(rule for rule in self._on() if rule.scope in ("pair", "text"))

    @cached_property
    def detecting(self) -> tuple[Rule, ...]:
        """The flags found by a detector."""
        return tuple(rule for rule in self._on() if rule.kind == "flag" and rule.detect)

    def _on(self) -> Iterator[Rule]:
        return (rule for rule in self.rules.values() if rule.kind != "flag" or rule.id not in self.style.off)

    @cached_property
    def whole_text_elements(self) -> tuple[Rule, ...]:
        """The elements that only the whole text shows."""
        return tuple(rule for rule in self.rules.values() if rule.kind == "element" and (rule.detect or rule.scope == "text"))


class Gate:
    """All patterns of some rules, and which of them can match at all in a stretch of text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries = tuple((rule, pattern) for rule in rules for pattern in rule.match)
        self._prefilter = Prefilter([pattern for _, pattern in self._entries])
        self.hits = lru_cache(maxsize=1 << 12)(self._hits)

    def _hits(self, lower: str) -> tuple[tuple[Rule, str], ...]:
        """The rules and patterns that may match somewhere in a folded text in small letters, in order."""
        return tuple(self._entries[number] for number in self._prefilter.candidates(lower))
