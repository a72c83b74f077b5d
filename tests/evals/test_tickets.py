"""The labelled tickets and how reading is measured on them."""

from __future__ import annotations

import pytest

from evals.tickets import KINDS, SPLITS, Ticket, measure, tickets

LEAST = {
    "train": (0.94, 0.94),
    "test": (0.85, 0.75),
    "messy": (0.9, 0.95),
    "held": (0.9, 0.9),
}  # precision and recall of triage that no change may fall below
MOST_ASTRAY = {"train": 0.08, "test": 0.17, "messy": 0.45, "held": 0.75}  # share of tickets with a wrong fact that no change may rise above
MOST_WRONG = {"train": 0.05, "test": 0.11, "messy": 0.06, "held": 0.15}  # share of all facts that no label bears out
LEAST_SEEN = {
    "train": (0.60, 0.88),
    "test": (0.50, 0.76),
    "messy": (0.55, 0.80),
    "held": (0.33, 0.78),
}  # share of problems put in our words, and at least shown


@pytest.mark.parametrize("split", SPLITS)
def test_every_label_stands_in_its_ticket(split: str) -> None:
    """Passages are copied exactly, and no ticket stands twice."""
    rows = tickets(split)
    assert len({row.text for row in rows}) == len(rows) >= (20 if split in ("messy", "held") else 150)
    assert all(quote and quote in row.text for row in rows for quotes in row.passages.values() for quote in quotes)
    assert all(quote in row.text for row in rows for quotes in row.repeated for quote in quotes)
    if split in ("train", "test"):
        assert 0.4 < sum(row.failure for row in rows) / len(rows) < 0.5


def test_no_ticket_is_in_both_splits() -> None:
    """What rules were made from is not what measures them."""
    texts = [{row.text for row in tickets(split)} for split in SPLITS]
    assert len(set().union(*texts)) == sum(map(len, texts))


@pytest.mark.parametrize("split", SPLITS)
def test_triage_and_facts_do_not_fall(split: str) -> None:
    """Precision, recall, the share of problems that are told or shown, and of facts and tickets that are wrong."""
    measured = measure(tickets(split))
    precision, recall = LEAST[split]
    assert measured.triage.precision.value >= precision
    assert measured.triage.recall.value >= recall
    assert measured.astray / measured.tickets <= MOST_ASTRAY[split]
    kinds, problems = measured.kinds.values(), measured.kinds["problem"]
    assert sum(kind.wrong for kind in kinds) <= MOST_WRONG[split] * sum(kind.items for kind in kinds)
    told, shown = LEAST_SEEN[split]
    assert problems.found >= told * problems.labelled
    assert problems.found + problems.seen >= shown * problems.labelled


def test_a_problem_that_is_told_twice_is_counted() -> None:
    """One of the passages alone is found, and is not several facts."""
    text = "The lamp arrived broken. The screen does not work."
    repeated = (("The lamp arrived broken", "The screen does not work"),)
    row = Ticket(text, True, "chat", "retail", {"problems": repeated[0]}, repeated)
    measured = measure([row])
    assert (measured.repeated, measured.twice, measured.wrong) == (1, 1, 0)


def test_what_is_found_seen_and_wrong_is_told_apart() -> None:
    """A turned problem is found, one only shown is seen, a fact without a label is wrong."""
    row = Ticket(
        "My parcel never came. your useless app lost it. Where is it? $5",
        True,
        "chat",
        "retail",
        {"problems": ("My parcel never came", "your useless app lost it"), "asks": ()},
    )
    kinds = measure([row]).kinds
    assert set(kinds) == set(KINDS)
    assert (kinds["problem"].labelled, kinds["problem"].found, kinds["problem"].seen) == (2, 1, 1)
    assert (kinds["ask"].items, kinds["ask"].wrong) == (1, 1)
    assert measure([row]).astray == 1
