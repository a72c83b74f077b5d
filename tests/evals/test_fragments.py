"""The labelled fragments and how well they become clauses."""

from __future__ import annotations

import pytest

from evals.counts import Figure
from evals.fragments import FILES, Row, measure, rows, spelled

LEAST = {"development": 0.90, "test": 0.72}  # share with an accepted first proposal that no change may fall below
MOST_OTHERS = {"development": 0.01, "test": 0.06}  # share of proposals not among the accepted, an upper bound of the wrong


def test_no_fragment_stands_twice() -> None:
    """What the rules were made from is not what measures them."""
    typed = [row.fragment for name in FILES for row in rows(name)]
    assert len(set(typed)) == len(typed) > 500


@pytest.mark.parametrize("name", FILES)
def test_proposals_do_not_get_worse(name: str) -> None:
    """Accepted, not accepted, and silence where nothing should be said."""
    counts = measure(rows(name)).counts
    assert Figure.of(counts["first"], counts["wanted"]).value >= LEAST[name]
    assert Figure.of(counts["other"], counts["proposal"]).value <= MOST_OTHERS[name]
    assert counts["none"] - counts["silent"] <= 1


def test_a_short_form_is_every_clause_that_it_stands_for() -> None:
    """Choices may be empty, and stand inside of others."""
    assert list(spelled("we lost (your|the) bag( twice|)")) == [
        "we lost your bag twice",
        "we lost your bag",
        "we lost the bag twice",
        "we lost the bag",
    ]


def test_an_accepted_another_and_a_missing_proposal_are_told_apart() -> None:
    """Only what is written letter by letter is accepted."""
    fit = Row("parcel lost", "retail", frozenset({"we lost your parcel"}), may_be_silent=False)
    other = Row("bag lost", "airline", frozenset({"we mislaid your bag"}), may_be_silent=False)
    missed = Row("it is bad", "bank", frozenset({"we were bad"}), may_be_silent=False)
    none = Row("hi", "bank", frozenset(), may_be_silent=True)
    measured = measure([fit, other, missed, none])
    assert (measured.counts["first"], measured.counts["wanted"], measured.counts["other"], measured.counts["silent"]) == (1, 3, 1, 1)
    assert measured.missed == ["it is bad"]
