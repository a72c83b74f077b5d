"""A run of the draft suites by the command that a reviewer types: without a model, and with one that does well at first and badly later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from drafter.chain import Desk, begin, write
from drafter.privacy import Placeholders
from drafter.prompts import live_prompt
from evals.drafts import own_words
from evals.suites import suites
from tests.conftest import ROOT
from tests.scripted import Reply, Request, endpoint, faithful, wanted

CASE = suites(("brevity",))[0].drafts[0]


def drafts(logs: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, with no setting of this machine."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_", "INSPECT_"))}
    command = [sys.executable, "-m", "evals", "drafts", "--logs", str(logs), *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=170, check=False)


def row(printed: str, name: str) -> list[str]:
    """The first row of a table that begins with a name, by its cells."""
    line = next(line for line in printed.splitlines() if line.split()[:1] == [name])
    return line.split()[1:]


def test_without_a_model_the_composer_alone_is_judged_and_is_not_worse_than_accepted(tmp_path: Path) -> None:
    """Every case of every suite is written, judged, and held against the accepted baseline; logs and reports are there to read."""
    files = [tmp_path / "reports" / name for name in ("report.html", "junit.xml", "summary.md")]
    wish = ("--out", str(files[0]), "--junit", str(files[1]), "--markdown", str(files[2]))
    ran = drafts(tmp_path / "logs", "--model", "none", "--against", "composer", "--worst", "0", *wish)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    count = sum(len(suite.drafts) for suite in suites())
    assert int(row(ran.stdout, "composer")[0]) == count
    assert len(list((tmp_path / "logs").glob("*.eval"))) == 1
    assert "plain" not in ran.stdout
    root = ET.fromstring(files[1].read_text("utf-8"))
    assert (root.get("tests"), root.get("errors")) == (str(count), "0")
    for path in (files[0], files[2]):
        assert " than composer" in path.read_text("utf-8")


def test_a_model_is_judged_before_and_after_its_sections_are_replaced(tmp_path: Path) -> None:
    """What replacement makes true stands apart from what the model wrote, and from what the plain prompt got out of it."""
    good = faithful(CASE.incident, ownership="We're sorry if you were offended.")

    def says(request: Request) -> str:
        return good(request) if wanted(request) else "You should have checked the box. Here is £50."

    with endpoint(Reply(says)) as model:
        ran = drafts(tmp_path, "--model", "scripted", "--suite", "brevity", "--limit", "1", DRAFTER_BASE_URL=model.url)
    assert ran.returncode == 0, ran.stderr
    kept = float(row(ran.stdout, "chain")[3])
    assert 0 <= kept < 1
    first = ran.stdout.split("Before anything was replaced")[1]
    assert row(first, "composer")[4] == "1.00"
    assert row(first, "chain")[4] == row(first, "plain")[4] == "0.00"
    assert "Not as expected, plain: 1" in ran.stdout
    assert "Not as expected, chain" not in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--suite", "kindness"), 2, "there is no suite called kindness"),
        (("--model", "none", "--prompt", "draft.v4"), 2, "the composer asks with no prompt: name a model too"),
        (("--model", "m", "--prompt", "draft.v99"), 2, "there is no prompt draft.v99; there is draft.v1"),
    ],
)
def test_what_cannot_be_run_is_said(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """In a reviewer's terms, and nothing is written."""
    ran = drafts(tmp_path, *arguments, DRAFTER_BASE_URL="http://127.0.0.1:9/v1")
    assert ran.returncode == code
    assert said in ran.stderr
    assert not list(tmp_path.iterdir())


def test_what_a_model_left_out_is_not_told_by_it() -> None:
    """Composed words stand in its place in the letter, and are none of the model's."""
    with endpoint(Reply(faithful(CASE.incident, ownership=None))) as running:
        model = running.model()
        prompt, placeholders = live_prompt("draft"), Placeholders.for_incident(CASE.incident)
        work = write(begin(CASE.incident), Desk(model, prompt, prompt, model.budget(), placeholders))
    left_out = next(section.text for section in work.composed.sections if section.name == "ownership")
    assert left_out in work.letter.text
    assert own_words(work) == work.letter.text.replace(f"{left_out}\n", "")
