"""The report of a run: what tells quality stands apart, every change is shown, and CI and pull requests get what they can read."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from inspect_ai.log import EvalError, EvalLog
from inspect_ai.model import ModelConfig
from inspect_ai.scorer import Score

from drafter.errors import InputError
from evals import __main__ as command
from evals import checker, compare
from evals.compare import Run, accept, run_of
from evals.judge.trust import Trust
from evals.report import against, groups, judging, side_by_side
from evals.report.evaluation import Evaluation, evaluated, evaluation
from evals.report.junit import junit
from evals.report.markdown import MOST, markdown
from evals.report.page import hashes, page
from evals.report.tables import Cell, Table, percent, signed
from tests.evals.logs import by_model, folder, log, sample, three_writers


def held(now: list[EvalLog], before: list[EvalLog] | Run | None = None) -> Evaluation:
    """Logs held against others."""
    return Evaluation("logs", now, run_of(before) if isinstance(before, list) else before, "before" if before else "")


def row(table: Table, name: str) -> list[str]:
    """The cells of a row, by its name."""
    return [str(each) for each in next(one for one in table.rows if one[0].text == name)[1:]]


def test_quality_stands_apart_from_what_replacement_makes_true() -> None:
    """A chain whose model failed in half the cases sends good letters all the same; only the first table tells."""
    outcomes = held(three_writers(fallen=20)).outcomes
    assert list(outcomes) == ["composer", "plain", "chain"]
    quality, made = side_by_side.quality(outcomes), side_by_side.by_construction(outcomes)
    assert row(quality, "Sections of the model that were kept")[:2] == ["–", "–"]
    assert row(quality, "Sections of the model that were kept")[2].startswith("62% (")
    assert row(quality, "Letters that invented nothing")[2] == "50% (35–65)"
    assert row(quality, "Inventions in a letter, on average")[2] == "0.50 (20 in all)"
    assert row(quality, "Words that changed between first and sent")[2].startswith("3")
    assert row(made, "No error in the finished letter") == ["100% (91–100)", "0% (0–9)", "100% (91–100)"]
    assert row(made, "All that its case expects")[2] == "100% (91–100)"


def test_a_model_that_gives_nothing_wrote_nothing() -> None:
    """What was composed in its place is none of its merit, and the reader is told."""
    none = {"facts told": 0.0, "nothing invented": 1.0, "nothing flagged": 1.0, "nothing missing": 0.0}
    stuck = by_model("a", "Composed.", first="", written=0, kept=0, figures=none, trouble="the answer was empty")
    made = held([log("chain", [stuck, by_model("b", "Mine.", first="Mine.", written=1, kept=1)])])
    quality = side_by_side.quality(made.outcomes)
    assert row(quality, "Sections of the model that were kept")[0].startswith("50% (")
    assert row(quality, "Owed facts that it told")[0].startswith("50% (")
    assert made.warnings == [
        "chain: in 1 of 2 letters the model gave nothing that could be used (the answer was empty). What it wrote counts as nothing there."
    ]


def test_a_judge_that_was_never_measured_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that judges itself; a line that may be relied on is drawn."""
    logs = three_writers()
    assert judging.by_judge(held(logs)) is None
    for one in logs:
        one.eval.model_roles = {"judge": ModelConfig(model="openai-api/drafter-judge/writer-1")}
        for each in one.samples or ():
            value = {"sounds-meant": float(one.eval.task != "plain"), "order": float("nan")}
            each.scores = {**(each.scores or {}), "judged": Score(value=dict(value), metadata={"rubric": "abcd"})}
    table = judging.by_judge(held(logs))
    assert table is not None
    assert [one[0].text for one in table.rows] == ["sounds-meant"]
    assert row(table, "sounds-meant") == ["100% (91–100)", "0% (0–9)", "100% (91–100)", "untrusted (writer-1 was never measured)"]
    assert "it judges itself" in table.note
    assert not table.plot
    made = page(held(logs))
    assert made.index("What tells quality") < made.index('class="untrusted') < made.index("What replacement makes true")
    monkeypatch.setattr(judging, "trust", lambda *_: Trust(True, "kappa 0.80"))
    table = judging.by_judge(held(logs))
    assert table is not None
    assert "<svg" in table.plot
    assert row(table, "sounds-meant")[3] == "may be relied on (kappa 0.80)"


def test_rules_are_counted_before_and_after() -> None:
    """By letters, not by findings; where nothing is replaced there is one column."""
    table = groups.by_rule(held(three_writers(fallen=10)).outcomes)
    assert table.heads == ["Rule", "Severity", "composer", "single prompt", "chain, as written", "chain, as sent"]
    assert row(table, "blame-customer") == ["error", "0", "40 (100%)", "10 (25%)", "0"]


def test_tokens_and_time_are_told_of_each_writer() -> None:
    """Inspect counts the single prompt's, the product its own; the composer has none; without a price there is no cost."""
    table = side_by_side.cost(held(three_writers()).outcomes)
    assert row(table, "Tokens in, each letter") == ["–", "90", "900"]
    assert row(table, "Tokens in all") == ["–", "6,000", "40,000"]
    assert row(table, "Cost, each letter") == ["–", "no price", "no price"]
    assert row(table, "Seconds, the middle letter") == ["0.50"] * 3


def test_the_page_is_whole_by_itself_and_takes_letters_as_text() -> None:
    """No script, nothing fetched, no tag out of a letter; each table has a caption and heads, each plot stands beside one."""
    made = page(held(three_writers(fallen=20), three_writers()))
    assert "<script" not in made.lower()
    assert not re.search(r"""(?:src|href)=["'](?!#)""", made)
    assert "url(" not in made
    assert "any &lt;b&gt;" in made
    assert "<b>any</b>" not in made
    assert made.count("<table") == made.count("<caption") == made.count("<thead")
    for figure in re.findall(r"<figure.*?</figure>", made, re.S):
        assert "<svg" in figure
    places = [
        made.index(part) for part in ("<dt>Model</dt>", "Worse than before by more than chance", "What tells quality", "What replacement")
    ]
    assert places == sorted(places)
    assert "draft.v1 (1234)" in made
    assert "python -m evals checker" in made  # the logs' rules are none of ours


def test_every_changed_case_is_shown_with_what_changed_in_it() -> None:
    """Its words one by one and its findings; a baseline of figures alone has no words, and says so."""
    before = log("composer", [sample("a", "Sorry. It is sent."), sample("b", "Same."), sample("c", "Same.")])
    after = log(
        "composer",
        [
            sample("a", "Sorry. It was lost.", wrong=["owed: fix"], found=[("blame-other", "lost")]),
            sample("b", "Same."),
            sample("c", "Other."),
        ],
    )
    made = held([after], [before])
    first, second = against.moved(made)
    assert (first.case, first.way, first.sent.new, first.wrong) == ("a", "worse", ["blame-other: lost"], ["owed: fix"])
    assert ["".join(run["text"] for run in first.sent.runs if run["kind"] != kind) for kind in ("new", "gone")] == [
        "Sorry. It is sent.",
        "Sorry. It was lost.",
    ]
    assert {run["text"].strip() for run in first.sent.runs if run["kind"] == "same"} >= {"Sorry. It"}
    assert (second.case, second.way) == ("c", "words")
    assert "<del>Same.</del><ins>Other.</ins>" in page(made)
    (chain, *_) = against.moved(held(three_writers(fallen=1), three_writers()))
    assert chain.first is not None
    assert (chain.sent.is_same, chain.first.is_same) == (True, False)
    assert chain.first.new == ["ungrounded-money: £50", "blame-customer: You should have checked."]
    bare = held([after], Run({"composer": {"a": {"as expected": 1.0}}}))
    assert [one.has_before for one in against.moved(bare)] == [False]
    assert "kept only its figures" in page(bare)


@pytest.mark.parametrize(
    ("fallen", "before", "kind", "said"),
    [
        (0, True, "same", "Not worse than before: no figure fell by more than chance over the 40 cases that both have."),
        (20, True, "worse", "Worse than before by more than chance: chain, facts told: 100% → 75%"),
        (0, False, "none", "Held against nothing"),
    ],
)
def test_the_verdict_is_one_sentence(fallen: int, before: bool, kind: str, said: str) -> None:
    """Worse, not worse, or that there is nothing to compare with."""
    made = held(three_writers(fallen=fallen), three_writers() if before else None)
    assert made.verdict.kind == kind
    assert made.verdict.text.startswith(said)
    assert made.may_pass == (kind != "worse")


def test_what_was_not_the_same_is_said_before_the_figures() -> None:
    """Other rules, cases that were left out, a log that did not end; a fall of the single prompt fails nobody."""
    fewer = [log(one.eval.task, (one.samples or [])[:30], rules="bbbb") for one in three_writers()]
    fewer[2].status = "cancelled"
    said = "\n".join(held(fewer, three_writers()).warnings)
    assert "The rules are not the same (aaaa → bbbb)" in said
    assert "10 cases of the run before are not in this one: case-30" in said
    assert "The run of the chain did not end (cancelled): its figures are of 30 letters." in said
    worse = [log("plain", [sample(f"case-{i:02}", wrong=["owed: fix"]) for i in range(40)])]
    assert held(worse, [log("plain", [sample(f"case-{i:02}") for i in range(40)])]).may_pass


def test_junit_has_a_test_for_each_case_and_writer() -> None:
    """With its reasons where it failed, an error where nothing was judged, and no character that XML does not take."""
    logs = three_writers()
    lost = sample("case-99")
    lost.scores, lost.error = None, EvalError(message="no answer \x00", traceback="", traceback_ansi="")
    logs[2].samples = [*(logs[2].samples or []), lost]
    root = ET.fromstring(junit(held(logs)))
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("121", "40", "1")
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["composer.tone", "plain.tone", "chain.tone"]
    for suite in suites.values():
        assert [suite.get(key) for key in ("tests", "failures", "errors")] == [
            str(len(suite.findall(path))) for path in ("testcase", "testcase/failure", "testcase/error")
        ]
    failure = suites["plain.tone"].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "clean: stock-phrase: 'any <b>'"
    assert "The single prompt wrote:" in str(failure.text)
    error = suites["chain.tone"].find("testcase/error")
    assert error is not None
    assert error.get("message") == "no answer �"


def test_markdown_fits_a_comment() -> None:
    """A headline, the tables, what got worse and where; short enough however many cases there are."""
    made = markdown(held(three_writers(fallen=20), three_writers()))
    assert made.startswith("### ❌ Worse than before by more than chance")
    assert "| Owed facts that it told | 100% (91–100) | 100% (91–100) | 75% (67–83) |" in made
    assert "- chain, nothing invented: case-00, case-01" in made
    assert "| chain: nothing invented | 100% | 50% | −50" in made
    assert all(line.count("|") in (0, 5, 8) for line in made.splitlines())
    assert len(made) < MOST


def test_the_command_writes_what_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And exits 1 on a fall, also as `compare --report`; 2 where there is nothing to read."""
    monkeypatch.setattr(compare, "BASELINES", tmp_path / "baselines")
    good, bad = folder(tmp_path / "good", *three_writers()), folder(tmp_path / "bad", *three_writers(fallen=20))
    accept(run_of(three_writers()), "accepted")
    files = [tmp_path / "out" / name for name in ("r.html", "r.xml", "r.md")]
    wish = ["--out", str(files[0]), "--junit", str(files[1]), "--markdown", str(files[2])]
    for arguments, code in (
        (["report", good, "--against", "accepted", *wish], 0),
        (["report", bad, "--against", "accepted", *wish], 1),
        (["report", str(tmp_path), "--out", str(files[0])], 2),
        (["report", good, "--against", "nobody", "--out", str(files[0])], 2),
        (["compare", "accepted", bad, "--report", str(tmp_path / "c.html")], 1),
        (["compare", good, "accepted", "--report", str(tmp_path / "d.html")], 2),
    ):
        monkeypatch.setattr("sys.argv", ["evals", *arguments])
        assert command.main() == code, arguments
    assert all(path.stat().st_size > 1000 for path in files)
    assert "Worse than accepted" in files[0].read_text("utf-8")
    assert "nothing flagged" in (tmp_path / "c.html").read_text("utf-8")
    assert "By suite, where anything moved:" in capsys.readouterr().out


def test_of_two_logs_of_a_writer_the_later_counts(tmp_path: Path) -> None:
    """As in a folder where a run was made again."""
    old = log("composer", [sample("a", wrong=["owed: fix"])])
    new = log("composer", [sample("a"), sample("a", epoch=2)], created="2026-03-02T10:00:00+00:00")
    made = evaluation(folder(tmp_path / "logs", new, old))
    assert [one.expected for one in made.outcomes["composer"]] == [True, True]
    assert evaluated([old], "logs").ran["Model"] == "none: the composer alone"
    with pytest.raises(InputError, match="no folder with logs"):
        evaluation(str(tmp_path))


def test_the_checks_are_measured_beside_what_they_judge() -> None:
    """Kept with the day and the rules, and every kind of damage and of text is in it."""
    kept = checker.read()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept.measured)
    names = {one.name for one in kept.figures}
    assert {"faulty sentences found", "flags that are right", "harmless replies spared", "damage found: all kinds"} <= names
    assert all(one.figure.low <= one.figure.value <= one.figure.high for one in kept.figures)
    assert all(one.count >= 15 for one in kept.figures)


def test_figures_are_not_rounded_to_what_they_are_not() -> None:
    """Not quite all is not all; a difference has its sign."""
    assert [percent(one) for one in (1, 0.997, 0.5, 0.004, 0)] == ["100%", "99.7%", "50%", "0.4%", "0%"]
    assert [signed(one) for one in (0.123, -0.04, 0.0561, 0, -0.0001)] == ["+12", "−4", "+5.6", "0", "0"]
    assert str(Cell("1", "2")) == "1 (2)"


def test_cases_that_are_new_or_changed_in_the_suite_stand_apart_everywhere() -> None:
    """Verdict, page, JUnit and Markdown name them; a new one that is not as expected fails the run."""
    before = [log("composer", [sample("a", asks="1"), sample("b", asks="2")])]
    now = [log("composer", [sample("a", asks="1"), sample("b", "Other.", asks="3"), sample("c", wrong=["owed: fix"], asks="4")])]
    made = held(now, before)
    assert (made.verdict.kind, made.may_pass) == ("new", False)
    assert made.verdict.text.startswith("New and not as expected: 1 (composer: c). Changed in the suite, and not compared: 1. Not worse")
    assert not against.moved(made)
    assert [(one.case, one.is_changed) for one in against.alone(made)] == [("c", False), ("b", True)]
    whole = page(made)
    assert '<h2 id="alone">Changed in the suite, or new: 2</h2>' in whole
    cases = {one.get("name"): one for one in ET.fromstring(junit(made)).iter("testcase")}
    told = {name: [each.get("value") for each in one.iter("property")] for name, one in cases.items()}
    assert told == {"a": [], "b": ["changed in the suite"], "c": ["new"]}
    assert "- c, composer, new: owed: fix\n- b, composer, changed in the suite\n" in markdown(made)
    assert held(now[:1], now).may_pass


def test_a_wide_table_names_each_cell_for_a_phone_and_a_hash_stays_whole() -> None:
    """On a narrow screen a row is a card: each cell says what it is; two hashes can be compared by eye."""
    made = page(held(three_writers(), three_writers(fallen=1)))
    assert made.count('<td data-under="Verdict"') == made.count('<td data-under="Chance"') > 0
    assert '<table class="wide"><caption class="hidden">Against before' in made
    assert str(hashes("<b> draft.v4 (7665d3b569ce2dd7), x")) == '&lt;b&gt; draft.v4 <span class="hash">(7665d3b569ce2dd7),</span> x'
