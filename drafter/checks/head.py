"""The head of a rule file and its body."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from drafter.checks.lexicon import CONTROL
from drafter.checks.prepared import mark, prepared
from drafter.errors import Complaint, RuleError

_HEAD = re.compile(r"---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.S)


def head_and_body(path: Path) -> tuple[str, str]:
    """The head and the body of a rule file.

    Raises:
        RuleError: it has no head, or holds a control character.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise RuleError("the file is not UTF-8; save it as UTF-8 and try again.", path.name) from None
    if match := CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise RuleError([Complaint("the file holds a control character.", line=line)], path.name)
    parts = _HEAD.match(text)
    if not parts:
        raise RuleError([Complaint("a rule begins with '---', its head, '---', and then says what the user reads.", line=1)], path.name)
    return parts["head"], parts["body"].strip()


def head_of(head: str, path: Path, *, but_for: re.Pattern[str] | None = None) -> dict[str, Any]:
    """What a head in YAML says, by key, `but_for` some blocks of it; those that come with Drafter have been read before.

    Raises:
        RuleError: it is not YAML, or holds no keys; the line is that of the file.
    """
    if (known := prepared("heads").get(mark(head))) is not None:
        return dict(known)
    from drafter.checks.heading import read_yaml

    return read_yaml(without(but_for, head) if but_for else head, path)


def without(block: re.Pattern[str], head: str) -> str:
    """The head with empty lines in place of some blocks: the others keep their place, for whoever tells of a fault."""
    return block.sub(lambda match: "\n" * match[0].count("\n"), head)
