"""The replies that every tool is timed on, made of the labelled rows: the same ones each time, and none twice.

First come the labelled replies of both splits as they stand. The others are put together from labelled sentences of one
register, in an order drawn with a fixed seed; no sentence is used twice, so that no tool gains by remembering.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from random import Random

from evals.labelled import SPLITS, replies, sentences

NUMBER = 2000
WARM = 100  # more of the same, read before the clock starts
SEED = 20261125
SIZES = (2, 2, 3, 3, 3, 4, 4, 5, 6)  # rows of a reply; a row is a sentence, or two: the median is about 55 words


def reply_texts(number: int = NUMBER) -> list[str]:
    """The first `number` replies.

    Raises:
        ValueError: the labelled rows are too few for so many.
    """
    texts = list(islice(dict.fromkeys(chain(_whole(), _assembled())), number))
    if len(texts) < number:
        raise ValueError(f"evals/data/wording has rows for {len(texts)} replies, and {number} are asked for")
    return texts


def _whole() -> Iterator[str]:
    return (reply.text for split in SPLITS for reply in replies(split))


def _assembled() -> Iterator[str]:
    chance = Random(SEED)
    pools = _pools(chance)
    while pools:
        for register in sorted(pools):
            size, rows = chance.choice(SIZES), pools[register]
            if len(rows) < size:
                del pools[register]
            else:
                yield "".join(_spaced(rows.pop()) for _ in range(size)).rstrip()


def _pools(chance: Random) -> dict[str, list[str]]:
    """The distinct sentences of each register, in an order of chance."""
    pools: dict[str, dict[str, None]] = {}
    for row in chain.from_iterable(map(sentences, SPLITS)):
        pools.setdefault(row.register, {})[row.text] = None
    shuffled = {register: list(pools[register]) for register in sorted(pools)}
    for rows in shuffled.values():
        chance.shuffle(rows)
    return shuffled


def _spaced(sentence: str) -> str:
    """The sentence with what parts it from the next: a line of its own where it has no stop."""
    return sentence + (" " if sentence.endswith((".", "!", "?")) else "\n")
