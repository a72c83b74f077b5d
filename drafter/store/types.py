"""Column types that give back the same value from SQLite and from PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

_NANO = Decimal(10) ** 9


class Instant(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides; SQLite has no zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC; a naive one is refused, for nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        """The moment, aware and in UTC."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Cost(TypeDecorator[Decimal]):
    """An amount of money as whole billionths: sums stay exact, which SQLite's own fractions do not."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """The amount in billionths, rounded."""
        return None if value is None else int((value * _NANO).to_integral_value())

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Decimal | None:
        """The amount."""
        return None if value is None else Decimal(int(value)) / _NANO
