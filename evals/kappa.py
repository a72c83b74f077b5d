"""Cohen's kappa: how far two readers agree beyond what chance would give them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from evals.counts import Figure


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> Figure:
    """Cohen's kappa of the answers of two readers to the same questions, with its 95% interval.

    Kappa is (seen - chance) / (1 - chance), for the share of questions on which they agree and the share on which they would if each
    answered as often as they do, but by lot (Cohen 1960, Educational and Psychological Measurement 20:37-46). The interval is made of
    the large-sample standard error of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72:323-327). Where nothing was answered,
    or both gave one and the same answer throughout, nothing tells agreement from chance: 0, and anything from -1 to 1.

    >>> str(kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15))
    '0.40 (0.15-0.65)'
    """
    counts = Counter(pairs)
    total = counts.total()
    if not total:
        return Figure(0.0, -1.0, 1.0)
    shares = {pair: count / total for pair, count in counts.items()}
    first: defaultdict[Hashable, float] = defaultdict(float)
    second: defaultdict[Hashable, float] = defaultdict(float)
    for (one, other), share in shares.items():
        first[one] += share
        second[other] += share
    chance = sum(first[answer] * second[answer] for answer in list(first))
    if math.isclose(chance, 1):
        return Figure(0.0, -1.0, 1.0)
    value = (sum(share for (one, other), share in shares.items() if one == other) - chance) / (1 - chance)
    spread = -((value - chance * (1 - value)) ** 2)
    for (one, other), share in shares.items():
        if one == other:
            spread += share * (1 - (first[one] + second[one]) * (1 - value)) ** 2
        else:
            spread += share * (1 - value) ** 2 * (second[one] + first[other]) ** 2
    half = 1.959964 * math.sqrt(max(0.0, spread) / total) / (1 - chance)
    return Figure(*(round(bound, 12) + 0.0 for bound in (value, max(-1.0, value - half), min(1.0, value + half))))  # + 0.0: no -0.00
