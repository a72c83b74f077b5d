"""Values as people write them, read into what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drafter.checks.grounding.finder import values
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.numerals import numeral
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import tokens

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def found(text: str, locale: str = "en-US") -> list[Value]:
    """The values of a text written on Friday, November 20, 2026."""
    return values(text, tokens(text), Frame(FRIDAY, locale))


def only(text: str, locale: str = "en-US") -> Value:
    """The one value of a text."""
    all_of_them = found(text, locale)
    assert len(all_of_them) == 1, [value.text for value in all_of_them]
    return all_of_them[0]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$149.00", "149", "USD"),
        ("149 dollars", "149", "USD"),
        ("USD 149", "149", "USD"),
        ("149 USD", "149", "USD"),
        ("149 bucks", "149", "USD"),
        ("US$149", "149", "USD"),
        ("£40", "40", "GBP"),
        ("forty pounds", "40", "GBP"),
        ("forty quid", "40", "GBP"),
        ("€1,450", "1450", "EUR"),
        ("€2.5k", "2500", "EUR"),
        ("50p", "0.50", "GBP"),
        ("eighty-six pounds forty", "86.40", "GBP"),
        ("a hundred dollars", "100", "USD"),
    ],
)
def test_money_is_read_in_every_writing(text: str, amount: str, currency: str) -> None:
    """Symbol, code, noun and number words give one amount with its currency."""
    value = only(text)
    assert value.kind == "money"
    assert value.amount == Decimal(amount)
    assert currency in value.currencies


@pytest.mark.parametrize(
    ("text", "locale", "amount"),
    [
        ("1,842 rows", "en-US", 1842),
        ("1842 rows", "en-US", 1842),
        ("1.842 rows", "de-DE", 1842),
        ("two rows", "en-US", 2),
        ("twenty-four rows", "en-US", 24),
        ("two dozen rows", "en-US", 24),
        ("half a dozen rows", "en-US", 6),
        ("one hundred and forty rows", "en-US", 140),
        ("two thousand rows", "en-US", 2000),
        ("twice", "en-US", 2),
    ],
)
def test_numbers_are_read_by_locale_and_in_words(text: str, locale: str, amount: int) -> None:
    """Digits are grouped as the locale groups them; words count."""
    value = only(text, locale)
    assert value.kind == "number"
    assert value.amount == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("November 25", date(2026, 11, 25)),
        ("November 25th", date(2026, 11, 25)),
        ("Nov 25", date(2026, 11, 25)),
        ("25 November 2026", date(2026, 11, 25)),
        ("the 25th of November", date(2026, 11, 25)),
        ("Wednesday, November 25", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("11/25", date(2026, 11, 25)),
        ("Wednesday", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 19)),
        ("the day after tomorrow", date(2026, 11, 22)),
        ("next Monday", date(2026, 11, 23)),
        ("last Friday", date(2026, 11, 13)),
        ("this morning", date(2026, 11, 20)),
        ("by the 25th", date(2026, 11, 25)),
        ("next week", date(2026, 11, 27)),
        ("the end of the month", date(2026, 11, 30)),
    ],
)
def test_dates_fit_the_day_they_mean(text: str, day: date) -> None:
    """Whole, partial and relative dates fit their day, and not the day a fortnight before."""
    value = only(text)
    assert value.kind == "date"
    assert value.days is not None
    assert value.days.fits(day)
    assert not value.days.fits(date(2026, 11, 6))


def test_numeric_dates_follow_the_locale() -> None:
    """3/4 is March 4 in the United States and 3 April in Britain."""
    american, british = only("3/4").days, only("3/4", "en-GB").days
    assert american is not None
    assert british is not None
    assert (american.month, american.day) == (3, 4)
    assert (british.month, british.day) == (4, 3)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("5 pm", 17 * 60),
        ("5pm", 17 * 60),
        ("5 p.m.", 17 * 60),
        ("17:00", 17 * 60),
        ("5 o'clock", 17 * 60),
        ("five o’clock", 17 * 60),
        ("five this afternoon", 17 * 60),
        ("at five", 17 * 60),
        ("noon", 12 * 60),
        ("half past five", 17 * 60 + 30),
        ("at half five", 17 * 60 + 30),
        ("quarter to six", 17 * 60 + 45),
        ("5.30 pm", 17 * 60 + 30),
        ("at 5.30", 17 * 60 + 30),
        ("09:10", 9 * 60 + 10),
    ],
)
def test_times_of_day_are_read(text: str, clock: int) -> None:
    """Digits, words and halves of the day give minutes after midnight."""
    value = next(value for value in found(text) if value.kind == "time")
    assert clock in value.clocks


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("two weeks", 14 * 1440),
        ("14 days", 14 * 1440),
        ("a fortnight", 14 * 1440),
        ("half an hour", 30),
        ("30 minutes", 30),
        ("40-minute", 40),
        ("24h", 1440),
        ("1.5 hours", 90),
        ("one and a half hours", 90),
        ("an hour and a half", 90),
        ("a couple of days", 2 * 1440),
    ],
)
def test_durations_are_read_in_minutes(text: str, minutes: int) -> None:
    """Units of time are one scale."""
    value = only(text)
    assert value.kind == "duration"
    assert (value.unit, value.amount) == ("min", Decimal(minutes))


def test_working_days_and_months_are_scales_of_their_own() -> None:
    """Five business days are not five days, and a month has no fixed length."""
    assert (only("five business days").unit, only("five days").unit, only("two months").unit) == ("workday", "min", "month")


@pytest.mark.parametrize("text", ["20%", "20 percent", "20 per cent", "twenty percent"])
def test_percentages_are_read(text: str) -> None:
    """The sign and the words are one."""
    value = only(text)
    assert value.kind == "percentage"
    assert value.amount == 20


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("order 1042", "1042"),
        ("#1042", "1042"),
        ("INV-2041", "inv2041"),
        ("version 3.4.1", "3.4.1"),
        ("tom@example.com", "tom@example.com"),
        ("https://example.com/help", "https://example.com/help"),
        ("555-0142", "5550142"),
        ("020 7946 0018", "02079460018"),
        ("+44 20 7946 0018", "442079460018"),
    ],
)
def test_references_are_read_whole(text: str, key: str) -> None:
    """Addresses, links, phone numbers, codes and numbered things are names, not numbers."""
    value = only(text)
    assert value.kind == "reference"
    assert value.key.replace(".", "") == key.replace("/", "").replace(".", "")


@pytest.mark.parametrize("text", ["1. One thing", "2) Then", "we are here 24/7", "see step 2", "one of them", "first of all"])
def test_markers_and_idioms_are_no_claims(text: str) -> None:
    """List markers, "24/7", "step 2" and "one of" state no figure."""
    assert [value.text for value in found(text) if not value.weak] == []


def test_spans_are_exact() -> None:
    """The words of a value are those at its span."""
    text = "On Wednesday, November 25 at 5 pm we'll refund $149.00, 20% more, in two weeks."
    for value in found(text):
        assert text[value.start : value.end] == value.text
    assert [value.kind for value in found(text)] == ["date", "time", "money", "percentage", "duration"]


@pytest.mark.parametrize(("text", "number"), [("1,842.50", "1842.50"), ("52k", "52000"), ("1.2 million", "1200000"), ("ninety", "90")])
def test_numeral_reads_scales(text: str, number: str) -> None:
    """Thousands, millions and their short forms multiply."""
    assert numeral(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We had to stop in October.\n3. Your money", ["October"]),
        ("The desk is closed on Sunday. On 18 April it opens.", ["Sunday", "18 April"]),
        ("We came on Thu 8 Oct. I rang you.", ["Thu 8 Oct"]),
        ("We came on Oct. 3.", ["Oct. 3"]),
    ],
)
def test_a_date_ends_with_its_sentence(text: str, whole: list[str]) -> None:
    """A full stop belongs to a short form only, and a new line's number to its item."""
    assert [value.text for value in found(text) if value.kind == "date"] == whole


def test_all_four_is_no_hour() -> None:
    """A number behind "all" or "each" counts, whatever part of the day follows; twelve noon is an hour."""
    assert [value.kind for value in found("I rang all four this morning")] == ["number", "date"]
    assert only("at 12 noon").clocks == (720,)
