"""Merging: two people change the same facts at once; what touches other facts goes together, what touches the same is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from drafter.course.changes import LISTS, PARTS, Change, Leaves, Path, accepted, aligned, change, free, leaves, place, plain, renamed
from drafter.errors import Complaint, ConflictError
from drafter.incident import Incident, derived_kind

_GONE = "(taken away)"
_FORMS = {"asks": "ask{}", "next": "next{}", "thread": "thread{}", "corrections": "correction{}", "locked": "locked{}"}


@dataclass(frozen=True)
class Merged:
    """Facts with the changes of two people in them, and what the other one's were."""

    incident: Incident
    theirs: tuple[Change, ...] = ()


def merge(base: Incident, theirs: Incident, mine: Incident) -> Merged:
    """The facts of `theirs`, which are kept by now, with what `mine` changed in `base`.

    Raises:
        ConflictError: both changed the same fact; a complaint for each, with both versions.
        IncidentError: together they do not form an incident.
    """
    was, kept = plain(base), aligned(plain(base), plain(theirs))
    new = _apart(was, kept, aligned(was, plain(mine)))
    before, there, here = leaves(was), leaves(kept), leaves(new)
    found, clashes = _merged(before, there, here)
    if clashes := [*clashes, *_halves(found)]:
        raise ConflictError(clashes)
    others = tuple(change(path, before.get(path), there.get(path)) for path in {**before, **there} if before.get(path) != there.get(path))
    return Merged(_whole(found, mine, theirs), others)


def _merged(before: Leaves, there: Leaves, here: Leaves) -> tuple[Leaves, list[Complaint]]:
    found: Leaves = {}
    clashes: list[Complaint] = []
    for path in {**there, **here, **before}:
        was, kept, new = before.get(path), there.get(path), here.get(path)
        if new not in (was, kept) and kept != was:
            clashes.append(_clash(path, kept, new))
        value = kept if new == was else new
        if value is not None:
            found[path] = value
    return found, clashes


def _clash(path: Path, kept: Any, new: Any) -> Complaint:
    shown = change(path, kept, new)
    return Complaint(
        f"somebody else has changed this since: it says “{shown.before or _GONE}” now, and yours says “{shown.after or _GONE}”", shown.place
    )


def _halves(found: Leaves) -> Iterator[Complaint]:
    """Problems that one took away while the other added to them."""
    for path in found:
        if path[0] == "problems" and (*path[:2], "what") not in found:
            yield Complaint("one of you took this problem away, and the other changed it", place(path))


def _apart(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """What I added, under ids that nothing they added has: the ids come from places in a list, and name no fact in common."""
    made = {**mine, "problems": _separate(base["problems"], theirs["problems"], mine["problems"], "p{}", ("what",))}
    old = {problem["id"]: problem for problem in base["problems"]}
    other = {problem["id"]: problem for problem in theirs["problems"]}
    for problem in made["problems"]:
        for key in PARTS:
            was, kept = (_list(side.get(problem["id"], {}).get(key)) for side in (old, other))
            if isinstance(problem[key], list):
                form = f"{problem['id']}.{key.rstrip('s') if key != 'fixes' else 'fix'}{{}}"
                problem[key] = _separate(was, kept, problem[key], form)
    for key in LISTS:
        made[key] = _separate(base[key], theirs[key], mine[key], _FORMS[key])
    return made


def _list(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else []


def _separate(
    base: list[dict[str, Any]], theirs: list[dict[str, Any]], mine: list[dict[str, Any]], form: str, told: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    old = {item["id"] for item in base}
    added = {item["id"]: item for item in theirs if item["id"] not in old}
    taken = old | added.keys() | {item["id"] for item in mine}
    made = []
    for item in mine:
        other = added.get(item["id"])
        if other is not None and any(item.get(key) != other.get(key) for key in (told or item)):
            name = free(form, taken)
            taken.add(name)
            made.append(renamed(item, name))
        else:
            made.append(dict(item))
    return made


def _whole(found: Leaves, mine: Incident, theirs: Incident) -> Incident:
    """The incident of such leaves; its kind is that of mine where I named one, else what the facts ask for."""
    data: dict[str, Any] = {}
    problems: dict[str, dict[str, Any]] = {}
    for path, value in found.items():
        if path[0] == "problems":
            _put(problems.setdefault(path[1], {"id": path[1]}), path[2:], value)
        elif path[0] == "people":
            data.setdefault("people", []).append(value)
        elif path[0] in LISTS:
            data.setdefault(path[0], []).append({**value, "id": path[1]})
        elif len(path) == 2:
            data.setdefault(path[0], {})[path[1]] = value
        else:
            data[path[0]] = value
    data["problems"] = list(problems.values())
    if (kind := named_kind(mine) or named_kind(theirs)) is not None:
        data["kind"] = kind
    return accepted({**data, "as_of": mine.as_of})


def _put(problem: dict[str, Any], path: Path, value: Any) -> None:
    if path[0] in PARTS:
        held = problem.setdefault(path[0], [])
        if len(path) == 1:
            problem[path[0]] = held or value
        elif isinstance(held, list):
            held.append({**value, "id": path[1]})
        else:  # one said that it is unknown, the other said what is done
            problem[path[0]] = [{**value, "id": path[1]}]
    elif len(path) == 1:
        problem[path[0]] = value
    else:
        problem.setdefault(path[0], []).append(value)


def named_kind(incident: Incident) -> str | None:
    """The kind of message that somebody named in the facts, where it is not the one that they ask for anyhow."""
    return incident.kind if incident.kind != derived_kind(incident.problems, incident.thread) else None
