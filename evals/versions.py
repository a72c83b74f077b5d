"""Versions of the prompts: a new one to try, what it changes, and its way to being the live one or out of use.

A version goes live only with a run of exactly its words behind it that is not worse than a run of the live version with the
same model. Its file then says so in its head; nothing else in it changes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from drafter.errors import InputError, PromptError
from drafter.prompts import Prompt, live_prompt, read_prompt, shipped
from drafter.texts import read_text
from evals.compare import Run, changes, page

WRITERS = {"draft": "chain", "revise": "chain", "rework": "rework", "read_ticket": "tickets"}  # who writes with a prompt in a run
_STATUS = re.compile(r"(?m)^status: *\w+$")
_CHANGE = re.compile(r"(?m)^change:.*$")


def read_version(label: str, folder: Path | None = None) -> tuple[Path, Prompt]:
    """The file of a version such as draft.v2, and the prompt in it.

    Raises:
        PromptError: there is no such version, or its file does not follow the format.
    """
    place = folder or shipped()
    path = place / f"{label}.md"
    if not path.is_file():
        there = ", ".join(sorted(each.stem for each in place.glob("*.v*.md")))
        raise PromptError(f"there is no prompt {label}; there is {there or 'none at all'}.", str(place))
    return path, read_prompt(path)


def listing(folder: Path | None = None) -> Iterator[str]:
    """Every version of every prompt: whether it is live, on trial or retired, its hash as runs name it, and what it changed.

    Raises:
        PromptError: a file does not follow the format, or the folder holds no prompts.
    """
    place = folder or shipped()
    found = sorted((read_prompt(path) for path in place.glob("*.v*.md")), key=lambda one: (one.name, one.version))
    if not found:
        raise PromptError("there are no prompts such as draft.v1.md.", str(place))
    width = max(len(one.label) for one in found)
    for one in found:
        yield f"{one.label:{width}}  {one.status:8} {one.hash}  {one.change}"


def new_version(name: str, change: str, folder: Path | None = None) -> Path:
    """The file of a new version on trial, with the words of the live one; `change` says what it is to change.

    Raises:
        InputError: nothing says what it changes.
        PromptError: there is no live prompt of that name.
    """
    if not change.strip() or "\n" in change:
        raise InputError("say in one line what the new version changes", "change")
    place = folder or shipped()
    live, _ = read_version(_live(name, place).label, place)
    numbers = [read_prompt(path).version for path in place.glob(f"{name}.v*.md")]
    path = place / f"{name}.v{max(numbers) + 1}.md"
    text = _STATUS.sub("status: trial", read_text(live), count=1)
    path.write_text(_CHANGE.sub(lambda _: f"change: {_quoted(change.strip())}", text, count=1), "utf-8")
    read_prompt(path)
    return path


def difference(one: str, other: str, folder: Path | None = None) -> Iterator[str]:
    """The lines that differ between two versions, as `diff -u` has them.

    Raises:
        PromptError: there is no such version.
    """
    first, second = (read_text(read_version(label, folder)[0]).splitlines() for label in (one, other))
    return difflib.unified_diff(first, second, one, other, lineterm="", n=2)


def promote(label: str, run: Run, against: Run, folder: Path | None = None) -> Iterator[str]:
    """Make a version the live one, and retire the one before it; yields what the two runs say.

    Raises:
        InputError: a run is of other words or another model, leaves cases out, or the version is worse; nothing is changed.
        PromptError: there is no such version, or it is live already.
    """
    path, prompt = read_version(label, folder)
    live = _live(prompt.name, folder or shipped())
    if prompt.status == "live":
        raise PromptError(f"{label} is live already.", str(path))
    writer = WRITERS[prompt.name]
    model = _model_of(run, prompt)
    if _model_of(against, live) != model:
        raise InputError(f"{live.label} was run with another model than {label}; run both with the same one")
    missing = against.cases[writer].keys() - run.cases[writer].keys()
    if missing:
        raise InputError(f"the run of {label} leaves out {len(missing)} cases that the run of {live.label} has, {min(missing)} among them")
    found = [change for change in changes(against, run) if change.writer == writer]
    if not found:
        raise InputError("the two runs have no case in common")
    if worse := [change for change in found if change.is_worse]:
        falls = "; ".join(f"{one.figure} fell from {one.before:.3f} to {one.after:.3f}" for one in worse)
        raise InputError(f"{label} is worse than {live.label} by more than chance: {falls}")
    _mark(read_version(live.label, folder)[0], "retired")
    _mark(path, "live")
    yield from page(found, Run({writer: {}}, against.by), Run({writer: {}}, run.by))
    yield f"{label} is live; {live.label} is retired."


def retire(label: str, folder: Path | None = None) -> None:
    """Take a version out of use.

    Raises:
        PromptError: there is no such version, or no other of its name would be live.
    """
    path, prompt = read_version(label, folder)
    if prompt.status == "live":
        raise PromptError(f"{label} is live: promote another version first.", str(path))
    _mark(path, "retired")


def _live(name: str, folder: Path) -> Prompt:
    found = [one for path in folder.glob(f"{name}.v*.md") if (one := read_prompt(path)).status == "live"]
    return max(found, key=lambda one: one.version) if found else live_prompt(name, folder)


def _model_of(run: Run, prompt: Prompt) -> str:
    """The model that wrote the letters of a run with exactly this prompt."""
    writer = WRITERS[prompt.name]
    words = run.by.get(writer, "").replace(",", " ").split()
    if prompt.hash not in words or writer not in run.cases:
        raise InputError(f"no run of {prompt.label} as it stands: python -m evals drafts --model NAME --prompt {prompt.label}")
    return words[0]


def _mark(path: Path, status: str) -> None:
    path.write_text(_STATUS.sub(f"status: {status}", read_text(path), count=1), "utf-8")


def _quoted(text: str) -> str:
    """The text as YAML takes it in one line."""
    return "'" + text.replace("'", "''") + "'"
