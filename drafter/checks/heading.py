"""The YAML of a head, as a value: strict, and with lines in what it complains of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml  # reads all rule files in the time that ruamel needs for one

from drafter.errors import Complaint, RuleError

_BOOL, _TEXT = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:str"


def read_yaml(head: str, path: Path) -> dict[str, Any]:
    """What the head says, by key.

    Raises:
        RuleError: it is not YAML, or holds no keys; the line is that of the file.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(head)
    try:
        node = loader.get_single_node()
        _as_written(node)
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise RuleError([Complaint(f"not YAML: {error.problem}.", line=line)], path.name) from None
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise RuleError([Complaint("the head holds no keys.", line=2)], path.name)
    return data


def _as_written(node: Any) -> None:
    """Hold the reader to YAML 1.2: "no" and "on" are words, and a key stands once."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag == _BOOL and node.value.lower() not in ("true", "false"):
            node.tag = _TEXT
    elif isinstance(node, yaml.MappingNode):
        seen: set[object] = set()
        for key, value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key '{key.value}' stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
            _as_written(key)
            _as_written(value)
    elif node is not None:
        for item in node.value:
            _as_written(item)
