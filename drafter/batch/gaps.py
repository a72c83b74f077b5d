"""Gaps: places in shared facts that each customer's own values fill - `{order}`, `{amount:money}`, `{paid:date}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from drafter.incident import Money
from drafter.incident.moment import day_of, read_moment, written_day, written_time
from drafter.incident.reading import FRAME, Frame

Place = tuple[str | int, ...]
TYPES = ("text", "money", "date")
_GAP = re.compile(r"\{(?P<name>[^\W\d_][\w .-]{0,39})(?::(?P<type>\w+))?\}")


@dataclass(frozen=True)
class Gap:
    """One gap: the column that fills it, how its value is written, and where it stands in the facts."""

    name: str
    type: str
    place: Place


def named(header: str) -> str:
    """A name as headers and gaps are compared: "Order No" is "order_no"."""
    return re.sub(r"[\s-]+", "_", header.strip().lower())


def opened(facts: Any) -> Any:
    """The facts with gaps that YAML has read as a key without a value (`cost: {fee}`) put back."""
    if isinstance(facts, Mapping):
        if len(facts) == 1 and next(iter(facts.values())) is None:
            return f"{{{next(iter(facts))}}}"
        return {key: opened(value) for key, value in facts.items()}
    return [opened(item) for item in facts] if isinstance(facts, list) else facts


def gaps_in(facts: Any, place: Place = ()) -> Iterator[Gap]:
    """Every gap of the facts, in their order; a gap that stands twice comes twice."""
    if isinstance(facts, Mapping):
        for key, value in facts.items():
            yield from gaps_in(value, (*place, str(key)))
    elif isinstance(facts, list):
        for number, item in enumerate(facts):
            yield from gaps_in(item, (*place, number))
    elif isinstance(facts, str):
        for match in _GAP.finditer(facts):
            yield Gap(named(match["name"]), match["type"] or "text", place)


def filled(facts: Any, values: Mapping[str, str], frame: Frame) -> Any:
    """The facts with every gap filled, once: what a value holds in braces is no gap.

    Raises:
        ValueError: a value is not what its gap says; the message names the column.
    """
    if isinstance(facts, Mapping):
        return {key: filled(value, values, frame) for key, value in facts.items()}
    if isinstance(facts, list):
        return [filled(item, values, frame) for item in facts]
    if not isinstance(facts, str) or "{" not in facts:
        return facts
    return _GAP.sub(lambda match: _written(named(match["name"]), match["type"] or "text", values, frame), facts)


def _written(name: str, kind: str, values: Mapping[str, str], frame: Frame) -> str:
    value = values[name]
    if kind == "text":
        return value
    token = FRAME.set(frame)
    try:
        return _money(value, frame) if kind == "money" else _moment(value, frame)
    except ValidationError as error:
        raise ValueError(f"{name}: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from None
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    finally:
        FRAME.reset(token)


def _money(value: str, frame: Frame) -> str:
    return Money.model_validate(value).written(frame.locale)


def _moment(value: str, frame: Frame) -> str:
    moment = read_moment(value)
    day = day_of(moment, frame.zone)
    words = written_day(day, frame.locale, year=day.year != frame.moment.year)
    return f"{words} at {written_time(moment, frame.locale)}" if isinstance(moment, datetime) else words


def spellings(kind: str, value: str, frame: Frame) -> tuple[str, ...]:
    """How a value of this kind may stand in a letter, the longest first."""
    token = FRAME.set(frame)
    try:
        if kind == "money":
            return (_money(value, frame),)
        if kind == "date":
            day = day_of(read_moment(value), frame.zone)
            years = ((True, True), (True, False), (False, True), (False, False))
            return tuple(written_day(day, frame.locale, weekday=weekday, year=year) for weekday, year in years)
    except ValueError:
        pass
    finally:
        FRAME.reset(token)
    return tuple(dict.fromkeys((value, value[:1].upper() + value[1:])))
