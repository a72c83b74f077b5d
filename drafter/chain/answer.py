"""Sections out of a model's answer, whether it kept the schema or wrote under headings, whole or still streaming."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from drafter.draft import SectionName
from drafter.errors import ModelError
from drafter.model import Answer, Form

Texts = dict[SectionName, str]

_HEADING = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]*\**|\*\*)(?P<name>[A-Za-z][A-Za-z _-]{2,30}?)(?:\*\*)?[ \t]*:?[ \t]*(?:\*\*)?[ \t]*#*$")
_FENCE = re.compile(r"\A\s*```[a-z]*\s*\n|\n\s*```\s*\Z")
_REFUSAL = re.compile(
    r"\A\W*(?:(?:i['’]?m (?:sorry|afraid)|sorry|as an ai)\b.{0,60}?)?"
    r"\bi(?: can(?:no|['’])t| am (?:not able|unable)|['’]m (?:not able|unable)| won['’]t)\b",
    re.I,
)


def form_for(names: Sequence[SectionName]) -> Form:
    """How an answer with these sections is written: an object with one text per section, or one heading per section."""
    return Form(
        name="sections",
        schema={
            "type": "object",
            "properties": {name: {"type": "string"} for name in names},
            "required": list(names),
            "additionalProperties": False,
        },
        structured=f"Answer with one JSON object. Its keys are {', '.join(names)}, in this order; each value is the text of that section.",
        plain="Answer with the sections alone, each under its own heading, in this order:\n\n"
        + "\n\n".join(f"## {name}\n(its text)" for name in names),
    )


def sections_of(answer: Answer, names: Sequence[SectionName]) -> Texts:
    """The sections that an answer holds, without those that are empty; of an answer that was cut off, those before the cut.

    Raises:
        ModelError: the model refused, or the answer cannot be read at all; the message says so in plain words.
    """
    if answer.ended == "refused":
        raise ModelError("the model refused to write this message")
    text = _FENCE.sub("", answer.text)
    cut = answer.ended == "cut_off"
    found = _from_json(text, names, cut=cut) if text.lstrip().startswith("{") else _from_headings(text, names, cut=cut)
    if not found and _REFUSAL.match(text):
        raise ModelError("the model refused to write this message")
    return {name: value for name, value in found.items() if value.strip()}


def finished(text: str, names: Sequence[SectionName]) -> Texts:
    """The sections that stand whole in an answer that is still streaming in."""
    text = _FENCE.sub("", text)
    return _from_json(text, names, cut=True) if text.lstrip().startswith("{") else _from_headings(text, names, cut=True)


def json_in(text: str) -> Any:
    """The JSON object in an answer, which may stand in a fence or between other words; None where there is none."""
    start, end = text.find("{"), text.rfind("}")
    try:
        return json.loads(text[start : end + 1])
    except ValueError:
        return None


def _from_json(text: str, names: Sequence[SectionName], *, cut: bool) -> Texts:
    from langchain_core.utils.json import parse_partial_json  # only where a model answered

    try:
        data: Any = parse_partial_json(text) if cut else json.loads(text)
    except ValueError:
        if cut:
            return {}
        raise ModelError("the model's answer could not be read: it is not the JSON that was asked for") from None
    if not isinstance(data, dict):
        return {}
    data = data["sections"] if isinstance(data.get("sections"), dict) else data  # some endpoints wrap what they were asked for
    keys = list(data)[:-1] if cut and not _closed(text) else list(data)
    return {name: _cleaned(data[name]) for name in names if name in keys and isinstance(data[name], str)}


def _closed(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _from_headings(text: str, names: Sequence[SectionName], *, cut: bool) -> Texts:
    by_name = {str(name): name for name in names}
    heads = [(match, by_name.get(re.sub(r"[ -]+", "_", match["name"].strip().lower()))) for match in _HEADING.finditer(text)]
    known = [(match, name) for match, name in heads if name]
    if not known:
        alone = len(names) == 1 and not cut and not _REFUSAL.match(text)
        return {names[0]: _cleaned(text)} if alone else {}
    ends = [match.start() for match, _ in heads] + [len(text)]
    found: Texts = {}
    for match, name in known[:-1] if cut else known:
        end = min(end for end in ends if end >= match.end())
        found.setdefault(name, _cleaned(text[match.end() : end]))
    return found


def _cleaned(text: str) -> str:
    """Without the marks of Markdown that a letter does not have."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text.replace("\r\n", "\n"))
    text = re.sub(r"(?m)^[ \t]*[*•][ \t]+", "- ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
