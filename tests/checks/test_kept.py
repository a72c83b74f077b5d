"""What is kept in the user's cache folder: never needed, never trusted when damaged, never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from drafter.checks.kept import kept

FILES = ("kept.py",)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of this test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "drafter"


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> list[object]:
        self.done += 1
        return ["é", [1, None]]


def test_a_value_is_worked_out_once_for_each_key(folder: Path) -> None:
    """The next command reads it; another key is another value."""
    work = Work()
    assert [kept("a", "key", work, files=FILES) for _ in range(3)] == [["é", [1, None]]] * 3
    assert work.done == 1
    kept("a", "other", work, files=FILES)
    assert work.done == 2


def test_other_code_works_it_out_again(folder: Path) -> None:
    """A new version does not read what an old one made."""
    work = Work()
    kept("a", "key", work, files=FILES)
    kept("a", "key", work, files=("needs.py",))
    assert work.done == 2


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"0\n[]", b"[1]"])
def test_a_damaged_file_is_worked_out_again_and_mended(folder: Path, damage: bytes) -> None:
    """A full disk, a crash or a curious user costs time and nothing else."""
    work = Work()
    kept("a", "key", work, files=FILES)
    (path,) = folder.iterdir()
    path.write_bytes(damage)
    assert kept("a", "key", work, files=FILES) == ["é", [1, None]]
    kept("a", "key", work, files=FILES)
    assert work.done == 2


def test_a_truncated_file_is_not_believed(folder: Path) -> None:
    """What is left of it may be good JSON."""
    kept("a", "key", lambda: 123456, files=FILES)
    (path,) = folder.iterdir()
    path.write_text(path.read_text("utf-8")[:-2], "utf-8")
    assert kept("a", "key", lambda: 123456, files=FILES) == 123456


def test_where_nothing_can_be_written_nothing_is_said(folder: Path) -> None:
    """A folder that is a file, or belongs to somebody else, does not stop a check."""
    folder.write_text("", "utf-8")
    work = Work()
    assert kept("a", "key", work, files=FILES) == kept("a", "key", work, files=FILES)
    assert work.done == 2


def test_what_is_no_json_is_not_kept(folder: Path) -> None:
    """The value itself comes back all the same."""
    assert kept("a", "key", lambda: {1j}, files=FILES) == {1j}


def test_old_files_go(folder: Path) -> None:
    """Whoever edits rules all day fills no disk."""
    for number in range(12):
        kept("a", str(number), Work(), files=FILES)
        for path in folder.iterdir():
            os.utime(path, (number, path.stat().st_mtime - 1))
    assert len(list(folder.iterdir())) == 8
    newest = Work()
    kept("a", "11", newest, files=FILES)
    assert newest.done == 0


def test_a_user_without_a_home_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No folder named "~" appears where the command was started."""
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    assert kept("a", "key", lambda: 1, files=FILES) == 1
    assert not list(tmp_path.iterdir())
