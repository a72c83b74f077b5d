"""Intervals and tests beside published examples, and where little stands behind a figure."""

from __future__ import annotations

import pytest

from evals.counts import Figure, mean_figure, paired, ratio_figure, sign_test, wilson


def test_the_interval_of_paired_differences_is_the_published_one() -> None:
    """Approval of a prime minister asked twice: 150 of 1600 turned away, 86 towards (Agresti, Categorical Data Analysis, 1990)."""
    low, high = paired([-1.0] * 150 + [1.0] * 86 + [0.0] * 1364)
    assert (round(low, 2), round(high, 2)) == (-0.06, -0.02)


@pytest.mark.parametrize(
    ("worse", "same", "is_worse"),
    [(1, 0, False), (2, 0, False), (6, 0, True), (1, 39, False), (8, 32, True), (0, 40, False)],
)
def test_few_differences_prove_little(worse: int, same: int, is_worse: bool) -> None:
    """Two of two that got worse may be chance; six of six, or eight of forty, hardly are."""
    low, high = paired([-1.0] * worse + [0.0] * same)
    assert (high < 0) == is_worse
    assert low < 0


def test_the_sign_test_is_exact() -> None:
    """Both tails of heads and tails; where nothing moved, chance explains it."""
    assert [sign_test(*each) for each in ((0, 0), (0, 1), (3, 3), (0, 5))] == [1.0, 1.0, 1.0, 0.0625]
    assert sign_test(2, 8) == sign_test(8, 2) == pytest.approx(2 * (1 + 10 + 45) / 1024)


def test_a_figure_that_never_varied_is_not_certain() -> None:
    """Ten of ten, or the same share each time, has the interval of a share; what varies has its own."""
    assert mean_figure([1.0] * 10) == Figure(1.0, *wilson(10, 10))
    assert mean_figure([1.0, 0.0, 1.0, 1.0]) == Figure(0.75, *wilson(3, 4))
    narrow = mean_figure([0.45, 0.5, 0.55] * 20)
    assert 0.02 > narrow.high - narrow.value > 0


def test_sections_of_one_letter_stand_together() -> None:
    """Letters kept whole or not at all tell as much as there are letters, not as there are sections."""
    together = ratio_figure([5, 0] * 10, [5] * 20)
    assert together.value == 0.5
    assert together.high - together.low == pytest.approx(2 * 1.959964 * (0.25 / 19) ** 0.5)
    assert ratio_figure([3, 4], [3, 4]) == Figure(1.0, *wilson(2, 2))
    assert ratio_figure([0, 0], [0, 0]) == Figure.of(0, 0)
    assert ratio_figure([1, 3], [4, 4]).value == 0.5
