"""Mail (.eml): the text part that a reader sees, decoded, without headers and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, message_from_string
from email.message import Message
from itertools import pairwise

from drafter.errors import TextError
from drafter.markup.comments import line_at
from drafter.markup.html import read_html
from drafter.markup.prose import Builder, Prose, add_lines
from drafter.markup.transfer import Decoder, add_base64, add_quoted_printable

_BLANK_LINE = re.compile(r"\r?\n\r?\n")
_HEADER = re.compile(r"From |[!-9;-~]+[ \t]*:")
_DEEPEST = 20  # parts within parts
_MARKUP = {"text/plain": "text", "text/html": "html"}


@dataclass(frozen=True)
class _Part:
    """A part of a mail: its headers, and where its body stands."""

    head: Message
    start: int
    end: int


def read_eml(text: str) -> Prose:
    """The prose of the first text that a mail shows: its plain part or, without one, its HTML part.

    Raises:
        TextError: it is no mail, has no such part, or one in a charset that is not known.
        InputError: a comment for Drafter says what it does not know.
    """
    if not _HEADER.match(text):
        raise TextError("this is no mail: it begins with no header. Name it .txt to check it as it stands.")
    part = _shown(text, _part(text, 0, len(text)))
    if part is None:
        raise TextError("this mail has no text part that can be checked.")
    body = _decoded(text, part)
    return read_html(body.text).within(body) if part.head.get_content_type() == "text/html" else body


def charset_of(data: bytes) -> str | None:
    """The charset that the text part of a mail names, for one whose bytes are not UTF-8."""
    parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() in _MARKUP)
    return next((part.get_content_charset() for part in parts), None)


def _part(text: str, start: int, end: int) -> _Part:
    blank = _BLANK_LINE.search(text, start, end)
    if text.startswith(("\n", "\r\n"), start):  # a part may have no headers at all
        return _Part(message_from_string(""), text.index("\n", start) + 1, end)
    head, body = (blank.start(), blank.end()) if blank else (end, end)
    return _Part(message_from_string(text[start:head]), body, end)


def _shown(text: str, part: _Part, depth: int = 0) -> _Part | None:
    """The part whose text a reader sees first."""
    if part.head.get_content_disposition() == "attachment" or depth > _DEEPEST:
        return None
    if part.head.get_content_type() in _MARKUP:
        return part
    if part.head.get_content_maintype() != "multipart":
        return None
    shown = (_shown(text, inner, depth + 1) for inner in _parts(text, part))
    found = [inner for inner in shown if inner and text[inner.start : inner.end].strip()]
    if part.head.get_content_subtype() == "alternative":
        found.sort(key=lambda inner: inner.head.get_content_type() != "text/plain")
    return found[0] if found else None


def _parts(text: str, part: _Part) -> Iterator[_Part]:
    """The parts between the boundary lines of a multipart."""
    boundary = part.head.get_boundary()
    if boundary is None:
        return
    lines = list(re.compile(rf"(?:(?<=\n)|\A)--{re.escape(boundary)}(?P<last>--)?[ \t]*(?:\r?\n|\Z)").finditer(text, part.start, part.end))
    last = next((i for i, line in enumerate(lines) if line["last"]), len(lines))
    ends = [*((line.start(), line.end()) for line in lines[: last + 1]), (part.end, part.end)]
    for (_, start), (end, _) in list(pairwise(ends))[:last]:
        yield _part(text, start, start + len(text[start:end].removesuffix("\n").removesuffix("\r")))


def _decoded(text: str, part: _Part) -> Prose:
    """The body of a part as its reader sees it."""
    encoding = str(part.head.get("Content-Transfer-Encoding", "7bit")).strip().lower()
    builder = Builder(text)
    if encoding in ("quoted-printable", "base64"):
        add = add_base64 if encoding == "base64" else add_quoted_printable
        try:
            add(builder, Decoder(part.head.get_content_charset("utf-8")), part.start, part.end)
        except (LookupError, UnicodeError):
            named = part.head.get_content_charset()
            raise TextError(f"line {line_at(text, part.start)}: its text is in '{named}', which is not known here.") from None
    else:
        add_lines(builder, part.start, part.end)
    return replace(builder.prose(), encoded=encoding == "base64")
