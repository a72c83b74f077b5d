"""Texts are decoded and bounded, or refused in the user's terms."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from drafter.errors import TextError
from drafter.texts import MAX_BYTES, MAX_CHARACTERS, bounded, decode, read_text


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    """Line ends and accents stay, so that spans index what the caller has."""
    path = tmp_path / "reply.txt"
    path.write_bytes("Née\r\nsecond line\r\n".encode())
    assert read_text(path) == "Née\r\nsecond line\r\n"


def test_a_byte_order_mark_is_dropped() -> None:
    """A mark that an editor leaves at the front is no part of the text."""
    assert decode(b"\xef\xbb\xbfHello") == "Hello"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"GIF89a\0\x01", "binary"),
        ("Hallo".encode("utf-16"), "UTF-16"),
        ("Hallo".encode("utf-32"), "UTF-32"),
        (b"\0\0\xfe\xff" + "Hallo".encode("utf-32-be"), "UTF-32"),
        ("line one\nGrüße\n".encode("latin-1"), "line 2 is not UTF-8"),
        (b"a" * (2 << 20), "too large (2.1 MB)"),
        (b"a" * (5 << 20), "too large (more than 4.2 MB)"),
    ],
    ids=["empty", "blank", "binary", "utf-16", "utf-32", "utf-32-be", "latin-1", "2 MB", "5 MB"],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(data: bytes, says: str) -> None:
    """Each kind of unusable input says what is wrong, in one line that names the source."""
    with pytest.raises(TextError) as caught:
        decode(data, "reply.txt")
    assert says in str(caught.value)
    assert str(caught.value).startswith("reply.txt: ")
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read_are_refused_with_the_reason(tmp_path: Path) -> None:
    """A missing file and a folder each say so."""
    with pytest.raises(TextError, match=r"there is no such file\."):
        read_text(tmp_path / "nowhere.txt")
    with pytest.raises(TextError, match="folder"):
        read_text(tmp_path)


def test_a_text_of_exactly_the_limit_is_read() -> None:
    """The limit itself is allowed, one character more is not."""
    assert len(bounded("a" * MAX_CHARACTERS)) == MAX_CHARACTERS
    with pytest.raises(TextError, match="too large"):
        bounded("a" * (MAX_CHARACTERS + 1))


def test_no_more_is_read_than_a_text_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a huge file, the limit and one byte more are asked for, however much there is."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 33)  # sparse: it takes no room
    asked: list[int] = []

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(-1 if size is None else size)
            return b"a" * (MAX_BYTES + 1)

    with pytest.raises(TextError, match="more than"):
        read_text(path)
    monkeypatch.setattr(Path, "open", lambda *_: Counted())
    with pytest.raises(TextError, match="more than"):
        read_text(path)
    assert asked == [MAX_BYTES + 1]
