"""The fields of a rule file's head, read one by one: every fault is collected, with its line, before one is raised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import re2

from drafter.checks.clauses import Agent, Speech, Tense, Topic
from drafter.checks.lexicon import CONTROL, Words, expand
from drafter.checks.pattern import compiled
from drafter.checks.report import FindingSeverity
from drafter.errors import Complaint, RuleError

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


@dataclass(frozen=True)
class Raise:
    """A severity that holds instead while the names in `absent` are nowhere in the text."""

    severity: FindingSeverity
    absent: tuple[str, ...]


def is_name(text: str) -> bool:
    """Whether the text names a rule, rather than being a pattern."""
    return bool(_NAME.fullmatch(text))


def _meant(key: str) -> str:
    near = get_close_matches(key, _KEYS, 1, 0.5)
    return f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(_KEYS)}"


class Fields:
    """What the head of one file says; `strict` compiles its patterns, and `more` are words that a house adds to the lists."""

    def __init__(self, path: Path, data: dict[str, Any], *, strict: bool, language: str = "", more: Words = ()) -> None:
        self.path, self.language, self.data, self.strict, self.more = path, language, data, strict, more
        self._faults: list[Complaint] = []

    def known(self) -> None:
        """See that each key is one that rules have."""
        for key in self.data:
            if key not in _KEYS:
                self.fault(key, f"unknown key '{key}'; {_meant(key)}")

    def settle(self) -> None:
        """Raise what was collected.

        Raises:
            RuleError: there is a fault.
        """
        if self._faults:
            raise RuleError(sorted(self._faults, key=lambda fault: fault.line or 0), self.path.name)

    def fault(self, needle: str, message: str) -> None:
        """Collect a fault, at the line that begins with `needle` or has it."""
        lines = self.path.read_text("utf-8").splitlines()
        at = next((number for number, line in enumerate(lines, 1) if line.strip().lstrip("- '\"").startswith(needle)), None)
        message += "" if message.endswith("?") else "."
        self._faults.append(Complaint(message, line=at or next((n for n, line in enumerate(lines, 1) if needle in line), None)))

    def choice(self, key: str, allowed: tuple[object, ...], default: object) -> object:
        """A value out of a few."""
        value = self.data.get(key, default)
        if value not in allowed:
            self.fault(key, f"{key}: '{value}' is not one of {', '.join(map(str, allowed))}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list of them."""
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
        """A pattern, or a list of them, with their word lists filled in."""
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
        """What the clause must be: allowed values by the name of what they are values of."""
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
        """The severity that holds while something is absent."""
        data = self.data.get("raise_to")
        if data is None:
            return None
        if not (isinstance(data, dict) and data.get("severity") in get_args(FindingSeverity) and isinstance(data.get("when"), dict)):
            self.fault("raise_to", "raise_to is written {severity: error, when: {absent: ownership}}")
            return None
        return Raise(data["severity"], self.absences("raise_to", data["when"].get("absent")))
