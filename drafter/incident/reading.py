"""The frame in which an incident's dates and amounts are read: its locale, time zone and moment."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True)
class Frame:
    """How a text of this incident is to be read: a BCP 47 locale, a time zone, and the moment it is written."""

    locale: str = "en-US"
    zone: tzinfo = UTC
    as_of: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The moment of writing, in the incident's own time zone."""
        return (self.as_of or datetime.now(UTC)).astimezone(self.zone)


FRAME: ContextVar[Frame] = ContextVar("frame")


def current() -> Frame:
    """The frame of the incident being read."""
    return FRAME.get(Frame())
