"""Corrections that a message owes: facts that a sent message told, and that have turned out to be otherwise since.

What was true at its time is none of them: a plan that moved on, a count that grew, a cause that was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drafter.checks.grounding import cover
from drafter.checks.grounding.equality import equal
from drafter.checks.grounding.facts import facts_of
from drafter.checks.grounding.openly import says, takes_back
from drafter.checks.grounding.reading import read
from drafter.course.changes import Leaves, Path, accepted, aligned, free, leaves, plain
from drafter.course.merge import named_kind
from drafter.course.unlike import replaced, unlike
from drafter.course.values import Course, SentMessage
from drafter.errors import StepError
from drafter.incident import Correction, Incident
from drafter.incident.moment import read_moment, written_day, written_time

_TEXTS = ("what", "ours", "third_party", "customer_part")
_ACTIONS = ("fixes", "prevention", "containment")
_DEEDS = ("done", "doing", "will")
_OPEN_CAUSE = "we do not know yet why it happened"


@dataclass(frozen=True)
class Wrong:
    """What a version of the facts told, what is right by now, and the ids of the fact then and now."""

    said: str
    right: str
    was: str
    now: str | None = None
    shown: tuple[str, ...] = ()  # one of these has to stand in the message as well, where the fact alone does not say it


def entered(course: Course) -> tuple[Correction, ...]:
    """What a person has entered, each with the moment at which it was told last, where they name none."""
    held = []
    for one in course.incident.corrections:
        moment, by = (one.on, one.by) if one.on else _last(course, one.said) or (None, one.by)
        held.append(one.model_copy(update={"on": moment, "by": by}))
    return tuple(held)


def corrections(course: Course) -> tuple[Correction, ...]:
    """What the next message takes back beside what a person has entered: each statement once, as it was told last."""
    found: dict[str, Correction] = {}
    settled = {_plain(one.said) for one in course.incident.corrections}
    for i, message in enumerate(course.sent):
        held = course.rested(message)
        if held is None or not message.text:
            continue
        for wrong in _wrong(held, course.incident):
            later = [other.text for other in course.sent[i + 1 :] if other.text]
            over = any(takes_back(text, wrong.said) for text in later)
            if not over and _plain(wrong.said) not in settled and _told(message, held, wrong):
                found[_plain(wrong.said)] = _correction(wrong, message, held, course)
    return tuple(found.values())


def corrected(course: Course, said: str, right: str | None) -> Incident:
    """The facts with what a person says of something that was sent: what is right, or None where it was true at its time.

    Raises:
        StepError: no message that was sent says so.
        IncidentError: what is right is no clause.
    """
    found = next((one for one in corrections(course) if _plain(one.said) == _plain(said)), None)
    told = (found.on, found.by) if found else _last(course, said)
    if told is None:
        last = " ".join((course.last.text or "").split()) if course.last else ""
        raise StepError(f"no message that was sent says “{said}”; write it as the message has it" + (f": {last}" if last else ""), "said")
    entry = {"said": said, "right": right, "true_then": right is None, "on": told[0], "by": told[1]}
    kept = [one.model_dump(mode="json") for one in course.incident.corrections if _plain(one.said) != _plain(said)]
    data = plain(course.incident)
    named = named_kind(course.incident)
    name = free("correction{}", {one["id"] for one in kept})
    made = {**data, "corrections": [*kept, {**entry, "id": name}], "as_of": course.incident.as_of}
    return accepted(made | ({"kind": named} if named else {}))


def _last(course: Course, said: str) -> tuple[datetime, str | None] | None:
    """When something was told last, and by whom, where not by the signer of today; None where it was not."""
    for message in reversed(course.sent):
        if message.text and says(message.text, said):
            held = course.rested(message) or course.incident
            by = held.signer.name if held.signer.name != course.incident.signer.name else None
            return message.at.astimezone(course.incident.zone), by
    return None


def _correction(wrong: Wrong, message: SentMessage, held: Incident, course: Course) -> Correction:
    ids = {fact.id for fact in course.incident.facts}
    by = held.signer.name if held.signer.name != course.incident.signer.name else None
    fact = wrong.now if wrong.now in ids else None
    return Correction(said=wrong.said, right=wrong.right, on=message.at.astimezone(held.zone), by=by, fact=fact)


def _told(message: SentMessage, held: Incident, wrong: Wrong) -> bool:
    """Whether a message has told a fact of its time."""
    text = message.text or ""
    if wrong.shown:
        return any(shown in text for shown in wrong.shown)
    facts = facts_of(held)
    said, told = read(wrong.said, facts.frame), read(text, facts.frame).values
    figures = all(any(equal(value, other, facts) for other in told) for value in said.values if not value.weak)
    return figures and any(item.span for item in cover(text, held, [wrong.was]))


def _wrong(then: Incident, now: Incident) -> Iterator[Wrong]:
    """What the facts of then told and those of now have otherwise."""
    before, after = plain(then), aligned(plain(then), plain(now))
    names = _names(after, now)
    old, new = leaves(before), leaves(after)
    for path, value in old.items():
        if old[path] != new.get(path) and path[0] == "problems":
            yield from _of_problem(path, value, new.get(path), (then, now, names))
    yield from _known(old, new, then, now)


_Sides = tuple[Incident, Incident, dict[str, str]]


def _names(after: dict[str, Any], now: Incident) -> dict[str, str]:
    """The id that each fact has now, by the one that it had: facts keep their order when they are held against older ones."""
    found = {}
    for problem, own in zip(after["problems"], plain(now)["problems"], strict=True):
        found[problem["id"]] = own["id"]
        for key in (*_ACTIONS, "impacts", "remedies"):
            if isinstance(problem[key], list):
                found |= {item["id"]: other["id"] for item, other in zip(problem[key], own[key], strict=True)}
    return found


def _of_problem(path: Path, before: Any, after: Any, sides: _Sides) -> Iterator[Wrong]:
    then, now, names = sides
    problem, key = path[1], path[2]
    here = names.get(problem, problem)
    if key in _TEXTS and after is not None and unlike(before, after, then, now):
        yield Wrong(before, after, problem if key == "what" else f"{problem}.{key}", here if key == "what" else f"{here}.{key}")
    elif key == "cause" and before != "unknown":
        yield from _cause(problem, here, before, after, sides)
    elif key == "when" and after is not None:
        yield from _moment(problem, before, after, sides)
    elif key == "impacts" and after is not None and unlike(before["text"], after["text"], then, now):
        yield Wrong(before["text"], after["text"], path[3], names.get(path[3]))
    elif key in _ACTIONS and len(path) == 4 and after is not None:
        yield from _action(path[3], before, after, sides)
    elif key == "remedies" and after is not None:
        yield from _remedy(path[3], sides)


def _cause(problem: str, here: str, before: str, after: str | None, sides: _Sides) -> Iterator[Wrong]:
    """Another cause, or none; one that is only told in more words was no wrong one."""
    then, now, _ = sides
    if after in (None, "unknown"):
        yield Wrong(f"it happened because {before}", _OPEN_CAUSE, f"{problem}.cause")
    elif replaced(before, str(after)) or (before not in str(after) and unlike(before, str(after), then, now)):
        yield Wrong(f"it happened because {before}", f"it happened because {after}", f"{problem}.cause", f"{here}.cause")


def _moment(problem: str, before: Any, after: Any, sides: _Sides) -> Iterator[Wrong]:
    """Another day or hour than the one that was told; what the clause of the event says of it is the clause's own."""
    then, now, _ = sides
    was, is_now = _read(before, then), _read(after, now)
    if was == is_now:
        return
    shown = tuple(_shown(was, then))
    yield Wrong(f"it happened {_on(was, then)}", f"it happened {_on(is_now, now)}", problem, shown=shown)


def _action(name: str, before: Any, after: Any, sides: _Sides) -> Iterator[Wrong]:
    """Something that was told as done and was not, or not then; a plan that moved on was a plan at its time."""
    then, now, names = sides
    if not before.get("done"):
        return
    text = next(str(after[key]) for key in _DEEDS if after.get(key))
    if not after.get("done") or unlike(before["done"], text, then, now):
        yield Wrong(before["done"], text, name, names.get(name))
    elif before.get("on") and after.get("on") and before["on"] != after["on"] and not replaced(before["done"], text):
        was, is_now = _read(before["on"], then), _read(after["on"], now)
        yield Wrong(f"{before['done']} {_on(was, then)}", f"{text} {_on(is_now, now)}", name, names.get(name), tuple(_shown(was, then)))


def _remedy(name: str, sides: _Sides) -> Iterator[Wrong]:
    """Less than was granted, or no grant any more; more is a decision that went on."""
    then, now, names = sides
    old = next(one for problem in then.problems for one in problem.remedies if one.id == name)
    new = next((one for problem in now.problems for one in problem.remedies if one.id == names.get(name)), None)
    if new is None or old.decision != "granted":
        return
    less = bool(old.amount and new.amount and new.amount.amount < old.amount.amount)
    said, right = (_given(one, held) for one, held in ((old, then), (new, now)))
    if new.decision == "declined":
        yield Wrong(said, f"we cannot do that, because {new.because}", name)
    elif new.decision == "pending":
        yield Wrong(said, "that is not decided yet", name)
    elif less and said != right:
        yield Wrong(said, right, name, names.get(name))


def _given(remedy: Any, held: Incident) -> str:
    """A remedy as a clause with its amount."""
    if remedy.text or not remedy.amount:
        return str(held.fact(remedy.id).text.split("\n")[0])
    noun = {"other": "payment", "waiver": "waiver"}.get(remedy.kind, remedy.kind)
    return f"you will get a {noun} of {remedy.amount.written(held.locale)}".replace("a upgrade", "an upgrade")


def _known(old: Leaves, new: Leaves, then: Incident, now: Incident) -> Iterator[Wrong]:
    """What was known and is not so: gone, with something else of the same thing in its place."""
    for problem in then.problems:
        for i, words in enumerate(problem.known, 1):
            if ("problems", problem.id, "known", words) in new:
                continue
            for path in new:
                if path[:1] == ("problems",) and path[2:3] == ("known",) and path not in old and unlike(words, path[3], then, now):
                    ids = (fact.id for fact in now.facts if fact.role == "known" and fact.text == path[3])
                    yield Wrong(words, path[3], f"{problem.id}.known{i}", next(ids, None))
                    break


def _read(value: Any, held: Incident) -> Any:
    moment = read_moment(value)
    return moment.astimezone(held.zone) if isinstance(moment, datetime) else moment


def _on(moment: Any, held: Incident) -> str:
    """A moment behind its preposition: "at 08:40 on Thursday 26 November"."""
    day = written_day(moment.date() if isinstance(moment, datetime) else moment, held.locale, weekday=True)
    return f"at {_clock(moment, held)} on {day}" if isinstance(moment, datetime) else f"on {day}"


def _shown(moment: Any, held: Incident) -> Iterator[str]:
    """How a message can have told a moment."""
    if isinstance(moment, datetime):
        yield _clock(moment, held)
    else:
        yield written_day(moment, held.locale)


def _clock(moment: datetime, held: Incident) -> str:
    return written_time(moment, held.locale).replace("\u202f", " ").replace(" AM", " am").replace(" PM", " pm").replace(":00 ", " ")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
