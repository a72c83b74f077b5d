"""Changes: what differs between two states of the same facts, fact by fact, whatever file they were typed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from drafter.incident import ACCEPTED, Incident, incident_from

Path = tuple[str, ...]
Leaves = dict[Path, Any]
_Matched = tuple[list[dict[str, Any]], dict[str, str]]
LISTS = ("asks", "next", "thread", "corrections", "locked")  # of facts with ids, in the frame
PARTS = ("impacts", "fixes", "remedies", "prevention", "containment")  # of facts with ids, in a problem
_WORDS = ("known", "unknown")
_NAMES = {"problems": "p{}", "asks": "ask{}", "next": "next{}", "thread": "thread{}", "corrections": "correction{}", "locked": "locked{}"}
_PART_NAMES = {"impacts": "impact", "fixes": "fix", "remedies": "remedy", "prevention": "prevention", "containment": "containment"}
_TOLD = ("done", "doing", "will", "text", "right", "said")  # what a fact says first
_MADE = re.compile(r"(?:^next|\.(?:fix|prevention|containment))\d+$")
_PLACED = re.compile(r"^(?:p|ask|next|thread|correction|locked)\d+$|\.(?:impact|fix|remedy|prevention|containment)\d+$")
_NEWS = ("problems", "asks", "next", "corrections")


@dataclass(frozen=True)
class Change:
    """One fact that was added (no `before`), taken away (no `after`), or changed; `place` is where it stands."""

    place: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        """The change in plain words."""
        if self.before is None:
            return f"{self.place}: “{self.after}” is new"
        if self.after is None:
            return f"{self.place}: “{self.before}” is gone"
        return f"{self.place}: “{self.before}” is now “{self.after}”"

    @property
    def is_news(self) -> bool:
        """Whether it is about what happened, what was asked or what comes next: something to tell the customer."""
        return self.place.split(".")[0] in _NEWS


def differences(before: Incident, after: Incident) -> tuple[Change, ...]:
    """What changed from the one to the other; the moment of writing and the kind of message are no facts."""
    old, new = leaves(plain(before)), leaves(aligned(plain(before), plain(after)))
    paths = dict.fromkeys((*old, *new))
    return tuple(change(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


def change(path: Path, before: Any, after: Any) -> Change:
    """The change of one fact."""
    return Change(place(path), _told(before), _told(after))


def place(path: Path) -> str:
    """A path in words: "problems.p1.fix2" of a fact that has its problem in its id, else each step."""
    if path[0] == "people":
        return "people"
    if path[0] != "problems" or len(path) < 4:
        return ".".join(path)
    _, problem, key, name = path
    if key in _WORDS:  # the words themselves are before or after
        return f"problems.{problem}.{key}"
    return f"problems.{name}" if name.startswith(f"{problem}.") else f"problems.{problem}.{name}"


def plain(incident: Incident) -> dict[str, Any]:
    """The facts as plain data, without what belongs to one message."""
    return incident.model_dump(mode="json", exclude={"as_of", "kind", "approved"})


def accepted(data: Mapping[str, Any]) -> Incident:
    """The facts in such data; plans that are past by now are no fault of theirs.

    Raises:
        IncidentError: they do not hold together.
    """
    try:
        return Incident.model_validate(dict(data), context=ACCEPTED)
    except ValidationError:
        incident_from(data)  # tells what is wrong in the writer's terms
        raise


def leaves(data: Mapping[str, Any]) -> Leaves:
    """Every fact under its path, in order; an action, remedy, ask or message is one fact, whole."""
    found: Leaves = {}
    for key, value in data.items():
        if key == "problems":
            for problem in value:
                _of_problem(found, problem)
        elif key in LISTS:
            for item in value:
                found[key, item["id"]] = _whole(item)
        elif key == "people":
            found |= {(key, name): name for name in value}
        elif isinstance(value, Mapping):
            found |= {(key, name): part for name, part in value.items() if part not in (None, [])}
        elif value is not None:
            found[(key,)] = value
    return found


def _of_problem(found: Leaves, problem: Mapping[str, Any]) -> None:
    name = problem["id"]
    for key, value in problem.items():
        at = ("problems", name, key)
        if key in PARTS and isinstance(value, list):
            found |= {(*at, item["id"]): _whole(item) for item in value}
        elif key in _WORDS:
            found |= {(*at, words): words for words in value}
        elif value is not None and key != "id":
            found[at] = value


def _whole(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value not in (None, []) and key != "id"}


def _told(value: Any) -> str | None:
    """A fact as one reads it."""
    if value is None:
        return None
    if isinstance(value, Mapping) and value.keys() == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    if not isinstance(value, Mapping):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    words = next((str(value[key]) for key in _TOLD if value.get(key)), str(value.get("kind", "")))
    rest = [f"{key} {_told(part)}" for key, part in value.items() if key in ("on", "by", "until", "owner", "answer", "decision", "amount")]
    return words + (f" ({', '.join(rest)})" if rest else "")


def aligned(base: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of `data` under the ids that they have in `base`: the same words are the same fact, wherever they stand now."""
    made = dict(data)
    made["asks"], names = _matched(base["asks"], data["asks"], _NAMES["asks"])
    made["problems"], _ = _matched(base["problems"], data["problems"], _NAMES["problems"], told=("what",))
    old = {problem["id"]: problem for problem in base["problems"]}
    for problem in made["problems"]:
        names |= _aligned_parts(old.get(problem["id"], {}), problem, names)
    for key in ("next", "thread", "corrections", "locked"):
        made[key], _ = _matched(base[key], [_covering(item, names) for item in data[key]], _NAMES[key])
    return made


def _aligned_parts(base: Mapping[str, Any], problem: dict[str, Any], asks: Mapping[str, str]) -> dict[str, str]:
    """Give the parts of a problem the ids of those in `base`; what became of each id of an impact."""
    names = dict(asks)
    for key in PARTS:
        if isinstance(problem[key], list):
            kept = base.get(key)
            form = f"{problem['id']}.{_PART_NAMES[key]}{{}}"
            items = [_covering(item, names) for item in problem[key]]
            problem[key], found = _matched(kept if isinstance(kept, list) else [], items, form)
            if key == "impacts":
                short = {was.removeprefix(f"{problem['id']}."): name for was, name in found.items() if was != name}
                names |= found | short
    return names


def _covering(item: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {**item, "covers": [names.get(name, name) for name in item["covers"]]} if item.get("covers") else item


def _matched(base: list[dict[str, Any]], items: list[dict[str, Any]], name: str, *, told: tuple[str, ...] = ()) -> _Matched:
    """The items with the ids of those in `base` that say the same, else of those under the same id, else ids that are free.

    With them, what each id became.
    """
    left = {item["id"]: item for item in base}
    ids: list[str | None] = [None] * len(items)
    for same in (_says(told), _by_id):
        for i, item in enumerate(items):
            if ids[i] is None and (found := next((key for key, other in left.items() if same(item, other)), None)) is not None:
                ids[i] = found
                del left[found]
    taken = {item["id"] for item in base} | {found for found in ids if found}
    for i, item in enumerate(items):
        if ids[i] is None:
            ids[i] = item["id"] if item["id"] not in taken else free(name, taken)
            taken.add(ids[i] or "")
    made = [renamed(item, str(found)) for item, found in zip(items, ids, strict=True)]
    return made, {item["id"]: str(found) for item, found in zip(items, ids, strict=True)}


def free(name: str, taken: set[str]) -> str:
    """The first id of this form that nothing has."""
    number = 1
    while name.format(number) in taken:
        number += 1
    return name.format(number)


def renamed(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A fact under another id; of a problem, with all that has its id in theirs."""
    was = item["id"]
    return {**_below(item, f"{was}.", f"{name}."), "id": name} if was != name else dict(item)


def _below(value: Any, was: str, name: str) -> Any:
    """The same data, with `name` in place of `was` where an id or a `covers` begins with it."""
    if isinstance(value, list):
        return [_below(one, was, name) for one in value]
    if not isinstance(value, Mapping):
        return value
    made = {key: _below(part, was, name) for key, part in value.items()}
    if "id" in made:
        made["id"] = _prefixed(made["id"], was, name)
    if "covers" in made:
        made["covers"] = [_prefixed(one, was, name) for one in made["covers"]]
    return made


def _prefixed(text: str, was: str, name: str) -> str:
    return name + text.removeprefix(was) if text.startswith(was) else text


def _says(keys: tuple[str, ...]) -> Any:
    def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        if keys:
            return all(one.get(key) == other.get(key) for key in keys)
        return _whole(one) == _whole(other)

    return same


def _by_id(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two facts stand under one id; a plan under an id that its place has made must also be about the same thing."""
    if one["id"] != other["id"]:
        return False
    return not (other.get("will") and _MADE.search(other["id"])) or _alike(_plan(one), _plan(other))


def _plan(item: Mapping[str, Any]) -> set[str]:
    words = next((str(item[key]) for key in _TOLD if item.get(key)), "")
    return {word for word in re.findall(r"\w+", words.lower()) if len(word) > 2} - {"will"}


def _alike(one: set[str], other: set[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other))


def editable(incident: Incident) -> dict[str, Any]:
    """The facts as a person would type them, to change and send back: without what belongs to one message, and without ids of places."""
    data = incident.model_dump(mode="json", exclude_defaults=True, exclude={"as_of", "kind", "approved"})
    _without_ids(data, set(_covered(data)))
    return data


def _covered(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [*value.get("covers", ()), *(name for part in value.values() for name in _covered(part))]
    return [name for one in value for name in _covered(one)] if isinstance(value, list) else []


def _without_ids(value: Any, covered: set[str]) -> None:
    if isinstance(value, dict):
        name = value.get("id", "")
        if _PLACED.search(name) and name not in covered and name.split(".", 1)[-1] not in covered:
            del value["id"]
        for part in value.values():
            _without_ids(part, covered)
    elif isinstance(value, list):
        for one in value:
            _without_ids(one, covered)
