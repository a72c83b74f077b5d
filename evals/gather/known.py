"""Known: all that a store knows people by, so that none of it is let out, whoever's draft it stands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from drafter.incident import Incident
from drafter.privacy.detectors import find_names, find_references
from evals.gather.vocabulary import WORD, ordinary

_DIGITS = re.compile(r"\d(?:[\s()./_+–-]{0,3}\d){3,}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:t[\d:.+-]+)?")
_TEAM = "Team|Services?|Relations|Support|Care|Desk|Office|Department|Operations|Customers?|Managers?|Hall|The|Our"
_PERSON = re.compile(rf"(?:(?!(?:{_TEAM})\b)[^\W\d_a-z][\w'’.-]+ ?){{2,4}}")  # "Will Price", of ordinary words as it is
_SHORT = 4  # letters or digits, below which a value is in half of all texts


@dataclass
class Known:
    """Whole values, numbers, and the words of names that are no ordinary words."""

    values: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)

    def add(self, incident: Incident, others: Iterable[str | None] = (), texts: Iterable[str] = ()) -> None:
        """Take in one draft: its facts, names of those who worked on it, and what its texts give away themselves."""
        customer, signer, company = incident.customer, incident.signer, incident.company
        owners = [fact.owner for fact in incident.facts]
        approved = [remedy.approved_by for problem in incident.problems for remedy in problem.remedies]
        people = [customer.name, customer.call_by, signer.name, *incident.people, *owners, *approved, *others]
        told = [*texts, *(message.text for message in incident.thread)]
        people += [name for text in told for name in find_names(text)]
        for name in filter(None, people):
            self._name(name)
        self._name(company.name)
        contacts = [customer.email, customer.phone, customer.account, customer.handle, signer.email, signer.phone, incident.reference]
        for value in filter(
            None, (*contacts, *customer.address, *company.address, *(one for text in told for one in find_references(text)))
        ):
            self._value(value)

    def add_value(self, value: str) -> None:
        """Take in what somebody is known by elsewhere."""
        self._value(value)

    def leaks(self, text: str) -> Iterator[str]:
        """What is known of somebody and stands in a text."""
        plain = _plain(text)
        yield from (value for value in self.values if value in plain)
        runs = ["".join(re.findall(r"\d", match[0])) for match in _DIGITS.finditer(_MOMENT.sub(" ", plain))]
        yield from (number for number in self.numbers if any(number in run for run in runs))
        yield from (word for word in map(str.lower, WORD.findall(plain)) if word in self.words)

    def is_free(self, word: str) -> bool:
        """Whether nothing and nobody in the store is called so."""
        return _plain(word) not in self._taken and not any(True for _ in self.leaks(word))

    def is_name(self, word: str) -> bool:
        """Whether somebody in the store is called so, and nothing else is."""
        return _plain(word) in self.words

    def _name(self, name: str) -> None:
        plain = _plain(name)
        if len(plain) >= _SHORT and (not _is_said_by_all(plain) or _PERSON.fullmatch(name)):  # "our finance manager" tells nobody
            self.values.add(plain)
        for word in WORD.findall(plain):
            self._taken.add(word)
            if len(word) > 2 and word not in ordinary():
                self.words.add(word)

    def _value(self, value: str) -> None:
        plain = _plain(value)
        if sum(map(str.isalnum, plain)) >= _SHORT and not _is_said_by_all(plain):
            self.values.add(plain)
        if len(bare := plain.lstrip("@")) > _SHORT and value.startswith("@"):
            self.values.add(bare)
        for match in re.finditer(r"[\w/-]*\d[\w/-]*", plain):
            if sum(map(str.isalnum, match[0])) > _SHORT:
                self.values.add(match[0])
        for match in _DIGITS.finditer(plain):
            self.numbers.add("".join(re.findall(r"\d", match[0]))[-9:])


def is_a_role(name: str) -> bool:
    """Whether somebody is called by what they do, as "admin" or "the night shift"."""
    return name.islower() and _is_said_by_all(name)


def _is_said_by_all(plain: str) -> bool:
    """Whether it has ordinary words and nothing else."""
    return not re.search(r"[\d@]", plain) and all(word in ordinary() for word in WORD.findall(plain))


def _plain(text: str) -> str:
    """Small letters without accents, each blank one blank."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).casefold().split())
