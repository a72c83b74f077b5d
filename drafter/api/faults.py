"""Faults: what a body or parameter is refused for, each with a pointer to its place and the nearest thing that would do."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, get_args

from drafter.api.problems import Fault, ProblemError
from drafter.incident.read import explained
from drafter.store.records import Verdict

_BODY, _INCIDENT = ("body",), ("body", "incident")
_FACTS = {"problems", "company", "signer"}
_VERDICTS = get_args(Verdict)
_SHAPES = {  # of texts that have one, by key or parameter
    "after": "write the `next` of the page before",
    "incident_id": "write the id of an incident, as GET /v1/incidents lists them",
    "instead_of": "write the id of a review, as the draft's reviews have it",
    "rule": "write the id of a rule, as GET /v1/rules lists them",
    "ticket": "write the ticket's number or id: letters, digits, dots, dashes and underscores",
}
_PLAINLY = {
    "string_type": "write this as a text",
    "string_too_short": "the text is empty",
    "string_too_long": "the text is too long; it has at most {max_length} characters",
    "string_unicode": "write this as a text",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a smaller number",
    "int_from_float": "write a whole number",
    "greater_than_equal": "write a number from {ge} on",
    "less_than_equal": "write a number up to {le}",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "literal_error": "write one of {expected}",
    "date_type": "write a day, such as 2026-11-01",
    "date_parsing": "write a day, such as 2026-11-01",
    "date_from_datetime_parsing": "write a day, such as 2026-11-01",
    "date_from_datetime_inexact": "write a day, such as 2026-11-01",
    "none_required": "leave this out",
    "union_tag_not_found": "`verdict` is missing: approve, edit or reject",
    "union_tag_invalid": "`verdict` is approve, edit or reject",
    "model_type": "send a JSON object",
    "model_attributes_type": "send a JSON object",
    "dict_type": "send a JSON object",
}
_SHOWN = 3  # faults that the detail repeats in words; the rest are in `errors`


def misread(errors: Sequence[Any]) -> ProblemError | None:
    """The problem of a request whose body or address is not even of the right shape; None where it is."""
    first = errors[0]
    if first["type"] == "json_invalid":
        place = f", at character {first['loc'][1] + 1} of the body" if first["loc"][1] >= 0 else ""
        return ProblemError("not-json", f"{first['ctx']['error'].removesuffix(' starting at')}{place}.")
    if any(error["loc"][0] == "path" for error in errors):
        return ProblemError("not-found", "there is nothing at this address; ids look like those that answers give.")
    if first["loc"] == _BODY and isinstance(first["input"], bytes):
        return ProblemError("not-json-type")
    return None


def faults_of(errors: Sequence[Any], body: Any, keys: Sequence[str]) -> ProblemError:
    """The problem of a request with these validation errors; `keys` are those that its body may have."""
    if isinstance(body, dict) and "incident" in keys and "incident" not in body and _FACTS & body.keys():
        fault = Fault(pointer="/incident", detail='put the facts under this key: {"incident": {"company": …, "problems": […]}}')
        return ProblemError("invalid-request", "the body is an incident itself; put it under `incident`.", errors=[fault])
    facts = [error for error in errors if error["loc"][:2] == _INCIDENT and (error["loc"], error["type"]) != (_INCIDENT, "missing")]
    found = [_fault(error, keys) for error in errors if error not in facts] + _in_facts(facts, body)
    code = "invalid-facts" if len(facts) == len(errors) else "invalid-request"
    shown = "; ".join(f"{fault.pointer or 'the body'}: {fault.detail}" for fault in found[:_SHOWN])
    return ProblemError(code, shown + ("; …" if found[_SHOWN:] else ""), errors=found)


def _in_facts(errors: Sequence[Any], body: Any) -> list[Fault]:
    inner = [{**error, "loc": error["loc"][2:]} for error in errors]
    return [Fault(pointer=_pointer(("incident", *path), body), detail=message) for path, message in explained(inner)]  # type: ignore[arg-type]


def _fault(error: Any, keys: Sequence[str]) -> Fault:
    place, *path = error["loc"]
    path = path[1:] if path and path[0] in _VERDICTS else path  # the branch of a union
    pointer = "".join(f"/{step}" for step in path) if place == "body" else ".".join(map(str, path))
    return Fault(pointer=pointer, detail=_detail(error, path, keys))


def _detail(error: Any, path: Sequence[Any], keys: Sequence[str]) -> str:
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), keys, 1, 0.5)
        return "unknown key" + (f"; did you mean '{near[0]}'?" if near else f"; valid keys are {', '.join(keys)}")
    if error["type"] == "string_pattern_mismatch":
        return _SHAPES.get(str(path[-1]), "write one line of text, with something to read in it")
    if error["type"] in _PLAINLY:
        return _PLAINLY[error["type"]].format(**error.get("ctx", {}))
    if error["type"] == "missing":
        return "this key is missing" if path else "send a JSON object"
    return str(error["msg"]).removeprefix("Value error, ")


def _pointer(path: Sequence[str | int], body: Any) -> str:
    """The JSON pointer of a path; a single item that stands where a list may be has no number of its own."""
    steps: list[str] = []
    node = body
    for step in path:
        if isinstance(step, int) and not isinstance(node, list):
            continue
        steps.append(str(step).replace("~", "~0").replace("/", "~1"))
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
    return "".join(f"/{step}" for step in steps)
