"""`drafter check --fix` and `--diff`: what is printed, what is written, and what is not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from drafter.cli import fixes
from drafter.cli.fixes import write_over
from drafter.errors import OutsideError, TextError
from tests.shell import CLEAN, EXAMPLE, real, run, written

BAD = "Hi Tom,\n\nWe're sorry for any inconvenience caused. You should have read the terms.\n"
MENDED = "Hi Tom,\n\nWe're sorry. You should have read the terms.\n"


def test_fix_writes_the_safe_rewrites_and_shows_the_diff(tmp_path: Path) -> None:
    """Exit 1 while findings remain; the summary is on stderr, beside the diff."""
    path = tmp_path / "reply.txt"
    path.write_text(BAD, "utf-8")
    done = real("check", "--fix", str(path))
    assert done.returncode == 1
    assert path.read_text("utf-8") == MENDED
    assert "-We're sorry for any inconvenience caused. You should have read the terms.\n+We're sorry. You should" in done.stdout
    assert done.stderr == "Fixed 2 findings. Left: 1 error. drafter check shows them.\n"  # both spoke of the same words


def test_fix_leaves_a_text_that_is_then_clean(tmp_path: Path) -> None:
    """Exit 0 when nothing remains, and nothing to say about a clean text."""
    path = tmp_path / "reply.txt"
    path.write_text("We sent it today. Thank you for your patience.\n", "utf-8")
    assert run("check", "--fix", path).exit_code == 0
    assert path.read_text("utf-8") == "We sent it today.\n"
    again = run("check", "--fix", path)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "Fixed no findings. Left: no findings.\n")


def test_diff_changes_nothing_and_patch_takes_it(tmp_path: Path) -> None:
    """The diff alone is printed, also with --fix beside it, and it is one that `git apply` understands."""
    path = tmp_path / "reply.txt"
    path.write_text(BAD.rstrip("\n"), "utf-8")
    shown = real("check", "--fix", "--diff", "reply.txt", folder=tmp_path)
    assert shown.returncode == 1
    assert path.read_text("utf-8") == BAD.rstrip("\n")
    assert shown.stdout == real("check", "--diff", "reply.txt", folder=tmp_path).stdout
    subprocess.run(["git", "apply", "-p0", "-"], input=shown.stdout, cwd=tmp_path, encoding="utf-8", check=True)
    assert path.read_text("utf-8") == MENDED.rstrip("\n")


def test_standard_input_comes_out_fixed() -> None:
    """A filter in an editor gets the whole text back, and nothing else on stdout."""
    done = real("check", "--fix", "-", given=BAD)
    assert (done.returncode, done.stdout) == (1, MENDED)
    assert real("check", "--fix", given=CLEAN).stdout == CLEAN


def test_with_the_facts_the_act_is_put_in(tmp_path: Path) -> None:
    """The incident's own clause takes the place of the event."""
    path = tmp_path / "reply.txt"
    path.write_text("Hi Tom,\n\nWe're sorry this happened.\n\nMaya\n", "utf-8")
    run("check", "--fix", path, "--incident", EXAMPLE)
    assert path.read_text("utf-8").splitlines()[2] == "We're sorry we charged your card twice for order 1042, $149.00 each time."


def test_line_ends_mark_encoding_and_permissions_stay(tmp_path: Path) -> None:
    """Only the fixed words differ, byte for byte, and a link to the file stays a link."""
    path, link = tmp_path / "reply.txt", tmp_path / "link.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "Grüße.\r\n\r\nOops! We packed it wrongly…\r\nEnd".encode())
    path.chmod(0o640)
    link.symlink_to(path)
    run("check", "--fix", link)
    assert path.read_bytes() == b"\xef\xbb\xbf" + "Grüße.\r\n\r\nWe packed it wrongly…\r\nEnd".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["link.txt", "reply.txt"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fix", "--format", "json"], "leave --format out"),
        (["--diff", "-", "other.txt"], "name nothing beside it"),
        (["--fix", "nowhere.txt"], "there is no such file"),
    ],
)
def test_what_cannot_be_fixed_is_refused(arguments: list[str], words: str) -> None:
    """Exit 2 and one line that says what to do."""
    result = run("check", *arguments, given=BAD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Somebody else's words are never lost."""
    path = tmp_path / "reply.txt"
    path.write_text("other", "utf-8")
    with pytest.raises(TextError, match="changed while it was checked"):
        write_over(path, "one", "two")
    assert path.read_text("utf-8") == "other"
    with pytest.raises(TextError, match="cannot be read again"):
        write_over(tmp_path / "gone.txt", "one", "two")


def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half written, and no leftovers beside the file."""
    path = tmp_path / "reply.txt"
    path.write_text("one", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError, match="No space left on device"):
        write_over(path, "one", "two")
    assert [(item.name, item.read_text("utf-8")) for item in tmp_path.iterdir()] == [("reply.txt", "one")]


def test_a_file_that_may_not_be_written_is_told_and_the_others_are_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One locked file costs no other its fixes."""
    locked, free = tmp_path / "locked.txt", tmp_path / "free.txt"
    for path in (locked, free):
        path.write_text(BAD, "utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: path.name != "locked.txt" or mode != os.W_OK)
    result = run("check", "--fix", locked, free)
    assert result.exit_code == 2
    assert "locked.txt: the file may not be written; it was not fixed." in result.stderr
    assert (locked.read_text("utf-8"), free.read_text("utf-8")) == (BAD, MENDED)
    assert result.stderr.startswith("Fixed 2 findings. Left: 3 errors, 1 warning.")
    assert "locked.txt" not in result.stdout


def test_a_disk_that_fails_is_told_with_what_was_fixed_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what was written counts."""
    first, second = written(tmp_path, BAD, "a.txt"), written(tmp_path, BAD, "b.txt")
    replace = fixes._replace

    def full(path: Path, data: bytes) -> None:
        if path.name == "b.txt":
            raise OSError(28, "No space left on device")
        replace(path, data)

    monkeypatch.setattr(fixes, "_replace", full)
    result = run("check", "--fix", first, second)
    assert result.exit_code == 3
    assert (first.read_text("utf-8"), second.read_text("utf-8")) == (MENDED, BAD)
    assert result.stderr.splitlines()[0] == "Fixed 2 findings. Left: 1 error. drafter check shows them."


def test_a_file_with_two_names_keeps_both(tmp_path: Path) -> None:
    """A hard link still shows the same file, fixed."""
    path, other = written(tmp_path, BAD), tmp_path / "other.txt"
    other.hardlink_to(path)
    run("check", "--fix", path)
    assert path.samefile(other)
    assert other.read_text("utf-8") == MENDED


def test_a_byte_order_mark_on_standard_input_comes_out_again() -> None:
    """A filter gives back what it was given, but for the fixed words."""
    assert real("check", "--fix", "-", given="\ufeff" + BAD).stdout == "\ufeff" + MENDED
    mail = "\ufeffTo: a@b.example\n\nYou lost it.\n"
    assert real("check", "--fix", "-", "--stdin-filename", "a.eml", given=mail).stdout == mail


def test_a_banned_phrase_is_put_right_as_the_house_says(tmp_path: Path) -> None:
    """What the house decided needs no person: words to put instead go in, and those that only go, go."""
    banned = '[{phrase = "reach out", instead = "write"}, {phrase = "basically", instead = ""}, "synergy"]'
    written(tmp_path, f"[phrases]\nbanned = {banned}\n", "drafter.toml")
    path = written(tmp_path, "Please reach out by Friday. It is basically done. The synergy is there.\n")
    done = real("check", "--fix", "reply.txt", folder=tmp_path)
    assert path.read_text("utf-8") == "Please write by Friday. It is done. The synergy is there.\n"
    assert done.stderr == "Fixed 2 findings. Left: 1 warning. drafter check shows them.\n"


def test_one_bad_file_leaves_the_others_fixed(tmp_path: Path) -> None:
    """The reasons come last, with exit 2."""
    bad, good = written(tmp_path, "Hello.\n<!-- drafter: of -->\n", "bad.md"), written(tmp_path, BAD)
    result = run("check", "--fix", bad, tmp_path / "none.txt", good)
    assert result.exit_code == 2
    assert good.read_text("utf-8") == MENDED
    told = result.stderr.splitlines()[1:]
    assert [line.split(": ", 1)[1] for line in told] == [
        "there is no such file.",
        "line 2: a comment for Drafter says 'of'; did you mean 'off'?",
    ]


def test_the_instead_line_shows_the_words_or_says_to_leave_them_out(tmp_path: Path) -> None:
    """A person sees what to write in one short line."""
    path = tmp_path / "reply.txt"
    path.write_text(BAD, "utf-8")
    shown = run("check", path).stdout
    assert "Instead: We're sorry\n" in shown
    assert "Instead: leave these words out.\n" in shown
