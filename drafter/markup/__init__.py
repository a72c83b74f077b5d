"""Texts with markup: what of them is prose to be judged, and where each of its characters stands in the file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from drafter.markup.prose import Prose, plain
from drafter.markup.visible import visible

__all__ = ["EXTENSIONS", "Markup", "Prose", "markup_of", "read_prose"]

Markup = Literal["text", "markdown", "html", "eml"]
EXTENSIONS: dict[str, Markup] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".eml": "eml",
}
"""What the end of a file's name says of its markup; any other is plain text."""


def markup_of(name: str) -> Markup:
    """The markup that a file of this name has."""
    return EXTENSIONS.get(PurePath(name).suffix.lower(), "text")


def read_prose(text: str, markup: Markup) -> Prose:
    """The prose of a text with this markup, as it is seen.

    Raises:
        TextError: it is not such a text, or has no part that can be judged.
        InputError: a comment for Drafter says what it does not know.
    """
    return visible(_read(text, markup))


def _read(text: str, markup: Markup) -> Prose:
    if markup == "markdown":
        from drafter.markup.markdown import read_markdown  # each reader waits until a text needs it

        return read_markdown(text)
    if markup == "html":
        from drafter.markup.html import read_html

        return read_html(text)
    if markup == "eml":
        from drafter.markup.eml import read_eml

        return read_eml(text)
    return plain(text)
