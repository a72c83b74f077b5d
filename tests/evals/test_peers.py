"""The comparison with other tools, without the tools: the replies, alerts beside labels, figures and the page."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from evals.counts import Counts, Figure
from evals.labelled import Reply, replies
from evals.peers import __main__ as peers
from evals.peers import local, node
from evals.peers.clock import quantile, rate
from evals.peers.corpus import NUMBER, WARM, reply_texts
from evals.peers.judge import Judged, Unit, counts, false_alarms, judged_replies, judged_rows, units
from evals.peers.page import BEGIN, END, PAGE, Result, Setting, placed, tables
from evals.peers.tool import AbsentError, Run, Tool

TEXT = "Hi Jo.\nSorry if this upset you. I sent the refund today."
SORRY = TEXT.index("Sorry"), TEXT.index(" I sent")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The replies of the measurement, with those that warm up."""
    return reply_texts(NUMBER + WARM)


def reply_of(*flagged: tuple[str, frozenset[str]]) -> Reply:
    """TEXT with these labels."""
    return Reply(TEXT, flagged, frozenset(), "email", "bank", "answer", public=False)


def test_there_are_two_thousand_replies_and_none_twice(texts: list[str]) -> None:
    """A tool that remembers what it has read gains nothing."""
    assert len(texts) == len(set(texts)) == NUMBER + WARM
    assert NUMBER == 2000


def test_the_replies_are_the_same_each_time(texts: list[str]) -> None:
    """Two runs are of the same texts, and fewer are the first of them."""
    assert reply_texts(NUMBER + WARM) == texts
    assert reply_texts(700) == texts[:700]


def test_the_replies_are_as_long_as_replies_are(texts: list[str]) -> None:
    """The median is about 55 words, and every labelled reply is among them as it stands."""
    assert 50 <= statistics.median(len(text.split()) for text in texts[:NUMBER]) <= 60
    assert {reply.text for reply in replies("test")} <= set(texts[:NUMBER])


def test_too_few_rows_are_told() -> None:
    """More replies than the data can make are refused with both numbers."""
    with pytest.raises(ValueError, match=r"rows for \d+ replies, and 1000000 are asked for"):
        reply_texts(1_000_000)


@pytest.mark.parametrize(
    ("alert", "hit"),
    [
        (SORRY, [False, True, False]),
        ((SORRY[0] + 2, SORRY[0] + 3), [False, True, False]),
        ((SORRY[1], SORRY[1] + 1), [False, False, False]),
        ((SORRY[1] - 2, SORRY[1] + 5), [False, True, True]),
        ((0, len(TEXT)), [True, True, True]),
        ((SORRY[0], SORRY[0]), [False, False, False]),
    ],
    ids=["whole", "one letter", "the blank between", "across two", "all", "no words"],
)
def test_an_alert_counts_for_each_sentence_that_it_shares_words_with(alert: tuple[int, int], hit: list[bool]) -> None:
    """The blanks between sentences belong to none of them, and an alert of no words to nothing."""
    assert [unit.alerted([alert]) for unit in units(reply_of())] == hit


def test_a_sentence_is_due_where_an_error_or_a_warning_is_quoted() -> None:
    """A suggestion is not due; the quote finds its sentence."""
    quote = "Sorry if this upset you."
    assert [unit.due for unit in units(reply_of((quote, frozenset({"conditional-apology"}))))] == [False, True, False]
    assert not any(unit.due for unit in units(reply_of((quote, frozenset({"flippant"})))))


def test_alerts_are_counted_beside_labels() -> None:
    """One right, one wrong and one missed, over two texts."""
    judged = [
        Judged("ab cd", (Unit(0, 2, due=True), Unit(3, 5, due=False)), harmless=False),
        Judged("ef", (Unit(0, 2, due=True),), harmless=False),
    ]
    assert counts(judged, [[(0, 5)], []]) == Counts(right=1, wrong=1, missed=1)


def test_false_alarms_are_of_harmless_replies_only() -> None:
    """An alert on a reply with a fault in it is no false alarm."""
    judged = [Judged("ab", (), harmless=harmless) for harmless in (True, True, False)]
    found = false_alarms(judged, [[(0, 1), (1, 2)], [], [(0, 1)]])
    assert found.value == 0.5
    assert found.low < 0.5 < found.high


def test_the_test_split_is_judged_whole() -> None:
    """Each row is one sentence to judge, each reply some, and both kinds have some that are due and some that are not."""
    rows, whole = judged_rows(), judged_replies()
    assert all(len(row.units) == 1 for row in rows)
    for judged in (rows, whole):
        assert {unit.due for each in judged for unit in each.units} == {True, False}
        assert not any(unit.due for each in judged if each.harmless for unit in each.units)


def test_a_quantile_lies_in_its_interval() -> None:
    """Of a thousand even times the figures are known."""
    even = [float(number) for number in range(1, 1001)]
    assert quantile(even, 0.5).value == pytest.approx(500, abs=1)
    for share in (0.5, 0.99):
        found = quantile(even, share)
        assert found.low < found.value < found.high
    assert quantile(even, 0.99).low > quantile(even, 0.5).high


def test_a_rate_is_of_the_mean_time() -> None:
    """A fast and a slow text make one rate, and steady times a narrow interval."""
    assert rate([0.001, 0.003]).value == pytest.approx(500)
    steady = rate([0.002] * 50)
    assert (steady.low, steady.value, steady.high) == pytest.approx((500, 500, 500))


def test_drafter_and_keywords_run_over_texts() -> None:
    """Each text has its spans and its time, in the order of the texts."""
    for tool in (local.drafter(), local.keywords()):
        run = tool.run([TEXT, "Hello Jo."])
        assert [any(unit.alerted(spans) for unit in units(reply_of())) for spans in run.alerts[:1]] == [True]
        assert run.alerts[1] == ()
        assert len(run.seconds) == 2
        assert min(run.seconds) > 0


def test_a_keyword_is_found_as_whole_words() -> None:
    """Either size of letters and either apostrophe will do; a part of a longer word will not."""
    find = local.finder(["minor", "you didn't"])
    assert find("A MINOR slip; you didn’t call the minority.") == [(2, 7), (14, 24)]


def test_utf_16_units_become_code_points() -> None:
    """JavaScript counts an emoji as two; the words of the span stay the same."""
    text = "Oh 😀 very 😀 good"
    units_of = text.encode("utf-16-le")
    start = len(units_of[: units_of.index("very".encode("utf-16-le"))]) // 2
    ((first, last),) = node.spans(text, [[start, start + 4]])
    assert text[first:last] == "very"
    assert node.spans("plain", [[0, 5]]) == ((0, 5),)


def test_what_the_node_script_says_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts go out as JSON lines; times come back in seconds and alerts as spans."""
    sent: list[str] = []

    def said(*command: str, given: str = "") -> str:
        sent.extend(json.loads(line) for line in given.splitlines())
        return "".join(json.dumps({"microseconds": 250, "alerts": [[0, 2]]}) + "\n" for _ in given.splitlines())

    monkeypatch.setattr(node, "_said", said)
    monkeypatch.setattr(node, "_install", lambda name, folder: None)
    assert node.alex().run(["Hi.\nJo", "a\u2028b"]) == Run((((0, 2),), ((0, 2),)), (250e-6, 250e-6))
    assert sent == ["Hi.\nJo", "a\u2028b"]


def test_a_machine_without_node_has_no_node_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reason is in words, and the other tools are measured all the same."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "CACHE", tmp_path)
    monkeypatch.setattr(peers, "TOOLS", (local.keywords, node.write_good))
    tools, absent = peers.found()
    assert [tool.name for tool in tools] == ["a keyword list"]
    assert [(tool.name, tool.reason) for tool in absent] == [("write-good", "Node.js with npm is not installed")]
    assert "Node.js" not in peers.machine()


def test_a_python_tool_that_is_not_installed_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names the extra that brings it."""

    def missing(name: str) -> object:
        raise ModuleNotFoundError(f"No module named '{name}'")

    monkeypatch.setattr(local, "import_module", missing)
    for load in (local.proselint, local.vader):
        with pytest.raises(AbsentError, match=r"the extra \[bench\] is not installed"):
            load()


def test_a_tool_is_timed_on_the_replies_and_judged_on_the_labels() -> None:
    """What warms it up comes first and does not count."""
    seen: list[list[str]] = []

    def run(texts: Sequence[str]) -> Run:
        seen.append(list(texts))
        return Run(tuple(((0, 1),) for _ in texts), tuple(float(len(text)) for text in texts))

    replied = [*("x" * 3 for _ in range(NUMBER)), "warm-up"]
    rows = [Judged("ab", (Unit(0, 2, due=True),), harmless=False)]
    whole = [Judged("cd", (Unit(0, 2, due=False),), harmless=True)]
    result = peers.measured(Tool("t", "1", "a word", run), replied, rows, whole)
    assert seen == [["warm-up", *replied[:NUMBER]], ["ab", "cd"]]
    assert set(result.seconds) == {3.0}
    assert (result.rows, result.sentences, result.alarms.value) == (Counts(right=1), Counts(wrong=1), 1.0)


def shown() -> str:
    """The tables of two made-up tools, one of them absent."""
    tool = Tool("Plume", "3.1", "any of its checks", lambda texts: Run((), ()))
    seconds = [100e-6] * 90 + [300e-6] * 10
    result = Result(tool, seconds, Counts(right=60, wrong=20, missed=40), Counts(right=5, wrong=5, missed=5), Figure.of(3, 12))
    rows = [Judged("a", (Unit(0, 1, due=due),), harmless=not due) for due in (True, True, False, False)]
    whole = [Judged("a b", (Unit(0, 1, due=False), Unit(2, 3, due=False)), harmless=True)]
    setting = Setting("2031-04-05", "2 cores, Python 3.11", 56, rows, whole, [0.2, 0.3, 0.4])
    return tables(setting, [result], [AbsentError("quill", "Node.js with npm is not installed")])


def cells(row: str) -> Iterator[str]:
    """The cells of the row of a table."""
    return (cell.strip() for cell in row.strip("|").split("|"))


def test_the_tables_say_what_was_measured() -> None:
    """Speed and accuracy with intervals, when and where, what is left out, and the cold start."""
    text = shown()
    speed, accuracy = (list(cells(line)) for line in text.splitlines() if line.startswith("| Plume"))
    assert speed[0] == "Plume 3.1"
    assert speed[1].startswith("8,333 (")
    assert [cell.split()[0] for cell in speed[2:]] == ["100", "300"]
    assert accuracy[1] == "any of its checks"
    assert [cell.split()[0] for cell in accuracy[2:]] == ["0.75", "0.60", "0.67", "0.50", "0.25"]
    assert all("(" in cell for cell in [*speed[1:], *accuracy[2:]])
    for words in ("2031-04-05", "make bench-checks", "2 cores, Python 3.11", "of 56 words", "F1 of 0.67", "0.30 s (0.20-0.40)"):
        assert words in text
    assert "Left out: quill; Node.js with npm is not installed." in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    """The page shows them as tables."""
    for block in shown().split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_the_tables_go_between_the_marks_of_the_page() -> None:
    """What stands around them stays, and a second run takes the place of the first."""
    page = f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
    once = placed(page, "new")
    assert once == f"# Before\n\n{BEGIN}\nnew\n{END}\n\nAfter.\n"
    assert placed(once, "newer") == once.replace("new", "newer")


def test_a_page_without_marks_is_told() -> None:
    """The message names the page and both marks."""
    with pytest.raises(ValueError, match=r"docs/benchmarks\.md needs the two lines .*make bench-checks"):
        placed(f"only {BEGIN}", "new")


def test_the_page_in_docs_has_its_marks() -> None:
    """A run has somewhere to write."""
    assert "gone" in placed(PAGE.read_text(encoding="utf-8"), "gone")
