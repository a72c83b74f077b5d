"""The `[cadence]` tables of a settings file: how soon and how often people hear of an incident, by its severity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

Weight = Literal["minor", "normal", "serious", "urgent"]
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(days=30)  # without a word: longer is silence, whatever it is called
_LATEST = timedelta(days=365)


@dataclass(frozen=True)
class Cadence:
    """By when what is due: None where the house wants no follow-up or no debrief."""

    first_word: timedelta  # after it was noticed
    update_every: timedelta  # after the last message, until it is resolved and that was told
    follow_up_after: timedelta | None  # after it was resolved
    debrief_after: timedelta | None  # after it was resolved


_DEFAULTS: dict[Weight, Cadence] = {
    "urgent": Cadence(timedelta(minutes=15), timedelta(minutes=30), timedelta(days=7), timedelta(days=14)),
    "serious": Cadence(timedelta(hours=1), timedelta(hours=4), timedelta(days=7), timedelta(days=14)),
    "normal": Cadence(timedelta(hours=4), timedelta(days=1), timedelta(days=14), timedelta(days=30)),
    "minor": Cadence(timedelta(days=1), timedelta(days=3), None, None),
}


def read_span(value: Any) -> timedelta:
    """A length of time such as "15m", "4h", "7d" or "2w"; a ValueError where it is none."""
    if not isinstance(value, str):
        raise ValueError('write a length of time in quotes, such as "15m", "4h", "7d" or "2w"')
    match = re.fullmatch(r"(\d{1,4})\s*([mhdw])", value.strip())
    if match is None or not int(match[1]):
        raise ValueError(f"'{value}' is not a length of time such as 15m, 4h, 7d or 2w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _soon(value: Any) -> timedelta:
    span = read_span(value)
    if span > _LONGEST:
        raise ValueError(f"'{value}' without a word is silence; write {shown(_LONGEST)} at the most")
    return span


def _later(value: Any) -> timedelta | Literal["off"]:
    if value == "off":
        return "off"
    span = read_span(value)
    if span > _LATEST:
        raise ValueError(f"'{value}' is later than anybody remembers; write a year (365d) at the most, or off")
    return span


def shown(span: timedelta) -> str:
    """A length of time as people say it: "15 minutes", "4 hours", "7 days"."""
    minutes = max(0, round(span.total_seconds() / 60))
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= 2 * size or (minutes >= size and minutes % size == 0):
            amount = round(minutes / size)
            return f"{amount} {unit}{'' if amount == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


class Steps(BaseModel):
    """What a house sets for one severity; what it leaves out is as it comes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_word: Annotated[timedelta | None, BeforeValidator(_soon)] = None
    update_every: Annotated[timedelta | None, BeforeValidator(_soon)] = None
    follow_up_after: Annotated[timedelta | Literal["off"] | None, BeforeValidator(_later)] = None
    debrief_after: Annotated[timedelta | Literal["off"] | None, BeforeValidator(_later)] = None

    def over(self, default: Cadence) -> Cadence:
        """The cadence that this makes of the one that comes with Drafter."""
        return Cadence(
            self.first_word or default.first_word,
            self.update_every or default.update_every,
            _or_off(self.follow_up_after, default.follow_up_after),
            _or_off(self.debrief_after, default.debrief_after),
        )


class CadenceTable(BaseModel):
    """The `[cadence]` table, with a table for each severity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minor: Steps = Steps()
    normal: Steps = Steps()
    serious: Steps = Steps()
    urgent: Steps = Steps()

    @model_validator(mode="after")
    def _can_be_met(self) -> CadenceTable:
        for severity in _DEFAULTS:
            cadence = self.of(severity)
            follow_up, debrief = cadence.follow_up_after, cadence.debrief_after
            if follow_up and debrief and debrief < follow_up:
                raise ValueError(
                    f"{severity} cannot be met: the debrief closes an incident, and would come {shown(debrief)} after it is resolved, "
                    f"before the follow-up after {shown(follow_up)}; set debrief_after later, or follow_up_after sooner"
                )
        return self

    def of(self, severity: Weight) -> Cadence:
        """The cadence for a severity."""
        steps: Steps = getattr(self, severity)
        return steps.over(_DEFAULTS[severity])


def _or_off(given: timedelta | Literal["off"] | None, default: timedelta | None) -> timedelta | None:
    return None if given == "off" else given or default
