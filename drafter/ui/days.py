"""Days in a form of facts: the plans for one that is over, and moments written out as the day that they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from drafter.incident import Incident
from drafter.incident.moment import read_moment, written_day, written_time, zones
from drafter.incident.reading import FRAME, Frame
from drafter.ui.facts import ACTIONS, Facts, plans

_MOMENTS = ("when", "on", "by", "until")


def past(facts: Facts, incident: Incident) -> list[str]:
    """The fields of plans for a day that is over, where the facts do not say that they are told as of another one."""
    if facts.get("as_of"):
        return []
    today = incident.as_of.date()
    actions = [*incident.next, *(action for problem in incident.problems for action in problem.fixes)]
    stated = plans(facts)
    over = [action for action in actions if action.will and action.on and _day(action.on) < today]
    return [f"{stated[action.will]}.on" for action in over if action.will in stated]


def dated(facts: Facts, incident: Incident) -> None:
    """Write out the days of an incident that was made of pruned facts: "tomorrow" is another day tomorrow."""
    pairs: list[tuple[Any, Any]] = [*zip(facts["asks"], incident.asks, strict=True), *zip(facts["next"], incident.next, strict=True)]
    for entry, problem in zip(facts["problems"], incident.problems, strict=True):
        pairs.append((entry, problem))
        for key in (*ACTIONS, "remedies"):
            if isinstance(entry.get(key), list):
                pairs += zip(entry[key], getattr(problem, key), strict=True)
    for entry, part in pairs:
        for key in _MOMENTS:
            moment = getattr(part, key, None)
            if moment is not None and not re.match(r"\d{4}-", str(entry.get(key))):
                entry[key] = f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()


def understood(facts: Facts, name: str, text: str) -> str:
    """The moment that was typed into a field in words, as it was read: "Saturday 28 November, 17:00"; "" where it needs no word.

    A date that cannot be read is said beside its field once a letter is asked for.
    """
    if name.rpartition(".")[2] not in _MOMENTS or not re.search(r"[A-Za-z]{2}", text):
        return ""
    locale = str(facts.get("locale") or "en-US")
    named = str(facts.get("timezone") or "UTC")
    token = FRAME.set(Frame(locale, ZoneInfo(named) if named in zones() else UTC))
    try:
        moment = read_moment(text, ahead=not name.endswith("when"))
    except ValueError:
        return ""
    finally:
        FRAME.reset(token)
    day = written_day(_day(moment), locale, weekday=True)
    return f"{day}, {written_time(moment, locale)}" if isinstance(moment, datetime) else day


def _day(on: date | datetime) -> date:
    return on.date() if isinstance(on, datetime) else on
