"""Fragments: what people type into a form in a hurry, and the clauses that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from drafter.incident.fragments.acts import Pair, acts
from drafter.incident.fragments.crew import crew
from drafter.incident.fragments.lasting import lasting
from drafter.incident.fragments.reaching import reaching
from drafter.incident.fragments.roles import Words, roles
from drafter.incident.fragments.saying import saying
from drafter.incident.fragments.words import asks
from drafter.incident.fragments.words import words as read_words

MOST = 3
_DIGITS = re.compile(r"\d[\d.,:/]*\d|\d")
_JOINS = frozenset((",", "and", "but", "then"))


@dataclass(frozen=True)
class Proposal:
    """The neutral clause of what happened, and the clause that owns it: both suit fault ours, since no other takes `ours`."""

    what: str
    ours: str


def propose(fragment: str, company: str | None = None) -> tuple[Proposal, ...]:
    """What a fragment says as full clauses, best first, at most three; none where its words do not surely give one.

    `company` is our own name, for fragments that have it as the one who acted.

    >>> propose("wrong size arrived")
    (Proposal(what='the wrong size arrived', ours='we sent you the wrong size'),)
    >>> propose("how do I reset my password")
    ()
    """
    if "?" in fragment:
        return ()
    read = read_words(re.sub(rf"^(?:the )?{re.escape(company)}\b", "we", fragment.strip(), flags=re.I) if company else fragment)
    if not read or asks(read[0].lower()):
        return ()
    found = dict.fromkeys(pair for pair in _pairs(read) if _kept(fragment, pair))
    found = found or dict.fromkeys(pair for pair in crew(fragment) if _kept(fragment, pair))
    return tuple(Proposal(*pair) for pair in found)[:MOST]


def _pairs(read: Words) -> Iterator[Pair]:
    """The clauses of the whole, or of its two halves where both give one."""
    whole = list(_single(read)) if "," not in read else []
    yield from whole
    if whole:
        return
    for at, word in enumerate(read):
        if word.lower() in _JOINS and 0 < at < len(read) - 1:
            after = read[at + 1 :]
            left, right = _single(read[:at]), _single(after[1:] if after[0].lower() in _JOINS else after)
            for first, second in product(list(left)[:1], list(right)[:1]):
                yield f"{first[0]} and {second[0]}", f"{first[1]} and {second[1]}"
            return


def _single(words: Words) -> Iterator[Pair]:
    """The clauses of the first reading that holds: what is acted on is the plainest, and is asked last."""
    if not words or words[-1].lower() in _JOINS:
        return
    read = roles(words)
    for frame in (reaching, lasting, saying, acts):
        found = list(frame(read))
        yield from found
        if found:
            return


def _kept(fragment: str, pair: Pair) -> bool:
    """Whether both clauses hold the numbers of the fragment and no others."""
    numbers = sorted(_DIGITS.findall(fragment))
    return all(sorted(_DIGITS.findall(clause)) == numbers for clause in pair)
