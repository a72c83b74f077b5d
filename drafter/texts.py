"""Texts as they come in: decoded and bounded, or refused in the user's terms."""

from __future__ import annotations

from pathlib import Path

from drafter.errors import TextError

MAX_CHARACTERS = 1 << 20


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        TextError: the file is missing, a folder, unreadable, too large, binary, or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TextError("there is no such file.", str(path)) from None
    except IsADirectoryError:
        raise TextError("this is a folder; name a file in it.", str(path)) from None
    except OSError as error:
        raise TextError(f"the file cannot be read ({error.strerror}).", str(path)) from None
    return decode(data, str(path))


def decode(data: bytes, source: str = "") -> str:
    """The text in `data`, which must be UTF-8 (a byte order mark is dropped).

    Raises:
        TextError: `data` is too large, binary, or not UTF-8.
    """
    if len(data) > 4 * MAX_CHARACTERS:
        raise TextError(_too_large(len(data)), source)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TextError("the file is UTF-16; save it as UTF-8 and try again.", source)
    if b"\0" in data:
        raise TextError("this is a binary file, not a text.", source)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TextError(f"line {line} is not UTF-8; save the file as UTF-8 and try again.", source) from None
    return bounded(text, source)


def bounded(text: str, source: str = "") -> str:
    """`text` itself, when it holds something and is at most a million characters long.

    Raises:
        TextError: the text is blank or too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextError(_too_large(len(text)), source)
    if not text.strip():
        raise TextError("the text is empty; there is nothing to read.", source)
    return text


def _too_large(size: int) -> str:
    return f"the text is too large ({size / 1e6:.1f} MB); the limit is {MAX_CHARACTERS / 1e6:.0f} MB."
