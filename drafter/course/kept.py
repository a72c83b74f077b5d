"""What becomes of promises, as facts: a kept one is a deed, a broken one a problem of its own, and one handed over has another owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drafter.course.changes import PARTS, accepted, free, plain
from drafter.course.merge import named_kind
from drafter.course.values import Promise
from drafter.errors import StepError
from drafter.incident import Action, Incident
from drafter.incident.moment import written_day, written_time

_WILL = re.compile(r"^(?P<who>.{1,60}?)(?: will|['’]ll| shall| (?:am|are|is) going to) (?P<rest>.+)$")
_OWN = re.compile(r"\b(?:me|my|mine|myself)\b", re.I)


_NEXT_WORD = re.compile(
    r"\bupdate (?:you|this|here|everyone|everybody)\b|\b(?:an|another|next|further) update\b|\bhear from (?:me|us) again\b"
    r"|\b(?:write|be in touch|get back|come back|report|post|message|text|e-?mail)\b[^.]*\bagain\b",
    re.I,
)


def is_next_word(words: str) -> bool:
    """Whether a promise is about nothing but the next message, which keeps it by being sent: "I will write to you again"."""
    return _NEXT_WORD.search(words) is not None


@dataclass(frozen=True)
class Decision:
    """What a person says of a promise: how it was kept, or what comes in the place of a broken one, as facts have it.

    `ours` is the admission of a broken one, where it cannot be told from the promise; `when` is the moment that it is about.
    """

    when: datetime
    how: str | None = None
    ours: str | None = None
    plan: Action | None = None


def kept(incident: Incident, promise: Promise, decision: Decision) -> Incident:
    """The facts with the promise as a thing done: `how` is a full clause ("I called the carrier, as I said I would").

    Raises:
        StepError: nobody says how it was kept.
        IncidentError: how it was kept is no clause in the past.
    """
    if not decision.how:
        raise StepError("say how it was kept, as a full clause: “I called the carrier, as I said I would”.", promise.id)
    data = plain(incident)
    day = decision.when.astimezone(incident.zone).isoformat()
    where = next(_found(data, promise.fact), None)
    if where is None or where[1] == "next":
        done = {"id": promise.fact, "done": decision.how, "on": day, "covers": where[2].get("covers", []) if where else []}
        if where:
            where[0].remove(where[2])
        data["problems"][0]["fixes"].append(done if where else {**done, "id": _free_fix(data)})
    else:
        _, key, item = where
        item |= _settled(key, decision.how, day)
    return _rebuilt(incident, data)


def _settled(key: str, how: str, day: str) -> dict[str, Any]:
    if key == "remedies":
        return {"text": how, "decision": "granted", "on": None}
    if key == "asks":
        return {"answer": how, "decision": None, "on": None}
    return {"done": how, "doing": None, "will": None, "on": day, "by": None, "until": None}


def broken(incident: Incident, promise: Promise, decision: Decision) -> Incident:
    """The facts with the broken promise as a problem of its own, and what comes in its place, if anything.

    Raises:
        StepError: the admission cannot be told from the promise, or an answer was promised and no new moment is named.
        IncidentError: what is said of it does not hold together.
    """
    data = plain(incident)
    where = next(_found(data, promise.fact), None)
    ours = decision.ours or admission(incident, promise, where[2] if where else None)
    plan = decision.plan.model_dump(mode="json", exclude={"id"}) if decision.plan else None
    if where and where[1] == "remedies":
        where[2]["on"] = _new_moment(plan)
    elif where and where[1] == "asks":
        if not (moment := _new_moment(plan)):
            raise StepError("an answer was promised: say when it comes now.", promise.id)
        where[2]["on"] = moment
    elif where:
        where[0].remove(where[2])
    owed = where is not None and where[1] in ("remedies", "asks")
    data["problems"].append(
        {
            "id": free("p{}", {problem["id"] for problem in data["problems"]}),
            "what": f"what we had promised you{_for(incident, promise)} did not happen",
            "fault": "ours",
            "ours": ours,
            "fixes": [plan] if plan and not owed else [],
        }
    )
    return _rebuilt(incident, data)


def admission(incident: Incident, promise: Promise, item: dict[str, Any] | None) -> str:
    """The broken promise with us as the one who broke it: "I said I would call you by Friday, March 13, and I did not".

    Raises:
        StepError: the words of the promise do not say who will do what.
    """
    said = (item or {}).get("will") or promise.words
    match = _WILL.match(" ".join(said.split()).rstrip("."))
    if match is None or (match["who"] not in ("I", "we", "We") and item is None):
        raise StepError(
            "say what we did not do, as a clause with us as the one who acted: “we said we would call you by Friday, and we did not”.",
            promise.id,
        )
    who, rest = match["who"], match["rest"]
    signer = incident.signer.name
    if who == "I" and promise.owner in (None, signer):
        return f"I said I would {rest}{_until(incident, promise, rest)}, and I did not"
    if who in ("I", "we", "We") and not (who == "I" and _OWN.search(rest)):
        return f"we said we would {rest}{_until(incident, promise, rest)}, and we did not"
    named = promise.owner if who == "I" else who
    return f"we said that {named} would {_OWN.sub(_their, rest)}{_until(incident, promise, rest)}, and we did not see to it"


def _their(found: re.Match[str]) -> str:
    return {"me": "them", "my": "their", "mine": "theirs", "myself": "themselves"}[found[0].lower()]


def dropped(incident: Incident, promise: Promise, decision: Decision) -> Incident:
    """The facts without the promise, which nobody waits for any more.

    Raises:
        StepError: nobody says why.
    """
    if not decision.how:
        raise StepError("say why nobody waits for it any more.", promise.id)
    data = plain(incident)
    where = next(_found(data, promise.fact), None)
    if where:
        where[0].remove(where[2])
    return _rebuilt(incident, data)


def handed(incident: Incident, promise: Promise, owner: str, *, words: str | None = None) -> Incident:
    """The facts with another owner of the promise, and the plan in words that name them.

    Raises:
        StepError: no owner is named, or the plan is about "me" and nobody says it in other words.
    """
    owner = " ".join(owner.split())
    if not owner:
        raise StepError("say who takes it over.", promise.id)
    data = plain(incident)
    where = next(_found(data, promise.fact), None)
    if where is not None:
        where[2]["owner"] = owner
        if where[2].get("will"):
            where[2]["will"] = words or _renamed(where[2]["will"], incident, promise, owner)
    if owner not in data["people"] and owner != incident.signer.name:
        data["people"].append(owner)
    return _rebuilt(incident, data)


def _renamed(plan: str, incident: Incident, promise: Promise, owner: str) -> str:
    match = _WILL.match(plan)
    before = promise.owner or incident.signer.name
    if match is None or match["who"] not in ("I", before):
        return plan  # "we will": whoever does it, it is still we
    if owner == incident.signer.name:
        return f"I will {match['rest']}"
    if _OWN.search(match["rest"]):
        raise StepError(f"“{plan}” is about me; say it with {owner} as the one who acts: “{owner} will …”.", promise.id)
    return f"{owner} will {match['rest']}"


def _found(data: dict[str, Any], fact: str) -> Iterator[tuple[list[dict[str, Any]], str, dict[str, Any]]]:
    """The list that holds a fact, the key of that list, and the fact itself."""
    for problem in data["problems"]:
        for key in PARTS:
            held = problem[key]
            if isinstance(held, list):
                yield from ((held, key, item) for item in held if item["id"] == fact)
    for key in ("next", "asks"):
        yield from ((data[key], key, item) for item in data[key] if item["id"] == fact)


def _free_fix(data: dict[str, Any]) -> str:
    first = data["problems"][0]
    return free(f"{first['id']}.fix{{}}", {item["id"] for item in first["fixes"]})


def _new_moment(plan: dict[str, Any] | None) -> str | None:
    return (plan.get("on") or plan.get("by")) if plan else None


def _for(incident: Incident, promise: Promise) -> str:
    return f" for {_day(incident, promise.due)}" if promise.due else ""


def _until(incident: Incident, promise: Promise, rest: str) -> str:
    """The moment that was promised, where the words do not name one."""
    if promise.due is None or re.search(r"\b(?:by|on|at|before|until|today|tomorrow|tonight|within)\b", rest, re.I):
        return ""
    return f" by {_day(incident, promise.due)}"


def _day(incident: Incident, moment: datetime) -> str:
    local = moment.astimezone(incident.zone)
    day = written_day(local.date(), incident.locale, weekday=True)
    is_end = (local.hour, local.minute) == (23, 59)
    return day if is_end else f"{written_time(local, incident.locale)} on {day}"


def _rebuilt(incident: Incident, data: dict[str, Any]) -> Incident:
    kind = named_kind(incident)
    return accepted({**data, "as_of": incident.as_of} | ({"kind": kind} if kind else {}))
