"""Faults of a suite's file, each with file and line, in the words of who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from drafter.errors import InputError

_LISTS = ("texts", "drafts")
_WORDS = {"mentions": "words", "avoids": "words", "judge": "statements", "findings": "rules", "status": "states"}
_PLAINLY = {
    "missing": "this key is missing",
    "string_type": "write this as a text",
    "string_too_short": "the text is empty",
    "string_pattern_mismatch": "a name has small letters, digits and hyphens alone, such as brevity-chat-candles",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "model_type": "write this as keys with their values",
    "dict_type": "write this as keys with their values",
    "tuple_type": "a list is needed: [one, another]",
}

Step = str | int


def composed(path: Path, text: str, loader: type) -> yaml.Node | None:
    """The file as nodes that know their lines.

    Raises:
        InputError: it is no YAML, or a key stands twice in it.
    """
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{shown(path)}:{line}: this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{shown(path)} is not YAML: {' '.join(str(error).split())}") from None
    if twice := [f"{shown(path)}:{key.start_mark.line + 1}: {key.value}: this key stands twice" for key in _twice(node)]:
        raise InputError("\n".join(twice))
    return node


def explained(error: ValidationError, path: Path, node: yaml.Node | None, models: Mapping[str, type[BaseModel]]) -> InputError:
    """The error as a reader sees it: a line for each fault; `models` are what stands below a key."""
    lines = [line for each in error.errors(include_url=False) for line in _told(each, path, node, models)]
    return InputError("\n".join(dict.fromkeys(lines)))


def line_of(node: yaml.Node | None, steps: Sequence[Step]) -> int:
    """The line of the deepest of the steps that the file holds."""
    line = node.start_mark.line + 1 if node else 1
    for step in steps:
        if isinstance(node, yaml.MappingNode) and (found := next((pair for pair in node.value if pair[0].value == step), None)):
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def lines_of_case(text: str, name: str) -> list[int]:
    """The lines where a case of that name begins."""
    node = yaml.compose(text)
    lists = [value for key, value in node.value if key.value in _LISTS] if isinstance(node, yaml.MappingNode) else []
    places = [case for each in lists for case in each.value if any((key.value, value.value) == ("id", name) for key, value in case.value)]
    return [case.start_mark.line + 1 for case in places]


def shown(path: Path) -> str:
    """A file as it is seen from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _told(detail: ErrorDetails, path: Path, node: yaml.Node | None, models: Mapping[str, type[BaseModel]]) -> Iterator[str]:
    steps = _steps(detail["loc"])
    cause = getattr(detail.get("ctx", {}).get("error"), "__cause__", None)
    complaints = (
        [(one.key, one.message) for one in cause.complaints] if isinstance(cause, InputError) else [("", _message(detail, steps, models))]
    )
    for key, message in complaints:
        below: list[Step] = [int(part) - 1 if part.isdecimal() else part for part in key.split(".") if part]
        place = [*steps, *(_source(node, steps) if below else []), *below]
        where = ": ".join(filter(None, (_case(node, place), ".".join(_counted(place)))))
        yield f"{shown(path)}:{line_of(node, place)}: {where + ': ' if where else ''}{message}"


def _steps(loc: Sequence[Step]) -> list[Step]:
    """The path without the branch of a union, which pydantic names after its type behind the place in a list."""
    ends = (
        at for at, step in enumerate(loc[2:], 2) if isinstance(step, str) and isinstance(loc[at - 1], int) and loc[at - 2] not in _LISTS
    )
    return list(loc[: next(ends, None)])


def _source(node: yaml.Node | None, steps: Sequence[Step]) -> list[Step]:
    """Where the facts of a case stand."""
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    keys = {key.value for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
    return ["facts"] if "facts" in keys else ["desk"]


def _case(node: yaml.Node | None, place: Sequence[Step]) -> str:
    """The name of the case that a place is in."""
    if len(place) < 2 or place[0] not in _LISTS or not isinstance(node, yaml.MappingNode):
        return ""
    cases = next((value for key, value in node.value if key.value == place[0]), None)
    case = cases.value[place[1]] if isinstance(cases, yaml.SequenceNode) and isinstance(place[1], int) else None
    pairs = case.value if isinstance(case, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _counted(place: Sequence[Step]) -> list[str]:
    """The steps within a case, as they are said: lists are counted from one."""
    within = place[2:] if place and place[0] in _LISTS and len(place) > 1 else place
    return [str(step + 1) if isinstance(step, int) else step for step in within]


def _message(detail: ErrorDetails, steps: Sequence[Step], models: Mapping[str, type[BaseModel]]) -> str:
    kind, words = detail["type"], [step for step in steps if isinstance(step, str)]
    last = words[-1] if words else ""
    if kind == "extra_forbidden":
        valid = list(models[words[-2] if len(words) > 1 else ""].model_fields)
        near = difflib.get_close_matches(last, valid, 1, 0.5)
        return "there is no such key; " + (f"did you mean '{near[0]}'?" if near else f"there are {', '.join(valid)}")
    if last == "mentions" and steps[-1] != last:
        return "a word is needed here, or a list of words of which one is enough"
    if kind == "tuple_type" and last in _WORDS:
        return f"a list of {_WORDS[last]} is needed: [one, another]"
    if kind == "literal_error":
        return f"'{detail['input']}' is none of {detail['ctx']['expected'].replace(chr(39), '').replace(' or ', ', ')}"
    return _PLAINLY.get(kind) or detail["msg"].removeprefix("Value error, ")


def _twice(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """The keys that stand a second time in the same place: the last would win, and what the first said be lost."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _twice(each)
