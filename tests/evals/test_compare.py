"""Two runs side by side: a fall that is more than chance is said and fails, one that may be chance is said and does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drafter.errors import InputError
from evals import __main__ as command
from evals import compare
from evals.compare import Run, accept, changes, may_pass, page, read_run
from evals.suites import DraftCase, Expectations, suites


def run(*held: bool, by: str = "m draft.v1") -> Run:
    """A run of the chain in which these cases are as expected."""
    return Run({"chain": {f"case-{i}": {"as expected": float(one)} for i, one in enumerate(held)}}, {"chain": by})


def test_a_run_is_as_good_as_itself() -> None:
    """No change, no verdict."""
    same = run(*[True] * 30, *[False] * 10)
    (change,) = changes(same, same)
    assert (change.before, change.after, change.worse, change.better, change.is_worse) == (0.75, 0.75, (), (), False)


def test_a_fall_beyond_chance_is_worse() -> None:
    """Eight of forty cases lost: the whole interval lies below nought, and each case is named."""
    (change,) = changes(run(*[True] * 40), run(*[True] * 32, *[False] * 8, by="m draft.v2"))
    assert change.is_worse
    assert change.worse == tuple(f"case-{i}" for i in range(32, 40))
    assert (change.after - change.before) == pytest.approx(-0.2)
    printed = "\n".join(page([change], run(), run(by="m draft.v2")))
    assert "chain: m draft.v1" in "\n".join(page([change], run(True), run(True, by="m draft.v2")))
    assert "  worse" in printed
    assert "case-39" in printed


def test_one_case_of_forty_may_be_chance() -> None:
    """It is named, and fails nobody."""
    (change,) = changes(run(*[True] * 40), run(*[True] * 39, False))
    assert change.worse == ("case-39",)
    assert not change.is_worse


def test_gains_and_losses_that_balance_are_no_fall() -> None:
    """As many better as worse."""
    (change,) = changes(run(*[True] * 20, *[False] * 20), run(*[False] * 20, *[True] * 20))
    assert (len(change.worse), len(change.better)) == (20, 20)
    assert not change.is_worse


def test_only_cases_that_both_have_are_compared() -> None:
    """A case that is new, or gone, changes nothing; nor does a writer that only one run has."""
    more = Run({**run(True, True, False).cases, "plain": {"case-0": {"as expected": 0.0}}})
    assert [change.writer for change in changes(run(True, True), more)] == ["chain"]
    assert not changes(run(True), Run({"chain": {"other": {"as expected": 1.0}}}))


def test_an_accepted_run_is_read_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And what is not there is said, with what there is; the command exits 1 on a fall."""
    monkeypatch.setattr(compare, "BASELINES", tmp_path / "baselines")
    path = accept(run(*[True] * 40), "drafts")
    assert read_run("drafts") == read_run(str(path)) == run(*[True] * 40)
    with pytest.raises(InputError, match="accepted are drafts"):
        read_run(str(tmp_path / "nowhere"))
    accept(run(*[True] * 20, *[False] * 20), "fallen")
    for arguments, code in ((("drafts", "drafts"), 0), (("drafts", "fallen"), 1), (("fallen", "drafts"), 0), (("drafts", "gone"), 2)):
        monkeypatch.setattr("sys.argv", ["evals", "compare", *arguments])
        assert command.main() == code
    assert "worse, chain, as expected: case-20" in capsys.readouterr().out


def test_a_run_of_a_part_does_not_take_the_place_of_the_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A baseline keeps its cases: a run that leaves out some of the suites' is accepted under another name alone."""
    monkeypatch.setattr(compare, "BASELINES", tmp_path)
    names = [case.id for suite in suites(("brevity",)) for case in suite.drafts]
    whole, part = (Run({"composer": {name: {"as expected": 1.0} for name in each}}) for each in (names, names[1:]))
    before = accept(whole, "mine").read_text("utf-8")
    with pytest.raises(InputError, match=f"1 cases that this run leaves out, {names[0]} among them"):
        accept(part, "mine")
    assert (tmp_path / "mine.json").read_text("utf-8") == before
    assert accept(part, "other").is_file()


def test_a_case_that_asks_for_something_else_is_no_pair_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named and counts in no figure; what a run before never kept is said."""
    before = replace(run(*[True] * 3), asks={"case-0": "aa", "case-1": "bb", "case-2": "cc"})
    after = replace(run(True, True, False), asks={"case-0": "aa", "case-1": "bb", "case-2": "dd"})
    (change,) = changes(before, after)
    assert (change.count, change.worse) == (2, ())
    printed = "\n".join(page([change], before, after))
    assert "Changed in the suite since the run before, and not compared: 1: case-2" in printed
    assert "New and not as expected: 1 (chain: case-2)." in printed
    (change,) = changes(replace(before, asks={}), after)
    assert (change.count, change.worse) == (3, ("case-2",))
    assert "did not keep what its cases asked for" in "\n".join(page([change], replace(before, asks={}), after))


def test_a_new_case_that_is_not_as_expected_lets_nothing_pass() -> None:
    """A new one that is as expected does; the single prompt may be as it likes; a writer that is new has no new cases."""
    before = run(*[True] * 40)
    assert may_pass(changes(before, run(*[True] * 41)), before, run(*[True] * 41))
    assert not may_pass(changes(before, run(*[True] * 40, False)), before, run(*[True] * 40, False))
    plain, worse = (Run({"plain": run(*held).cases["chain"]}) for held in ([True] * 40, [*[True] * 40, False]))
    assert may_pass(changes(plain, worse), plain, worse)
    assert may_pass(changes(before, Run({**before.cases, "composer": {"a": {"as expected": 0.0}}})), before, before)


def test_every_part_of_a_case_counts_but_why_it_is_there() -> None:
    """Facts and expectations make it another case; what it is about does not, nor its name."""
    facts = {"company": "Alder", "signer": "Iris", "problems": [{"what": "it was late", "ours": "we were late"}]}
    one = DraftCase(id="a", facts=facts)
    assert one.asks == DraftCase(id="b", about="why", facts=facts).asks
    assert one.asks != DraftCase(id="a", facts={**facts, "company": "Beech"}).asks
    assert one.asks != DraftCase(id="a", facts=facts, expect=Expectations(mentions=("late",))).asks


def test_a_page_of_a_baseline_is_refused_before_anything_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page shows the second run's letters; the sentence says how the two are named."""
    monkeypatch.setattr(compare, "BASELINES", tmp_path)
    accept(run(True), "one")
    accept(run(True), "two")
    monkeypatch.setattr("sys.argv", ["evals", "compare", "one", "two", "--report", str(tmp_path / "r.html")])
    assert command.main() == 2
    said = capsys.readouterr()
    assert not said.out
    assert "put the folder of logs second: compare two one --report" in said.err
