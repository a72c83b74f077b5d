"""Days in the facts' own words, in the letter's style."""

from __future__ import annotations

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.compose.days import Days
from drafter.compose.phrases import phrases_for
from tests.compose.incidents import LOST, incident


@pytest.mark.parametrize(
    ("typed", "british", "american"),
    [
        ("on 13/03 we left", "on 13 March we left", "on March 13 we left"),
        ("paid on 03/14/2026", "paid on 14 March", "paid on March 14"),
        ("valid to 31/12/2027", "valid to 31 December 2027", "valid to December 31, 2027"),
        ("sent on 2026-02-07 and 2026-02-09", "sent on 7 February and 9 February", "sent on February 7 and February 9"),
        ("your invoice of March 3rd", "your invoice of 3 March", "your invoice of March 3"),
        ("on the 5th of March we moved", "on 5 March we moved", "on March 5 we moved"),
        ("from 3 March to 5 March", "from 3 March to 5 March", "from March 3 to March 5"),
        ("Friday 12th March at 9", "Friday 12 March at 9", "Friday, March 12 at 9"),
        ("on 04/04 we", "on 4 April we", "on April 4 we"),
        ("on 1 Sept without notice", "on 1 September without notice", "on September 1 without notice"),
        ("your order of 12 mar went out", "your order of 12 March went out", "your order of March 12 went out"),
    ],
)
def test_whole_day_is_told_as_the_letter_writes_days(typed: str, british: str, american: str) -> None:
    """One day has one form in a letter, however it was typed."""
    phrases = phrases_for("en")
    assert Days(incident(), phrases).restyled(typed) == british
    assert Days(incident(locale="en-US"), phrases).restyled(typed) == american


@pytest.mark.parametrize(
    "typed",
    [
        "we closed it on 02/03/2026",
        "on 03/04 we left",
        "we are open 24/7",
        "from 24/7 support",
        "in March 5 people left",
        "on 12 March orders went out",
        "your emails of October 3, 8 and 12",
        "you may 5 times",
        "file 2026-02-07_export.csv",
        "on 30/02 we",
        "16/9 screens",
        "version 13.4.1",
    ],
)
def test_what_may_be_two_days_or_none_stays_as_it_is(typed: str) -> None:
    """A day and a month that can be read either way, lists, ratios and versions are not touched."""
    for locale in ("en-GB", "en-US"):
        assert Days(incident(locale=locale), phrases_for("en")).restyled(typed) == typed


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ("we lost your parcel on 03/05/2026", "We lost your parcel on 03/05/2026."),
        ("we lost your parcel on March 5th", "We lost your parcel on 5 March."),
        ("we lost your parcel on 2026-03-05", "We lost your parcel on 5 March."),
    ],
)
def test_day_of_the_mistake_is_not_said_in_two_styles(ours: str, said: str) -> None:
    """Where the clause names the day in any form, the composer adds none of its own; the checks find the same day."""
    facts = incident({**LOST, "ours": ours, "cause": None})
    text = compose(facts).text
    assert said in text
    assert "Thursday 5 March" not in text
    assert [finding.text for finding in check(text, facts).findings if finding.severity == "error"] == []


def test_quoted_day_stays_as_it_was_written() -> None:
    """Words in quotation marks are another's."""
    assert 'said "back on March 3rd"' in compose(incident({**LOST, "ours": 'we put up a note that said "back on March 3rd"'})).text
