"""The `[remedy]` tables: read with their numbers as typed, and refused with line, key and what to write instead."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from drafter import check
from drafter.errors import InputError
from drafter.house.read import load_house
from drafter.house.remedy import RemedyTable

WHOLE = """
[remedy]
currency = "EUR"
cap = 150.10
cap_over = "26w"
costs_as = "contractual"

[[remedy.statutory]]
name = "delay"
where = "the flight came three hours late or more"
amount = "250.00"

[[remedy.goodwill]]
trade = "airline"
severity = "serious"
times = 0.5
terms = "you can use it for any flight"

[[remedy.approvers]]
name = "Ana Ruiz"
up_to = "any"
"""


def house(folder: Path, text: str = WHOLE) -> RemedyTable:
    """The table of a settings file."""
    (folder / "drafter.toml").write_text(text, encoding="utf-8")
    return load_house(folder / "drafter.toml").remedy


def test_it_is_read_as_it_was_typed(tmp_path: Path) -> None:
    """Without the tail of a float; one severity may stand without a list."""
    table = house(tmp_path)
    assert (table.cap, table.cap_over, table.limit) == (Decimal("150.10"), timedelta(weeks=26), None)
    assert (table.rights[0].amount, table.rights[0].kind) == (Decimal("250.00"), "payment")
    assert (table.goodwill[0].severity, table.goodwill[0].times, table.goodwill[0].kind) == (("serious",), Decimal("0.5"), "credit")
    assert table.approver("ana ruiz")
    assert RemedyTable() == house(tmp_path, "")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('currency = "EUR"', "", "line 2: remedy: currency is missing"),
        ('"EUR"', '"euro"', "line 3: remedy.currency: 'euro' is not a currency such as EUR, GBP or USD"),
        ("150.10", '"150 EUR"', "line 4: remedy.cap: '150 EUR' is not a number such as 20 or 12.50; its currency stands under"),
        ("150.10", "0", "line 4: remedy.cap: '0' is not an amount that anybody gives"),
        ("150.10", "true", "line 4: remedy.cap: write a number, such as 20"),
        ('"26w"', '"long"', "line 5: remedy.cap_over: 'long' is not a length of time"),
        ('"contractual"', '"goodwill"', "line 6: remedy.costs_as: 'goodwill' is not one of refund, statutory, contractual"),
        ('where = "the flight came three hours late or more"', "", "line 8: remedy.statutory.1.where: this key is missing"),
        ("times = 0.5", "time = 0.5", "line 16: remedy.goodwill.1.time: unknown key; did you mean 'times'?"),
        ("times = 0.5", "", "line 13: remedy.goodwill.1: say it in one way"),
        ("times = 0.5", "times = 0.5\namount = 3", "line 13: remedy.goodwill.1: say it in one way"),
        ("times = 0.5", "amount = 3\nmost = 4", "line 13: remedy.goodwill.1: most goes with times"),
        ("times = 0.5", 'text = "a free seat is yours"', "line 13: remedy.goodwill.1: a credit has an amount"),
        ("times = 0.5", 'kind = "discount"\namount = 5', "line 16: remedy.goodwill.1.kind: a discount is only for those who spend again"),
        ("times = 0.5", 'kind = "vouchr"\namount = 5', "remedy.goodwill.1.kind: 'vouchr' is not one of .* did you mean 'voucher'"),
        ("times = 0.5", "amount = 5\nminimum_spend = 50", "line 17: remedy.goodwill.1.minimum_spend: unknown key"),
        ('amount = "250.00"', 'amount = 250\nkind = "voucher"', "remedy.statutory.1.kind: 'voucher' is not one of payment, waiver"),
        ('"any"', '"all"', "line 21: remedy.approvers.1.up_to: 'all' is not a number"),
        ('up_to = "any"', 'up_to = 5\n[[remedy.approvers]]\nname = "ana ruiz"\nup_to = 9', "'Ana Ruiz' stands twice among the approvers"),
        ("[[remedy.goodwill]]", '[[remedy.contractual]]\nname = "delay"\nwhere = "x"\namount = 1\n[[remedy.goodwill]]', "two rights"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    """With file, line and key."""
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        house(tmp_path, WHOLE.replace(old, new))


@pytest.mark.parametrize(
    "words",
    [
        "valid on orders over €50",
        "valid on orders over 50 EUR",
        "for orders from €50",
        "you can use it when you spend €50 or more",
        "valid on your next order",
        "only with a purchase",
        "it needs a minimum order of €30",
    ],
)
def test_what_has_to_be_spent_for_is_refused(tmp_path: Path, words: str) -> None:
    """Where the house says so, and as the flag `sell` in a letter."""
    house(tmp_path, WHOLE.replace("you can use it for any flight", words))
    with pytest.raises(InputError, match=r"drafter.toml: line 17: remedy: “.*” has to be spent for"):
        check("We were late.", house=load_house(tmp_path / "drafter.toml"))
    assert "sell" in {finding.rule for finding in check(f"We are giving you a voucher of €10, {words}.").findings}


def test_what_has_no_strings_is_let_through(tmp_path: Path) -> None:
    """A credit for anything, whenever they like."""
    house(tmp_path, WHOLE.replace("you can use it for any flight", "you don't need to spend anything to use it, and it does not expire"))
    assert check("We were late.", house=load_house(tmp_path / "drafter.toml"))
