"""Folding: one plain ASCII character for each character of a text, so that every offset stays the caller's own."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

FACE = "\x1e"  # any emoji with a face, a gesture or a party in it
SIGN = "\x1f"  # any other emoji, pictogram or symbol
_SAME = {
    **dict.fromkeys("‘’‚‛′´ʼ＇", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("•◦‣▪●○·∙", "*"),
    **dict.fromkeys("£€¥₹¢₩₽₺", "$"),
    "…": ";",  # a pause, which may or may not end a sentence
    "‹": "'",
    "›": "'",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x85": "\n",
    "\u2800": " ",  # a Braille cell without dots
}
_FACES = ((0x1F600, 0x1F64E), (0x1F910, 0x1F93A), (0x1F970, 0x1F97A), (0x1F920, 0x1F92F), (0x1F389, 0x1F38A), (0x1F937, 0x1F937))
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LATIN = re.compile(  # names of letters that are the same letter in another dress
    r"(?:NEGATIVE \w+ )?LATIN (?P<size>CAPITAL|SMALL) LETTER (?P<letter>[A-Z])(?: WITH .+)?|LATIN LETTER SMALL CAPITAL (?P<small>[A-Z])"
)
_LOOKALIKES = Path(__file__).with_name("lookalikes.txt")


@cache
def fold_character(character: str) -> str:
    """The one ASCII character that stands for `character` when patterns are matched."""
    if known := _SAME.get(character):
        return known
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFKD", character)[:1]
    if base.isascii() and base.isprintable():
        return base
    if letter := _latin(character) or _lookalikes().get(base):
        return letter
    code = ord(character)
    if any(first <= code <= last for first, last in _FACES):
        return FACE
    return "x" if character.isalnum() or unicodedata.category(character)[0] == "M" else SIGN


def _latin(character: str) -> str | None:
    """The plain letter of a Latin one with a stroke, in small capitals, or on a dark ground."""
    match = _LATIN.fullmatch(unicodedata.name(character, ""))
    if match is None:
        return None
    return match["letter"] if match["size"] == "CAPITAL" else (match["letter"] or match["small"]).lower()


@cache
def _lookalikes() -> dict[str, str]:
    """Letters of other scripts that are taken for Latin ones; `python -m evals.lookalikes` writes them."""
    rows = (line.split("\t") for line in _LOOKALIKES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {character: letter for letter, characters in rows for character in characters}


def fold(text: str) -> str:
    """`text` in ASCII, character for character: straight quotes, plain spaces and dashes, letters without accents.

    >>> fold("We’re – sorry…")
    "We're - sorry;"
    """
    return text if text.isascii() else _FOREIGN.sub(lambda match: fold_character(match[0]), text)


def fold_pattern(pattern: str) -> str:
    """A pattern that finds in folded texts what `pattern` says in its writer's own characters."""
    return pattern if pattern.isascii() else _FOREIGN.sub(lambda match: _literal(fold_character(match[0])), pattern)


def _literal(character: str) -> str:
    return character if character.isalnum() or character.isspace() or character in "'\"\x1e\x1f" else "\\" + character
