"""Money is read and written by locale, and never without a currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from drafter.incident import Money
from drafter.incident.reading import FRAME, Frame


def read(value: Any, locale: str = "en-US") -> Money:
    """The money that `value` states to a reader of `locale`."""
    token = FRAME.set(Frame(locale))
    try:
        return Money.model_validate(value)
    finally:
        FRAME.reset(token)


@pytest.mark.parametrize(
    ("text", "locale", "amount", "currency"),
    [
        ("$149.00", "en-US", "149.00", "USD"),
        ("$149", "en-CA", "149", "CAD"),
        ("149 USD", "en-GB", "149", "USD"),
        ("18,50 €", "en-US", "18.50", "EUR"),  # thousands have three digits
        ("18.50 €", "de-DE", "18.50", "EUR"),
        ("USD 149", "en-US", "149", "USD"),
        ("usd 149", "en-US", "149", "USD"),
        ("£1,234.50", "en-GB", "1234.50", "GBP"),
        ("€40", "en-IE", "40", "EUR"),
        ("1.234,50 €", "de-DE", "1234.50", "EUR"),
        ("¥5000", "en-US", "5000", "JPY"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, locale: str, amount: str, currency: str) -> None:
    """Symbol or code, before or behind, with the separators of the locale."""
    assert read(text, locale) == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("149", "has no currency"),
        (149, "has no currency"),
        (149.5, "has no currency"),
        ("a lot", "is not an amount"),
        ("149 XQZ", "is not a currency"),
        ("$1.234,50", "is not an amount as en-US writes it"),
        ("-$5", "not negative"),
        ({"amount": "5", "currency": "ZZZ"}, "not an ISO 4217 currency"),
        ({"amount": "NaN", "currency": "USD"}, "finite"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(value: Any, says: str) -> None:
    """A bare number, an unknown currency, the separators of elsewhere and a negative amount each say what is wrong."""
    with pytest.raises(ValidationError, match=says):
        read(value)


@pytest.mark.parametrize(
    ("money", "locale", "written"),
    [
        (Money(amount=Decimal("149.00"), currency="USD"), "en-US", "$149.00"),
        (Money(amount=Decimal("35"), currency="USD"), "en-US", "$35"),
        (Money(amount=Decimal("1234.5"), currency="GBP"), "en-GB", "£1,234.50"),
        (Money(amount=Decimal("40"), currency="USD"), "en-CA", "US$40"),
        (Money(amount=Decimal("5000"), currency="JPY"), "en-US", "¥5,000"),
    ],
)
def test_amounts_are_written_as_the_locale_does(money: Money, locale: str, written: str) -> None:
    """Decimals stay as they were given, and another country's dollar says whose it is."""
    assert money.written(locale) == written


def test_a_float_keeps_no_binary_tail() -> None:
    """0.1 is ten cents, not 0.1000000000000000055."""
    assert read({"amount": 0.1, "currency": "USD"}).amount == Decimal("0.1")


@settings(deadline=None)  # the first text of a locale reads its data, which takes a while on a busy machine
@given(
    cents=st.integers(min_value=0, max_value=10**10),
    currency=st.sampled_from(["USD", "EUR", "GBP", "CAD", "AUD", "CHF"]),
    locale=st.sampled_from(["en-US", "en-GB", "en-CA", "en-AU", "de-DE", "fr-FR"]),
)
def test_what_is_written_is_read_back(cents: int, currency: str, locale: str) -> None:
    """Writing and reading are inverse in every locale."""
    money = Money(amount=Decimal(cents) / 100, currency=currency)
    assert read(money.written(locale), locale) == money


@pytest.mark.parametrize(
    ("locale", "typed", "amount", "currency"),
    [
        ("en-NZ", "NZ$612", "612", "NZD"),
        ("en-CA", "C$45", "45", "CAD"),
        ("en-US", "A$20.50", "20.50", "AUD"),
        ("en-ZA", "R7 480", "7480", "ZAR"),
        ("en-ZA", "R7,480", "7480", "ZAR"),
        ("en-ZA", "R 7 480.50", "7480.50", "ZAR"),
        ("en-IN", "Rs. 1,20,000", "120000", "INR"),
        ("en-GB", "£1 250", "1250", "GBP"),
        ("de-DE", "1.250 EUR", "1250", "EUR"),
    ],
)
def test_amount_is_read_as_its_country_writes_it(locale: str, typed: str, amount: str, currency: str) -> None:
    """Marks of the dollars of each country, thousands that stand apart, and no cents of three digits."""
    money = read(typed, locale)
    assert (money.amount, money.currency) == (Decimal(amount), currency)
