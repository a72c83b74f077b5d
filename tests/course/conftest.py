"""A course to vary: an outage that was noticed at nine on a Thursday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from drafter.course import Course, Entry, EntryKind, Promise, SentMessage, State
from drafter.incident import Incident, Kind

Facts = Callable[..., Incident]
Build = Callable[..., Course]


def at(clock: str, day: int = 12) -> datetime:
    """A moment in March 2026."""
    hour, minute = clock.split(":")
    return datetime(2026, 3, day, int(hour), int(minute), tzinfo=UTC)


def entry(kind: EntryKind, moment: datetime, **more: Any) -> Entry:
    """An entry that was written down as it happened."""
    return Entry(f"ent_{kind}_{moment:%d%H%M}", kind, moment, moment, "ellen", **more)


def sent(moment: datetime, version: int = 1, kind: Kind = "holding", text: str | None = "We are on it.") -> SentMessage:
    """A message that was sent."""
    return SentMessage(f"dr_{moment:%d%H%M}", kind, moment, text, version)


def promise(fact: str, due: datetime | None, **more: Any) -> Promise:
    """A promise that stood in the first message."""
    return replace(Promise("prm_1", "dr_1", "inc_1", fact, "I will call you by Friday", "Ellen Marsh", due, at("09:10")), **more)


@pytest.fixture
def course(incident: Facts) -> Build:
    """A course with facts by keyword, as `incident` takes them; the rest under `course`."""

    def build(*, state: State = "noticed", facts: Incident | None = None, **more: Any) -> Course:
        known = facts or incident()
        made = Course("inc_1", "an outage", known.severity, state, 1, at("09:00"), at("09:00"), at("09:00"), known)
        return replace(made, **more)

    return build
