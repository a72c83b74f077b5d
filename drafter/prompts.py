"""Prompts: versioned Markdown with a YAML head, checked when read, rendered as chat messages."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Literal, get_args

from langchain_core.prompts import ChatPromptTemplate
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from drafter.errors import Complaint, PromptError
from drafter.texts import read_text

Status = Literal["live", "trial", "retired"]
_NAME = re.compile(r"^(?P<name>[a-z][a-z0-9_]*)\.v(?P<version>[1-9]\d*)\.md$")
_HEAD = ("status", "variables", "change")
_ROLES = ("system", "user")
_BRACES = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}\n]*)\}|[{}]")
_VARIABLE = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class Prompt:
    """One version of a prompt: `template` renders it, `hash` is of the file's content."""

    name: str
    version: int
    status: Status
    variables: tuple[str, ...]
    change: str
    template: ChatPromptTemplate
    hash: str

    @property
    def label(self) -> str:
        """Name and version, as a draft records them: "draft.v1"."""
        return f"{self.name}.v{self.version}"

    @property
    def text(self) -> str:
        """What it tells a model, part by part, with its variables in braces."""
        parts = (getattr(message, "prompt").template for message in self.template.messages)  # noqa: B009 - it has one, as read_prompt made it
        return "\n\n".join(f"# {role}\n\n{part}" for role, part in zip(_ROLES, parts, strict=True))


def live_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The highest live version of a prompt in `folder`, else among those that come with Drafter.

    Raises:
        PromptError: there is none, or a file of the folder does not follow the format.
    """
    found = [prompt for prompt in prompts(folder) if prompt.name == name and prompt.status == "live"]
    if not found:
        names = sorted({prompt.name for prompt in prompts(folder) if prompt.status == "live"})
        raise PromptError(f"there is no live prompt '{name}'; there is {', '.join(names) or 'none at all'}.", str(folder or shipped()))
    return max(found, key=lambda prompt: prompt.version)


def prompts(folder: Path | None = None) -> tuple[Prompt, ...]:
    """Every prompt of a folder, by name and version.

    Raises:
        PromptError: a file does not follow the format.
    """
    return _prompts(folder or shipped())


def shipped() -> Path:
    """The folder of the prompts that come with Drafter: in the wheel, else in the checkout."""
    inside = Path(__file__).parent / "_prompts"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "prompts"


def read_prompt(path: Path) -> Prompt:
    """The prompt in a file.

    Raises:
        TextError: it cannot be read.
        PromptError: it does not follow the format; all complaints at once, each with its line.
    """
    named = _NAME.match(path.name)
    if not named:
        raise PromptError("a prompt is named <name>.v<number>.md, for example draft.v2.md.", str(path))
    text = read_text(path).replace("\r\n", "\n")
    lines = text.split("\n")
    fence = next((i for i, line in enumerate(lines) if i and line == "---"), None)
    if lines[0] != "---" or fence is None:
        raise PromptError([Complaint("a prompt starts with a head between two lines of '---'.", line=1)], str(path))
    head, where = _head("\n".join(lines[1:fence]), str(path))
    body = _body(lines[fence + 1 :], fence + 2, str(path))
    complaints = [*_head_complaints(head, where), *_variable_complaints(head, body, where)]
    if complaints:
        raise PromptError(sorted(complaints, key=lambda complaint: complaint.line or 0), str(path))
    return Prompt(
        name=named["name"],
        version=int(named["version"]),
        status=head["status"],
        variables=tuple(head["variables"]),
        change=str(head["change"]).strip(),
        template=ChatPromptTemplate.from_messages([(role, body[role][1]) for role in _ROLES]),
        hash=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


@lru_cache(maxsize=16)
def _prompts(folder: Path) -> tuple[Prompt, ...]:
    return tuple(sorted((read_prompt(path) for path in sorted(folder.glob("*.md"))), key=lambda prompt: (prompt.name, prompt.version)))


def _head(text: str, source: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The head, and the line of each of its keys."""
    try:
        head = YAML(typ="safe", pure=True).load(StringIO(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise PromptError([Complaint(f"the head is not YAML: {error.problem}.", line=line)], source) from None
    except YAMLError as error:
        raise PromptError([Complaint(f"the head is not YAML: {str(error).splitlines()[0]}.")], source) from None
    if not isinstance(head, Mapping):
        raise PromptError([Complaint(f"the head needs the keys {', '.join(_HEAD)}.", line=1)], source)
    lines = text.split("\n")
    where = {key: next((i for i, row in enumerate(lines, 2) if row.startswith(f"{key}:")), 1) for key in head}
    return dict(head), where


def _head_complaints(head: dict[str, Any], where: dict[str, int]) -> Iterator[Complaint]:
    for key in head:
        if key not in _HEAD:
            near = difflib.get_close_matches(str(key), _HEAD, 1, 0.5)
            yield Complaint(
                "unknown key; " + (f"did you mean '{near[0]}'?" if near else f"valid keys are {', '.join(_HEAD)}"), str(key), where[key]
            )
    for key in _HEAD:
        if key not in head:
            yield Complaint("this key is missing", key, 1)
    if "status" in head and head["status"] not in get_args(Status):
        yield Complaint(f"'{head['status']}' is not one of {', '.join(get_args(Status))}", "status", where["status"])
    if "change" in head and not str(head["change"] or "").strip():
        yield Complaint("say in a sentence what this version changes", "change", where["change"])
    if "variables" in head and not _is_names(head["variables"]):
        yield Complaint("this is a list of names in small letters: [facts, tone]", "variables", where["variables"])


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and _VARIABLE.match(name) for name in value)


def _body(lines: list[str], first: int, source: str) -> dict[str, tuple[int, str]]:
    """Role -> the line its text starts on, and the text."""
    at = [(i, line[2:].strip()) for i, line in enumerate(lines) if line.startswith("# ")]
    if [name for _, name in at] != list(_ROLES):
        wrong = next((i for i, name in at if name not in _ROLES), 0)
        raise PromptError(
            [Complaint("the body is '# system', then '# user', each once (smaller headings start with ##).", line=first + wrong)], source
        )
    ends = [at[1][0], len(lines)]
    found: dict[str, tuple[int, str]] = {}
    for (i, name), end in zip(at, ends, strict=True):
        text = "\n".join(lines[i + 1 : end])
        blank = len(text) - len(text.lstrip("\n"))
        found[name] = (first + i + 1 + blank, text.strip("\n"))
    empty = [Complaint(f"nothing stands under '# {name}'.", line=line) for name, (line, text) in found.items() if not text.strip()]
    if empty:
        raise PromptError(empty, source)
    return found


def _variable_complaints(head: dict[str, Any], body: dict[str, tuple[int, str]], where: dict[str, int]) -> Iterator[Complaint]:
    declared: list[str] = head["variables"] if _is_names(head.get("variables")) else []
    used: set[str] = set()
    for start, text in body.values():
        for match in _BRACES.finditer(text):
            line = start + text.count("\n", 0, match.start())
            if match[0] in ("{{", "}}"):
                continue
            if match["name"] is None or not _VARIABLE.match(match["name"]):
                yield Complaint(f"a brace that is meant as a brace is written twice: write {{{{ or }}}} around '{match[0]}'.", line=line)
            elif match["name"] not in declared:
                near = difflib.get_close_matches(match["name"], declared, 1, 0.5)
                yield Complaint(
                    f"{{{match['name']}}} is not among the variables of the head" + (f"; did you mean '{near[0]}'?" if near else "."),
                    line=line,
                )
            used.add(match["name"] or "")
    for name in declared:
        if name not in used:
            yield Complaint(f"'{name}' is declared, and the body never uses it.", "variables", where["variables"])
