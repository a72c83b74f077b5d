"""Threats of docs/security.md that no other test covers."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from drafter import check, load_house
from drafter.cli.display import printable
from drafter.errors import DrafterError
from tests.conftest import ROOT
from tests.shell import run, written

RULE = '---\nseverity: warning\nmatch:\n  - \'{match}\'\nflags:\n  - "[{bad}]"\npasses:\n  - "We were late."\nsource: [us]\n---\nNo.\n'


def house(folder: Path, rule: str) -> Path:
    """A settings file with one rule of the house's own."""
    (folder / "rules").mkdir()
    (folder / "rules" / "odd.md").write_text(rule, encoding="utf-8")
    return written(folder, 'rules_folder = "rules"\n', "drafter.toml")


def test_a_rule_file_runs_nothing(tmp_path: Path) -> None:
    """A tag of YAML that would call a function is refused, and the function is not called."""
    mark = tmp_path / "it ran"
    file = house(tmp_path, f"---\nseverity: !!python/object/apply:pathlib.Path.touch ['{mark}']\nmatch: ['x']\n---\nNo.\n")
    with pytest.raises(DrafterError):
        check("We were late.", house=load_house(file))
    assert not mark.exists()


def test_a_rule_of_the_house_cannot_hang_a_check(tmp_path: Path) -> None:
    """An expression that would take Python's own reader longer than the world has lasted takes no time."""
    file = house(tmp_path, RULE.format(match="(?:a+)+b", bad="aab"))
    started = time.monotonic()
    assert not [item for item in check("a" * 50_000 + "c", house=load_house(file)).findings if item.rule == "odd"]
    assert time.monotonic() - started < 20


def test_words_of_others_do_not_steer_a_terminal(tmp_path: Path) -> None:
    """Escape sequences, and marks that turn the direction of a line, are shown as a mark wherever we print."""
    assert printable("\x1b]0;owned\x07 \u202eevil") == "\ufffd]0;owned\ufffd \ufffdevil"
    text = written(tmp_path, "We're sorry for any \x1b[2Jinconvenience caused.\n")
    assert "\x1b" not in run("check", text).stdout


def test_every_dependency_is_pinned() -> None:
    """To one version, whatever extra it comes with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["dev"], *extras["postgres"], *extras["otel"]]
    pinned = {_name(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line}
    assert not {_name(re.split(r"[\[><=;! ]", line)[0]) for line in needed} - pinned


def _name(written_as: str) -> str:
    return re.sub(r"[-_.]+", "-", written_as.strip()).lower()
