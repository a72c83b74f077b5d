"""Sections out of a model's answer, whether it kept the schema or wrote under headings, whole or still streaming."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from drafter.chain.trim import trimmed
from drafter.draft import SectionName
from drafter.errors import ModelError
from drafter.model import Answer, Form

Texts = dict[SectionName, str]
Name = TypeVar("Name", bound=str)

REMARK = "not_followed"
"""Beside the sections: which parts of a wish a model did not follow, as the prompt names them."""

_HEADING = re.compile(
    r"(?m)^[ \t]*(?:\d{1,2}[.)][ \t]*)?(?:#{1,6}[ \t]*\**|\*\*)(?P<name>[A-Za-z][A-Za-z _-]{2,30}?)(?:\*\*)?"
    r"[ \t]*:?[ \t]*(?:\*\*)?[ \t]*#*$"
)
_LABEL = (
    r"(?mi)^[ \t]*(?:[-*][ \t]+|\d\.[ \t]+)?(?:\*\*)?(?P<name>{names})(?:\*\*)?"
    r"[ \t]*:[ \t]*(?:\*\*)?[ \t]*(?=\S|$)"
)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.S)
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which JSON can spell and no text can hold
_FENCE = re.compile(r"\A\s*```[a-z]*\s*\n|\n\s*```\s*\Z")
_REFUSAL = re.compile(
    r"\A\W*(?:(?:i['’]?m (?:sorry|afraid)|sorry|as an ai)\b.{0,60}?)?"
    r"\bi(?: can(?:no|['’])t| am (?:not able|unable)|['’]m (?:not able|unable)| won['’]t)\b",
    re.I,
)


def form_for(names: Sequence[str]) -> Form:
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


def sections_of(answer: Answer, names: Sequence[Name]) -> dict[Name, str]:
    """The sections that an answer holds, without those that are empty; of an answer that was cut off, those before the cut.

    Raises:
        ModelError: the model refused, or the answer cannot be read at all; the message says so in plain words.
    """
    if answer.ended == "refused":
        raise ModelError("the model refused to write this message")
    text = _FENCE.sub("", answer.text)
    cut = answer.ended == "cut_off"
    found = _found(text, names, cut=cut)
    if not found and _REFUSAL.match(text):
        raise ModelError("the model refused to write this message")
    return {name: value for name, value in found.items() if value.strip()}


def finished(text: str, names: Sequence[Name]) -> dict[Name, str]:
    """The sections that stand whole in an answer that is still streaming in."""
    return _found(_FENCE.sub("", text), names, cut=True)


def json_in(text: str) -> Any:
    """The JSON object in an answer, which may stand in a fence or between other words; None where there is none.

    Commas before a closing bracket and line breaks inside of texts are let pass.
    """
    text = text[text.find("{") : text.rfind("}") + 1]
    for attempt in (text, _COMMA.sub(lambda match: match[1] or "", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):  # nested too deep is no better than broken
            continue
    return None


def _found(text: str, names: Sequence[Name], *, cut: bool) -> dict[Name, str]:
    if text.lstrip().startswith("{"):
        return _from_json(text, names, cut=cut)
    return _from_headings(text, names, cut=cut) or ({} if cut else _from_object(json_in(text), names))


def _from_json(text: str, names: Sequence[Name], *, cut: bool) -> dict[Name, str]:
    from langchain_core.utils.json import parse_partial_json  # only where a model answered

    whole = json_in(text)
    if whole is None and not cut:
        raise ModelError("the model's answer could not be read: it is not the JSON that was asked for")
    try:
        return _from_object(parse_partial_json(text), names, closed=False) if whole is None else _from_object(whole, names)
    except (ValueError, RecursionError):
        return {}


def _from_object(data: Any, names: Sequence[Name], *, closed: bool = True) -> dict[Name, str]:
    """The sections of an object, whatever the case of its keys; without its last one where the object goes on."""
    if not isinstance(data, dict):
        return {}
    data = data["sections"] if isinstance(data.get("sections"), dict) else data  # some endpoints wrap what they were asked for
    said = {
        re.sub(r"[ -]+", "_", str(key).strip().lower()): value for key, value in (list(data.items()) if closed else list(data.items())[:-1])
    }
    texts = {name: _text_of(said.get(name)) for name in names}
    return {name: trimmed(text, name) for name, text in texts.items() if text is not None and not _HALF.search(text)}


def _text_of(value: Any) -> str | None:
    """A text; a list of texts as lines, as some models answer where no schema holds them."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value[0] if len(value) == 1 else "\n".join(f"- {item.strip().removeprefix('- ')}" for item in value)
    return value if isinstance(value, str) else None


def _from_headings(text: str, names: Sequence[Name], *, cut: bool) -> dict[Name, str]:
    by_name = {str(name): name for name in names}
    heads = [(match, by_name.get(re.sub(r"[ -]+", "_", match["name"].strip().lower()))) for match in _HEADING.finditer(text)]
    known = [(match, name) for match, name in heads if name]
    if len(known) < len(names):  # a label with its text on the same line, if that finds more
        label = re.compile(_LABEL.format(names="|".join(name.replace("_", "[ _-]") for name in names)))
        labels = [(match, by_name.get(re.sub(r"[ -]+", "_", match["name"].lower()))) for match in label.finditer(text)]
        if len({name for _, name in labels}) > len(known):
            heads, known = labels, [(match, name) for match, name in labels if name]
    if not known:
        alone = len(names) == 1 and not cut and "{" not in text and not _REFUSAL.match(text)
        return {names[0]: trimmed(text, names[0])} if alone else {}
    ends = [match.start() for match, _ in heads] + [len(text)]
    found: dict[Name, str] = {}
    for match, name in known[:-1] if cut else known:
        end = min(end for end in ends if end >= match.end())
        found.setdefault(name, trimmed(text[match.end() : end], name))
    return found
