"""What the commands read: texts and incidents from files or standard input, and options with a fixed set of values."""

from __future__ import annotations

import difflib
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from drafter.cli.paths import STDIN, files_of
from drafter.errors import Complaint, InputError, TextError
from drafter.markup import Markup, markup_of
from drafter.texts import MAX_BYTES, MAX_MAIL, decode, read_bytes

if TYPE_CHECKING:
    from drafter.incident import Channel, Incident, Kind

_STDIN_NAME = "standard input"
_Value = TypeVar("_Value", bound=str)


@dataclass(frozen=True)
class Input:
    """A text to check: its name, as results show it, what its name says of its markup, and whether a byte order mark led it."""

    name: str
    text: str
    markup: Markup = "text"
    marked: bool = False


def read_input(name: str, *, called: str = "") -> Input:
    """The file of that name, or standard input for "-", which may be `called` like a file.

    Raises:
        TextError: it cannot be read as text.
    """
    shown = called or name
    markup = markup_of(shown)
    source = source_of(shown)
    most = MAX_MAIL if markup == "eml" else MAX_BYTES
    data = _stdin(most) if name == STDIN else read_bytes(Path(name), most=most)
    text = _mail(data, source) if markup == "eml" else decode(data, source)
    return Input(shown, text, markup, marked=data.startswith(BOM_UTF8))


def source_of(name: str) -> str:
    """How an input is called in a complaint."""
    return _STDIN_NAME if name == STDIN else name


def _stdin(most: int) -> bytes:
    if sys.stdin is None:
        raise TextError("it is closed; name a file, or pipe the text in.", _STDIN_NAME)
    try:
        return sys.stdin.buffer.read(most + 1)
    except OSError as error:
        raise TextError(f"it cannot be read ({error.strerror}).", _STDIN_NAME) from None


def _mail(data: bytes, source: str) -> str:
    """A mail, which may be in another charset than UTF-8 where it says so."""
    try:
        return decode(data, source, mail=True)
    except TextError:
        from drafter.markup.eml import charset_of

        charset = charset_of(data)
        if charset is None:
            raise
        return decode(data, source, charset=charset, mail=True)


def read_inputs(names: Sequence[str], wrong: list[Complaint], *, called: str = "") -> list[Input]:
    """The inputs that these names, patterns and folders stand for, in order; all are read before any is used.

    What cannot be read, or stands for nothing, is added to `wrong`.
    """
    files: list[str] = []
    for name in names:
        with collecting(wrong):
            files += files_of(name)
    found: list[Input] = []
    for file in dict.fromkeys(files):
        with collecting(wrong):
            found.append(read_input(file, called=called if file == STDIN else ""))
    return found


@contextmanager
def collecting(wrong: list[Complaint], source: str = "") -> Iterator[None]:
    """Add what is wrong with one of several inputs to `wrong`, a line each, instead of raising it."""
    try:
        yield
    except InputError as error:
        told = error if error.source else InputError(error.complaints, source)
        wrong += [Complaint(line) for line in str(told).splitlines()]


def read_facts(name: str, kind: str | None = None) -> Incident:
    """The incident in a file or on standard input; `kind` replaces the one it has.

    Raises:
        InputError: the facts cannot be read, do not hold together, or do not go with `kind`.
    """
    from drafter.incident import incident_from, parse_incident

    incident = parse_incident(read_input(name).text, source_of(name))
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


def channel_of(value: str) -> Channel:
    """The channel of that name.

    Raises:
        InputError: there is no such channel.
    """
    from drafter.incident import Channel

    return one_of("--channel", value, get_args(Channel))


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
