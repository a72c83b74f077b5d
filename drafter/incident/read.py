"""Incidents from YAML and JSON files: every fault at once, each with its line, key and nearest valid key."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

from drafter.errors import Complaint, IncidentError
from drafter.incident.approved import Approved
from drafter.incident.correction import Correction
from drafter.incident.incident import ACCEPTED, Incident
from drafter.incident.parts import Action, Ask, Company, Customer, Impact, Locked, Message, Person, Problem, Remedy
from drafter.texts import read_text

_PART_OF: dict[str, type[BaseModel]] = {
    "problems": Problem,
    "asks": Ask,
    "next": Action,
    "fixes": Action,
    "prevention": Action,
    "containment": Action,
    "impacts": Impact,
    "remedies": Remedy,
    "thread": Message,
    "corrections": Correction,
    "locked": Locked,
    "approved": Approved,
    "signer": Person,
    "customer": Customer,
    "company": Company,
}


_MAX_VALUES = 20_000


class _AsWritten(RoundTripConstructor):
    """Numbers and dates stay the words that were typed: 0142 keeps its zero, and February 30 its own complaint."""

    def construct_written(self, node: ScalarNode) -> str:
        return str(node.value)


for _tag in ("int", "float", "timestamp"):
    _AsWritten.add_constructor(f"tag:yaml.org,2002:{_tag}", _AsWritten.construct_written)


def read_incident(path: Path) -> Incident:
    """The incident in a YAML or JSON file.

    Raises:
        TextError: the file cannot be read as text.
        IncidentError: it is not YAML or JSON, or its facts do not hold together; all complaints at once.
    """
    return parse_incident(read_text(path), str(path))


def parse_incident(text: str, source: str = "") -> Incident:
    """The incident in a YAML or JSON text; raises as `read_incident` does."""
    with _sourced(source):
        data = _mapping(text, source)
        try:
            return Incident.model_validate(_plain(data, count()))
        except ValidationError as error:
            lines = data if hasattr(data, "lc") else _yaml(text.replace("\t", "  "), source)  # JSON is YAML but for tabs
            raise IncidentError(_complaints(error, lines), source) from None


def plain_facts(text: str, source: str = "") -> dict[str, Any]:
    """The keys and values of a YAML or JSON text of facts, which may have gaps that are filled later.

    Raises:
        IncidentError: it is not YAML or JSON, or holds no keys.
    """
    with _sourced(source):
        plain: dict[str, Any] = _plain(_mapping(text, source), count())
        return plain


@contextmanager
def _sourced(source: str) -> Iterator[None]:
    """Complaints of what goes on inside name their source; facts that nest too deeply are one."""
    try:
        yield
    except RecursionError:
        raise IncidentError("the facts are nested too deeply.", source) from None
    except IncidentError as error:
        raise error if error.source else IncidentError(error.complaints, source) from None


def _mapping(text: str, source: str) -> Mapping[str, Any]:
    data = _json(text, source) or _yaml(text, source)
    if not isinstance(data, Mapping):
        raise IncidentError("this holds no facts; start with 'company:', 'signer:' and 'problems:' (see examples/).", source)
    return data


def incident_from(data: Mapping[str, Any], source: str = "") -> Incident:
    """The incident in a mapping, with complaints in the user's terms.

    Raises:
        IncidentError: the facts do not hold together; all complaints at once.
    """
    try:
        return Incident.model_validate(_plain(data, count()))
    except ValidationError as error:
        raise IncidentError(_complaints(error, data), source) from None


def stored_incident(text: str) -> Incident:
    """The incident in the JSON of `model_dump_json`, as it was when it was accepted.

    Raises:
        pydantic.ValidationError: it is not.
    """
    return Incident.model_validate_json(text, context=ACCEPTED)


def _json(text: str, source: str) -> Any:
    """The data of a JSON text; None where the text is not meant as JSON."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_once) if text.lstrip().startswith("{") else None
    except json.JSONDecodeError as error:
        if not source.endswith(".json"):
            return None  # YAML may start with a brace too
        raise IncidentError([Complaint(f"not JSON: {error.msg}.", line=error.lineno)], source) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The mapping of some pairs, none of which may stand twice: the last would win, and a fact be lost."""
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise IncidentError([Complaint("this key stands twice.", twice)])
    return dict(pairs)


def _yaml(text: str, source: str) -> Any:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _AsWritten
    try:
        return yaml.load(StringIO(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        first = (error.problem or str(error)).strip().splitlines()[0]
        raise IncidentError([Complaint(f"not YAML: {first}.", line=line)], source) from None
    except (YAMLError, ValueError) as error:
        raise IncidentError([Complaint(f"not YAML: {str(error).splitlines()[0]}.")], source) from None


def _plain(value: Any, seen: Iterator[int]) -> Any:
    """Plain dicts, lists and scalars, without the loader's own types; `seen` counts them, as aliases can multiply without end."""
    if next(seen) > _MAX_VALUES:
        raise IncidentError(f"more than {_MAX_VALUES:,} values; an incident holds one mistake and what belongs to it.")
    if isinstance(value, Mapping):
        return {str(key): _plain(item, seen) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_plain(item, seen) for item in value]
    return str(value) if isinstance(value, str) else value


def explained(details: Sequence[ErrorDetails]) -> list[tuple[tuple[str | int, ...], str]]:
    """The faults that pydantic found in an incident, each once: its path, counted from nought, and what to write instead."""
    real = [detail for detail in details if not _is_echo(detail)]
    paths = [tuple(step for step in detail["loc"] if not _is_branch(step)) for detail in real]
    return list(dict.fromkeys((path, _message(detail, path)) for detail, path in zip(real, paths, strict=True)))


def _complaints(error: ValidationError, data: Mapping[str, Any]) -> list[Complaint]:
    found = [_complaint(path, message, data) for path, message in explained(error.errors(include_url=False))]
    return sorted(dict.fromkeys(found), key=lambda complaint: complaint.line or 0)


def _complaint(path: Sequence[str | int], message: str, data: Mapping[str, Any]) -> Complaint:
    key = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in path)
    return Complaint(message, key, _line(data, path))


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether a fault only follows from another: a default that waits for it, or the branch that was not meant."""
    if detail["type"] == "default_factory_not_called":
        return True
    return detail["loc"][-1:] == ("literal['unknown']",) and not isinstance(detail["input"], str)


def _is_branch(step: str | int) -> bool:
    """Whether a step of pydantic's path names a branch of a union, not a key of the file."""
    return isinstance(step, str) and ("[" in step or step in ("datetime", "date"))


_PLAINLY = {
    "too_long": "there are {actual_length} of these; an incident has at most {max_length}",
    "too_short": "at least one is needed",
    "string_too_long": "the text is too long; it has at most {max_length} characters",
    "string_pattern_mismatch": "an id holds small letters, digits, dots, dashes and underscores only",
    "model_type": "write this as keys with their values, such as {{name: ...}}",
    "model_attributes_type": "write this as keys with their values, such as {{name: ...}}",
    "tuple_type": "write this as a list",
    "string_type": "write this as a text",
    "string_too_short": "the text is empty",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "datetime_type": "write this as 2026-11-20 or 2026-11-20 09:10",
    "datetime_parsing": "write this as 2026-11-20 or 2026-11-20 09:10",
    "date_type": "write this as 2026-11-20",
    "date_parsing": "write this as 2026-11-20",
}


def _message(detail: ErrorDetails, path: Sequence[str | int]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        valid = keys_at(path[:-1])
        near = difflib.get_close_matches(str(path[-1]), valid, 1, 0.5)
        if " " in str(path[-1]):
            return "unknown key; a comma inside {...} starts a new key, so put the text in quotes"
        return "unknown key" + (f"; did you mean '{near[0]}'?" if near else f"; valid keys are {', '.join(valid)}")
    if kind == "missing":
        return "this key is missing"
    if kind == "literal_error":
        near = difflib.get_close_matches(
            str(detail["input"]), str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", "), 1
        )
        return f"'{detail['input']}' is not one of {context['expected']}" + (f"; did you mean '{near[0]}'?" if near else "")
    if kind in _PLAINLY:
        return _PLAINLY[kind].format(**context)
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "value_error":
        return message
    return f"should be {message}" if detail["msg"].startswith("Input should be ") else message


def keys_at(path: Sequence[str | int]) -> list[str]:
    """The keys that may stand at a path of the facts."""
    names = [step for step in path if isinstance(step, str)]
    model: type[BaseModel] = _PART_OF.get(names[-1], Incident) if names else Incident
    if names and names[-1] in ("amount", "cost"):
        return ["amount", "currency"]
    return list(model.model_fields)


def _line(data: Any, path: Sequence[str | int]) -> int | None:
    """The line of the deepest step of `path` that the file holds."""
    line: int | None = None
    node = data
    for step in path:
        position = getattr(node, "lc", None)
        try:
            if position is not None:
                line = (position.key(step) if isinstance(node, Mapping) else position.item(step))[0] + 1
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line
