"""Personal data that can be told by its shape: addresses of all kinds, phones, cards, accounts, papers, names at a letter's ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafter.privacy.addresses import emails, places
from drafter.privacy.numbers import likely, sure
from drafter.privacy.people import named, titled
from drafter.privacy.phones import phones
from drafter.privacy.plain import Plain, plain

_REFERENCE = re.compile(
    r"\b(?:order|booking|reservation|invoice|ticket|case|claim|policy|account|customer|job|repair|parcel|tracking|contract|ref|reference)"
    r"(?: (?:number|no\.?|nr\.?|id|ref\.?|reference))?(?: is| was)?[ :#]{1,3}(?P<value>(?=[\w/-]{0,12}\d)[A-Z0-9][\w/-]{2,24})(?!\w)",
    re.I,
)
_NUMBERED = re.compile(r"\d\W*\d\W*\d|<<")  # what every card, account, passport and code of one has; most texts have neither
_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9-]{0,40}[A-Z])(?=(?:[A-Z-]{0,12}\d){4})[A-Z0-9]{1,16}(?:-[A-Z0-9]{1,16}){0,4}(?![\w-])")


@dataclass(frozen=True)
class Found:
    """Personal data in a text, and what kind it is."""

    kind: str  # EMAIL, CARD, EXPIRY, CVV, IBAN, ACCOUNT, PASSPORT, ID, PHONE, ADDRESS, IP, BIRTH, NAME; or the label of a named value
    start: int
    end: int


def find(text: str, region: str = "US") -> tuple[Found, ...]:
    """Everything in `text` that has the shape of personal data, without overlaps, in order.

    `region` is the country whose phone numbers may stand without their code: "US", "GB".
    """
    return apart(found for part in (find_numbers, find_contacts, find_people) for found in part(text, region))


def find_names(text: str) -> tuple[str, ...]:
    """Names that a message itself gives away: in its signature, an introduction, or a From line; each once."""
    return tuple(dict.fromkeys(name for name in named(text) if len(name) > 1))


def find_references(text: str) -> tuple[str, ...]:
    """What a text calls an order, booking or case by: the 88213 of "my order 88213", any code such as "NB-20931"; each once."""
    return tuple(dict.fromkeys([match["value"] for match in _REFERENCE.finditer(text)] + _CODE.findall(text)))


def mask_cards(text: str) -> str:
    """`text` with card, bank account and passport numbers cut to their last digits ("card ending 1881"), and security codes gone."""
    if text.isascii() and not _NUMBERED.search(text):
        return text
    parts, at = [], 0
    for found in find_numbers(text):
        before = text[at : found.start]
        parts += [before, _masked(found, text, text[max(0, found.start - 30) : found.start])]
        at = found.end
    return "".join([*parts, text[at:]])


def find_numbers(text: str, _region: str = "") -> tuple[Found, ...]:
    """Card, bank account and passport numbers, and security codes: those that nothing may store."""
    seen = plain(text)
    return apart(_placed(sure(seen.text), seen))


def find_contacts(text: str, region: str) -> Iterator[Found]:
    """Addresses, phones and the numbers that are only likely somebody's, the surest kinds first; they may overlap."""
    seen = plain(text)
    for spans in (emails(seen.text), likely(seen.text), places(seen.text), phones(seen.text, region)):
        yield from _placed(spans, seen)


def find_people(text: str, _region: str = "") -> Iterator[Found]:
    """Days of birth, and names behind a title; they may overlap."""
    seen = plain(text)
    yield from _placed(titled(seen.text), seen)


def apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """What does not overlap anything that came before it, in the order of the text."""
    taken: list[Found] = []
    for item in found:
        place = bisect_left(taken, item.start, key=lambda other: other.start)
        if (place == 0 or taken[place - 1].end <= item.start) and (place == len(taken) or item.end <= taken[place].start):
            taken.insert(place, item)
    return tuple(taken)


def _placed(spans: Iterable[tuple[str, int, int]], seen: Plain) -> Iterator[Found]:
    for kind, start, end in spans:
        yield Found(kind, *seen.span(start, end))


def _masked(found: Found, text: str, before: str) -> str:
    if found.kind == "CVV":
        return "***"
    word = {"CARD": "card", "IBAN": "account", "PASSPORT": "passport"}[found.kind]
    digits = re.sub(r"[\W_]", "", plain(text[found.start : found.end]).text)
    ending = f"ending {digits[-4 if found.kind != 'PASSPORT' else -3 :]}"
    said = re.search(rf"\b(?:{word}|iban)(?:'s)?(?: (?:number|no\.?|nr\.?))?(?: is| was)?[ :#(]*$", before, re.I)
    return ending if said else f"{word} {ending}"
