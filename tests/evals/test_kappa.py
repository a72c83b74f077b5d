"""Cohen's kappa and its interval, against worked examples in print."""

from __future__ import annotations

import pytest

from evals.kappa import kappa

# two psychiatrists, 100 patients (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., table 18.1)
PATIENTS = {
    ("psychotic", "psychotic"): 75, ("psychotic", "neurotic"): 1, ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5, ("neurotic", "neurotic"): 4, ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}  # fmt: skip


def test_kappa_and_its_interval_are_those_of_the_book() -> None:
    """The book has 0.68 with a standard error of 0.087."""
    found = kappa(pair for pair, count in PATIENTS.items() for _ in range(count))
    assert found.value == pytest.approx(0.68, abs=0.005)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(0.087, abs=0.001)


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15, 0.40),
        ([(1, 1)] * 30 + [(0, 0)] * 30, 1.0),
        ([(1, 0)] * 30 + [(0, 1)] * 30, -1.0),
        ([(1, 1)] * 45 + [(1, 0)] * 75, 0.0),  # who always says yes agrees by chance alone
        ([(1, 1)] * 10, 0.0),
        ([], 0.0),
    ],
)
def test_agreement_by_chance_is_none(pairs: list[tuple[int, int]], value: float) -> None:
    """Kappa runs from -1 to 1, is 0 for whoever gives one answer to all, and lies in its interval."""
    found = kappa(pairs)
    assert found.value == pytest.approx(value)
    assert -1 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
