"""A tool under measurement: what it is, and how it is run over texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Run:
    """What came of each text, in their order: the spans of its alerts, and the seconds of processor time that it took."""

    alerts: tuple[tuple[Span, ...], ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Tool:
    """A tool that is there: `alert` says in words what counts as one."""

    name: str
    version: str
    alert: str
    run: Callable[[Sequence[str]], Run]


class AbsentError(Exception):
    """A tool that cannot be had on this machine, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason
