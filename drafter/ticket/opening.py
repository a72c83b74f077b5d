"""Opening an incident: what a ticket says and what the desk knows, put together, with nobody's fault decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from drafter.incident import Ask, Impact, Incident, Problem, incident_from
from drafter.incident.moment import day_of
from drafter.ticket.facts import Place, TicketFacts, TicketItem
from drafter.ticket.rules import read_by_rules
from drafter.ticket.triage import is_chasing, is_settled

_MOST_PROBLEMS, _MOST_ASKS = 20, 30
_LONGEST = 200  # characters of the customer's own words that a clause may quote


def incident_of(facts: TicketFacts, frame: Mapping[str, Any], thread: Sequence[Mapping[str, Any]] = ()) -> Incident | None:
    """The incident that a ticket opens, of unknown fault; None where it tells of nothing that went wrong.

    `facts` are those of the newest message, whose requests alone are open. `frame` is what the desk knows: company, signer,
    customer, channel and so on. `thread` has the messages of the ticket, oldest first, as `Incident.thread` takes them: where
    the newest tells of no problem of its own, or only that nobody has answered, the one before it that does is taken up.
    Whether we have answered before decides between a holding reply and an update.

    Raises:
        IncidentError: the desk's own facts do not hold together.
    """
    place = _place(frame)
    problems = _problems(facts, place)
    if not is_settled(facts.ticket) and all(is_chasing(item.quote) for item in facts.of("problem")):
        problems = [*_earlier(facts, thread, place), *problems]
    if not problems:
        return None
    asks = [ask for ask in facts.facts()["asks"] if _holds(Ask, ask)]
    frame = {**_sender(facts, frame), **frame, **({"sensitive": True} if facts.warnings else {})}
    return incident_from({**frame, "problems": problems[:_MOST_PROBLEMS], "asks": asks[:_MOST_ASKS], "thread": list(thread)}, "the ticket")


def _sender(facts: TicketFacts, frame: Mapping[str, Any]) -> dict[str, Any]:
    """Who wrote, and under which number, as the ticket says it; not where the one who signs for us would be the customer."""
    said = {key: value for key, value in facts.facts().items() if key in ("customer", "reference")}
    signer = frame.get("signer")
    own = signer.get("name") if isinstance(signer, Mapping) else signer
    return {key: value for key, value in said.items() if value != own}


def _place(frame: Mapping[str, Any]) -> Place:
    moment = frame.get("as_of")
    given = {key: str(frame[key]) for key in ("locale", "timezone") if frame.get(key)}
    return Place(**given, as_of=moment if isinstance(moment, datetime) else None)


def _problems(facts: TicketFacts, place: Place) -> list[dict[str, Any]]:
    """The problems of one message that hold together; in the customer's own words, marked as such, where no others are sure."""
    told = facts.problems()
    made = [
        {**problem, "impacts": [text for text in problem.get("impacts", ()) if _holds(Impact, text)], **_when(item, facts, place)}
        for item, problem in zip(told, facts.facts()["problems"], strict=True)
    ]
    found = [problem for problem in made if _holds(Problem, problem)]
    return found or _quoted(facts)


def _quoted(facts: TicketFacts) -> list[dict[str, Any]]:
    """The first problem that could not be put in our words, in the customer's: nothing is claimed but that they wrote it."""
    for left in facts.dropped:
        words = " ".join(left.quote.split())
        problem = {"what": f"you wrote “{words}”", "fault": "unknown"}
        if left.kind == "problem" and words and len(words) <= _LONGEST and left.quote in facts.ticket and _holds(Problem, problem):
            return [problem]
    return []


def _earlier(facts: TicketFacts, thread: Sequence[Mapping[str, Any]], place: Place) -> list[dict[str, Any]]:
    """The problems of the last message of the customer's before this one that tells of any."""
    texts = [str(message.get("text", "")) for message in thread if message.get("by") == "customer"]
    for text in reversed(texts):
        if text.strip() and text.strip() != facts.ticket.strip():
            found = read_by_rules(text, place=place)
            if problems := [] if is_settled(found.ticket) else _problems(found, place):
                return problems
    return []


def _when(item: TicketItem, facts: TicketFacts, place: Place) -> dict[str, Any]:
    """The day that a problem names itself, where it lies behind us."""
    days = [day.moment for day in facts.of("date") if day.moment and item.start <= day.start and day.end <= item.end]
    past = [day for day in days if day_of(day) <= place.moment.date()]
    return {"when": past[0]} if len(days) == 1 and past else {}


def _holds(shape: type[Problem] | type[Impact] | type[Ask], value: Any) -> bool:
    try:
        shape.model_validate(value)
    except ValidationError:
        return False
    return True
