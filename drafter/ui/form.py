"""The form: its fields, and what they hold as the facts of an incident."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from drafter.errors import Complaint
from drafter.incident import Channel, Fault, Kind, Remedy, Severity, Tone
from drafter.ui import words

Sort = Literal["line", "lines", "clause", "choice"]

_PROBLEM = "problems.1."
_REMEDY = _PROBLEM + "remedies.1."
_CHOICES: dict[str, tuple[str, ...]] = {
    _PROBLEM + "fault": get_args(Fault),
    _REMEDY + "kind": ("", *get_args(Remedy.model_fields["kind"].annotation)),
    "channel": get_args(Channel),
    "tone": get_args(Tone),
    "severity": get_args(Severity),
    "kind": ("", *get_args(Kind)),
}
_LINES = ("impacts", "known", "unknown", "fixes.done", "fixes.doing", "prevention")
_CLAUSES = ("what", "ours", "customer_part", "cause", "remedies.1.text")
DEFAULTS = {_PROBLEM + "fault": "ours", "channel": "email", "tone": "plain", "severity": "normal", "locale": "en-US", "timezone": "UTC"}
FIELDS = tuple(words.LABELS)


def sort_of(field: str) -> Sort:
    """Whether a field holds one line, several, a clause, or one of a few values."""
    if field in _CHOICES:
        return "choice"
    if field.removeprefix(_PROBLEM) in _LINES:
        return "lines"
    return "clause" if field.removeprefix(_PROBLEM) in _CLAUSES or field == "next.1.will" else "line"


def choices_of(field: str) -> list[tuple[str, str]]:
    """What a person reads, and the value it stands for, of a field with fixed values."""
    empty = words.NOTHING if field == _REMEDY + "kind" else words.CHOICES[""]
    return [(words.CHOICES[value] if value else empty, value) for value in _CHOICES[field]]


def facts_of(values: Sequence[str | None]) -> dict[str, Any]:
    """The facts that the form's values state, in the order of FIELDS; what is empty is left out."""
    form = {field: text.strip() for field, text in zip(FIELDS, values, strict=True) if text and text.strip()}
    facts: dict[str, Any] = {key: form[key] for key in ("company", *_TOP) if key in form}
    for person in ("signer", "customer"):
        if named := _under(form, f"{person}."):
            facts[person] = named
    facts["problems"] = [_problem(form)]
    if action := _under(form, "next.1."):
        facts["next"] = [action]
    return facts


_TOP = ("channel", "tone", "severity", "kind", "reference", "locale", "timezone")


def _under(form: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in form.items() if key.startswith(prefix)}


def _problem(form: Mapping[str, str]) -> dict[str, Any]:
    fields = _under(form, _PROBLEM)
    problem: dict[str, Any] = {key: fields[key] for key in ("what", "fault", "ours", "customer_part", "when", "cause") if key in fields}
    if problem.get("fault") not in ("ours", "shared"):
        problem.pop("ours", None)
    if problem.get("fault") != "shared":
        problem.pop("customer_part", None)
    for key in ("impacts", "known", "unknown"):
        if key in fields:
            problem[key] = _split(fields[key])
    fixes = [{state: text} for state in ("done", "doing") for text in _split(fields.get(f"fixes.{state}", ""))]
    problem |= {"fixes": fixes} if fixes else {}
    if "prevention" in fields:
        problem["prevention"] = [{"done": text} for text in _split(fields["prevention"])]
    if remedy := _under(form, _REMEDY):
        problem["remedies"] = [remedy]
    return problem


def _split(text: str) -> list[str]:
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def told(complaint: Complaint) -> str:
    """A complaint in the form's own words: labels in place of keys."""
    key, message = complaint.key, complaint.message
    if (named := re.match(r"(\w+): ", message)) and f"{key}.{named[1]}" in words.LABELS:
        key, message = f"{key}.{named[1]}", message[named.end() :]
    label = _label(key)
    message = words.MISSING if message == "this key is missing" else message
    message = re.sub(r"`(\w+)`", lambda name: f"“{words.LABELS.get(_PROBLEM + name[1], name[1])}”", message)
    return f"{label}: {message}" if label else message


def _label(key: str) -> str:
    """The label of the field that a key names; "problems.1.fixes.2.doing" is a line of "problems.1.fixes.doing"."""
    steps = key.split(".")
    loose = ".".join(step for i, step in enumerate(steps) if i <= 1 or not step.isdigit())
    for name in (key, loose, *(".".join(steps[:n]) for n in range(len(steps) - 1, 0, -1))):
        if name in words.LABELS:
            return words.LABELS[name]
    return next((label for field, label in words.LABELS.items() if field == f"{key}.name"), "")
