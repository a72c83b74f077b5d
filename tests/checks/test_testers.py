"""Wordings of the kinds that testers missed or found wrongly flagged, half of them harmless neighbours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from drafter.checks import check

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "testers.jsonl").read_text("utf-8").splitlines()
]
KINDS = sorted({row["kind"] for row in ROWS})
RIGHT = 0.9


def rightly_judged(row: dict[str, Any]) -> bool:
    """Whether a bad row raises an error or a warning, and a harmless one none."""
    return any(finding.severity != "suggestion" for finding in check(row["text"]).findings) is row["bad"]


def test_the_kinds_are_balanced() -> None:
    """Each kind has as many harmless rows as bad ones, and none stands there twice."""
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 180
    assert all(8 <= count <= 12 for count in Counter((row["kind"], row["bad"]) for row in ROWS).values())


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_rightly_judged(kind: str) -> None:
    """The share of rows of a kind that are judged as a reader would stays at its floor."""
    rows = [row for row in ROWS if row["kind"] == kind]
    wrong = [row["text"] for row in rows if not rightly_judged(row)]
    assert 1 - len(wrong) / len(rows) >= RIGHT, wrong
