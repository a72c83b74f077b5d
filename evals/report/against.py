"""A run beside the one before it: how each figure moved, and every case that changed, with what its letter says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from drafter.ui import plots
from drafter.ui.letter import difference
from drafter.ui.plots import Series
from evals import apart
from evals.compare import Change, changes_by_suite
from evals.report.evaluation import CALLED, Evaluation
from evals.report.tables import NONE, Cell, Table, number, percent, points, signed

_ORDER = ("worse", "mixed", "better", "words")


@dataclass(frozen=True)
class Words:
    """A letter word by word: what is the same, gone or new in it, and which findings are."""

    runs: Sequence[Mapping[str, str]]
    gone: Sequence[str]  # findings that are no more
    new: Sequence[str]  # findings that were not there
    has_before: bool  # whether its words before are known

    @property
    def is_same(self) -> bool:
        """Whether it is known to be word for word what it was."""
        return self.has_before and all(run["kind"] == "same" for run in self.runs)


@dataclass(frozen=True)
class Moved:
    """A case whose figures or words are not what they were: what went out, and what a model wrote at first."""

    case: str
    suite: str
    writer: str
    way: str  # worse, better, mixed, words: of the letter alone
    figures: Sequence[tuple[str, str, str]]  # name, before, after
    sent: Words
    first: Words | None  # None: nothing was to be replaced
    wrong: Sequence[str]  # what its case expects that it is not
    has_before: bool  # whether the run before kept its letter


@dataclass(frozen=True)
class Alone:
    """A case that nothing can be held against: changed in the suite, or new; its letter as it was kept."""

    case: str
    suite: str
    writer: str
    is_changed: bool
    letter: Mapping[str, Any]


def figures(evaluation: Evaluation) -> Table:
    """How every figure moved, with the interval of the paired differences and the sign test."""
    found = evaluation.changes
    rows = [[Cell(_name(one)), *_cells(one)] for one in found]
    return Table(
        f"Against {evaluation.name}",
        ["", "Before", "Now", "Difference in points, 95%", "Cases worse", "Cases better", "Chance", "Verdict"],
        rows,
        "Paired: each case against itself. A figure is worse where its whole interval lies below nought. Chance: how often cases would "
        "part at least as unevenly into worse and better if nothing had changed (sign test).",
        _forest(found),
        "the differences in points of per cent, with their intervals",
    )


def by_suite(evaluation: Evaluation) -> Table | None:
    """The same by suite, where anything moved; None where nothing did."""
    if not evaluation.against:
        return None
    found = [one for one in changes_by_suite(evaluation.against, evaluation.run) if one.worse or one.better]
    rows = [[Cell(one.suite), Cell(_name(one)), *_cells(one)] for one in found]
    if not rows:
        return None
    return Table(
        f"Against {evaluation.name}, by suite",
        ["Suite", "Figure", "Before", "Now", "Difference in points, 95%", "Cases worse", "Cases better", "Chance", "Verdict"],
        rows,
        "Where anything moved. To look at, not to decide by: of so many figures one is low by chance.",
        names=2,
    )


def alone(evaluation: Evaluation) -> list[Alone]:
    """The cases that are new, or changed in the suite since: what the run before has says nothing about them."""
    if not evaluation.against:
        return []
    found, other = apart.fresh(evaluation.against, evaluation.run), apart.changed(evaluation.against, evaluation.run)
    made = [
        Alone(case, evaluation.run.suites.get(case, ""), CALLED.get(writer, writer), case in other, evaluation.run.letters[writer][case])
        for writer, cases in found.items()
        for case in cases
    ]
    return sorted(made, key=lambda one: (not one.letter["wrong"], not one.is_changed, one.case))


def moved(evaluation: Evaluation) -> list[Moved]:
    """Every case that changed, the worse ones first."""
    return sorted(_moved(evaluation), key=_grave)


def _moved(evaluation: Evaluation) -> Iterator[Moved]:
    before, now = evaluation.against, evaluation.run
    if not before:
        return
    other = apart.changed(before, now)
    for writer, cases in now.cases.items():
        for case, has in cases.items():
            if case in other:
                continue
            had = before.cases.get(writer, {}).get(case)
            if had is None:
                continue
            was, is_ = before.letters.get(writer, {}).get(case), now.letters[writer][case]
            changed = {name: (had[name], has[name]) for name in has if name in had and abs(has[name] - had[name]) > 1e-9}
            if changed or (was and any(was.get(key) != is_.get(key) for key in ("text", "first"))):
                yield _case(case, now.suites.get(case, ""), writer, changed, was, is_)


def _case(
    case: str, suite: str, writer: str, changed: Mapping[str, tuple[float, float]], was: Mapping[str, Any] | None, is_: Mapping[str, Any]
) -> Moved:
    up, down = any(now > then for then, now in changed.values()), any(now < then for then, now in changed.values())
    way = "mixed" if up and down else "better" if up else "worse" if down else "words"
    return Moved(
        case,
        suite,
        CALLED.get(writer, writer),
        way,
        [(name, percent(then), percent(now)) for name, (then, now) in changed.items()],
        _words(was, is_, "text", "findings"),
        _words(was, is_, "first", "before") if "first" in is_ else None,
        is_["wrong"],
        was is not None,
    )


def _words(was: Mapping[str, Any] | None, is_: Mapping[str, Any], text: str, found: str) -> Words:
    """One of the two texts beside what it was, where that was kept."""
    known = was is not None and text in was
    had, has = list(was.get(found, ())) if was else [], list(is_[found])
    runs = difference(was[text], is_[text]) if was and known else [{"kind": "same", "text": is_[text]}]
    return Words(runs, [one for one in had if one not in has], [one for one in has if one not in had], known)


def _grave(one: Moved) -> tuple[int, str, str]:
    return _ORDER.index(one.way), one.writer, one.case


def _name(one: Change) -> str:
    return f"{CALLED.get(one.writer, one.writer)}: {one.figure}"


def _cells(one: Change) -> list[Cell]:
    mark = "untrusted" if one.untrusted else one.verdict
    verdict = Cell("untrusted", one.untrusted.partition(": ")[2], "untrusted") if one.untrusted else Cell(one.verdict or NONE, "", mark)
    return [
        Cell(percent(one.before)),
        Cell(percent(one.after)),
        points(one.after - one.before, one.low, one.high),
        Cell(number(len(one.worse))),
        Cell(number(len(one.better))),
        Cell(f"{one.chance:.3f}"),
        verdict,
    ]


def _forest(found: Sequence[Change]) -> Markup:
    reach = max((abs(end) for one in found for end in (one.low, one.high)), default=0.1)
    series = Series("difference", [one.after - one.before for one in found], spans=[(one.low, one.high) for one in found])
    return plots.bars([_name(one) for one in found], [series], signed, reach=(-reach, reach)) if found else Markup()
