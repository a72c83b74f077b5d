"""Names in a text, and the facts that know them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.lexicon import pairs, words
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import Token, base

_GREETING = frozenset({"hi", "hello", "dear", "hey", "good"})
_TIMES = frozenset({"morning", "afternoon", "evening", "day"})
_GREETING_LINE = 80  # characters that a greeting may take
_OPENER = re.compile(r"[:\"“‘(\[>]\s*$|^\s*$|[.!?…]\s*$|\n\s*$")
_UNNAMED = words("unnamed")


class Named(NamedTuple):
    """A name in a text: its place, the fact that has it or None, and whether it greets the customer."""

    start: int
    end: int
    text: str
    fact: str | None
    greets: bool


def names(reading: Reading, facts: Facts) -> list[Named]:
    """The names in a text: capitalised words that no sentence begins with, greetings, signatures, and given names."""
    found: list[Named] = []
    signature = _signature_from(reading)
    row = reading.tokens
    inside = [(value.start, value.end) for value in reading.values]
    titled = _titled_lines(reading)
    for i, token in enumerate(row):
        if not token.text[0].isupper() or not reading.own(token.start) or any(a <= token.start < b for a, b in inside):
            continue
        if token.start < signature and any(a <= token.start < b for a, b in titled) and token.text not in words("given_names"):
            continue
        greets = _greets(row, i, reading.text)
        fact = _fact(token, facts, greets=greets)
        if fact is None and not _is_name(reading, i, greets=greets, signs=token.start >= signature):
            continue
        if fact is None or fact in _NAMING:
            found.append(Named(token.start, token.end, token.text, fact, greets))
    return _joined(found, reading.text)


_NAMING = frozenset({"company", "signer", "customer.name", "customer.call_by", "person1", "person2", "person3", "person4"})


def _is_name(reading: Reading, i: int, *, greets: bool, signs: bool) -> bool:
    """Whether a capitalised word that no fact has is a name all the same."""
    token = reading.tokens[i]
    low = token.low
    if token.text in words("given_names"):
        return True
    if low in _ordinary() or base(low) in _ordinary() or token.text.isupper() or len(low) < 2:
        return False
    if greets:
        return low not in _UNNAMED
    if signs:
        return True
    after_greeting = i > 1 and reading.tokens[i - 1].low == "," and _greets(reading.tokens, i - 2, reading.text)
    return not after_greeting and not _begins(reading.text, token.start)  # "Hi Tom, Unfortunately …" begins a sentence too


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, item or quotation begins at `start`: its capital says nothing."""
    before = text[max(0, start - 6) : start]
    return start == 0 or bool(_OPENER.search(before)) or bool(re.search(r"(?:\n\s*[-*•–]|\d[.)]|[-—–])\s*$", before))


def _fact(token: Token, facts: Facts, *, greets: bool) -> str | None:
    """The fact that has this word as a name; a greeting may only have the customer's."""
    if greets:
        customer = facts.incident.customer
        known = " ".join(filter(None, (customer.name, customer.call_by, customer.title, customer.handle))).lower()
        if known and not re.search(rf"\b{re.escape(token.low)}\b", known):
            return None
        if not known:
            return None
        return "customer.name" if customer.name else "customer.call_by"
    for part in (token.low, base(token.low), token.low.removesuffix("s")):
        if part in facts.words:
            return facts.words[part]
    return None


def _greets(row: list[Token], i: int, text: str) -> bool:
    """Whether the word stands in a greeting: behind "Hi" on its line, or alone on the first line with a comma."""
    near = max(0, row[i].start - _GREETING_LINE)
    line = text.rfind("\n", near, row[i].start) + 1 or near
    j = i - 1
    while j >= 0 and row[j].start >= line and (row[j].text[0].isupper() or row[j].low in _TIMES) and row[j].low not in _GREETING:
        j -= 1
        if j >= 0 and row[j].low == "." and j > 0 and row[j - 1].low in ("mr", "mrs", "ms", "dr"):
            j -= 1
    if j >= 0 and row[j].start >= line and row[j].low in _GREETING and _begins(text, row[j].start):
        return row[i].low not in _GREETING and all(token.wordy or token.low == "." for token in row[j + 1 : i])
    first = line <= _GREETING_LINE and not text[:line].strip()
    return first and i + 1 < len(row) and row[i + 1].low == "," and text[row[i + 1].end :].lstrip(" ")[:1] == "\n"


def _signature_from(reading: Reading) -> int:
    """Where the signature starts: the short lines without a full stop at the very end."""
    start = len(reading.text)
    own = [sentence for sentence in reading.sentences if reading.own(sentence.start)]
    for sentence in reversed(own[-4:]):
        line = reading.text[sentence.start : sentence.end]
        if sentence.item or line[-1] in ".!?:" or len(line.split()) > 7 or sentence is own[0]:
            break
        start = sentence.start
    return start


def _titled_lines(reading: Reading) -> list[tuple[int, int]]:
    """Lines In Title Case, where a capital says nothing."""
    found: list[tuple[int, int]] = []
    for sentence in reading.sentences:
        line = reading.text[sentence.start : sentence.end]
        written = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
        if len(written) > 3 and line[-1] not in ".!?," and sum(word[0].isupper() for word in written) > len(written) * 0.7:
            found.append((sentence.start, sentence.end))
    return found


def _joined(found: list[Named], text: str) -> list[Named]:
    """Names that follow each other as one, when they share a fact or have none."""
    joined: list[Named] = []
    for name in found:
        last = joined[-1] if joined else None
        if last and last.fact == name.fact and last.greets == name.greets and text[last.end : name.start] in (" ", ". "):
            joined[-1] = Named(last.start, name.end, text[last.start : name.end], last.fact, last.greets)
        else:
            joined.append(name)
    return joined


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    known = set(words("ordinary")) | set(words("stopwords")) | {word.lower() for word in words("acronyms")}
    known |= set(pairs("months")) | set(pairs("weekdays")) | set(pairs("numbers")) | set(words("labels")) | set(words("verbs"))
    return frozenset(known | {base(word) for word in known})
