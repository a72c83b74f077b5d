"""Texts as they come in: decoded and bounded, or refused in the user's terms."""

from __future__ import annotations

from pathlib import Path

from drafter.errors import TextError

MAX_CHARACTERS = 1 << 20
MAX_BYTES = 4 * MAX_CHARACTERS  # no character takes more than four bytes
MAX_MAIL = 36 << 20  # bytes or characters of a mail with its attachments: 25 MB of them, encoded, and the text

_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; no more of it is read than a text may have.

    Raises:
        TextError: the file is missing, a folder, unreadable, too large, binary, or not UTF-8.
    """
    return decode(read_bytes(path), str(path))


def read_bytes(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """What a file holds, but no more of it than one byte over `most`.

    Raises:
        TextError: the file is missing, a folder, or unreadable.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise TextError("there is no such file.", str(path)) from None
    except IsADirectoryError:
        raise TextError("this is a folder; name a file in it.", str(path)) from None
    except OSError as error:
        raise TextError(f"the file cannot be read ({error.strerror}).", str(path)) from None


def decode(data: bytes, source: str = "", *, charset: str = "utf-8", mail: bool = False) -> str:
    """The text in `data`, which is UTF-8 unless `charset` says otherwise (a byte order mark is dropped).

    Raises:
        TextError: `data` is too large, binary, or not in the charset, or that is not known.
    """
    most = MAX_MAIL if mail else MAX_BYTES
    if len(data) > most:
        raise TextError(_too_large(most, mail=mail, about="more than "), source)
    for name, marks in (("UTF-32", _UTF_32), ("UTF-16", _UTF_16)):  # the marks of UTF-32 start with one of UTF-16
        if data.startswith(marks):
            raise TextError(f"the file is {name}; save it as UTF-8 and try again.", source)
    if b"\0" in data:
        raise TextError("this is a binary file, not a text.", source)
    try:
        text = data.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TextError(f"line {line} is not {charset.upper()}; save the file as UTF-8 and try again.", source) from None
    except (LookupError, UnicodeError):  # "idna" and "undefined" are known, and decode no text
        raise TextError(f"it is in '{charset}', which is not known here; save the file as UTF-8 and try again.", source) from None
    return bounded(text, source, mail=mail)


def bounded(text: str, source: str = "", *, mail: bool = False) -> str:
    """`text` itself, when it holds something and is at most a million characters long; a mail may have attachments beside.

    Raises:
        TextError: the text is blank or too large.
    """
    if len(text) > (MAX_MAIL if mail else MAX_CHARACTERS):
        raise TextError(_too_large(len(text), mail=mail), source)
    if not text.strip():
        raise TextError("the text is empty; there is nothing to read.", source)
    return text


def _too_large(size: int, *, mail: bool, about: str = "") -> str:
    limit = MAX_MAIL if mail else MAX_CHARACTERS
    return f"the {'mail' if mail else 'text'} is too large ({about}{size / 1e6:.1f} MB); the limit is {limit / 1e6:.0f} MB."
