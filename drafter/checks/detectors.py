"""What patterns cannot say: detectors that rules name, each from a document to spans in its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drafter.checks.clauses import Document
from drafter.checks.sentences import Span

DETECTORS: dict[str, Callable[[Document], Iterable[Span]]] = {}
