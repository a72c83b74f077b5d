"""A double charge of many customers: rows for examples/batch/facts.yaml, made up from a seed, with a few that cannot be used."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

FACTS = Path(__file__).parents[1] / "examples" / "batch" / "facts.yaml"
HEADERS = ["customer", "email", "order", "amount", "paid", "impact?"]
BAD = 5  # rows that cannot be used, each for another reason

_FIRST = "Ada Bo Carmen Dev Elif Femi Greta Hugo Ines Jonas Kemi Lena Marco Nadia Omar Priya Quinn Rosa Sami Tess Umar Vera Wim Yusuf Zoë"
_LAST = "Abbey Birch Castellan Dorn Eastwick Fenwright Grau Holloway Iversen Juno Kessler Lindholm Marlow Nakamori Orvell Pemberly"
_IMPACTS = ("", "", "", "it pushed your account into overdraft", "you had to borrow money until Friday", "your card was declined at a till")
_FIRST_DAY = date(2026, 11, 12)
_FIRST_ORDER = 20_001


def rows(count: int, seed: int = 412) -> list[list[str]]:
    """As many rows: names, orders, amounts, days and what it meant differ; none is there twice."""
    chance = random.Random(seed)
    return [_row(number, chance) for number in range(count)]


def spoiled(good: list[list[str]], seed: int = 412) -> list[list[str]]:
    """The rows with `BAD` of them spoiled: a cell that is empty, two that cannot be read, a customer twice, and a cell too few."""
    made = [list(row) for row in good]
    empty, amount, day, twice, short = sorted(random.Random(seed).sample(range(1, len(made)), BAD))
    made[empty][2] = ""
    made[amount][3] = "a lot"
    made[day][4] = "2026-02-30"
    made[twice] = list(made[0])
    made[short] = made[short][:-2]
    return made


def written(table: list[list[str]]) -> str:
    """The rows as CSV, under their header."""
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *table])
    return out.getvalue()


def _row(number: int, chance: random.Random) -> list[str]:
    first, last = chance.choice(_FIRST.split()), chance.choice(_LAST.split())
    order, amount = _FIRST_ORDER + number, chance.randrange(400, 60_000)
    day = _FIRST_DAY + timedelta(days=chance.randrange(8))
    mail = f"{first}.{last}.{order}@example.com".lower().replace("ë", "e")
    return [f"{first} {last}", mail, str(order), f"${amount / 100:,.2f}", day.isoformat(), chance.choice(_IMPACTS)]
