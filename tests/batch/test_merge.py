"""Shared facts and a row become one customer's facts; headers that name nothing stop the batch before it begins."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from drafter.batch import Merge, Row
from drafter.errors import IncidentError, InputError
from drafter.incident import Incident, plain_facts

FACTS = plain_facts("""
company: Larkspur Gas
signer: Hana Petrov
locale: en-GB
timezone: Europe/London
as_of: 2026-03-12 10:00
problems:
  - what: your bill for {month} was too high
    ours: we read your meter wrongly, and charged you {bill:money} on {billed:date}
    when: "{billed}"
    impacts:
      - {text: you paid a fee, cost: {fee}}
    fixes: [{done: "we sent the right bill", on: 2026-03-11}]
""")
HEADERS = ("Customer", "month", "bill", "billed", "fee", "impact?", "customer.call_by?")
CELLS = ("Ravi Anand", "February", "1.204,50 GBP", "2026-03-02", "£12", "", "")


def merged(*cells: str, headers: tuple[str, ...] = HEADERS, facts: dict[str, Any] = FACTS) -> Incident:
    """The facts of one customer."""
    return Merge(facts, headers).incident(Row(2, cells))


def changed(**cells: str) -> tuple[str, ...]:
    """The cells with some of them changed."""
    return tuple(cells.get(header.lower().rstrip("?").replace(".", "_"), cell) for header, cell in zip(HEADERS, CELLS, strict=True))


def test_gaps_are_filled_as_the_locale_writes_them() -> None:
    """Money and days in a sentence read as in a letter, and a gap that is a whole value is that value."""
    (problem,) = merged(*changed(bill="1,204.50 GBP")).problems
    assert problem.what == "your bill for February was too high"
    assert problem.ours == "we read your meter wrongly, and charged you £1,204.50 on 2 March"
    assert f"{problem.when}" == "2026-03-02"
    assert problem.impacts[0].cost is not None
    assert problem.impacts[0].cost.amount == 12


def test_keys_of_the_facts_are_set_and_empty_cells_leave_them() -> None:
    """A column may name a key, `impact` is one more of the first problem, and "?" lets a cell be empty."""
    incident = merged(*changed(bill="£9", impact="you were cut off", customer_call_by="Rav"))
    assert incident.customer.name == "Ravi Anand"
    assert incident.customer.call_by == "Rav"
    assert [impact.text for impact in incident.problems[0].impacts] == ["you paid a fee", "you were cut off"]
    assert merged(*changed(bill="£9")).customer.call_by is None


def test_the_shared_facts_stay_as_they_were() -> None:
    """One customer's impact is never told to the next."""
    before = deepcopy(FACTS)
    merge = Merge(FACTS, HEADERS)
    merge.incident(Row(2, changed(bill="£9", impact="you were cut off")))
    assert len(merge.incident(Row(3, changed(bill="£9"))).problems[0].impacts) == 1
    assert before == FACTS


def test_a_customer_of_the_facts_is_left_out() -> None:
    """What the facts say of one person, their address and reference, never goes to another."""
    facts = {**FACTS, "customer": {"name": "Tom Becker", "email": "tom@example.com"}, "reference": "ticket 9"}
    incident = merged(*changed(bill="£9"), facts=facts)
    assert (incident.customer.name, incident.customer.email, incident.reference) == ("Ravi Anand", None, None)


def test_braces_in_a_cell_are_no_gap() -> None:
    """Nobody's cell can draw another cell into a sentence."""
    assert merged(*changed(bill="£9", month="{fee} {bill}")).problems[0].what == "your bill for {fee} {bill} was too high"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (changed(bill="£9", month="", fee=" "), "month and fee: these are empty."),
        (CELLS, "bill: '1.204,50 GBP' is not an amount as en-GB writes it"),
        (changed(bill="£9", billed="2026-02-30"), "billed: '2026-02-30' does not exist"),
        (changed(bill="£9", fee="lots"), "fee: 'lots' is not an amount"),
        (changed(bill="£9", month="Feb\x07"), "month: the text holds a control character"),
        (changed(bill="£9", customer="Anand, Ravi"), "customer: write the name as one says it, 'Ravi Anand'"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_by_its_column(cells: tuple[str, ...], says: str) -> None:
    """Whoever keeps the table never sees a path of the facts."""
    with pytest.raises(InputError) as found:
        merged(*cells[:-1], headers=HEADERS[:-1])
    assert str(found.value).startswith(says)


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        (("customer", "month", "bill", "billed", "fees"), "column 'fees' names nothing; did you mean 'fee'?"),
        (("customer", "month", "bill", "billed", "fee", "colour"), "column 'colour' names nothing; the facts have gaps for month"),
        (("customer", "month", "bill", "billed"), "the facts have a gap {fee}, and no column fills it"),
        (("month", "bill", "billed", "fee"), "no column is called customer"),
        (("customer", "month", "bill", "billed", "fee", "fee"), "two columns are called 'fee'"),
        (("customer", "month", "bill", "billed", "fee", ""), "column 6 has no name"),
        (
            ("customer", "month", "bill", "billed", "fee", "problems.when"),
            "column 'problems.when' does not say which: write problems.1.when",
        ),
        (("customer", "month", "bill", "billed", "fee", "problems.².when"), "does not say which: write problems.1.²"),
        (("customer", *map(str, range(300))), "there are 301 columns; a table of customers has at most 200"),
        (("customer", "month", "bill", "billed", "fee", "problems.4.when"), "names number 4 of problems, and the facts have 1"),
        (("customer", "month", "bill", "billed", "fee", "as_of"), "column 'as_of': this is one for all customers"),
        (("customer", "month", "bill", "billed", "fee", "problems.1.fixes"), "names a list or a part of the facts"),
    ],
)
def test_a_header_that_names_nothing_stops_the_batch(headers: tuple[str, ...], says: str) -> None:
    """Before a letter is written, with the nearest name."""
    with pytest.raises(InputError) as found:
        Merge(FACTS, headers, "customers.csv")
    assert says in str(found.value)


def test_facts_that_do_not_hold_together_are_no_fault_of_a_row() -> None:
    """They are told once, with their own key, instead of setting every row aside."""
    merge = Merge({**FACTS, "severity": "huge"}, HEADERS)
    with pytest.raises(IncidentError, match="severity: 'huge' is not one of"):
        merge.prove(Row(2, changed(bill="£9")))
    Merge(FACTS, HEADERS).prove(Row(2, CELLS))


def test_an_address_is_cut_into_lines_and_a_mail_address_is_looked_at() -> None:
    """What goes on an envelope, and what goes behind To."""
    facts = {**FACTS, "channel": "letter"}
    headers = (*HEADERS, "address", "email")
    incident = merged(*changed(bill="£9"), "1 Mill Lane; Leeds", "r.anand@example.com", headers=headers, facts=facts)
    assert incident.customer.address == ("1 Mill Lane", "Leeds")
    with pytest.raises(InputError, match=r"email: 'r\.anand@example' is no e-mail address"):
        merged(*changed(bill="£9"), "1 Mill Lane; Leeds", "r.anand@example", headers=headers, facts=facts)
