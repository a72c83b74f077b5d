"""A run by the commands that a reviewer types: asked once, capped in order, killed in the middle and taken up again."""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Lock

import pytest
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from evals.__main__ import main
from evals.suites import suites
from tests.conftest import ROOT
from tests.scripted import Endpoint, Reply, endpoint, faithful, wanted

CASES = suites(("brevity",))[0].drafts[:2]
NUMBER = re.compile(r"number (\d+)")


@dataclass
class Busy:
    """How many questions were asked at the same time, at the most."""

    now: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)

    def step(self, by: int) -> None:
        with self.lock:
            self.now += by
            self.most = max(self.most, self.now)


def numbered(seconds: float = 0.0, busy: Busy | None = None) -> Reply:
    """A writer of a new letter each time: no two are the same, so that one which comes again was kept."""
    turns, busy = count(1), busy or Busy()
    good = faithful(CASES[0].incident)

    def says(request: dict[str, object]) -> str:
        busy.step(1)
        time.sleep(seconds)
        busy.step(-1)
        return good(request) if wanted(request) else f"Sorry, number {next(turns)}."

    return Reply(says)


def command(model: Endpoint, monkeypatch: pytest.MonkeyPatch, logs: Path, *arguments: str) -> int:
    """The command in this process; its exit code."""
    for name in ("DRAFTER_MODEL", "DRAFTER_API_KEY"):
        monkeypatch.setenv(name, "scripted")  # the run sets them, and the test takes them back
    monkeypatch.setenv("DRAFTER_BASE_URL", model.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(logs.parent / "kept"))  # another endpoint may have this one's port later
    monkeypatch.setattr(sys, "argv", ["evals", "drafts", "--logs", str(logs), *arguments])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Inspect leaves streams open, and uses what is out of date
        try:
            return main()
        finally:
            gc.collect()


def last(logs: Path, task: str) -> EvalLog:
    """The newest log of a task, whole."""
    return next(log for log in map(read_eval_log, list_eval_logs(str(logs))) if log.eval.task == task)


def letters(log: EvalLog) -> dict[tuple[str, int], str]:
    """What was written, by case and epoch."""
    return {(str(one.id), one.epoch): one.output.completion for one in log.samples or ()}


RUN = ("--model", "scripted", "--suite", "brevity", "--limit", "2", "--epochs", "2")
SMALL = ("--model", "scripted", "--suite", "brevity", "--limit", "1", "--epochs", "3")


def test_each_epoch_is_asked_once_whatever_is_run_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run asks nothing and has the same letters, two for each case; `--no-cache` asks all of it again; a cap ends it in order."""
    busy = Busy()
    with endpoint(numbered(0.05, busy)) as model:
        assert command(model, monkeypatch, tmp_path / "one", *RUN) == 0
        first, asked = last(tmp_path / "one", "plain"), len(model.requests)
        assert len(set(letters(first).values())) == 4
        assert "4 letters by each writer; estimate: " in capsys.readouterr().err
        assert command(model, monkeypatch, tmp_path / "two", *RUN) == 0
        assert len(model.requests) == asked
        for task in ("plain", "chain"):
            assert letters(last(tmp_path / "one", task)) == letters(last(tmp_path / "two", task))
        chained = last(tmp_path / "two", "chain").samples or []
        assert [one.metadata["asked"]["kept"] for one in chained] == [one.metadata["asked"]["questions"] for one in chained]
        assert all(one.metadata["provenance"]["input_tokens"] > 0 for one in chained)

        capsys.readouterr()
        busy.most = 0
        capped = command(model, monkeypatch, tmp_path / "three", *RUN, "--no-cache", "--cap-tokens", "3000", "--connections", "1")
        said = capsys.readouterr()
        assert (capped, busy.most) == (3, 1)
        assert len(model.requests) == asked + 2
        assert "plain did not end: the cap of 3000 tokens is reached: 2200 tokens were used" in said.err
        assert "go on with: python -m evals drafts --resume" in said.err
        done = [key for key, text in letters(last(tmp_path / "three", "plain")).items() if NUMBER.search(text)]
        assert len(done) == 2
        assert command(model, monkeypatch, tmp_path / "three", "--resume", "--no-cache") == 0
        assert len(model.requests) == 2 * asked
        kept = letters(last(tmp_path / "three", "plain"))
        assert len(kept) == len(set(kept.values())) == 4


def test_a_run_that_is_killed_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without any cache: letters that were judged are not asked for again, and none is missing in the end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_", "INSPECT_"))}
    command_line = [sys.executable, "-m", "evals", "drafts", "--logs", str(tmp_path), *SMALL, "--no-cache", "--connections", "1"]
    with endpoint(numbered(0.2)) as model:
        running = subprocess.Popen(
            command_line,
            cwd=ROOT,
            env=clean | {"DRAFTER_BASE_URL": model.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 120
        while len(model.requests) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(20)
        before = len(model.requests)
        assert command(model, monkeypatch, tmp_path, "--resume", "--no-cache") == 0
        again = len(model.requests) - before
    plain, chain = last(tmp_path, "plain"), last(tmp_path, "chain")
    assert (plain.status, chain.status) == ("success", "success")
    assert len(letters(plain)) == len(letters(chain)) == 3
    questions = sum(one.metadata["asked"]["questions"] for one in chain.samples or ())
    assert before >= 3
    assert again < questions + 3  # what was judged before the kill was not asked again
    numbers = sorted(int(found[1]) for text in letters(plain).values() if (found := NUMBER.search(text)))
    assert numbers[0] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--resume",), "no run was begun in"),
        ((*RUN, "--cap", "2"), "a cap in money needs price_in and price_out"),
    ],
)
def test_what_cannot_be_run_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """Before anything is asked."""
    with endpoint(Reply("never")) as model:
        assert command(model, monkeypatch, tmp_path, *arguments) == 2
        assert not model.requests
    assert said in capsys.readouterr().err


def test_halves_of_two_kinds_are_not_put_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where rules, cases or prompts changed since a run was begun, it is not gone on with."""
    with endpoint(Reply("Sorry.")) as model:
        assert command(model, monkeypatch, tmp_path, "--suite", "brevity", "--limit", "1") == 0
        begun = tmp_path / "begun.json"
        begun.write_text(re.sub(r'"made_of": "\w+"', '"made_of": "0"', begun.read_text("utf-8")), "utf-8")
        capsys.readouterr()
        assert command(model, monkeypatch, tmp_path, "--resume") == 2
    assert "cases, rules or prompts have changed" in capsys.readouterr().err
