"""Money in a form of facts: an amount that was typed without its currency, where the ticket or the place leaves but one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from drafter.incident.money import only_currency
from drafter.ui.facts import Facts

_BARE = re.compile(r"\d[\d.,'\u00a0\u202f ]*")
_SIGN = re.compile(r"[$£€¥₹](?=\s?\d)|(?<=\d)\s?[£€]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b(?=\s?\d)|(?<=\d)\s?(?:USD|EUR|GBP|CHF|CAD|AUD)\b")


def bare_amounts(facts: Facts) -> set[str]:
    """The names of fields with an amount whose currency nobody has said."""
    return {name for name, _ in _bare(facts)}


def completed(facts: Facts, ticket: str) -> None:
    """Give amounts without a currency the only one that it can be: that of the ticket and the facts, or else of the place that was set."""
    for _, remedy in list(_bare(facts)):
        if sign := _only(facts, ticket):
            remedy["amount"] = f"{sign}{remedy['amount']}" if len(sign) == 1 else f"{remedy['amount']} {sign}"


def _bare(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, problem in enumerate(facts["problems"], 1):
        for number, remedy in enumerate(problem.get("remedies") or (), 1):
            if _BARE.fullmatch(str(remedy.get("amount") or "").strip()):
                yield f"problems.{at}.remedies.{number}.amount", remedy


def _only(facts: Facts, ticket: str) -> str:
    said = f"{ticket}\n{facts['problems']}\n{facts['asks']}"
    found = {match.strip() for match in _SIGN.findall(said)}
    if found:
        return found.pop() if len(found) == 1 else ""
    return only_currency(str(facts.get("locale") or "").replace("_", "-"))
