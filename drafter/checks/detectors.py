"""What patterns cannot say: detectors that rules name, each from a document to spans in its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drafter.checks.clauses import Document
from drafter.checks.deeds import effect, failing, measure, mending, owning
from drafter.checks.intensity import over_apology
from drafter.checks.sentences import Span
from drafter.checks.traits import recap, voice

DETECTORS: dict[str, Callable[[Document], Iterable[Span]]] = {
    "over-apology": over_apology,
    "voice": voice,
    "owning": owning,
    "failing": failing,
    "effect": effect,
    "measure": measure,
    "mending": mending,
    "recap": recap,
}
