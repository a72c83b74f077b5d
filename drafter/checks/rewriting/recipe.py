"""Recipes: for each rule, how its words are put right, as data that is read when the rule has found something."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import re2

from drafter.checks.head import head_of
from drafter.checks.lexicon import expand
from drafter.checks.pattern import compiled
from drafter.errors import Complaint, RuleError

FOLDER = Path(__file__).parents[1] / "rewrites"
LeaveOut = Literal["never", "propose", "safe"]
_LEAVE_OUT = {"never": "never", "propose": "propose", "safe": "safe"}
_KEYS, _STEP_KEYS = ("leave_out", "steps"), ("find", "put", "safe", "needs")


@dataclass(frozen=True)
class Step:
    """One way to put words right: `find` in the sentence, and `put` in place of its group `cut` or of all that it finds."""

    find: str  # RE2, with its lists filled in; "" is the flagged words themselves
    put: str  # a template of the groups of `find` and of what the facts and the text give; [brackets] are for a person to fill
    safe: bool = True  # whether it may be put without asking
    needs: str = ""  # an element that the text must have


@dataclass(frozen=True)
class Recipe:
    """What a rule offers, first that fits; last, whether the clause with the flagged words may go as a whole."""

    steps: tuple[Step, ...] = ()
    leave_out: LeaveOut = "never"


@cache
def recipe_for(rule: str, language: str) -> Recipe:
    """The recipe of a rule; an empty one where it has none.

    Raises:
        RuleError: its file does not follow the format; every fault is named.
    """
    path = FOLDER / language / f"{rule}.yaml"
    return read_recipe(path, language) if path.is_file() else Recipe()


def read_recipe(path: Path, language: str = "en", *, strict: bool = False) -> Recipe:
    """The recipe in a file; `strict` also compiles each pattern, which otherwise waits for its use.

    Raises:
        RuleError: the file does not follow the format; every fault is named.
    """
    data = head_of(path.read_text("utf-8"), path)
    faults = [f"unknown key '{key}'; the keys are {', '.join(_KEYS)}" for key in data if key not in _KEYS]
    if (leave_out := data.get("leave_out", "never")) not in _LEAVE_OUT:
        faults.append(f"leave_out: '{leave_out}' is not one of {', '.join(_LEAVE_OUT)}")
    steps = data.get("steps", [])
    if not isinstance(steps, list):
        raise RuleError("steps is a list, each with find and put.", path.name)
    read = [_step(item, language, faults) for item in steps]
    if strict:
        faults += filter(None, (_unreadable(step.find) for step in read))
    if faults:
        raise RuleError([Complaint(f"{fault}.") for fault in faults], path.name)
    return Recipe(tuple(read), leave_out)


def _step(item: Any, language: str, faults: list[str]) -> Step:
    if not (isinstance(item, dict) and isinstance(item.get("find"), str) and isinstance(item.get("put"), str)):
        faults.append(f"a step is written {{find: '…', put: '…'}}, not {item}")
        return Step("", "")
    faults += [f"unknown key '{key}'; the keys of a step are {', '.join(_STEP_KEYS)}" for key in item if key not in _STEP_KEYS]
    if not isinstance(item.get("safe", True), bool):
        faults.append(f"safe: '{item['safe']}' is not true or false")
    try:
        find = expand(item["find"], language)
    except RuleError as error:
        faults.append(f"'{item['find'][:60]}': {error}".rstrip("."))
        find = ""
    return Step(find, item["put"], item.get("safe", True) is True and "[" not in item["put"], str(item.get("needs", "")))


def _unreadable(find: str) -> str:
    """What is wrong with a pattern; "" where nothing is."""
    try:
        compiled(find)
    except (re2.error, UnicodeEncodeError) as error:
        return f"'{find[:60]}': {error}".rstrip(".")
    return ""
