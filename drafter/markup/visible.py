"""What a reader sees of prose: characters that show nothing left out, accents on their letters, ligatures taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from drafter.markup.prose import Builder, Prose, Silence

_PLAIN = re.compile(r"[\t-\r -~]*")
_UNSEEN = ("Cf", "Cc", "Cs")  # marks of format, such as soft hyphens and joiners; controls; halves of a surrogate pair
_BLANKS = "\t\n\v\f\r\x85"  # the controls that part words or lines
_LIGATURES = range(0xFB00, 0xFB07)  # that typesetting programs put into words: "oﬃce"


def visible(prose: Prose) -> Prose:
    """The prose as it is seen, with its places in the original."""
    if _PLAIN.fullmatch(prose.text) or not (odd := [character for character in set(prose.text) if _shown(character) != character]):
        return prose
    builder = Builder(prose.text)
    at = 0
    for run in _runs(odd).finditer(prose.text):
        builder.copy(at, run.start())
        _add(builder, run.start(), run.end())
        at = run.end()
    builder.copy(at, len(prose.text))
    silences = [_moved(silence, builder) for silence in prose.silences]
    return replace(builder.prose(silences, prose.named), original=prose.original, encoded=prose.encoded, outer=prose)


def _moved(silence: Silence, builder: Builder) -> Silence:
    """The same stretch in what was put together; one that reaches past the end still does: what is missing stands there."""
    beyond = max(0, silence.end - len(builder.original))
    return replace(silence, start=builder.index(silence.start), end=builder.index(silence.end) + beyond)


def _runs(odd: Iterable[str]) -> re.Pattern[str]:
    """Odd characters side by side, with the character before them, on which an accent may sit."""
    characters = re.escape("".join(odd))
    return re.compile(f"[^{characters}]?[{characters}]+")


def _add(builder: Builder, start: int, end: int) -> None:
    """Add what is seen of a run."""
    words, first, last = "", start, start
    for at in range(start, end):
        character = builder.original[at]
        if words and _accents(character):
            words, last = _accented(words, character), at + 1
        elif shown := _shown(character):
            _settle(builder, words, first, last)
            words, first, last = shown, at, at + 1
    _settle(builder, words, first, last)


def _settle(builder: Builder, words: str, first: int, last: int) -> None:
    if builder.original[first:last] == words:
        builder.copy(first, last)
    else:
        builder.put(words, first, last)


@cache
def _shown(character: str) -> str:
    """What is seen of a character that stands alone."""
    if character.isascii() and (character.isprintable() or character in _BLANKS):
        return character
    if ord(character) in _LIGATURES:
        return unicodedata.normalize("NFKD", character)
    unseen = unicodedata.category(character) in _UNSEEN and character not in _BLANKS
    return "" if unseen or _fills(character) or _accents(character) else character


def _fills(character: str) -> bool:
    """Whether it only chooses the form of its neighbour, or keeps a place in a syllable open."""
    name = unicodedata.name(character, "")
    return "VARIATION SELECTOR" in name or name.endswith(" FILLER")


@cache
def _accents(character: str) -> bool:
    """Whether it sits on the letter before it."""
    return unicodedata.name(character, "").startswith("COMBINING ")


@lru_cache(maxsize=1 << 12)
def _accented(letter: str, accent: str) -> str:
    """The two as one character, or the letter alone where Unicode has none."""
    together = unicodedata.normalize("NFC", letter + accent)
    return together if len(together) == 1 else letter
