"""The form of facts: an incident's data opened into fields that a person fills, and closed again into what `Incident` takes.

A field is named by its place, "problems.1.ours". What the form does not show, such as the terms of a remedy, stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from drafter.ui.tenses import followed

Facts = dict[str, Any]
ACTIONS = ("fixes", "prevention", "containment")  # of a problem; `next` is the incident's own
STATES = ("done", "doing", "will")
_SINGLE = ("known", "unknown")
_VERBATIM = ("thread", "corrections", "locked")  # kept to the letter: the form does not show them
UNKNOWN = "unknown"
_UNKNOWABLE = ("prevention", "containment", "cause")
_FAULTY = ("fault", "ours")  # who does not know what we did does not know whose mistake it was
_FORMS_OWN = ("settled", "read")  # of what there was a question, and as what an entry was read in the ticket
_SETTLED = ("fixes", "remedies", "next", "answer")
_INNER = (*ACTIONS, *_SINGLE, "impacts", "remedies")  # lists of a problem
_LISTS = (*_INNER, "next", "problems", "asks", "settled", "people", "thread", "corrections", "locked", "address", "covers")
MOST_PROBLEMS = 20
MOST_ROWS = 30


def opened(data: Mapping[str, Any]) -> Facts:
    """The facts of an incident as the form has them: every entry of a list a mapping, an action as its state and its text."""
    facts: Facts = deepcopy(dict(data))
    for person in ("company", "signer", "customer"):
        if isinstance(facts.get(person), str):
            facts[person] = {"name": facts[person]}
        facts.setdefault(person, {})
    facts["problems"] = [_problem(problem) for problem in _listed(facts.get("problems"))] or [new("problems")]
    facts["asks"] = [_said(ask) for ask in _listed(facts.get("asks"))]
    facts["next"] = [_action(action) for action in _listed(facts.get("next"))]
    return facts


def new(kind: str) -> Any:
    """An empty entry of a list of the form: "problems", "asks", "next", "fixes", "impacts" and so on."""
    if kind == "problems":
        return {"what": "", "fault": "ours", "ours": "", "impacts": [], "fixes": [], "remedies": []}
    if kind in (*ACTIONS, "next"):
        return {"state": "will" if kind == "next" else "done", "text": "", "on": "", "owner": ""}
    if kind == "remedies":
        return {"kind": "refund", "amount": "", "text": "", "decision": "granted"}
    return {"text": ""}


def put(facts: Facts, name: str, value: Any) -> None:
    """Put what stands in a field into the facts; a name that leads nowhere, or to more than a field, is passed over.

    The first words of what is done about a problem begin its entry, and say whether it is done, under way or planned.
    """
    parent, _, last = name.rpartition(".")
    place, text = (_at(facts, parent) if parent else facts), str(value)
    if place is None and last == "text" and text.strip():
        path, _, number = parent.rpartition(".")
        place = _at(facts, parent) if path.endswith(".fixes") and number == "1" and add(facts, path) == parent else None
    if not isinstance(place, dict) or isinstance(place.get(last), dict) or last in _LISTS:
        return
    if last == "text" and "state" in place:
        place["state"] = followed(place["state"], str(place.get("text") or ""), text, "will" if parent.startswith("next.") else "done")
    place[last] = text


def said_at(facts: Facts, name: str) -> str:
    """What stands in a field; "" where nothing does, or there is none."""
    parent, _, last = name.rpartition(".")
    place = _at(facts, parent) if parent else facts
    value = place.get(last) if isinstance(place, dict) else None
    return value if isinstance(value, str) else ""


def add(facts: Facts, path: str) -> str | None:
    """Add an empty entry to the list at a path, and give its own path; None where there is no such list, or no room for more."""
    kind, is_problems = path.rpartition(".")[2], path == "problems"
    if path not in ("problems", "asks", "next") and not (path.startswith("problems.") and kind in _INNER):
        return None
    place = _at(facts, path, make=True)
    if not isinstance(place, list) or len(place) >= (MOST_PROBLEMS if is_problems else MOST_ROWS):
        return None
    place.append(new(kind))
    return f"{path}.{len(place)}"


def move(facts: Facts, path: str) -> None:
    """Put the entry at a path before the one that stands over it."""
    parent, _, last = path.rpartition(".")
    place = _at(facts, parent)
    if isinstance(place, list) and last.isdigit() and 1 < int(last) <= len(place):
        at = int(last) - 1
        place[at - 1], place[at] = place[at], place[at - 1]


def is_blank(problems: list[Facts]) -> bool:
    """Whether the form has but the one problem that nobody has filled in."""
    return len(problems) == 1 and not any(str(problems[0].get(key) or "").strip() for key in ("what", "ours"))


def remove(facts: Facts, path: str) -> Any:
    """Take the entry at a path out of its list, and give it; None where there is none."""
    parent, _, last = path.rpartition(".")
    place = _at(facts, parent)
    if isinstance(place, list) and last.isdigit() and 0 < int(last) <= len(place):
        return place.pop(int(last) - 1)
    return None


def settle(facts: Facts, path: str, *, known: bool) -> None:
    """Say that what is asked for at a path is not known, which is final until it is taken back, or something is entered."""
    parent, _, last = path.rpartition(".")
    place = _at(facts, parent) if parent else facts
    if parent == "asks":
        place, last = _at(facts, path), "answer"
    if not isinstance(place, dict):
        return
    if last in _FAULTY and "fault" in place:
        place["fault"] = UNKNOWN
    elif last in _UNKNOWABLE and parent:
        place[last] = UNKNOWN if not known else "" if last == "cause" else []
    elif last in _SETTLED:
        place["settled"] = [*(key for key in place.get("settled") or () if key != last), *(() if known else (last,))]


def settled(facts: Facts) -> list[str]:
    """The keys of questions that were answered with "we don't know": "problems.1.fault", "asks.2", "next"."""
    found = list(facts.get("settled") or ())
    found += [f"asks.{at}" for at, ask in enumerate(facts["asks"], 1) if ask.get("settled")]
    for at, problem in enumerate(facts["problems"], 1):
        keys = list(problem.get("settled") or ())
        keys += [] if admits(facts, f"problems.{at}.ours") else ["ours"]
        keys += ["fault"] if problem.get("fault") else []
        found += [f"problems.{at}.{key}" for key in keys]
    return found


def plans(facts: Facts) -> dict[str, str]:
    """The path of every plan, by what is planned: "we will call you on Friday" -> "next.1"."""
    lists = {"next": facts.get("next")}
    lists |= {f"problems.{at}.fixes": problem.get("fixes") for at, problem in enumerate(facts.get("problems") or [], 1)}
    return {
        str(action.get("text", "")).strip(): f"{path}.{at}"
        for path, actions in lists.items()
        for at, action in enumerate(actions if isinstance(actions, list) else (), 1)
        if action.get("state") == "will" and action.get("text")
    }


def admits(facts: Facts, path: str) -> bool:
    """Whether the form has a field for what we did in the problem that a path leads into."""
    problem = _at(facts, path.rpartition(".")[0])
    return isinstance(problem, dict) and problem.get("fault") in ("ours", "shared")


def owner_of(facts: Facts, path: str) -> str | None:
    """Who does what is planned at a path of `plans`; None where nobody is named."""
    place = _at(facts, path)
    return (str(place.get("owner") or "").strip() or None) if isinstance(place, dict) else None


def pruned(facts: Facts) -> Facts:
    """The facts without entries in which nothing was written; one problem stays."""
    made = deepcopy(facts)
    for problem in made["problems"]:
        for key, value in problem.items():
            if isinstance(value, list):
                problem[key] = [entry for entry in value if not is_empty(entry)]
    kept = [problem for problem in made["problems"] if not is_empty(problem)]
    made["problems"] = kept or made["problems"][:1]
    made["asks"] = [entry for entry in made["asks"] if not is_empty(entry)]
    made["next"] = [entry for entry in made["next"] if not is_empty(entry)]
    return made


def closed(facts: Facts) -> Facts:
    """The facts as `Incident` takes them: nothing empty, and an admission only where the fault is ours or shared."""
    made = pruned(facts)
    for entry in (made, *made["problems"], *made["asks"]):
        for key in _FORMS_OWN:
            entry.pop(key, None)
    for problem in made["problems"]:
        problem["fault"] = problem.get("fault") or UNKNOWN
        if problem["fault"] not in ("ours", "shared"):
            problem.pop("ours", None)
        if problem.get("fault") != "shared":
            problem.pop("customer_part", None)
        for key in ACTIONS:
            if isinstance(problem.get(key), list):
                problem[key] = [_acted(action) for action in problem[key]]
        for key in _SINGLE:
            if isinstance(problem.get(key), list):
                problem[key] = [entry["text"] if isinstance(entry, dict) else entry for entry in problem[key]]
    made["next"] = [_acted(action) for action in made["next"]]
    verbatim = {key: made[key] for key in _VERBATIM if made.get(key)}
    return {**{key: value for key, value in _filled(made).items() if key == "problems" or value not in ("", [], {}, None)}, **verbatim}


def _inside(place: Any, step: str) -> Any:
    if isinstance(place, dict):
        return place.get(step) if not isinstance(place.get(step), str) else None
    if isinstance(place, list) and step.isdigit() and 0 < int(step) <= len(place):
        return place[int(step) - 1]
    return None


def _at(facts: Facts, path: str, *, make: bool = False) -> Any:
    place: Any = facts
    steps = path.split(".")
    for i, step in enumerate(steps):
        if make and i == len(steps) - 1 and isinstance(place, dict) and place.get(step) in (None, "", UNKNOWN):
            place[step] = []
        place = _inside(place, step)
    return place


def _listed(value: Any) -> list[Any]:
    if value in (None, "", UNKNOWN):
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _problem(problem: Any) -> Facts:
    made: Facts = {**new("problems"), **(problem if isinstance(problem, dict) else {"what": str(problem)})}
    for key in ACTIONS:
        if key in made and made[key] != UNKNOWN:
            made[key] = [_action(action) for action in _listed(made[key])]
    for key in ("impacts", *_SINGLE):
        if key in made:
            made[key] = [_said(entry) for entry in _listed(made[key])]
    made["remedies"] = [{**remedy, "amount": _money(remedy.get("amount"))} for remedy in _listed(made["remedies"])]
    return made


def _money(amount: Any) -> str:
    """An amount as it is typed: "149.00 USD"."""
    return f"{amount['amount']} {amount['currency']}" if isinstance(amount, dict) else str(amount or "")


def _said(entry: Any) -> Facts:
    return dict(entry) if isinstance(entry, dict) else {"text": str(entry)}


def _action(action: Any) -> Facts:
    made = dict(action) if isinstance(action, dict) else {"done": str(action)}
    state = next((name for name in STATES if made.get(name)), made.get("state", "done"))
    text = made.get(state) or made.get("text", "")
    return {**{key: value for key, value in made.items() if key not in (*STATES, "state", "text")}, "state": state, "text": text}


def _acted(action: Facts) -> Facts:
    rest = {key: value for key, value in action.items() if key not in ("state", "text")}
    return {action.get("state") or "done": action.get("text", ""), **rest}


_GIVEN = {"read", "fault", "state", "kind", "decision", "id", "reason", "settled"}  # what an entry has in which nobody wrote


def is_empty(entry: Any) -> bool:
    """Whether nobody has written anything in an entry."""
    if isinstance(entry, dict):
        return all(is_empty(value) for key, value in entry.items() if key not in _GIVEN)
    if isinstance(entry, list | tuple):
        return all(map(is_empty, entry))
    return entry is None or not str(entry).strip()


def bare(entry: Facts) -> Facts:
    """An entry without what is empty in it: two that are equal so say the same."""
    made: Facts = _filled(entry)
    return made


def _filled(value: Any) -> Any:
    """The value without what is empty in it, its texts stripped."""
    if isinstance(value, dict):
        made = {key: _filled(item) for key, item in value.items()}
        return {key: item for key, item in made.items() if item not in ("", [], {}, None)}
    if isinstance(value, list | tuple):
        return [item for item in map(_filled, value) if item not in ("", [], {}, None)]
    return value.strip() if isinstance(value, str) else value


class Loose(dict[str, Any]):
    """Facts for a template: what is not there is ""."""

    def __missing__(self, key: str) -> str:
        return ""


def loose(value: Any) -> Any:
    """The facts as a template takes them."""
    if isinstance(value, dict):
        return Loose({key: loose(item) for key, item in value.items()})
    return [loose(item) for item in value] if isinstance(value, list) else value
