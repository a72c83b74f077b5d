"""How far a judge may be trusted, line by line, as `python -m evals judge` measured it and `evals/judges/` keeps it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

from evals.judge.prompt import rubric_hash

JUDGES = Path(__file__).resolve().parents[1] / "judges"
ENOUGH = 0.6  # kappa from which agreement is called substantial (Landis and Koch 1977, Biometrics 33:159-174)
READABLE = 0.9  # the share of answers that have to be readable
FLIPS = 0.25  # the share of pairs in which the choice may change with the places
PAIRS = "pairs"  # preferences between two letters
UNTRUSTED = "untrusted"
Record = dict[str, Any]


@dataclass(frozen=True)
class Trust:
    """Whether a judge's answers to a line may be relied on, and what was measured."""

    holds: bool
    because: str

    @property
    def mark(self) -> str:
        """What stands beside a score: nothing where it may be relied on."""
        return "" if self.holds else f"{UNTRUSTED}: {self.because}"


def trust(judge: str, line: str, rubric: str = "") -> Trust:
    """Whether a judge may be trusted on a line of the rubric, on "pairs" or on "own".

    `rubric` is the hash of the rubric by which it judged, as the log has it; where none is given, that of the rubric in force.
    """
    record = read_record(judge)
    if record is None:
        return Trust(False, f"{judge} was never measured")
    return trust_of(record, line, rubric or rubric_hash())


def trust_of(record: Record, line: str, rubric: str) -> Trust:
    """The same by a record of measurements."""
    if record["rubric"] != rubric:
        return Trust(False, "measured by another rubric")
    if line == PAIRS:
        found = list(_against_pairs(record["pairs"]))
        return Trust(not found, "; ".join(found) or _flips(record["pairs"]))
    if line not in record["lines"]:
        return Trust(False, "never measured")
    measured = record["lines"][line]
    found = list(_against_line(measured, record["letters"]))
    return Trust(not found, "; ".join(found) or f"kappa {_written(measured['kappa'])}")


def keep_record(record: Record) -> Path:
    """Keep what was measured of a judge, in place of what was measured before."""
    path = _path(record["judge"])
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    read_record.cache_clear()
    return path


@cache
def read_record(judge: str) -> Record | None:
    """What was measured of a judge; None where nothing was, or under another name."""
    path = _path(judge)
    record: Record | None = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return record if record and record["judge"] == judge else None


def _path(judge: str) -> Path:
    return JUDGES / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', judge).strip('.-') or 'judge'}.json"


def _against_line(measured: Record, letters: int) -> list[str]:
    """What speaks against a judge on a line."""
    found = []
    if measured["read"] < READABLE * letters:
        found.append(f"{measured['read']} of {letters} answers could be read")
    if measured["kappa"][0] < ENOUGH:
        found.append(f"kappa {_written(measured['kappa'])}, below {ENOUGH}")
    if measured["readers"] and measured["readers"][0] < ENOUGH:
        found.append(f"readers themselves agree with kappa {_written(measured['readers'])}")
    for name, said in (("padding", "empty words make it better"), ("order", "a letter can tell it what to say")):
        better, worse = measured[name]
        if is_more_than_chance(better, worse):
            found.append(f"{said} ({better} times, worse {worse})")
    return found


def _against_pairs(measured: Record) -> list[str]:
    found = []
    if measured["read"] < READABLE * measured["asked"]:
        found.append(f"{measured['read']} of {measured['asked']} choices could be read")
    first, second = measured["places"]
    for place, more, fewer in (("first", first, second), ("second", second, first)):
        if is_more_than_chance(more, fewer):
            found.append(f"it prefers the {place} place: {more} pairs whatever stands there, the other place {fewer}")
    if measured["flips"][0] > FLIPS:
        found.append(_flips(measured))
    if measured["readers"][1] <= 0.5:
        found.append(f"it chooses the letter that people give more no better than a coin: {_written(measured['readers'])}")
    longer, shorter = measured["padding"]
    if is_more_than_chance(longer, shorter):
        found.append(f"it prefers length: {longer} letters with empty words in them, {shorter} without")
    return found


def is_more_than_chance(gains: int, losses: int) -> bool:
    """Whether there are more gains than losses than a coin would give one time in twenty (one-sided sign test)."""
    tossed = gains + losses
    return bool(tossed) and sum(comb(tossed, heads) for heads in range(gains, tossed + 1)) / 2**tossed < 0.05


def _flips(measured: Record) -> str:
    return f"swapping the places changes the choice in {_written(measured['flips'])}"


def _written(figure: list[float]) -> str:
    value, low, high = figure
    return f"{value:.2f} ({low:.2f} to {high:.2f})"
