"""Frame: how the words of a text are to be read: the moment of writing, its zone and its locale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drafter.incident import Incident


@dataclass(frozen=True)
class Frame:
    """The moment that "today" is counted from, in the zone that times are written in, and the locale of numbers."""

    now: datetime
    locale: str = "en-US"

    @property
    def today(self) -> date:
        """The day of writing."""
        return self.now.date()

    @property
    def month_first(self) -> bool:
        """Whether 3/4 is March 4."""
        return self.locale in ("en-US", "en-PH", "es-US")

    def near(self, days: int) -> date:
        """The day so many days from the day of writing."""
        return self.today + timedelta(days=days)


def frame_of(incident: Incident, as_of: datetime | None = None) -> Frame:
    """The frame of an incident; `as_of` replaces its own moment of writing (without a zone: in the incident's)."""
    moment = as_of or incident.as_of
    zone = incident.zone
    moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return Frame(moment, incident.locale)
