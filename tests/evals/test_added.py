"""The sentences that are added to sound letters: apart from each other, and measured in both directions."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from evals.added import SETS, letter_of, measure, put, total
from evals.mutations import EXAMPLES

ROWS = {
    (split, name): [
        json.loads(line) for file in sorted((SETS / split).glob(f"{name}*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for split in ("train", "test")
    for name in ("hostile", "sound")
}


@pytest.mark.parametrize(("name", "least"), [("hostile", 500), ("sound", 540)])
def test_the_sets_are_large_broad_and_apart(name: str, least: int) -> None:
    """Each sentence stands in one split, belongs to an example, and has a kind of at least a few."""
    rows = [*ROWS["train", name], *ROWS["test", name]]
    assert len(rows) >= least
    assert len({(row["example"], row["sentence"]) for row in rows}) == len(rows)
    assert all(any((folder / f"{row['example']}.yaml").is_file() for folder in (EXAMPLES, SETS / "facts")) for row in rows)
    assert len(Counter(row["kind"] for row in rows)) >= 10


def test_a_sentence_is_put_behind_a_middle_section() -> None:
    """The letter keeps all of its words, and the sentence stands in it."""
    letter, _ = letter_of("double_charge")
    for place in range(4):
        text = put("The tide is out.", letter, place)
        assert text.replace(" The tide is out.", "") == letter.text
        assert not text.endswith("out.")


def test_the_test_split_is_caught_and_left_alone_as_measured() -> None:
    """A change that loses hostile sentences, or disturbs kind ones, is seen here."""
    hostile, sound = total(measure("test", "hostile")), total(measure("test", "sound"))
    assert hostile.share >= 0.78
    assert sound.share <= 0.03
