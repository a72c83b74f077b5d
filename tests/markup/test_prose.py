"""Prose knows where in the original each of its characters stands."""

from __future__ import annotations

import pytest

from drafter.markup import Markup, markup_of, read_prose
from drafter.markup.prose import Builder, Silence


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("reply.txt", "text"),
        ("reply", "text"),
        ("a.b/README.MD", "markdown"),
        ("x.markdown", "markdown"),
        ("x.html", "html"),
        ("X.HTM", "html"),
        ("mail.eml", "eml"),
        ("-", "text"),
    ],
)
def test_the_name_of_a_file_says_what_it_is(name: str, markup: Markup) -> None:
    """The ending decides, in any case; all else is plain text."""
    assert markup_of(name) == markup


def test_what_is_put_stands_for_the_whole_of_its_place() -> None:
    """A part of a replaced stretch is all of it in the original; copied characters are one for one."""
    builder = Builder("a &amp; b<i>c</i>")
    builder.copy(0, 2)
    builder.put("&", 2, 7)
    builder.copy(7, 9)
    builder.copy(12, 13)
    prose = builder.prose()
    assert prose.text == "a & bc"
    assert [prose.place(at, at + 1) for at in range(6)] == [(0, 1), (1, 2), (2, 7), (7, 8), (8, 9), (12, 13)]
    assert prose.place(2, 6) == (2, 13)
    assert prose.place(6, 6) == (17, 17)


def test_prose_within_prose_stands_in_the_outer_original() -> None:
    """HTML that was decoded has its places in the mail."""
    outer = Builder("x: =3Cb=3Esorry")
    for start, end, words in ((3, 6, "<"), (6, 7, "b"), (7, 10, ">")):
        outer.put(words, start, end)
    outer.copy(10, 15)
    inner = read_prose("<b>sorry", "html").within(outer.prose())
    assert inner.text == "sorry"
    assert inner.place(0, 5) == (10, 15)
    assert inner.place(5, 5) == (15, 15)


def test_plain_text_is_its_own_prose() -> None:
    """Nothing is copied where nothing is to be changed, and line ends of Windows are read as line ends."""
    assert read_prose("One.\nTwo.\n", "text").pieces == ()
    windows = read_prose("One.\r\nTwo.\r\n", "text")
    assert windows.text == "One.\nTwo.\n"
    assert windows.place(5, 8) == (6, 9)


def test_a_silence_covers_what_it_names_or_all_but_that() -> None:
    """Both kinds end where they end."""
    named, others = Silence(2, 5, frozenset({"excuse"})), Silence(2, 5, frozenset({"excuse"}), others=True)
    assert [named.covers("excuse", at) for at in (1, 2, 4, 5)] == [False, True, True, False]
    assert (named.covers("sell", 3), others.covers("sell", 3), others.covers("excuse", 3)) == (False, True, False)
