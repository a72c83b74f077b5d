"""A double charge of 412 customers: one letter each, five rows set aside, killed in the middle, and nothing lost or made twice."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from drafter.batch import Batch, Folder, Table, run
from drafter.errors import InputError
from drafter.house.tables import House
from drafter.incident import plain_facts
from evals.double_charges import BAD, FACTS, HEADERS, rows, spoiled, written
from tests.conftest import ROOT
from tests.golden import BATCH, batched

SHARED = plain_facts(FACTS.read_text(encoding="utf-8"))
COMMAND = [sys.executable, "-m", "drafter", "batch"]


def saved(folder: Path, table: list[list[str]], name: str = "customers.csv") -> Path:
    """The rows as a file."""
    file = folder / name
    file.write_text(written(table), encoding="utf-8")
    return file


def made(folder: Path, table: list[list[str]], **changes: object) -> Folder:
    """The letters of some rows, written here."""
    batch = Batch({**SHARED, **changes}, Table(written(table)), folder / "letters", House())
    return run(batch, processes=1)


def aside(out: Path) -> list[dict[str, str]]:
    """The rows that were set aside."""
    with (out / "set_aside.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def letters(out: Path) -> Counter[str]:
    """How many letters there are for each line."""
    return Counter(file.name[:6] for status in ("ready", "needs_review", "blocked") for file in (out / status).glob("*"))


def test_the_letters_are_as_they_were_read() -> None:
    """A few of the 412, word for word; `python -m tests.golden` writes them again."""
    assert {file.name: file.read_text(encoding="utf-8") for file in BATCH.glob("*.txt")} == batched()


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, subprocess.CompletedProcess[str]]:
    """The folder of a batch of 412 that was killed in the middle by force and begun again, what was done then, and how it ended."""
    place = tmp_path_factory.mktemp("killed")
    words = [*COMMAND, str(FACTS), str(saved(place, spoiled(rows(412)))), "--out", str(place / "letters"), "--processes", "2"]
    words += ["--format", "json"]
    journal = place / "letters" / "journal.jsonl"
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        while (done := journal.read_bytes().count(b"\n") if journal.exists() else 0) < 60 and first.poll() is None:
            time.sleep(0.02)
        os.kill(first.pid, signal.SIGKILL)
    with journal.open("ab") as half:
        half.write(b'{"line": 40')
    again = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    return place / "letters", done, again


def test_a_batch_that_was_killed_goes_on_with_nothing_lost_and_nothing_twice(
    killed: tuple[Path, int, subprocess.CompletedProcess[str]],
) -> None:
    """Each of 412 rows has one letter or its place among those set aside, after a kill by force of two writing processes."""
    out, done, again = killed
    assert 60 <= done < 412
    assert again.returncode == 1, again.stderr
    assert again.stderr == ""
    result = json.loads(again.stdout)
    assert {name: result[name] for name in ("customers", "ready", "needs_review", "blocked", "set_aside")} == {
        "customers": 412,
        "ready": 412 - BAD,
        "needs_review": 0,
        "blocked": 0,
        "set_aside": BAD,
    }
    found = letters(out) + Counter(f"{int(row['set_aside_line']):06d}" for row in aside(out))
    assert found == Counter({f"{line:06d}": 1 for line in range(2, 414)})
    assert not list(out.glob(".*.part"))


def test_each_letter_has_its_own_customer_and_nobody_elses(killed: tuple[Path, int, subprocess.CompletedProcess[str]]) -> None:
    """Name, order and amount of each row stand in its letter, and no other order does."""
    out, _, _ = killed
    for line, row in enumerate(spoiled(rows(412)), 2):
        if file := next((out / "ready").glob(f"{line:06d}*"), None):
            text = file.read_text(encoding="utf-8")
            assert f"Hi {row[0].split()[0]}," in text
            assert f"for order {row[2]}, {row[3]} each time" in text
            assert {word.strip(".,") for word in text.split() if word.startswith("20") and len(word.strip(".,")) == 5} == {row[2]}


def test_a_row_that_cannot_be_used_is_set_aside_with_its_line_and_the_reason(
    killed: tuple[Path, int, subprocess.CompletedProcess[str]],
) -> None:
    """Five rows, each wrong in its own way."""
    out, _, _ = killed
    reasons = [row["set_aside_why"] for row in aside(out)]
    assert sorted(reason.split(":")[0] for reason in reasons) == sorted(
        ["order", "amount", "paid", *(reason for reason in reasons if reason.startswith(("the same customer", "it has 4 cells")))]
    )
    assert len(reasons) == BAD


def test_what_was_set_aside_can_be_mended_and_given_again(tmp_path: Path) -> None:
    """Its file is a table of customers like the first, with two columns more that are passed over."""
    table = rows(3)
    table[1][3] = "=lots"
    first = made(tmp_path, table)
    file = first.path / "set_aside.csv"
    assert "'=lots" in file.read_text(encoding="utf-8-sig")
    assert next(Table(file).rows()).cells[3] == "=lots"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("'=lots", "$9.00", 1), encoding="utf-8")
    again = run(Batch(SHARED, Table(file), tmp_path / "mended", House()), processes=1)
    assert [one.status for one in again.done.values()] == ["ready"]


def test_the_same_again_writes_nothing_again(tmp_path: Path) -> None:
    """What is done stays as it is; what was lost from the folder is made again."""
    first = made(tmp_path, rows(3))
    before = {file: file.stat().st_mtime_ns for file in first.path.glob("ready/*")}
    lost = sorted(before)[0]
    lost.unlink()
    again = made(tmp_path, rows(3))
    assert {one.line for one in again.done.values()} == {2, 3, 4}
    assert {file: file.stat().st_mtime_ns for file in before if file != lost} == {f: t for f, t in before.items() if f != lost}
    assert lost.exists()


def test_a_batch_keeps_the_moment_at_which_it_began(tmp_path: Path) -> None:
    """Where the facts name no moment, letters after a kill say "today" of the same day as those before it."""
    facts = {key: value for key, value in SHARED.items() if key not in ("as_of", "next")}
    batch = Batch(facts, Table(written(rows(2))), tmp_path / "letters", House())
    run(batch, processes=1)
    begun = json.loads((tmp_path / "letters" / "journal.jsonl").read_text(encoding="utf-8").splitlines()[0])["as_of"]
    for file in (tmp_path / "letters" / "ready").iterdir():
        file.unlink()
    run(batch, processes=1)
    assert json.loads((tmp_path / "letters" / "journal.jsonl").read_text(encoding="utf-8").splitlines()[0])["as_of"] == begun


def test_a_folder_of_another_batch_is_refused(tmp_path: Path) -> None:
    """Letters by other facts never mix, and a folder with something else in it is left alone."""
    made(tmp_path, rows(2))
    with pytest.raises(InputError, match="holds letters by other customers; name a new one"):
        made(tmp_path, rows(3))
    with pytest.raises(InputError, match="holds letters by other facts"):
        made(tmp_path, rows(2), trade="coffee")
    (tmp_path / "letters" / "journal.jsonl").unlink()
    with pytest.raises(InputError, match="something in this folder already"):
        made(tmp_path, rows(2))


def test_two_at_once_in_one_folder_are_refused(tmp_path: Path) -> None:
    """The second is told to wait; nothing is written twice."""
    folder = Folder(tmp_path / "letters")
    with folder.open({"as_of": "x"}), pytest.raises(InputError, match="somebody else is writing letters into this folder"):
        made(tmp_path, rows(2))


def test_a_letter_that_is_not_ready_lies_apart_and_says_why(tmp_path: Path) -> None:
    """What a check stops in one row stops that letter alone."""
    table = rows(3)
    table[1][5] = "you were upset because of your own carelessness"
    out = made(tmp_path, table)
    statuses = [out.done[line].status for line in (2, 3, 4)]
    assert statuses[0] == statuses[2] == "ready"
    assert statuses[1] in ("blocked", "needs_review")
    assert out.done[3].reasons
    assert out.done[3].file.startswith(f"{statuses[1]}/")


def test_a_mail_is_one_to_open_and_send(tmp_path: Path) -> None:
    """With its address and subject, and a name that no header can be broken with."""
    table = rows(1)
    table[0][0] = "Zoë Ångström"
    out = run(Batch(SHARED, Table(written(table)), tmp_path / "mails", House(), "eml"), processes=1)
    (file,) = (out.path / "ready").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["To"] == table[0][1]
    assert mail["Subject"] == f"We charged your card twice for order {table[0][2]}"
    assert mail["X-Unsent"] == "1"
    assert "Hi Zoë," in mail.get_content()


def test_the_command_tells_the_worst_first(tmp_path: Path) -> None:
    """How many of each kind, then each reason with how many rows have it and the first line."""
    table = rows(4)
    table[1][2] = table[2][2] = ""
    words = [*COMMAND, str(FACTS), str(saved(tmp_path, table)), "--out", str(tmp_path / "letters")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "4 customers: 2 ready, 0 for a person's review, 0 blocked, 2 set aside.",
        "- set aside, 2 rows (line 3): order: this is empty.",
    ]


def test_a_header_that_names_nothing_stops_the_command(tmp_path: Path) -> None:
    """Exit code 2, the nearest name, and no folder."""
    file = tmp_path / "customers.csv"
    file.write_text(",".join([*HEADERS[:3], "amout", *HEADERS[4:]]) + "\n" + ",".join(rows(1)[0]) + "\n", encoding="utf-8")
    words = [*COMMAND, str(FACTS), str(file), "--out", str(tmp_path / "letters")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert "column 'amout' names nothing; did you mean 'amount'?" in done.stderr
    assert not (tmp_path / "letters").exists()
