"""Clauses as they were typed, made fit for a sentence: one end mark, no shouting, each fact of a kind once."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from drafter.incident import Incident

_END = re.compile(r"\s*(?:[!…]+|\.{2,}|[.!…]{2,})$")
_ASKING = re.compile(r"\s*[?!]*\?[?!]*$")
_AFTER_US = re.compile(r"^(?P<who>[Ww]e|I) (?P<verb>[A-Z][a-z]+)\b")
_CLAUSES = ("what", "ours", "cause", "customer_part", "third_party", "text", "answer", "because", "instead", "known", "unknown", "terms")
_PARTS = ("problems", "asks", "next", "impacts", "fixes", "remedies", "prevention", "containment")
_ONCE = ("impact", "known", "unknown", "fix", "prevention", "containment")  # a remedy may be given twice
_SHOUTED = 4  # words all in capitals: fewer may be names


def tidied(incident: Incident) -> Incident:
    """The incident with its clauses made fit for a sentence; the same incident where nothing is to mend."""
    update = _mended(incident)
    if not update:
        return incident
    copy = incident.model_copy(update=update)
    copy.__dict__.pop("facts", None)  # the cached list holds the clauses as they were
    return copy


def doubles(incident: Incident) -> frozenset[str]:
    """Ids of facts that say again, word for word, what an earlier fact of the same role and problem says."""
    seen: set[tuple[str, str | None, str]] = set()
    found: set[str] = set()
    for fact in incident.facts:
        key = (fact.role, fact.problem, fact.text.casefold())
        if fact.role in _ONCE and key in seen:
            found.add(fact.id)
        seen.add(key)
    return frozenset(found)


def mended(clause: str) -> str:
    """One clause without repeated or shouting end marks and without a capital behind "we".

    >>> mended("we Charged your card twice!!!")
    'we charged your card twice'
    """
    text = clause.strip()
    text = _ASKING.sub("?", text) if _ASKING.search(text) else _END.sub("", text) or text
    if text.isupper() and len(text.split()) >= _SHOUTED:
        text = re.sub(r"\bi\b", "I", text.lower())
    return _AFTER_US.sub(lambda match: f"{match['who']} {match['verb'].lower()}", text)


def _mended(part: BaseModel) -> dict[str, Any]:
    """What changes of a part: its own clauses and the parts below it."""
    update: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        new = _clauses(value) if name in _CLAUSES else _below(value) if name in _PARTS else value
        if new != value:
            update[name] = new
    return update


def _clauses(value: Any) -> Any:
    if isinstance(value, str):
        return mended(value)
    return tuple(mended(text) for text in value) if isinstance(value, tuple) else value


def _below(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    changes = [(item, _mended(item)) for item in value]
    return tuple(item.model_copy(update=update) if update else item for item, update in changes)
