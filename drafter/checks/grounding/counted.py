"""Counted: clauses that give to all what the facts give to some of them, or to some what they give to all."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.lexicon import pairs
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import root

_ALL = re.compile(r"\b(?:all|each|every one|the whole)(?: of)?(?: the| your| our| these| those)? $", re.I)
_PART_OF = re.compile(r"(?P<part>\d[\d.,]*|[a-z]+) of (?:the |your |our |those |these )?(?P<whole>\d[\d.,]*|[a-z]+)\b", re.I)
_ONLY = re.compile(r"\A\W*(?:and |but |so )?(?:only|just) (?!then\b|when\b|if\b|once\b|after\b|because\b|as\b)", re.I)
_EVERY = re.compile(r"\b(?:all|every|each|both|whole|entire|none)\b", re.I)
_NARROW = re.compile(r"\b(?:only|just|merely)\b", re.I)
_QUIET = frozenset({"request", "modal", "none", "future"})
_DONE = frozenset({"fix", "remedy", "containment", "known", "ask"})


def miscounted(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """Each clause of the text's own words that has another share of a number than the facts have of it, with the fact."""
    found: list[tuple[Act, Known]] = []
    for act in reading.acts:
        if act.tense in _QUIET or act.subordinate or not reading.own(act.start) or reading.sentences[act.sentence].question:
            continue
        if known := _all_of_them(act, reading, facts) or _only_some(act, reading, facts):
            found.append((act, known))
    return found


def _all_of_them(act: Act, reading: Reading, facts: Facts) -> Known | None:
    """The fact that says it of some of a number, where a clause says it of all: "all 212 are back", "187 of the 212"."""
    for value in () if act.negated else act.values:
        if value.kind != "number" or not _ALL.search(reading.text, act.start, value.start):
            continue
        if any(_ALL.search(known.text, 0, other.start) for known in facts.known for other in known.values if _same(value, other)):
            return None
        for known in facts.known:
            same = act.verb == "be" or any(other.verb == act.verb for other in known.acts)
            if same and known.role in _DONE and not known.asked and _part(known.text, value):
                return known
    return None


def _part(text: str, whole: Value) -> bool:
    numbers = ((_number(match["part"]), _number(match["whole"])) for match in _PART_OF.finditer(text))
    return any(part and number == str(whole.amount) and part != number for part, number in numbers)


def _number(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else pairs("numbers").get(word.lower(), "")


def _same(value: Value, other: Value) -> bool:
    return other.kind == "number" and value.amount == other.amount


def _only_some(act: Act, reading: Reading, facts: Facts) -> Known | None:
    """The fact that says it of every one, or of more, where a clause opens with "only" and no fact narrows so."""
    match = _ONLY.match(reading.text, act.start, act.end) if act.start == reading.sentences[act.sentence].start else None
    if not match or any(_NARROW.search(known.text) for known in facts.known if not known.asked):
        return None
    head = root(reading.text[act.subject[0] : act.subject[1]].rpartition(" ")[2].lower())
    counts = [value.amount for value in act.values if value.kind == "number" and value.amount is not None]
    for known in facts.known if head else ():
        if known.asked or not (head in known.words or any(head in value.units for value in known.values)):
            continue
        more = any(value.kind == "number" and value.amount and value.amount > count for value in known.values for count in counts)
        if more or (known.role in _DONE and _EVERY.search(known.text)):
            return known
    return None
