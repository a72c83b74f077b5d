"""The texts of the suites, held against the checks: what is counted, and that what is seen does not get less."""

from __future__ import annotations

import pytest

from evals.suites import Suite, suites
from evals.texts import measure, page


def suite(**case: object) -> Suite:
    """A suite of one text."""
    return Suite.model_validate({"suite": "blame", "about": "Blame.", "texts": [{"id": "a", **case}]})


@pytest.mark.parametrize(
    ("text", "findings", "counts", "said"),
    [
        ("You should have read the terms.", ["blame-customer"], (1, 0, 0), "differ on no text"),
        ("You should have read the terms.", [], (0, 1, 0), "false blame-customer"),
        ("Your parcel is at the counter.", ["blame-customer"], (0, 0, 1), "missed blame-customer"),
        ("Your parcel is at the counter.", [], (0, 0, 0), "differ on no text"),
    ],
)
def test_rules_are_counted(text: str, findings: list[str], counts: tuple[int, int, int], said: str) -> None:
    """What both saw, what the checks alone saw, and what the reader alone saw."""
    measured = measure([suite(text=text, findings=findings)])
    found = measured["blame"].rules
    assert (found.right, found.wrong, found.missed) == counts
    assert said in "\n".join(page(measured))


def test_elements_are_counted() -> None:
    """An element that the reader misses, and that is not there, is neither right nor wrong."""
    text = "I'm sorry, we lost your parcel."
    found = measure([suite(text=text, elements={"explicit-apology": "present", "make-good": "missing", "concrete-fix": "present"})])
    assert (found["all"].elements.right, found["all"].elements.wrong, found["all"].elements.missed) == (1, 0, 1)
    assert "concrete-fix is not_owed, not present" in found["all"].differ[0]


def test_the_texts_of_the_suites_are_seen_as_measured() -> None:
    """They were written and labelled without sight of what the checks say."""
    whole = measure(suites())["all"]
    assert whole.rules.precision.value >= 0.95
    assert whole.rules.recall.value >= 0.80
    assert whole.elements.precision.value >= 0.98
    assert whole.elements.recall.value >= 0.88
