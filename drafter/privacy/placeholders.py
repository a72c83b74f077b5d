"""Placeholders: personal data out of a text before a model sees it, and back into what the model wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from drafter.errors import ModelError
from drafter.incident import ACCEPTED, Incident
from drafter.privacy.detectors import Found, apart, find_contacts, find_names, find_numbers, find_people, find_references, mask_cards
from drafter.privacy.people import name_pattern
from drafter.privacy.phones import number_pattern
from drafter.privacy.plain import Plain, plain

_Value = TypeVar("_Value", bound=BaseModel)

_TOKEN = re.compile(r"\[[A-Z][A-Z0-9_]{0,60}\]")
_BRACKETED = re.compile(r"\[[^\[\]\n]{0,80}\]|\{[^{}\n]{1,80}\}|<[A-Za-z][\w -]{0,60}>|\[[A-Z_]{3,}|[A-Z_]{3,}\]")
_BARE = re.compile(r"(?<!\w)[A-Z]+(?:_[A-Z0-9]+)+(?!\w)")
_TEAM = re.compile(
    r"\b(?:the|our|team|desk|support|care|service|services|department|office|crew|status|operations|relations|ltd|inc|llc|gmbh|limited)\b",
    re.I,
)  # no person: the words of such a name are words
_ALONE = {"REFERENCE"}  # what there is one of, beside the labels of named people
_TITLES = {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "dame", "rev", "herr", "frau", "mme", "m"}
_PARTICLES = {"van", "von", "de", "der", "den", "da", "del", "di", "la", "le", "el", "al", "bin", "and", "of", "the"}


class Placeholders:
    """The personal values of one draft, each behind the same placeholder wherever it stands.

    Every spelling of a value has its own placeholder ("Tom" and "TOM"), so that `restore(hide(text)) == text`.
    """

    def __init__(self, region: str = "US") -> None:
        self._region = region
        self._contacts: list[tuple[re.Pattern[str], str]] = []
        self._names: list[tuple[re.Pattern[str], str]] = []
        self._of: dict[str, str] = {}  # spelling -> placeholder
        self._values: dict[str, str] = {}  # placeholder -> spelling
        self._counts: dict[str, int] = {}  # label -> how many placeholders it has
        self._written: set[str] = set()  # what looks like a placeholder in the facts themselves

    @classmethod
    def for_incident(cls, incident: Incident) -> Placeholders:
        """Placeholders for the people, contacts, addresses and references of an incident."""
        made = cls(_region(incident.locale))
        customer, signer = incident.customer, incident.signer
        for label, value in (
            ("CUSTOMER_EMAIL", customer.email),
            ("CUSTOMER_PHONE", customer.phone),
            ("CUSTOMER_ACCOUNT", customer.account),
            ("CUSTOMER_HANDLE", customer.handle),
            ("SIGNER_EMAIL", signer.email),
            ("SIGNER_PHONE", signer.phone),
            *(("CUSTOMER_ADDRESS", line) for line in customer.address),
        ):
            made._contact(label, value)
        made._reference(incident.reference)
        made.name("CUSTOMER", customer.name, call_by=customer.call_by)
        made.name("SIGNER", signer.name)
        for i, person in enumerate(dict.fromkeys([*incident.people, *_owners(incident)]), 1):
            made.name(f"PERSON_{i}", person)
        return made

    @classmethod
    def for_ticket(cls, text: str, *, locale: str = "en-US", customer: str | None = None) -> Placeholders:
        """Placeholders for a ticket: names and references that it gives away itself, and the customer's name, where it is known."""
        made = cls(_region(locale))
        made.name("CUSTOMER", customer)
        for i, person in enumerate((name for name in find_names(text) if name != customer), 1):
            made.name(f"PERSON_{i}", person)
        for reference in find_references(text):
            made._contact("REFERENCE", reference)
        return made

    def hide(self, text: str, *, facts: bool = True) -> str:
        """`text` with every personal value behind its placeholder.

        Brackets that stand in facts may come back in an answer; those of other texts, such as a model's own, may not.
        """
        parts, at = [], 0
        for found in apart(self._found(text)):
            parts += [text[at : found.start], self._placeholder(found.kind, text[found.start : found.end])]
            at = found.end
        hidden = "".join([*parts, text[at:]])
        if facts:
            rest = _TOKEN.sub(" ", hidden)
            self._written.update(_BRACKETED.findall(rest), _BARE.findall(rest))
        return hidden

    def restore(self, text: str) -> str:
        """`text` with every placeholder replaced by its value.

        Raises:
            ModelError: a placeholder is unknown or altered; the message names it.
        """
        if faults := self.faults(text):
            raise ModelError(faults[0])
        return _TOKEN.sub(lambda match: self._values[match[0]], text)

    def faults(self, text: str) -> tuple[str, ...]:
        """What is wrong with the placeholders of `text`, in plain words."""
        unknown = [token for token in _TOKEN.findall(text) if token not in self._values]
        rest = _TOKEN.sub(" ", text)
        bracketed = [match[0] for match in _BRACKETED.finditer(rest) if match[0] not in self._written]
        bare = [word for word in _BARE.findall(rest) if f"[{word}]" in self._values and word not in self._written]
        return (
            *(f"it used the placeholder {token}, which stands for nothing" for token in unknown),
            *(f"it left '{piece}' unfilled or changed a placeholder" for piece in [*bracketed, *bare]),
        )

    def tokens(self, text: str) -> frozenset[str]:
        """The placeholders that stand in `text`."""
        return frozenset(token for token in _TOKEN.findall(text) if token in self._values)

    def name(self, label: str, name: str | None, *, call_by: str | None = None) -> None:
        """Hide a person's whole name, what they are called, and each part of the name."""
        if not name:
            return
        words = [word for word in name.split() if word.lower().strip(".") not in _TITLES]
        parts = [(f"{label}_NAME" if "_" not in label else label, " ".join(words))]
        if len(words) > 1 and not _TEAM.search(name):
            parts.append((f"{label}_FIRST_NAME", words[0]))
            parts += [(f"{label}_SURNAME", word) for word in words[1:] if word.lower() not in _PARTICLES]
        if call_by and call_by not in words:
            parts.append((f"{label}_CALLED", call_by))
        for part_label, value in parts:
            value = value.strip(".,")
            if len(value) > 1:
                self._names.append((name_pattern(plain(value).text, surname=part_label.endswith("SURNAME")), part_label))
                self._placeholder(part_label, value)

    def value(self, label: str, value: str) -> None:
        """Hide a value wherever it stands, under a label of its own."""
        self._contact(label, value)

    def _contact(self, label: str, value: str | None) -> None:
        if not value or not value.strip(" ,"):
            return
        value = value.strip(" ,")
        usual = plain(value).text
        parts = [part.strip() for part in usual.split(",")] if label.endswith("_ADDRESS") else []
        for written in (usual, *(part for part in parts if len(part) >= 5 and (" " in part or re.search(r"\d", part)))):
            self._contacts.append((_contact_pattern(written, label, self._region), label))
        self._placeholder(label, value)

    def _reference(self, reference: str | None) -> None:
        """The number of "order 1042" is hidden wherever it stands; without one long enough, the whole phrase."""
        numbers = [word for word in re.findall(r"[\w#/-]*\d[\w/-]*", reference or "") if sum(map(str.isalnum, word)) >= 4]
        for value in numbers or [reference]:
            self._contact("REFERENCE", value)

    def _found(self, text: str) -> Iterator[Found]:
        """Everything to hide, the surest first."""
        for match in _TOKEN.finditer(text):
            yield Found("LITERAL", *match.span())
        seen = plain(text)
        yield from find_numbers(text)
        yield from _matches(self._contacts, seen)
        yield from find_contacts(text, self._region)
        yield from _matches(self._names, seen)
        yield from find_people(text)

    def _placeholder(self, label: str, value: str) -> str:
        if value not in self._of:
            count = self._counts.get(label, 0)
            self._counts[label] = count + 1
            token = f"[{label}]" if not count and (label in _ALONE or "_" in label) else f"[{label}_{count + 1}]"
            self._of[value] = token
            self._values[token] = value
        return self._of[value]


def without_cards(value: _Value) -> _Value:
    """An incident or a draft with card, bank account and passport numbers cut to their last digits; itself, where there are none."""
    data = value.model_dump(mode="python")
    safe = masked(data)
    return value if safe == data else value.model_validate(safe, context=ACCEPTED)


def masked(value: Any) -> Any:
    """The same value, its texts as `mask_cards` leaves them, however deep in lists and mappings they stand."""
    if isinstance(value, str):
        return mask_cards(value)
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    return type(value)(masked(item) for item in value) if isinstance(value, (list, tuple)) else value


def _region(locale: str) -> str:
    last = locale.split("-")[-1]
    return last.upper() if len(last) == 2 and "-" in locale else "US"


def _owners(incident: Incident) -> list[str]:
    """Owners of actions that are written as a person's name, not as a team: "Lee Park", not "our warehouse"."""
    names = [stated.owner for stated in incident.facts if stated.owner]
    return [name for name in names if name != incident.company.name and re.fullmatch(r"(?:[^\W\d_a-z][\w'’.-]*\s?){1,4}", name)]


def _matches(patterns: list[tuple[re.Pattern[str], str]], seen: Plain) -> Iterator[Found]:
    for pattern, label in patterns:
        for match in pattern.finditer(seen.text):
            yield Found(label, *seen.span(*match.span()))


def _contact_pattern(value: str, label: str, region: str) -> re.Pattern[str]:
    """The value in any case and spacing; a number with any separators, a phone also with or without its codes, a handle without its @."""
    if label.endswith("_PHONE") and re.search(r"\d\D*(?:\d\D*){5}", value):
        return number_pattern(value, region)
    if re.fullmatch(r"[\d\s()+./-]{7,}", value):
        body = r"[\s()./-]{0,3}".join(re.sub(r"\D", "", value))
        return re.compile(rf"(?<!\w)(?:\+|\(\+?)?{body}(?!\w)")
    if label.endswith("_HANDLE") and len(bare := value.lstrip("@")) > 2:
        return re.compile(rf"(?<![\w@])@?{re.escape(bare)}(?!\w)", re.I)
    left, right = ("(?<![\\w])" if value[0].isalnum() else ""), ("(?![\\w])" if value[-1].isalnum() else "")
    return re.compile(left + r"[\s,]{1,3}".join(map(re.escape, re.split(r"[\s,]+", value))) + right, re.I)
