"""Versions of prompts on their way: made, compared, promoted only with a run behind them that is not worse, and retired."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from drafter.errors import InputError, PromptError
from drafter.prompts import live_prompt, read_prompt, shipped
from evals import __main__ as command
from evals.compare import Run, read_run
from evals.drafts import chained
from evals.versions import difference, listing, new_version, promote, read_version, retire
from tests.evals.test_drafts import drafts
from tests.scripted import Reply, Request, endpoint, wanted, written

WORSE = "Tell the customer what they should have done."
FIGURES = ("as expected", "facts told")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the live prompts, each as a first version, to change."""
    place = tmp_path / "prompts"
    place.mkdir()
    for name in ("draft", "revise", "rework", "read_ticket"):
        shutil.copy(shipped() / f"{live_prompt(name).label}.md", place / f"{name}.v1.md")
    return place


def run(label: str, folder: Path, *held: float, model: str = "m") -> Run:
    """A run of the chain with a version as it stands, in which each case comes to this."""
    cases = {f"case-{i}": dict.fromkeys(FIGURES, one) for i, one in enumerate(held)}
    return Run({"chain": cases}, {"chain": f"{model} {label} {read_version(label, folder)[1].hash} rules"})


def test_a_new_version_has_the_words_of_the_live_one(folder: Path) -> None:
    """It is on trial and says what it changes; the live one stays so."""
    path = new_version("draft", "Asks for shorter sentences: at most 'twenty' words", folder)
    made = read_prompt(path)
    assert (made.label, made.status, made.change) == ("draft.v2", "trial", "Asks for shorter sentences: at most 'twenty' words")
    assert made.text == read_prompt(folder / "draft.v1.md").text
    assert [line for line in difference("draft.v1", "draft.v2", folder) if line.startswith("+status")] == ["+status: trial"]
    assert new_version("draft", "Another", folder).name == "draft.v3.md"


def test_every_version_is_listed_with_what_a_run_names(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name and number; the hash is the one that a run keeps. A folder without prompts is said."""
    new_version("rework", "Says it shorter", folder)
    monkeypatch.setattr("sys.argv", ["evals", "prompts", "--prompts", str(folder)])
    assert command.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[-2:]] == [["rework.v1", "live"], ["rework.v2", "trial"]]
    assert read_version("rework.v2", folder)[1].hash in lines[-1]
    assert lines[-1].endswith("Says it shorter")
    with pytest.raises(PromptError, match="no prompts"):
        list(listing(tmp_path))


@pytest.mark.parametrize(("name", "change"), [("draft", " "), ("draft", "two\nlines"), ("letter", "x")])
def test_what_cannot_be_made_is_said(folder: Path, name: str, change: str) -> None:
    """A version that says nothing of its change, and one of a prompt that is not there."""
    with pytest.raises(InputError):
        new_version(name, change, folder)
    assert not list(folder.glob("*.v2.md"))


def test_a_version_that_is_not_worse_goes_live(folder: Path) -> None:
    """The one before it is retired; of both files the head alone changes."""
    path = new_version("draft", "Says it better", folder)
    runs = run("draft.v2", folder, *[1.0] * 10), run("draft.v1", folder, *[1.0] * 9, 0.0)
    assert list(promote("draft.v2", *runs, folder))[-1] == "draft.v2 is live; draft.v1 is retired."
    assert [read_prompt(each).status for each in (path, folder / "draft.v1.md")] == ["live", "retired"]
    assert read_prompt(folder / "draft.v1.md").text == live_prompt("draft").text
    with pytest.raises(PromptError, match="live already"):
        list(promote("draft.v2", *runs, folder))
    with pytest.raises(PromptError, match="promote another version first"):
        retire("draft.v2", folder)


@pytest.mark.parametrize(
    ("held", "model", "edited", "said"),
    [
        ([0.0] * 10, "m", False, "as expected fell from 1.000 to 0.000"),
        ([1.0] * 10, "another", False, "another model"),
        ([1.0] * 9, "m", False, "leaves out 1 cases"),
        ([1.0] * 10, "m", True, "no run of draft.v2 as it stands"),
    ],
)
def test_a_version_without_a_good_run_stays_on_trial(folder: Path, held: list[float], model: str, edited: bool, said: str) -> None:
    """Worse, of another model, over fewer cases, or of other words than it has now: nothing is changed."""
    path = new_version("draft", "Says it better", folder)
    runs = run("draft.v2", folder, *held, model=model), run("draft.v1", folder, *[1.0] * 10)
    if edited:
        path.write_text(path.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    with pytest.raises(InputError, match=said):
        list(promote("draft.v2", *runs, folder))
    assert [read_prompt(each).status for each in (path, folder / "draft.v1.md")] == ["trial", "live"]


def test_a_run_tries_draft_or_revise_and_no_other_prompt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No letter of a run is written with the prompts of rework or of tickets."""
    monkeypatch.setenv("DRAFTER_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("DRAFTER_MODEL", "m")
    for label in ("draft.v1", "revise.v1"):
        chained(label, folder)
    with pytest.raises(PromptError, match="not with rework"):
        chained("rework.v1", folder)


def test_a_version_on_trial_is_retired(folder: Path) -> None:
    """Its words stay for the record."""
    new_version("draft", "Says it better", folder)
    retire("draft.v2", folder)
    assert read_prompt(folder / "draft.v2.md").status == "retired"


def test_a_worse_prompt_is_caught_by_the_commands_of_a_reviewer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that does as it is told by a prompt that asks for blame: compare exits 1, and promote refuses."""
    path = new_version("draft", "Tells customers what they did wrong", folder)
    path.write_text(path.read_text("utf-8").replace("# user", f"{WORSE}\n\n# user"), "utf-8")

    def says(request: Request) -> str:
        blames = WORSE in request["messages"][0]["content"]
        return written(request, dict.fromkeys(wanted(request), "You should have read the terms.") if blames else {})

    with endpoint(Reply(says)) as model:
        for label in ("draft.v1", "draft.v2"):
            wish = ("--suite", "ownership", "--limit", "6", "--prompts", str(folder), "--prompt", label, "--model", "scripted")
            ran = drafts(tmp_path / label, *wish, DRAFTER_BASE_URL=model.url)
            assert ran.returncode == 0, ran.stderr
    before, after = (str(tmp_path / label) for label in ("draft.v1", "draft.v2"))
    assert read_run(after).by["chain"].startswith("scripted draft.v2,")
    monkeypatch.setattr("sys.argv", ["evals", "compare", before, after])
    assert command.main() == 1
    monkeypatch.setattr(
        "sys.argv", ["evals", "prompts", "--prompts", str(folder), "promote", "draft.v2", "--run", after, "--against", before]
    )
    assert command.main() == 2
    assert "draft.v2 is worse than draft.v1 by more than chance" in capsys.readouterr().err
    assert read_prompt(path).status == "trial"
