"""What the commands cannot use gets one line each and exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafter import cli
from drafter.settings import load_settings
from tests.shell import CLEAN, EXAMPLE, real, run, written

SORRY = "We're sorry for any inconvenience caused.\n"


def facts(added: str = "") -> str:
    """A small file of facts, with a line or two more."""
    return f"company: H\nsigner: E\nproblems:\n  - what: your bike was late\n    ours: we missed the date\n{added}"


BAD_FACTS: dict[str, tuple[str | bytes, str]] = {
    "not YAML": ("company: [", "not YAML"),
    "no facts": ("hello", "holds no facts"),
    "unknown key": (facts("chanel: email\n"), "did you mean 'channel'?"),
    "empty": ("", "empty"),
    "2 MB": ("# " + "a" * (2 << 20), "too large (2.1 MB)"),
    "binary": (b"\x7fELF\0\0\0", "binary"),
    "latin-1": ("company: Caf\xe9\n".encode("latin-1"), "line 1 is not UTF-8"),
    "a date that does not exist": (facts("as_of: 2026-02-30\n"), "line 6: as_of: '2026-02-30' does not exist"),
    "an amount without currency": (facts("    remedies: [{kind: refund, amount: 149}]\n"), "'149' has no currency"),
    "an unknown kind": (facts("kind: apolgy\n"), "did you mean 'apology'?"),
    "a kind that does not fit": (facts("kind: answer\n"), "kind answer does not fit fault ours"),
    "a language without rules": (facts("locale: fi-FI\n"), "en"),
}


@pytest.mark.parametrize(("content", "says"), BAD_FACTS.values(), ids=BAD_FACTS)
def test_facts_that_cannot_be_used_get_one_line_and_exit_2(tmp_path: Path, content: str | bytes, says: str) -> None:
    """No letter, no traceback: the reason on stderr, with the file."""
    path = tmp_path / "facts.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("draft", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run("check", written(tmp_path, CLEAN), "--incident", path).exit_code == 2


@pytest.mark.parametrize("name", ["empty", "2 MB", "binary", "latin-1"])
def test_texts_that_cannot_be_used_get_one_line_and_exit_2(tmp_path: Path, name: str) -> None:
    """A text to check is refused like a file of facts, and the good one beside it is judged all the same."""
    content, says = BAD_FACTS[name]
    path = tmp_path / "reply.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("check", written(tmp_path, "Mistakes were made.", "good.txt"), path, "--format", "json")
    assert (result.exit_code, [Path(json.loads(line)["path"]).name for line in result.stdout.splitlines()]) == (2, ["good.txt"])
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    alone = run("check", path)
    assert (alone.exit_code, alone.stdout) == (2, "")


def test_every_unreadable_input_is_named_at_once(tmp_path: Path) -> None:
    """Two missing files give two lines."""
    result = run("check", tmp_path / "one.txt", tmp_path / "two.txt")
    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["there is no such file."] * 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["draft", "nowhere.yaml"], "nowhere.yaml: there is no such file."),
        (["draft", str(EXAMPLE), "--kind", "apolgy"], "--kind: 'apolgy' is not one of apology, holding"),
        (["draft", str(EXAMPLE), "--kind", "answer"], "kind answer does not fit fault ours"),
        (["draft", str(EXAMPLE), "--format", "sarif"], "--format: 'sarif' is not one of text, json"),
        (["check", "-", "--incident", "-"], "not both"),
        (["check", "-", "--kind", "nothing"], "--kind: 'nothing' is not one of"),
        (["check", "-", "--kind", ""], "--kind: '' is not one of"),
        (["draft", str(EXAMPLE), "--kind", ""], "--kind: '' is not one of"),
        (["check", "-", "--incident", ""], "folder"),
        (["check", "-", "--fail-on", "errors"], "--fail-on: 'errors' is not one of error, warning, suggestion; did you mean 'error'?"),
        (["check", "-", "--language", "fi"], "there are no rules for 'fi'; these languages work: en"),
        (["rules", "--language", "fi"], "there are no rules for 'fi'"),
    ],
)
def test_wrong_options_get_one_line_and_exit_2(arguments: list[str], says: str) -> None:
    """What is wrong is named with what would be right."""
    result = run(*arguments, given=CLEAN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_command_is_bad_usage() -> None:
    """A command that is not there exits 2 and names the nearest."""
    result = run("chek")
    assert result.exit_code == 2
    assert "check" in result.stderr


def test_a_port_that_is_taken_is_a_failure_outside(taken_port: int) -> None:
    """`drafter serve` on a taken port exits 3 with what to do, before it says that it serves."""
    done = real("serve", "--port", str(taken_port))
    assert (done.returncode, done.stdout) == (3, "")
    assert "--port N" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "http://host:99999", "http://host:x/v1", "http://", "http://?q", "http://a..b/v1", "http://a b/v1", "ftp://host"],
)
def test_an_address_that_cannot_be_one_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """The variable is named before anything is sent, in one line."""
    monkeypatch.setenv("DRAFTER_MODEL", "some-model")
    monkeypatch.setenv("DRAFTER_BASE_URL", address)
    result = run("draft", EXAMPLE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "environment: DRAFTER_BASE_URL: is not an address such as http://127.0.0.1:8000/v1\n"


@pytest.mark.parametrize("address", ["http://[::1]:9/v1", "https://models.example.com", "http://my_host:8000/v1", "HTTPS://Example.com/v1"])
def test_an_address_that_can_be_one_is_kept(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """What has a scheme, a host and perhaps a port is used as it was written."""
    monkeypatch.setenv("DRAFTER_BASE_URL", address)
    assert load_settings().base_url == address


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which $D is the installed command."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    command = str(Path(sys.executable).with_name("drafter"))
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        capture_output=True,
        encoding="utf-8",
        env=inherited | {"D": command, "FACTS": str(EXAMPLE)} | environment,
        timeout=60,
        check=False,
    )


linux = pytest.mark.skipif(sys.platform != "linux", reason="needs bash, /dev/full and /dev/zero")


@linux
@pytest.mark.parametrize("line", ['"$D" check <&-', '"$D" check - <&-', '"$D" draft - <&-', '"$D" check - 0>/dev/null'])
def test_standard_input_that_is_not_there_is_bad_input(line: str) -> None:
    """One line says so, and nothing is written."""
    done = shell(line)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


@linux
@pytest.mark.parametrize("line", ['"$D" check /dev/zero', '"$D" draft /dev/zero', 'yes | "$D" check', 'yes | "$D" draft -'])
def test_an_endless_input_is_refused_at_once(line: str) -> None:
    """No more is read than a text may have."""
    done = shell(line)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("too large (more than 4.2 MB)") == 1
    assert len([said for said in done.stderr.splitlines() if not said.startswith("yes:")]) == 1


@linux
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ['draft "$FACTS"', 'check "$FACTS" --format json', "rules", "--help"])
def test_a_full_disk_is_a_failure_outside(command: str, unbuffered: str) -> None:
    """Output that cannot be written exits 3 with one line, and a stderr that is full too changes nothing."""
    done = shell(f'"$D" {command} >/dev/full', PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (3, "the output cannot be written (No space left on device).\n")
    assert shell(f'"$D" {command} >/dev/full 2>&1', PYTHONUNBUFFERED=unbuffered).returncode == 3


@linux
@pytest.mark.parametrize("command", ['draft "$FACTS"', 'check "$FACTS" --format json', "rules"])
def test_a_reader_that_has_gone_is_no_news(command: str) -> None:
    """As before head, nothing is said; the code is not that of findings."""
    done = shell(f'"$D" {command} | true')
    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_ours_is_one_line_and_never_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debug: str
) -> None:
    """An error that nothing foresaw does not look like findings; DRAFTER_DEBUG=1 shows where it was."""

    def broken(*_: object) -> None:
        raise KeyError("one\ntwo")

    monkeypatch.setattr("drafter.cli.rules._list", broken)
    monkeypatch.setattr("sys.argv", ["drafter", "rules"])
    monkeypatch.setenv("DRAFTER_DEBUG", debug)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (3, "")
    assert said.err.splitlines()[-1].startswith("something in Drafter failed: KeyError: ")
    assert "please report it" in said.err.splitlines()[-1]
    assert ("Traceback" in said.err) == bool(debug)
    assert (len(said.err.splitlines()) == 1) == (not debug)


@linux
def test_a_file_name_that_is_no_text_is_shown_with_a_mark(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 and what would steer a terminal are a mark in every format; SARIF keeps the bytes."""
    path = tmp_path / os.fsdecode(b"bad\xff\x1b.txt")
    path.write_text(SORRY, encoding="utf-8")
    shown = {shape: real("check", path, "--format", shape) for shape in ("text", "json", "sarif", "github")}
    assert {(done.returncode, done.stderr) for done in shown.values()} == {(1, "")}
    assert json.loads(shown["json"].stdout)["path"].endswith("bad�\x1b.txt")
    assert json.loads(shown["sarif"].stdout)["runs"][0]["artifacts"][0]["location"]["uri"].endswith("bad%FF%1B.txt")
    assert all("bad��.txt" in shown[shape].stdout for shape in ("text", "github"))
    assert not any("\x1b" in done.stdout for done in shown.values())
    missing = real("check", tmp_path / os.fsdecode(b"none\xff.txt"))
    assert (missing.returncode, missing.stderr) == (2, f"{tmp_path}/none�.txt: there is no such file.\n")
