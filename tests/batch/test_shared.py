"""Shared words: one call of a model for all letters, which are filled and checked one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drafter.batch import Batch, Folder, Merge, Table, run
from drafter.chain.shared import placeholders_of
from drafter.compose import compose
from drafter.house.tables import House
from drafter.incident import plain_facts
from drafter.incident.moment import written_day
from evals.double_charges import FACTS, rows, written
from tests import scripted

SHARED = plain_facts(FACTS.read_text(encoding="utf-8"))
FIX = "I refunded the second [GIVEN_AMOUNT] to you today."


def table(count: int = 6) -> Table:
    """Rows without what it meant, so that all letters have one shape."""
    return Table(written([[*row[:5], ""] for row in rows(count)]))


def says(customers: Table, **changed: str) -> scripted.Says:
    """A writer who says what the facts of the first row say, with placeholders, but for the sections in `changed`."""
    merge = Merge(SHARED, customers.headers)
    row = next(customers.rows())
    incident = merge.incident(row)
    hide = placeholders_of(incident, merge.given(row)).hide
    sections = {str(section.name): hide(section.text) for section in compose(incident).sections} | changed
    return lambda request: scripted.written(request, sections)


def made(folder: Path, customers: Table, reply: scripted.Reply) -> tuple[Folder, scripted.Endpoint]:
    """The letters in the words of an endpoint that answers so, written twice over."""
    with scripted.endpoint(reply) as endpoint:
        batch = Batch(SHARED, customers, folder / "letters", House(), model=endpoint.model())
        run(batch, processes=1)
        (folder / "letters" / "ready").joinpath("000003.txt").unlink()
        return run(batch, processes=1), endpoint


def test_one_call_gives_the_words_of_all_letters(tmp_path: Path) -> None:
    """Asked once, also after a part of the letters was lost; each letter has its own values, and the model saw nobody's."""
    customers = table()
    folder, endpoint = made(tmp_path, customers, scripted.Reply(says(customers, fix=FIX)))
    assert len(endpoint.requests) == 1
    assert {(one.status, one.model) for one in folder.done.values()} == {("ready", "scripted")}
    for row in customers.rows():
        text = (folder.path / folder.done[row.line].file).read_text(encoding="utf-8")
        assert f"I refunded the second {row.cells[3]} to you today." in text
        assert "[" not in text
        assert not any(value in endpoint.sent for value in row.cells[:4])


def test_words_that_hold_one_customers_values_go_to_nobody_else(tmp_path: Path) -> None:
    """A day that is not a placeholder is wrong for the others: their letters are composed, and say so."""
    customers = table()
    day = written_day(date.fromisoformat(next(customers.rows()).cells[4]), "en-US")
    words = f"We charged your card twice for order [GIVEN_ORDER], [GIVEN_AMOUNT] each. I'm sorry. It was {day.replace(' ', ' the ')}."
    folder, _ = made(tmp_path, customers, scripted.Reply(says(customers, ownership=words)))
    assert all(one.status == "ready" for one in folder.done.values())
    for one in folder.done.values():
        text = (folder.path / one.file).read_text(encoding="utf-8")
        assert "November the" not in text
        assert one.reasons[0].startswith("Part “ownership” is in Drafter's own words.")


def test_a_customer_of_another_shape_gets_the_composed_letter(tmp_path: Path) -> None:
    """Words that were written for other facts are not bent to fit."""
    plain = [[*row[:5], ""] for row in rows(5)]
    plain[2][5] = "it pushed your account into overdraft"
    customers = Table(written(plain))
    folder, _ = made(tmp_path, customers, scripted.Reply(says(customers, fix=FIX)))
    assert [one.model for one in sorted(folder.done.values(), key=lambda one: one.line)].count(None) <= 1
    assert all(one.status == "ready" for one in folder.done.values())
    text = (folder.path / folder.done[4].file).read_text(encoding="utf-8")
    assert "overdraft" in text


@pytest.mark.parametrize("reply", [scripted.Reply(status=500), scripted.Reply("I cannot help with that.")])
def test_a_model_that_fails_leaves_the_composed_letters(tmp_path: Path, reply: scripted.Reply) -> None:
    """They are ready as ever, and each says that it was written without the model."""
    folder, _ = made(tmp_path, table(3), reply)
    for one in folder.done.values():
        assert (one.status, one.model) == ("ready", None)
        assert one.reasons[0].startswith("Written without the model: ")
