"""The built wheel holds everything that the installed package reads."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in a wheel built from the checkout, offline, with the build tools of this environment."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert built.returncode == 0, built.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def relative(*patterns: str, below: Path = ROOT / "drafter") -> set[str]:
    """The files of the checkout that match, as the wheel names them."""
    return {path.relative_to(ROOT).as_posix() for pattern in patterns for path in below.rglob(pattern)}


def test_rules_lexicon_and_phrases_are_in_the_wheel(names: set[str]) -> None:
    """Every data file beside the code goes with it."""
    data = relative("*.md", "*.txt", "*.yaml", "*.json", "py.typed")
    assert {name.split("/")[2] for name in data if name.startswith("drafter/checks/")} >= {"rules", "lexicon"}
    assert data <= names


def test_prompts_and_examples_are_in_the_wheel(names: set[str]) -> None:
    """What stands beside the package in a checkout stands inside it when it is installed."""
    prompts = {path.name for path in (ROOT / "prompts").glob("*.md")}
    examples = {path.name for path in (ROOT / "examples").glob("*.yaml")}
    assert prompts
    assert {f"drafter/_prompts/{name}" for name in prompts} <= names
    assert {f"drafter/_examples/{name}" for name in examples} <= names


def test_every_module_and_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    """Neither tests, evals nor caches are shipped."""
    assert relative("*.py") <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"drafter"}
    assert not any("__pycache__" in name for name in names)
