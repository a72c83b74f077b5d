"""Letters that are taken for Latin ones: `python -m evals.lookalikes` writes the table that folding reads.

The source is Unicode's confusables.txt (Unicode Technical Standard 39), as the package confusable_homoglyphs ships it.
Left to folding are what Unicode itself decomposes to a plain letter, and Latin letters whose names tell the letter.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

from confusable_homoglyphs.confusables import confusables_data

from drafter.checks import fold

TABLE = Path(fold.__file__).with_name("lookalikes.txt")
_HEAD = "# Made by `python -m evals.lookalikes` from Unicode's confusables.txt: a letter, and letters of other scripts that look like it\n"
_LETTER = re.compile(r"LETTER|SYLLABICS")
_DECOMPOSED = re.compile(r"MATHEMATICAL|(?:FULL|HALF)WIDTH")
_SMALL_CAPITAL = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])")


def table() -> str:
    """The text of the table: one line for each plain letter."""
    found: dict[str, str] = {}
    for letter, character, name in _pairs():
        if len(character) == 1 and not character.isascii() and _LETTER.search(name) and not _DECOMPOSED.search(name):
            found[character] = "I" if letter == "l" and "CAPITAL" in name else letter  # the two look alike, to Unicode too
    rows = ((letter, "".join(sorted(other for other, taken in found.items() if taken == letter))) for letter in string.ascii_letters)
    return _HEAD + "".join(f"{letter}\t{characters}\n" for letter, characters in rows if characters)


def _pairs() -> Iterator[tuple[str, str, str]]:
    """Letters, each with a character that looks like it and its name; those like a small capital first: they count less."""
    for glyphs in confusables_data.values():
        for glyph in glyphs:
            if small := _SMALL_CAPITAL.fullmatch(glyph["n"]):
                yield from ((small[1].lower(), other, name) for other, name in _near(glyph["c"], removes=2))
    for letter in string.ascii_letters:
        yield from ((letter, other, name) for other, name in _near(letter, removes=1))


def _near(glyph: str, *, removes: int) -> Iterator[tuple[str, str]]:
    """What looks like a glyph, or like something that does, so many times over."""
    for other in confusables_data.get(glyph, ()):
        if removes > 1:
            yield from _near(other["c"], removes=removes - 1)
        yield other["c"], other["n"]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
