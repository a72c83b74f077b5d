"""Days in a form of facts: the plans for one that is over, and moments written out as the day that they mean."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from drafter.incident import Incident
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


def _day(on: date | datetime) -> date:
    return on.date() if isinstance(on, datetime) else on
