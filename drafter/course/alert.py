"""Containment: what has to be asked of others whom the same fault hits, and the notice that they get."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from drafter.course.changes import accepted, plain
from drafter.course.message import next_word
from drafter.course.values import Course, Exposed
from drafter.errors import Complaint, StepError
from drafter.house.cadence import Cadence
from drafter.incident import Incident

QUESTIONS = (
    "Who else has the same fault, or will have it: by which order, batch, server, day or place can you tell?",
    "What must they stop doing now, until it is put right?",
    "Who tells them, and by when?",
)
_TOLD = ("problem", "ours", "cause", "known", "unknown", "prevention", "containment")
_OF_ONE = ("customer", "reference", "people", "asks", "thread", "locked")  # of the one who is written to


def alerts(course: Course, cadence: Cadence, at: datetime) -> tuple[tuple[Incident, tuple[Exposed, ...]], ...]:
    """The facts of a notice for each group that was not told yet: all who have to stop the same get the same one.

    It holds what happened and is known, and nothing of this customer: no name, number, harm, remedy or promise. While it is open, it
    promises the next word that the `cadence` has.

    Raises:
        StepError: everybody who is known to be hit was told; or what happened is told with the name or number of this customer.
        IncidentError: the facts do not hold a notice.
    """
    groups: dict[str | None, list[Exposed]] = {}
    for one in course.exposed:
        if one.told is None:
            groups.setdefault(one.stop, []).append(one)
    if not groups:
        raise StepError([Complaint("nobody is known to be hit who was not told; say who: --who", "exposed")], course.id)
    if named := list(_naming(course.incident)):
        raise StepError(named, course.id)
    step = None if course.closed else next_word(course.incident, at + cadence.update_every, cadence.update_every)
    return tuple((_notice(course.incident, stop, step, at), tuple(found)) for stop, found in groups.items())


def _naming(facts: Incident) -> Iterator[Complaint]:
    """What happened, in words that name the customer: others must not read that."""
    customer = facts.customer
    known = (customer.name, customer.email, customer.phone, customer.account, customer.handle, facts.reference, *facts.people)
    names = {one.casefold() for one in known if one} | {number for one in known if one for number in re.findall(r"\d{3,}", one)}
    for stated in facts.facts:
        held = next((name for name in sorted(names) if stated.role in _TOLD and name in stated.text.casefold()), None)
        if held:
            yield Complaint(f"“{stated.text}” has “{held}” in it, which is about this customer; say it in the facts without", stated.id)


def _notice(facts: Incident, stop: str | None, step: dict[str, Any] | None, at: datetime) -> Incident:
    data = {key: value for key, value in plain(facts).items() if key not in _OF_ONE}
    data["next"] = [step] if step else []
    problems = [problem for problem in data["problems"] if problem["fault"] not in ("shared", "not_ours")]
    for problem in problems or data["problems"]:
        problem |= {"impacts": [], "remedies": [], "loss": None}
        problem["fixes"] = [{**fix, "covers": []} for fix in problem["fixes"] if fix.get("doing")]
    told = [{"text": stop if stop.endswith((".", "!")) else f"{stop}."}] if stop else []
    made = {**data, "problems": problems or data["problems"], "locked": told, "kind": "notice"}
    return accepted({**made, "as_of": at.astimezone(facts.zone)})
