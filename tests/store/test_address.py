"""Where the data is: any address that works works, any other is refused in the user's terms and without its password."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from drafter.errors import InputError, StoreError
from drafter.store import address, open_store
from drafter.store.address import default_file, read_address, shown


def test_without_an_address_the_data_is_in_the_users_folder() -> None:
    """In a folder and a file that nobody else may read."""
    store = open_store()
    assert store.address == str(default_file())
    store.switches.set("drafting", True, by=None)
    store.close()
    assert default_file().is_relative_to(os.environ["XDG_DATA_HOME"])
    assert stat.S_IMODE(default_file().parent.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in default_file().parent.glob("drafter.db*")] == [0o600]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_taken(scheme: str) -> None:
    """And shown again without the password."""
    url = read_address(f"{scheme}://maya:s%40cret@db.example:5433/drafter")
    assert (url.drivername, url.password) == ("postgresql+psycopg", "s@cret")
    assert shown(url) == "postgresql://maya:***@db.example:5433/drafter"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("drafter.db", "not an address of a database"),
        ("", "not an address of a database"),
        ("postgresql://maya:hunter2@db:port/x", "not an address of a database"),
        ("mysql://maya:hunter2@db/x", "'mysql' is not a database that Drafter can use"),
        ("postgresql://maya:hunter2@db", "names no database"),
        ("sqlite:///drafter.db", "'drafter.db' is seen from wherever Drafter starts"),
        ("sqlite://", "keeps nothing"),
        ("sqlite:///:memory:", "keeps nothing"),
        ("sqlite://drafter.db", "three strokes"),
    ],
)
def test_another_address_is_refused(given: str, said: str) -> None:
    """With the variable's name and an example; never with the password."""
    with pytest.raises(InputError) as refused:
        read_address(given)
    assert said in str(refused.value)
    assert "DRAFTER_DATABASE_URL" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_without_its_driver_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that brings it is named."""
    monkeypatch.setattr(address, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"drafter\[postgres\]"):
        read_address("postgresql://db/x")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder in its place, a file in place of a folder, or one that is no database."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("no database, but a note of some length", encoding="utf-8")
    for given, said in (("folder", "is a folder"), ("file/x.db", "cannot be written"), ("file", "not a database")):
        with pytest.raises(StoreError, match=said):
            open_store(f"sqlite:///{tmp_path / given}")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    """With its name, before anything is half written."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(f"sqlite:///{tmp_path / 'x.db'}")
    tmp_path.chmod(0o700)


def test_a_server_that_is_away_is_said() -> None:
    """Within seconds, and without the password."""
    with pytest.raises(StoreError, match=r"the database failed: .*refused") as failed:
        open_store("postgresql://maya:hunter2@127.0.0.1:9/drafter")
    assert "hunter2" not in str(failed.value)
