"""What the commands read: texts and incidents from files or standard input, and options with a fixed set of values."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from drafter.errors import Complaint, InputError, TextError
from drafter.texts import MAX_BYTES, decode, read_text

if TYPE_CHECKING:
    from drafter.incident import Incident, Kind

STDIN = "-"
_STDIN_NAME = "standard input"
_Value = TypeVar("_Value", bound=str)


def read_input(name: str) -> str:
    """The text of the file of that name, or of standard input for "-".

    Raises:
        TextError: it cannot be read as text.
    """
    if name != STDIN:
        return read_text(Path(name))
    if sys.stdin is None:
        raise TextError("it is closed; name a file, or pipe the text in.", _STDIN_NAME)
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise TextError(f"it cannot be read ({error.strerror}).", _STDIN_NAME) from None
    return decode(data, _STDIN_NAME)


def read_inputs(names: Sequence[str]) -> list[tuple[str, str]]:
    """Name and text of each input, in order; all are read before any is used.

    Raises:
        InputError: one or more cannot be read; every complaint at once.
    """
    found: list[tuple[str, str]] = []
    wrong: list[Complaint] = []
    for name in dict.fromkeys(names):
        try:
            found.append((name, read_input(name)))
        except TextError as error:
            wrong.append(Complaint(str(error)))
    if wrong:
        raise InputError(wrong)
    return found


def read_facts(name: str, kind: str | None = None) -> Incident:
    """The incident in a file or on standard input; `kind` replaces the one it has.

    Raises:
        InputError: the facts cannot be read, do not hold together, or do not go with `kind`.
    """
    from drafter.incident import incident_from, parse_incident

    incident = parse_incident(read_input(name), _STDIN_NAME if name == STDIN else name)
    if kind is None:
        return incident
    return incident_from({**incident.model_dump(), "kind": kind_of(kind)}, "--kind")


def kind_of(value: str) -> Kind:
    """The kind of message of that name.

    Raises:
        InputError: there is no such kind.
    """
    from drafter.incident import KIND_FAULTS

    return one_of("--kind", value, KIND_FAULTS)


def one_of(option: str, value: str, allowed: Iterable[_Value]) -> _Value:
    """`value`, when it is one of those that `option` takes.

    Raises:
        InputError: it is not; the nearest is named.
    """
    values = {str(item): item for item in allowed}
    if value in values:
        return values[value]
    near = difflib.get_close_matches(value, values, 1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    raise InputError(f"'{value}' is not one of {', '.join(values)}{hint}", option)
