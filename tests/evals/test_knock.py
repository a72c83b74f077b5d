"""A dead address is said at once, and an endpoint that is only slow, busy or strict is not taken for one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from drafter.errors import InputError
from evals import __main__ as command
from evals.knock import knock
from tests.scripted import Reply, endpoint


def dead() -> str:
    """An address of this machine where nothing stands."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


def test_nobody_at_home_is_one_sentence() -> None:
    """It names the address, why, and where to set another."""
    address = dead()
    with pytest.raises(InputError, match=f"^nothing answers at {address} .*refused.*set DRAFTER_BASE_URL"):
        knock(address, "DRAFTER_BASE_URL")
    with pytest.raises(InputError, match=r"nothing answers at http://nobody\.invalid/v1"):
        knock("http://nobody.invalid/v1", "DRAFTER_BASE_URL")


def test_whoever_opens_is_left_in_peace() -> None:
    """One that refuses the question, and one that takes the connection and says nothing for long."""
    with endpoint(Reply("Sorry.", status=429)) as model:
        knock(model.url, "DRAFTER_BASE_URL")
        assert not model.requests
    with socket.create_server(("127.0.0.1", 0)) as silent:
        knock(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", "DRAFTER_BASE_URL")


@pytest.mark.parametrize(
    "arguments", [("drafts", "--model", "m"), ("drafts", "--judge", "m"), ("judge", "--judge", "m")], ids=["writer", "judge", "measured"]
)
def test_no_case_is_written_for_an_address_where_nobody_is(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 2, and leaves nothing behind."""
    monkeypatch.setenv("DRAFTER_BASE_URL", dead())
    for name in ("DRAFTER_MODEL", "DRAFTER_API_KEY", "DRAFTER_JUDGE_API_KEY"):
        monkeypatch.setenv(name, "none")  # the command may set them, and the test takes them back
    monkeypatch.setenv("DRAFTER_JUDGE_BASE_URL", "")
    monkeypatch.setattr("sys.argv", ["evals", *arguments, "--logs", str(tmp_path / "logs")])
    assert command.main() == 2
    assert "nothing answers at" in capsys.readouterr().err
    assert not (tmp_path / "logs").exists()
