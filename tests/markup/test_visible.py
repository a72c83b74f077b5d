"""Prose is judged as it is seen, and every place is one of the original."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafter import check
from drafter.errors import TextError
from drafter.incident import Incident
from drafter.markup import Markup, read_prose
from tests.markup.places import exact, hold

BAD = "You should have re\u00adad the te\u0301rms."


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("so\u200brry", "sorry"),
        ("\ufeffsorry\u2060", "sorry"),
        ("sor\u00adry", "sorry"),
        ("\u202esorry\u202c", "sorry"),
        ("so\x07rry", "sorry"),
        ("so\ud800rry", "sorry"),
        ("sorry\ufe0f\u3164", "sorry"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("x\u0301\u0302", "x"),
        ("\u0301a", "a"),
        ("o\ufb03ce", "office"),
        ("a\r\nb\x0bc\x85", "a\nb\x0bc\x85"),
        ("ки\u0306т", "кйт"),
    ],
)
def test_prose_is_what_a_reader_sees(text: str, seen: str) -> None:
    """What shows nothing is left out, accents sit on their letters, ligatures are letters; blanks and line ends stay."""
    assert read_prose(text, "text").text == seen
    hold(text, "text")


def test_a_place_takes_in_the_accent_of_its_last_letter_and_nothing_after() -> None:
    """A span is neither cut within a letter nor drawn over what shows nothing."""
    prose = read_prose("\u200bcafe\u0301\u200b au lait", "text")
    assert prose.place(0, 4) == (1, 6)
    assert prose.place(12, 12) == (15, 15)


def test_a_plain_text_is_left_as_it_is() -> None:
    """Curly quotes, dashes and letters of other scripts show something."""
    text = "We’re sorry – для вас… 🙈"
    assert read_prose(text, "text").text is text


def test_a_text_that_shows_nothing_is_empty() -> None:
    """There is nothing in it to judge."""
    with pytest.raises(TextError, match="empty"):
        check("\u200b\u2060 \ufeff")


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_comments_and_places_hold_beside_what_shows_nothing(markup: Markup) -> None:
    """A rule that a comment switches off is off for the same words, also at the end of the text."""
    text = f"{BAD}\n\n<!-- drafter: off blame-customer, missing-ownership -->\n\n{BAD}\n"
    findings = check(text, kind="apology", markup=markup).findings
    assert [finding.start for finding in findings if finding.rule == "blame-customer"] == [0]
    assert "missing-ownership" not in {finding.rule for finding in findings}
    assert "missing-explicit-apology" in {finding.rule for finding in findings}
    exact(text, markup)


def test_a_mail_is_seen_as_its_reader_sees_it() -> None:
    """Soft hyphens in a mail hide nothing either."""
    text = f"Subject: Your order\nContent-Type: text/plain; charset=utf-8\n\n{BAD}\n"
    assert "blame-customer" in {finding.rule for finding in check(text, markup="eml").findings}
    exact(text, "eml")


def test_a_locked_paragraph_is_found_as_it_is_seen(incident: Callable[..., Incident]) -> None:
    """Line ends of Windows and soft hyphens do not make another text of it."""
    law = "Any incon\u00advenience is regretted.\nWe accept no liability for delays."
    facts = incident(locked=[law])
    text = "We missed the date we had given you for your bike.\r\n\r\n" + law.replace("\n", "\r\n") + "\r\n\r\nI’m sorry."
    assert "denial" not in {finding.rule for finding in check(text, facts).findings}
    assert "denial" in {finding.rule for finding in check(text).findings}
