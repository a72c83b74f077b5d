"""Labels in the terminal: every answer is kept at once, taken back, given blind, compared and settled; typed through a pipe."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from drafter.checks import ELEMENTS
from evals.__main__ import main
from evals.judge.labels import labelled
from evals.judge.rubric import rubric
from evals.labelled import sentences
from evals.labels.agreement import page
from evals.labels.guide import borders, entries, told
from evals.labels.rows import rule_ids
from evals.labels.words import completer, resolved
from tests.conftest import ROOT

SENTENCES = [
    {"text": "We're sorry if this upset you.", "labels": None, "trade": "bank", "register": "email"},
    {"text": "The lift is on the left.", "labels": None, "trade": "hotel", "register": "chat"},
    {"text": "You should have checked.", "labels": None, "trade": "retail", "register": "chat"},
]
REPLY = {
    "text": "Hi Sam,\n\nI'm sorry I sent the wrong size. We apologise for any inconvenience.\n\nIris",
    "labels": None,
    "elements": None,
    "trade": "retail",
    "register": "email",
    "kind": "apology",
}
LETTER = {
    "id": "one",
    "case": "c",
    "by": "agent",
    "matter": "what happened: a late cake",
    "letter": "Sorry, the cake was late.",
    "first": {},
}


def put(place: Path, *rows: dict[str, Any]) -> Path:
    """A file of cases."""
    file = place / "cases.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def rows(file: Path) -> list[dict[str, Any]]:
    """The cases in a file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command with what is typed; its code and what it printed."""

    def run(command: str, file: Path, *options: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["evals", command, str(file), *options])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        monkeypatch.setenv("COLUMNS", "200")
        code = main()
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_labels_go_into_the_file_and_are_taken_back_as_far_as_one_likes(typing: Any, tmp_path: Path) -> None:
    """Beginnings of ids will do; what nobody can mean is asked again; an answer of another day is taken back too."""
    file = put(tmp_path, *SENTENCES)
    code, said = typing("label", file, "--as", "maya", typed="cond\nstick\nstock\nblame\n.\n")
    assert code == 0
    assert "did you mean stock-phrase" in said
    assert "'blame' may be blame-customer, blame-other" in said
    assert [row["labels"] for row in rows(file)] == [["conditional-apology"], ["stock-phrase"], []]
    assert "0 of 3 to go" in said
    assert {row["by"] for row in rows(file)} == {"maya"}

    code, said = typing("label", file, "--as", "maya", typed="<\n")
    assert "0 of 3 to go" in said  # nothing is open: nobody is asked
    assert "label {file} --blind --as NAME" in said.replace(str(file), "{file}")
    typing("label", put(tmp_path, *SENTENCES), "--as", "ann", typed="cond\n.\n")
    code, said = typing("label", file, "--as", "ann", typed="<\n<\n<\n! sure of it\nfeel cond\nq\n")
    assert "there is nothing to take back" in said
    assert [row["labels"] for row in rows(file)] == [["feelings-apology", "conditional-apology"], None, None]
    assert rows(file)[0]["note"] == "sure of it"


def test_a_case_is_passed_over_and_comes_again(typing: Any, tmp_path: Path) -> None:
    """`-` leaves it open, and `=` takes what is shown: what the checks say."""
    file = put(tmp_path, *SENTENCES)
    typing("label", file, typed="-\n.\n=\n")
    assert [row["labels"] for row in rows(file)] == [None, [], ["blame-customer"]]
    _, said = typing("label", file, typed="=\n")
    assert "2 of 3 done, 1 to go" in said
    assert rows(file)[0]["labels"] == ["conditional-apology"]


def test_a_reply_is_labelled_by_sentence_and_by_element(typing: Any, tmp_path: Path) -> None:
    """Quotes stand exactly as in the text, and the row is read as every other of evals/data."""
    file = put(tmp_path, REPLY)
    code, said = typing("label", file, typed="9 stock\n3\n<\n3 stock cond\nexplicit own spec nowhere\ne o sp pers\n")
    assert code == 0
    assert "'9' is no number of a sentence from 1 to" in said
    assert "which rules does sentence 3 break?" in said
    assert "there is nothing to take back" in said
    [row] = rows(file)
    assert row["labels"] == [{"quote": "We apologise for any inconvenience.", "labels": ["stock-phrase", "conditional-apology"]}]
    assert row["elements"] == ["explicit-apology", "ownership", "specific-failure", "personal-voice"]


def test_a_letter_is_judged_line_by_line(typing: Any, tmp_path: Path) -> None:
    """`<` goes back a line; what comes of it is what a judge is held against."""
    file, lines = put(tmp_path, LETTER), rubric().ids
    answers = ["y", "x", "<", "?", *["n"] * len(lines)]
    code, said = typing("label", file, typed="\n".join(answers) + "\n")
    assert code == 0
    assert f"{lines[0]}: " in said
    assert "Border, no: " in said
    [letter] = labelled(file)
    assert letter.first == dict.fromkeys(lines, False)


def test_what_is_kept_outlives_a_kill(typing: Any, tmp_path: Path) -> None:
    """An answer is on the disk before the next case is shown."""
    file = put(tmp_path, *SENTENCES)
    command = [sys.executable, "-m", "evals", "label", str(file), "--as", "maya"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write("cond\n.\nbla")
        running.stdin.flush()
        until = time.monotonic() + 60
        while "2 of 3 done" not in running.stdout.readline() and time.monotonic() < until:
            pass
        running.send_signal(signal.SIGKILL)
    assert [row["labels"] for row in rows(file)] == [["conditional-apology"], [], None]
    _, said = typing("label", file, "--as", "maya", typed="<\nstock\n.\n")
    assert "2 of 3 done, 1 to go" in said
    assert [row["labels"] for row in rows(file)] == [["conditional-apology"], ["stock-phrase"], []]


def test_blind_labels_are_given_without_sight_and_differences_are_settled(typing: Any, tmp_path: Path) -> None:
    """Neither labels nor findings nor notes are shown; agreement tells both answers, and settling keeps what the first had been."""
    marks: dict[str, Any] = {"told": "somebody passed over excuse", "note": "hm", "by": "ann"}
    first = [["conditional-apology"], [], ["blame-customer", "denial"]]
    labelled_rows = [{**row, **marks, "labels": labels} for row, labels in zip(SENTENCES, first, strict=True)]
    file = put(tmp_path, *labelled_rows, *labelled_rows[1:2])  # the same words twice are two cases
    assert typing("agreement", file)[0] == 2
    assert typing("label", file, "--settle")[0] == 2
    code, said = typing("label", file, "--blind", "--as", "maya", typed="=\nblame-c\n? denial\nq\n")
    assert code == 0
    shown = said.split("denial is:")[0]
    assert not [
        word for word in ("conditional-apology", "passed over", "hm\n", "ann", "= ") if word in shown.replace("conditional-apology, ", "")
    ]
    assert "nothing is shown that could be taken" in said
    order = [row["text"] for row in SENTENCES]
    typed = {order[0]: "cond", order[1]: ".", order[2]: "blame-c"}
    while "0 of 4 to go" not in said:
        _, said = typing("label", file, "--blind", "--as", "maya", typed="q\n")
        case = next((text for text in order if f"  {text}\n" in said), None)
        if case:
            _, said = typing("label", file, "--blind", "--as", "maya", typed=f"{typed[case]}\nq\n")
    [blind] = tmp_path.glob("*.blind")
    assert len(rows(blind)) == 4
    assert not {"told", "note"} & rows(blind)[0].keys()

    _, said = typing("agreement", file)
    wrong = sum(set(row["labels"]) != {"conditional-apology"} and row["text"] == order[0] for row in rows(blind))
    assert "first:  blame-customer denial" in said
    assert wrong in (0, 1)  # the one answer above fell on whichever case came first
    before = said

    code, said = typing("label", file, "--settle", "--as", "both", typed="2\n2\n2\n2\n")
    assert code == 0
    settled = rows(file)[2]
    assert (settled["labels"], settled["was"]["labels"], settled["settled_by"]) == (
        ["blame-customer"],
        ["blame-customer", "denial"],
        "both",
    )
    assert typing("agreement", file)[1] == before  # how far two readers agreed is not bettered by settling
    assert "0 of" in typing("label", file, "--settle", "--as", "both")[1]


def test_letters_are_settled_on_the_lines_that_differ(typing: Any, tmp_path: Path) -> None:
    """Second labels go beside the first ones, and a judge is held against what was settled."""
    lines = rubric().ids
    file = put(tmp_path, {**LETTER, "first": dict.fromkeys(lines, True)})
    typing("label", file, "--blind", "--as", "maya", typed="n\n" + "y\n" * (len(lines) - 1))
    _, said = typing("agreement", file)
    assert "1 of 1 cases differ" in said
    _, said = typing("label", file, "--settle", "--as", "both", typed="n\n")
    assert said.count("y or n >") == 1
    [letter] = labelled(file)
    assert letter.second == {**dict.fromkeys(lines, True), lines[0]: False}
    assert letter.settled == {lines[0]: False}


def test_the_table_has_kappa_by_rule_element_and_line() -> None:
    """By hand: 60 of 100 said alike, 0.7 x 0.6 + 0.3 x 0.4 = 54 by chance, so (60 - 54) / (100 - 54); the books are in test_kappa."""
    said = [(True, True)] * 45 + [(True, False)] * 15 + [(False, True)] * 25 + [(False, False)] * 15
    both = [
        (
            {"text": f"Text {i}.", "labels": ["sell"] * one, "elements": ["ownership"] * one},
            {"text": f"Text {i}.", "labels": ["sell"] * other, "elements": ["ownership"] * other},
        )
        for i, (one, other) in enumerate(said)
    ]
    sentences = [
        ({"text": one["text"], "labels": one["labels"]}, {"text": other["text"], "labels": other["labels"]}) for one, other in both
    ]
    table = {line.split()[0]: line.split()[1:5] for line in page(sentences)}
    assert table["sell"] == ["100", "45", "40", "0.13"]
    assert "excuse" not in table


def test_what_nobody_has_labelled_is_not_measured(typing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases out of real use may lie among the others; only those that a person has labelled count."""
    (tmp_path / "train").mkdir()
    file = put(tmp_path / "train", *[{**row, "unsettled": True, "labels": None} for row in SENTENCES])
    monkeypatch.setattr("evals.labelled.WORDING", tmp_path)
    assert sentences("train") == []
    typing("label", file, typed="cond\nq\n")
    assert [row.labels for row in sentences("train")] == [frozenset({"conditional-apology"})]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: is no JSON"),
        ("[]", "line 1: is no case"),
        ('{"text": " "}', "line 1: is no case"),
        ('{"text": "Hi."}', 'a case without labels says so: "labels": null'),
        ('{"text": "Hi.", "labels": ["kindness"]}', "no rule is called kindness"),
        ('{"text": "Hi.", "labels": "sell"}', "does not follow the format"),
        ('{"text": "Hi.", "labels": [], "elements": ["love"]}', "no element is called love"),
        ('{"text": "Hi.", "labels": [{"quote": "Ho.", "labels": []}], "elements": []}', "'Ho.' does not stand in the text"),
        ('{"text": "Hi.", "labels": [1], "elements": []}', "does not follow the format"),
        ('{"letter": "Hi.", "first": {"sounds-meant": 1}}', "is no line of the rubric with true or false"),
        ("", "the text is empty"),
    ],
)
def test_a_file_that_cannot_be_labelled_is_told_with_its_line(typing: Any, tmp_path: Path, line: str, said: str) -> None:
    """And nothing is asked."""
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{line}\n", "utf-8")
    code, printed = typing("label", file)
    assert code == 2
    assert said in printed
    assert ">" not in printed


def test_the_guide_is_at_hand_for_every_rule_element_and_line() -> None:
    """What a reader asks for stands there with its borders, out of the page that people read."""
    assert not [name for name in (*rule_ids(), *ELEMENTS) if name != "ungrounded-request" and name not in entries()]
    assert all(list(told(line)) for line in rubric().ids)
    assert any("`vague-remedy`" in one for one in told("vague-remedy"))
    assert all(one.count('"') % 2 == 0 for one in borders())
    assert resolved("sender", rule_ids()) == "sender-centred"
    assert completer(rule_ids())("sen", 0) == "sender-centred "
    assert completer(rule_ids())("sen", 1) is None
