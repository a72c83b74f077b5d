"""Money: an amount with its currency, read and written by locale."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, numbers
from pydantic import BaseModel, ConfigDict, model_validator

from drafter.incident.reading import current

_THOUSAND = 3  # digits
_MOST = Decimal(10) ** 12
_SHAPE = re.compile(r"^(?P<sign>-?)(?P<before>[^\d\s.,-]*)\.?\s*(?P<amount>\d[\d.,'\u00a0\u202f\s]*)\s*(?P<after>[^\d\s]*)$")


class Money(BaseModel):
    """An amount and an ISO 4217 currency; written "$149.00", "149 USD" or {amount, currency}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Decimal
    currency: str

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _parse(value, current().locale)
        if isinstance(value, (int, float, Decimal)):
            raise ValueError(f"{value} has no currency; write it as '$149.00' or '149 USD'")
        if isinstance(value, dict) and isinstance(value.get("amount"), float):
            return {**value, "amount": str(value["amount"])}  # a float's binary tail is nobody's amount
        return value

    @model_validator(mode="after")
    def _known(self) -> Money:
        if self.currency not in numbers.list_currencies():
            raise ValueError(f"'{self.currency}' is not an ISO 4217 currency such as USD, EUR or GBP")
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError("an amount is a finite number that is not negative")
        if self.amount >= _MOST:
            raise ValueError("an amount this large is surely a slip")
        return self

    def in_coins(self) -> Money:
        """The amount with as many decimals as its currency has, rounded up."""
        coin = Decimal(1).scaleb(-numbers.get_currency_precision(self.currency))
        return self.model_copy(update={"amount": self.amount.quantize(coin, ROUND_UP)})

    def written(self, locale: str) -> str:
        """The amount as `locale` writes it: "$149.00", or "$35" when it was given without decimals."""
        decimals = self.amount != self.amount.to_integral() or self.amount.as_tuple().exponent != 0
        place = babel_locale(locale)
        if decimals:
            return numbers.format_currency(self.amount, self.currency, locale=place)
        return numbers.format_currency(self.amount, self.currency, _without_decimals(place), place, currency_digits=False)


def only_currency(locale: str) -> str:
    """The one currency of a locale's country, as its ISO 4217 code; "" where it has none or several, or there is no such locale."""
    if not is_locale(locale) or not (territory := babel_locale(locale).territory):
        return ""
    codes: list[str] = numbers.get_territory_currencies(territory)
    return codes[0] if len(codes) == 1 else ""


@lru_cache(maxsize=64)
def babel_locale(locale: str) -> Locale:
    """The Babel locale of a BCP 47 tag such as "en-GB"."""
    return Locale.parse(locale, sep="-")


def is_locale(value: object) -> bool:
    """Whether Babel knows the locale of this tag."""
    return isinstance(value, str) and _is_known(value)


@lru_cache(maxsize=256)
def _is_known(tag: str) -> bool:
    try:
        babel_locale(tag.replace("_", "-"))
    except (ValueError, TypeError, UnknownLocaleError):
        return False
    return True


@lru_cache(maxsize=64)
def _without_decimals(locale: Locale) -> str:
    return re.sub(r"\.0+", "", str(locale.currency_formats["standard"].pattern))


@lru_cache(maxsize=64)
def _symbols(locale: str) -> dict[str, str]:
    """What people write in front of or behind an amount -> currency, as read in this locale."""
    found: dict[str, str] = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY", "₹": "INR"}
    found |= {"US$": "USD", "NZ$": "NZD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD"}
    for code in sorted(numbers.list_currencies()):
        found[code] = code
    place = babel_locale(locale)
    found |= {symbol: code for code, symbol in place.currency_symbols.items() if not symbol.isalpha()}
    found["Rs"] = {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR"}.get(place.territory or "", "INR")
    for code in numbers.get_territory_currencies(place.territory or "US"):
        found[numbers.get_currency_symbol(code, place)] = code
    return found


def _with_cents(written: str) -> Decimal | None:
    """An amount with one mark before its two last digits: "18,50" is eighteen and a half anywhere, as thousands have three."""
    match = re.fullmatch(r"(\d{1,3})[.,](\d{2})", written)
    return Decimal(f"{match[1]}.{match[2]}") if match else None


def _with_gaps(written: str) -> Decimal | None:
    """An amount whose thousands stand apart, as "7 480" or "1'250.50": there is one way to read it anywhere."""
    match = re.fullmatch(r"(\d{1,3}(?:[ '\u00a0\u202f]\d{3})+)(?:[.,](\d{2}))?", written)
    return Decimal(re.sub(r"\D", "", match[1]) + (f".{match[2]}" if match[2] else "")) if match else None


def _in_thousands(written: str, currency: str) -> Decimal | None:
    """An amount as "7,480", which has no cents anywhere, as a currency with two digits of them has not three."""
    match = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+", written)
    return Decimal(re.sub(r"\D", "", written)) if match and numbers.get_currency_precision(currency) < _THOUSAND else None


def _parse(text: str, locale: str) -> dict[str, object]:
    match = _SHAPE.match(text.strip())
    if not match:
        raise ValueError(f"'{text}' is not an amount; write it as '$149.00' or '149 USD'")
    mark = match["before"] or match["after"]
    if not mark:
        raise ValueError(f"'{text}' has no currency; write it as '$149.00' or '149 USD'")
    currency = _symbols(locale).get(mark) or _symbols(locale).get(mark.upper())
    if currency is None:
        raise ValueError(f"'{mark}' is not a currency that this locale knows; write a code such as USD, EUR or GBP")
    written = match["amount"].strip()
    try:
        amount = _in_thousands(written, currency) or numbers.parse_decimal(written, locale=babel_locale(locale), strict=True)
    except numbers.NumberFormatError:
        cents = _with_cents(written) or _with_gaps(written)
        if cents is None:
            example = numbers.format_decimal(1234.5, "#,##0.00", locale=babel_locale(locale))
            raise ValueError(f"'{text}' is not an amount as {locale} writes it; write it like {example} {currency}") from None
        amount = cents
    return {"amount": -amount if match["sign"] else amount, "currency": currency}
