"""Invented: names, numbers and addresses to put in place of real ones, so that a text still reads as one that somebody wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count

_FIRST = ("Robin", "Noor", "Jules", "Marlo", "Devi", "Ines", "Tarek", "Oona", "Bram", "Kirsten", "Yusuf", "Elke", "Piers", "Anouk", "Soren")
_LAST = ("Ashdown", "Velderman", "Okonjo", "Tressel", "Marwick", "Halloran", "Pinheiro", "Quennell", "Sandell", "Brodeur", "Castellan")
_HOUSES = ("Corvane", "Brightmoor", "Tessaly", "Marrowgate", "Ostwick", "Lindmoor", "Verrando", "Quayside & Rowe", "Hartleby", "Pellmere")
_ROADS = ("Mill Lane", "Chapel Road", "Orchard Street", "Station Road", "Weavers Lane", "Harbour Street")
_TOWNS = ("Ashby", "Marlow Cross", "Penbury", "Thornwick", "Easterby")
_SYLLABLES = ("bra", "vel", "ton", "mar", "dis", "ker", "lo", "wen", "tas", "rin", "do", "gal")


class Invented:
    """Invented values for one draft: the same for the same key each time, and never what somebody in the store is called."""

    def __init__(self, seed: str, is_free: Callable[[str], bool]) -> None:
        self._seed, self._is_free = seed, is_free
        self._given: dict[str, str] = {}  # key -> the name that it has

    def first(self, key: str) -> str:
        """A first name."""
        return self._chosen(_FIRST, f"first {key}")

    def last(self, key: str) -> str:
        """A surname."""
        return self._chosen(_LAST, f"last {key}")

    def company(self) -> str:
        """The name of a company."""
        return self._chosen(_HOUSES, "company")

    def address(self, key: str) -> str:
        """A house in a street."""
        return f"{self._number(key) % 180 + 2} {self._chosen(_ROADS, key)}"

    def town(self, key: str) -> str:
        """A place."""
        return self._chosen(_TOWNS, f"town {key}")

    def phone(self, key: str) -> str:
        """A number that no telephone has: Ofcom keeps these for drama."""
        return f"020 7946 0{self._number(key) % 1000:03}"

    def shaped(self, value: str) -> str:
        """Another value of the same shape: a digit for each digit, a letter for each letter."""
        for turn in count():
            stream = self._stream(f"{turn} {value}")
            made = "".join(
                str(next(stream) % 9 + 1) if char.isdigit() else _letter(char, next(stream)) if char.isalpha() else char for char in value
            )
            if made != value and self._is_free(made):
                return made
        raise AssertionError  # count() does not end

    def _chosen(self, names: tuple[str, ...], key: str) -> str:
        if key not in self._given:
            self._given[key] = self._new(names, key)
        return self._given[key]

    def _new(self, names: tuple[str, ...], key: str) -> str:
        start, given = self._number(key), set(self._given.values())
        for i in range(len(names)):
            name = names[(start + i) % len(names)]
            if name not in given and all(map(self._is_free, name.replace("&", " ").split())):
                return name
        for stream in (self._stream(f"{key} {turn}") for turn in count()):
            name = "".join(_SYLLABLES[next(stream) % len(_SYLLABLES)] for _ in range(3)).capitalize()
            if name not in given and self._is_free(name):
                return name
        raise AssertionError  # count() does not end

    def _number(self, key: str) -> int:
        return int.from_bytes(hashlib.sha256(f"{self._seed}\n{key}".encode("utf-8", "surrogatepass")).digest()[:6], "big")

    def _stream(self, key: str) -> Iterator[int]:
        for block in count():
            yield from hashlib.sha256(f"{self._seed}\n{key}\n{block}".encode("utf-8", "surrogatepass")).digest()


def _letter(char: str, number: int) -> str:
    made = "abcdefghijkmnpqrstuvwxyz"[number % 24]
    return made.upper() if char.isupper() else made
