"""Accounts and `drafter users`: what is kept, for whose eyes, and that no password is an argument or is printed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from drafter.accounts import Accounts
from drafter.errors import DrafterError, InputError, OutsideError
from drafter.settings import load_settings
from tests.shell import real, run, written

PASSWORD = "four candles and a saw"


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """The accounts that the commands of a test change."""
    file = tmp_path / "kept" / "users.json"
    monkeypatch.setenv("DRAFTER_USERS_FILE", str(file))
    return Accounts(file)


def test_an_account_is_made_listed_changed_and_removed(accounts: Accounts) -> None:
    """Each command says what it did; a name is the same however it is written."""
    assert "There are no accounts" in run("users", "list").stdout
    done = run("users", "add", "Maya", "--role", "agent", given=f"{PASSWORD}\n")
    assert (done.exit_code, done.stdout) == (0, "maya can log in, as agent.\n")
    assert "asks for a login from now on" in done.stderr
    run("users", "add", "tom@example.com", "--role", "admin", given=f"{PASSWORD}\n")
    assert run("users", "list").stdout == "maya: agent\ntom@example.com: admin\n"
    assert json.loads(run("users", "list", "--format", "json").stdout.splitlines()[0]) == {"name": "maya", "role": "agent"}
    assert run("users", "role", "MAYA", "reviewer").stdout == "maya is reviewer now.\n"
    before = accounts.all()["maya"]
    assert run("users", "password", "maya", given="another five words here\n").exit_code == 0
    after = accounts.all()["maya"]
    assert (after.role, after.stamp == before.stamp) == ("reviewer", False)
    assert accounts.verified("Maya", PASSWORD) is None
    assert accounts.verified("Maya", "another five words here") == ("maya", after)
    assert run("users", "remove", "maya").exit_code == 0
    assert "Nobody can now" in run("users", "remove", "tom@example.com").stderr
    assert accounts.all() == {}
    assert accounts.are_kept


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("add", "tom", "--role", "agent"), "too short\n", "at least 10 characters"),
        (("add", "tom", "--role", "agent"), "", "at least 10 characters"),
        (("add", "tom", "--role", "agent"), f"{'x' * 1001}\n", "at most 1000 characters"),
        (("add", "tom", "--role", "agent"), "aaaaaaaaaaaa\n", "first one to be tried"),
        (("add", "tom.at.house", "--role", "agent"), "Tom.At.House\n", "first one to be tried"),
        (("add", "tom", "--role", "boss"), "", "there are agent, reviewer, admin"),
        (("add", "maya", "--role", "agent"), "", "drafter users password maya"),
        (("add", "two words", "--role", "agent"), "", "letters, digits"),
        (("add", "", "--role", "agent"), "", "letters, digits"),
        (("add", "x" * 65, "--role", "agent"), "", "at most 64"),
        (("remove", "mayo"), "", "did you mean 'maya'?"),
        (("password", "nobody"), "", "drafter users list shows them"),
        (("role", "maya", "boss"), "", "there are agent, reviewer, admin"),
        (("list", "--format", "xml"), "", "text"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(accounts: Accounts, arguments: tuple[str, ...], given: str, said: str) -> None:
    """Bad use is exit code 2 and one sentence; the accounts stay."""
    accounts.add("maya", "agent", PASSWORD)
    before = accounts.file.read_bytes()
    result = run("users", *arguments, given=given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert accounts.file.read_bytes() == before


def test_a_password_is_hashed_and_never_shown(accounts: Accounts) -> None:
    """Neither file nor output holds it, and no command takes it as an argument."""
    done = run("users", "add", "maya", "--role", "agent", given=f"{PASSWORD}\n")
    kept = accounts.file.read_text(encoding="utf-8")
    assert PASSWORD not in kept + done.output
    assert "$argon2id$" in kept
    assert run("users", "password", "maya", PASSWORD).exit_code == 2
    assert "--password" not in run("users", "add", "--help").stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_the_owner_can_read_accounts_and_key(accounts: Accounts) -> None:
    """Files are made for nobody else, whatever the mask says, and stay so with every change."""
    os.umask(before := os.umask(0))
    try:
        os.umask(0)
        accounts.add("maya", "agent", PASSWORD)
        accounts.change("maya", role="admin")
        key = accounts.session_key
    finally:
        os.umask(before)
    assert len(bytes.fromhex(key)) == 32
    assert {stat.S_IMODE(path.stat().st_mode) for path in accounts.file.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(accounts.file.parent.stat().st_mode) == 0o700
    assert Accounts(accounts.file).session_key == key


def test_a_key_that_is_none_is_refused(accounts: Accounts) -> None:
    """A short key would sign what anybody can forge."""
    accounts.file.parent.mkdir()
    accounts.file.with_suffix(".key").write_text("short\n", encoding="ascii")
    with pytest.raises(InputError, match="no key of ours"):
        _ = accounts.session_key


def test_many_changes_at_once_lose_none(accounts: Accounts) -> None:
    """Eight people are added at the same time, by eight processes' worth of readers of the file."""
    faults: list[DrafterError] = []

    def one(number: int) -> None:
        try:
            Accounts(accounts.file).add(f"agent{number}", "agent", PASSWORD)
        except DrafterError as error:
            faults.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sorted(accounts.all()) == [f"agent{number}" for number in range(8)]


def test_a_link_stays_a_link(accounts: Accounts, tmp_path: Path) -> None:
    """Where the file is kept elsewhere, what the link leads to is changed."""
    accounts.add("maya", "agent", PASSWORD)
    link = tmp_path / "users.json"
    link.symlink_to(accounts.file)
    Accounts(link).change("maya", role="admin")
    assert link.is_symlink()
    assert accounts.all()["maya"].role == "admin"


def test_a_file_that_is_none_of_ours_is_refused_and_kept(accounts: Accounts) -> None:
    """It is named, and what stands in it stays."""
    accounts.file.parent.mkdir()
    accounts.file.write_text('{"users": {"maya": {"role": "boss"}}}', encoding="utf-8")
    result = run("users", "add", "tom", "--role", "agent", given=f"{PASSWORD}\n")
    assert result.exit_code == 2
    assert str(accounts.file) in result.stderr
    assert "boss" in accounts.file.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With the name of the variable that names another."""
    blocked = written(tmp_path, "a file, and no folder", "blocked")
    with pytest.raises(OutsideError, match="DRAFTER_USERS_FILE"):
        Accounts(blocked / "users.json").add("maya", "agent", PASSWORD)


def test_a_name_that_is_nobodys_takes_as_long_as_a_wrong_password(accounts: Accounts) -> None:
    """So that the time tells nobody who has an account."""
    accounts.add("maya", "agent", PASSWORD)

    def seconds(name: str) -> float:
        started = time.process_time()
        assert accounts.verified(name, "not the password") is None
        return time.process_time() - started

    seconds("maya"), seconds("nobody")  # the hash that is nobody's is made with the first
    known, unknown = (min(seconds(name) for _ in range(3)) for name in ("maya", "nobody"))
    assert known / 3 < unknown < known * 3


def test_the_same_accent_written_in_two_ways_is_the_same(accounts: Accounts) -> None:
    """Keyboards differ in it."""
    accounts.add("zoe\u0308", "agent", "caffe\u0300 corretto tre")
    assert accounts.verified("ZO\u00cb", "caff\u00e8 corretto tre") is not None


def test_the_file_is_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable comes first, then the settings file, as seen from it, then the user's data folder."""
    monkeypatch.delenv("DRAFTER_USERS_FILE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert load_settings().accounts == tmp_path / "data" / "drafter" / "users.json"
    monkeypatch.setenv("DRAFTER_CONFIG", str(written(tmp_path, '[login]\nusers_file = "team.json"\n', "drafter.toml")))
    assert load_settings().accounts == tmp_path / "team.json"
    monkeypatch.setenv("DRAFTER_USERS_FILE", str(tmp_path / "other.json"))
    assert load_settings().accounts == tmp_path / "other.json"


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal")
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    """Two that differ are asked for again; nothing of it is echoed."""
    import pty

    leader, follower = pty.openpty()
    command = [str(Path(sys.executable).with_name("drafter")), "users", "add", "maya", "--role", "agent"]
    environment = {**os.environ, "DRAFTER_USERS_FILE": str(tmp_path / "users.json"), "TERM": "dumb"}
    shown = b""
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, start_new_session=True, preexec_fn=_own_terminal
    ) as process:
        os.close(follower)
        for asked, typed in ((b"maya:", PASSWORD), (b"again:", "a slip of the keys"), (b"maya:", PASSWORD), (b"again:", PASSWORD)):
            fresh = b""
            while asked not in fresh:
                fresh += os.read(leader, 1000)
            shown += fresh
            time.sleep(0.2)  # the echo is switched off just after the question is written
            os.write(leader, f"{typed}\n".encode())
        while b"can log in" not in shown:
            shown += os.read(leader, 1000)
        assert process.wait(30) == 0
    os.close(leader)
    assert PASSWORD.encode() not in shown
    assert Accounts(tmp_path / "users.json").verified("maya", PASSWORD)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_the_installed_command_reads_a_pipe(tmp_path: Path) -> None:
    """As a script that sets a service up does it."""
    file = tmp_path / "users.json"
    done = real("users", "add", "maya", "--role", "admin", given=f"{PASSWORD}\n", DRAFTER_USERS_FILE=str(file))
    assert done.returncode == 0, done.stderr
    assert Accounts(file).verified("maya", PASSWORD)
