"""Columns: what each header of a table of customers names - a gap of the facts, a key of them, or the row itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from drafter.batch.gaps import TYPES, Gap, Place, gaps_in, named
from drafter.errors import Complaint, InputError
from drafter.incident.read import keys_at

SHORT = {
    "customer": "customer.name",
    "name": "customer.name",
    **{key: f"customer.{key}" for key in ("title", "call_by", "email", "phone", "account", "handle", "address")},
    "reference": "reference",
    "impact": "problems.1.impacts.+",
}
"""Names that stand for longer ones; `+` is one more."""
OWN = ("id", "ticket")  # of the row itself: what you know it by, and the helpdesk's ticket that it answers
BESIDE = ("set_aside_line", "set_aside_why")  # what a file of rows that were set aside has beside them
_LISTS = ("problems", "asks", "next", "fixes", "prevention", "containment", "impacts", "remedies", "people", "known", "unknown", "terms")
_WORDS = ("impacts", "asks", "people", "known", "unknown", "terms")  # lists whose items may be plain words
_KEYS = {"amount": "money", "cost": "money", **dict.fromkeys(("when", "on", "by", "until"), "date")}
_MOST = 200  # columns
_TOLD = 20  # gaps without a column that are told at once
_NUMBER = re.compile(r"[0-9]{1,3}")
_SHARED = ("as_of", "company", "kind", "thread", "locked")  # what is one for the whole batch


@dataclass(frozen=True)
class Column:
    """One column: its name, whether a cell must hold something, and the key of the facts that it sets, if any."""

    name: str
    needed: bool
    gap: bool = False
    place: Place = ()


class Columns:
    """The columns of a table, and how a row's cells go into shared facts.

    Raises:
        InputError: a header names nothing, a gap has no column, or a type is unknown; every fault at once.
    """

    def __init__(self, headers: Sequence[str], facts: Mapping[str, Any], source: str = "") -> None:
        self.headers = tuple(headers)
        if len(headers) > _MOST:
            raise InputError(f"there are {len(headers):,} columns; a table of customers has at most {_MOST}.", source)
        self._gaps = tuple(gaps_in(facts))
        wrong: list[Complaint] = []
        self.all = tuple(_column(header, number, facts, self._gaps, wrong) for number, header in enumerate(headers, 1))
        wrong += _missing(self.all, self._gaps)
        if wrong:
            raise InputError(wrong, source)

    def has(self, name: str) -> bool:
        """Whether there is a column of this name."""
        return any(column.name == name for column in self.all)

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a row by the names of their columns."""
        return {column.name: cell.strip() for column, cell in zip(self.all, cells, strict=True)}

    def empty(self, values: Mapping[str, str]) -> list[str]:
        """The columns that must hold something and do not."""
        return [column.name for column in self.all if column.needed and not values[column.name]]

    def kinds(self) -> dict[str, str]:
        """What the columns hold whose values stand in the facts, but for what is of the customer's person: money, a date, or text."""
        found: dict[str, str] = {}
        for name, kind, place in (
            *((gap.name, gap.type, gap.place) for gap in self._gaps),
            *((column.name, "text", column.place) for column in self.all if column.place[:1] not in ((), ("customer",), ("reference",))),
        ):
            typed = kind if kind != "text" else _KEYS.get(str(place[-1]), "text")
            found[name] = typed if found.get(name, "text") == "text" else found[name]
        return found

    def put(self, facts: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
        """The filled facts with the keys that the row sets; an empty cell leaves what stands there."""
        made = deepcopy(facts)
        for column in self.all:
            if column.place and values[column.name]:
                _set(made, column.place, _lines(values[column.name]) if column.place[-1] == "address" else values[column.name])
        return made

    def at(self, key: str) -> list[str]:
        """The columns whose values stand at a key of the facts as complaints name it, above it or below it."""
        place = tuple(int(step) - 1 if _NUMBER.fullmatch(step) else step for step in key.split(".")) if key else ()
        gaps = [gap.name for gap in self._gaps if _meet(gap.place, place)]
        return list(dict.fromkeys([*gaps, *(column.name for column in self.all if column.place and _meet(column.place, place))]))


def _column(header: str, number: int, facts: Mapping[str, Any], gaps: Sequence[Gap], wrong: list[Complaint]) -> Column:
    name, needed = named(header.strip().removesuffix("?")), not header.strip().endswith("?")
    gap = any(one.name == name for one in gaps)
    path = SHORT.get(name, name)
    if not name:
        wrong.append(Complaint(f"column {number} has no name.", line=1))
    elif name in OWN or name in BESIDE:
        return Column(name, needed and name in OWN)
    elif path.split(".")[0] in _SHARED:
        wrong.append(Complaint(f"column '{header}': this is one for all customers; write it in the facts.", line=1))
    elif why := None if gap and name not in SHORT else _unknown(path, facts):
        wrong.append(Complaint(f"column '{header}' {why}{_near(name, gaps)}", line=1))
    else:
        return Column(name, needed, gap, _place(path, facts) if not gap or name in SHORT else ())
    return Column(name, needed)


def _near(name: str, gaps: Sequence[Gap]) -> str:
    known = list(dict.fromkeys([*(gap.name for gap in gaps), *SHORT, *OWN]))
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean '{near[0]}'?" if near else f"; the facts have gaps for {', '.join(gap.name for gap in gaps) or 'nothing'}."


def _missing(columns: Sequence[Column], gaps: Sequence[Gap]) -> list[Complaint]:
    names = [column.name for column in columns]
    found = [Complaint(f"two columns are called '{name}'.", line=1) for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if not any(column.place[:2] == ("customer", "name") for column in columns):
        found.append(Complaint("no column is called customer: each letter needs somebody to write to.", line=1))
    for name in list(dict.fromkeys(gap.name for gap in gaps if gap.name not in names))[:_TOLD]:
        near = difflib.get_close_matches(name, names, 1)
        hint = f"; is it '{near[0]}'?" if near else "."
        found.append(Complaint(f"the facts have a gap {{{name}}}, and no column fills it{hint}", line=1))
    for words in list(dict.fromkeys(f"{{{gap.name}:{gap.type}}}" for gap in gaps if gap.type not in TYPES))[:_TOLD]:
        found.append(Complaint(f"the gap {words} is of no known type; use {', '.join(TYPES)}."))
    return found


def _unknown(path: str, facts: Mapping[str, Any]) -> str | None:
    """Why a path names no key of the facts; None where it does."""
    seen: list[str | int] = []
    node: Any = facts
    for step in path.split("."):
        listed = bool(seen) and seen[-1] in _LISTS
        if listed and step != "+" and not _NUMBER.fullmatch(step):
            return f"does not say which: write {'.'.join(map(str, seen))}.1.{step}"
        if listed:
            length = len(node) if isinstance(node, list) else int(node is not None)
            if step != "+" and not 1 <= int(step) <= length + 1:
                return f"names number {step} of {seen[-1]}, and the facts have {length}"
            node = node[int(step) - 1] if isinstance(node, list) and step != "+" and int(step) <= length else None
            seen.append(0)
        elif step not in keys_at(seen):
            return "names nothing"
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
            seen.append(step)
    one = seen[-1] not in _LISTS and (seen[-1] != 0 or seen[-2] in _WORDS)
    return None if one else "names a list or a part of the facts, not one value"


def _place(path: str, facts: Mapping[str, Any]) -> Place:
    steps: list[str | int] = []
    node: Any = facts
    for step in path.split("."):
        number: str | int = step
        if step == "+":
            number = len(node) if isinstance(node, list) else 0
        elif _NUMBER.fullmatch(step):
            number = int(step) - 1
        steps.append(number)
        try:
            node = node[number]
        except (KeyError, IndexError, TypeError):
            node = None
    return tuple(steps)


def _set(facts: dict[str, Any], place: Place, value: Any) -> None:
    """Put a value at a place; parts on the way that are not there are made."""
    node: Any = facts
    for step, following in zip(place, (*place[1:], None), strict=True):
        if following is None:
            _put(node, step, value)
            return
        held = node[step] if (isinstance(step, str) and step in node) or (isinstance(step, int) and step < len(node)) else None
        if isinstance(following, int) and not isinstance(held, list):
            held = [] if held is None else [held]
        elif isinstance(following, str) and not isinstance(held, dict):
            held = {} if held is None else {("name" if step in ("customer", "signer") else "text"): held}
        _put(node, step, held)
        node = held


def _put(node: Any, step: str | int, value: Any) -> None:
    if isinstance(node, list) and isinstance(step, int) and step >= len(node):
        node.append(value)
    else:
        node[step] = value


def _lines(value: str) -> list[str]:
    """An address as its lines, which a cell parts by new lines or semicolons."""
    return [line.strip() for line in value.replace(";", "\n").splitlines() if line.strip()]


def _meet(one: Place, other: Place) -> bool:
    return all(a == b for a, b in zip(one, other, strict=False))
