"""`drafter keys` and `drafter store`: what they print, where, with which exit code, and that nothing goes unasked."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drafter.incident import Incident
from drafter.store import Store, open_store
from tests.shell import EXAMPLE, real, run


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the commands of a test open."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)
    opened = open_store(address)
    yield opened
    opened.close()


# keys


def test_a_key_is_printed_once_and_alone(tmp_path: Path) -> None:
    """From a shell: standard output is the key and nothing else, and it opens what it was made for."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    done = real("keys", "create", "Zen desk", "--scope", "check", "--scope", "draft", "--rate", "60", DRAFTER_DATABASE_URL=address)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "shown this once" in done.stderr
    opened = open_store(address)
    key = opened.keys.find(done.stdout.strip())
    opened.close()
    assert key is not None
    assert (key.name, key.scopes, key.rate_per_minute, key.cost_per_day) == ("Zen desk", frozenset({"check", "draft"}), 60, None)
    assert done.stdout.strip() not in done.stderr


def test_a_key_as_json_has_its_limits(store: Store) -> None:
    """One object on one line, with the secret under `key`."""
    made = json.loads(run("keys", "create", "a", "--scope", "admin", "--cost-per-day", "2.50", "--format", "json").stdout)
    key = store.keys.find(made["key"])
    assert key is not None
    assert (made["id"], made["scopes"], made["cost_per_day"]) == (key.id, ["admin"], 2.5)


def test_keys_are_listed_and_revoked(store: Store) -> None:
    """The list says what each may do, and when it was revoked; never a secret."""
    assert "There are no keys" in run("keys", "list").stdout
    key, secret = store.keys.create("Zen desk", ["draft", "check"], rate_per_minute=60)
    shown = run("keys", "list").stdout
    assert shown.startswith(f"{key.id}  Zen desk: check, draft, 60 calls a minute; made ")
    assert secret not in shown
    assert run("keys", "revoke", key.id).stdout == f"{key.id} (Zen desk) is revoked.\n"
    assert store.keys.find(secret) is None
    assert "revoked" in run("keys", "list").stdout
    assert json.loads(run("keys", "list", "--format", "json").stdout)["revoked"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "a", "--scope", "drafts"), "did you mean 'draft'?"),
        (("create", "a", "--scope", "draft", "--cost-per-day", "two"), "'two' is not an amount such as 2.50"),
        (("create", "a", "--scope", "draft", "--cost-per-day", "-1"), "0 or more"),
        (("create", " ", "--scope", "draft"), "give the key a name"),
        (("create", "a"), "--scope"),
        (("create", "a", "--scope", "draft", "--format", "yaml"), "yaml"),
        (("revoke", "key_none"), "drafter keys list shows them"),
    ],
)
def test_a_wrong_key_command_says_what_to_write(store: Store, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, a line on stderr, nothing on stdout, and no key."""
    result = run("keys", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert store.keys.page() == ()


# store


def test_the_place_of_the_data_is_printed_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, or a server's address; neither is opened."""
    assert run("store", "path").stdout.strip().endswith("drafter/drafter.db")
    monkeypatch.setenv("DRAFTER_DATABASE_URL", "postgres://maya:hunter2@db.example/drafter")
    assert run("store", "path").stdout == "postgresql://maya:***@db.example/drafter\n"


def test_a_database_is_brought_up_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first time it is brought to the revision of this version, then it is there."""
    monkeypatch.setenv("DRAFTER_DATABASE_URL", f"sqlite:///{tmp_path / 'drafter.db'}")
    said = [run("store", "migrate").stdout for _ in range(2)]
    assert [line.split(" revision")[0] for line in said] == ["The database was brought to", "The database is at"]


def test_pruning_deletes_what_is_old(store: Store, double_charge: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --yes it is done, and said; a second time there is nothing."""
    with monkeypatch.context() as past:
        past.setattr("drafter.store.drafts.now", lambda: datetime.now(UTC) - timedelta(days=100))
        old = store.drafts.accept(double_charge).id
        store.drafts.cancel(old)
    new = store.drafts.accept(double_charge).id
    assert run("store", "prune", "--older-than", "12w", "--yes").stdout == "Deleted 1 draft and 1 incident.\n"
    assert [record.id for record in store.drafts.page()] == [new]
    assert run("store", "prune", "--older-than", "12w").stdout == "No drafts are older than 12w.\n"


@pytest.mark.parametrize("age", ["90", "d", "-1d", "3m", "999999d", ""])
def test_what_is_no_age_is_refused(store: Store, age: str) -> None:
    """With an example of one."""
    result = run("store", "prune", "--older-than", age, "--yes")
    assert result.exit_code == 2
    assert "is not an age such as 90d" in result.stderr


def test_nothing_is_destroyed_unasked(store: Store, double_charge: Incident) -> None:
    """Without a terminal and without --yes, the answer is what would go and how to say so; exit 2, and all is there."""
    made = store.drafts.accept(double_charge, person="cust-1")
    result = run("store", "forget", "cust-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The facts and texts of 1 draft and 1 incident would be erased. Add --yes" in result.stderr
    assert store.drafts.get(made.id).erased is None


@pytest.mark.parametrize(("answer", "code", "erased"), [("n\n", 1, False), ("y\n", 0, True)])
def test_on_a_terminal_it_asks(
    store: Store, double_charge: Incident, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, erased: bool
) -> None:
    """Only a yes goes on."""
    made = store.drafts.accept(double_charge, person="cust-1")
    monkeypatch.setattr("drafter.cli.store._at_a_terminal", lambda: True)
    result = run("store", "forget", "cust-1", given=answer)
    assert result.exit_code == code
    assert "This cannot be undone. Go on?" in result.stderr
    assert (store.drafts.get(made.id).erased is not None) is erased


def test_a_person_is_erased_and_mentions_are_told(store: Store, double_charge: Incident) -> None:
    """What went is counted; who is unknown is said; other people's facts that mention them are named."""
    store.drafts.accept(double_charge)
    other = store.drafts.accept(
        double_charge.model_copy(update={"customer": double_charge.customer.model_copy(update={"name": "Ann Poe"})})
    )
    name = double_charge.customer.name or ""
    assert run("store", "forget", "nobody@mail.example").stdout == "Nothing is kept about 'nobody@mail.example'.\n"
    told = run("store", "forget", "Maya Lindqvist", "--yes")
    assert "Other people's facts mention them, and were left: inc_" in told.stderr
    assert run("store", "forget", name, "--yes").stdout == "Erased the facts and texts of 1 draft and 1 incident.\n"
    assert store.incidents.get(other.incident_id).incident.customer.name == "Ann Poe"


def test_a_person_is_given_out_into_a_new_file(store: Store, double_charge: Incident, tmp_path: Path) -> None:
    """Which only its owner can read, and which is never written over; without one, on standard output."""
    made = store.drafts.accept(double_charge, person="cust-1")
    file = tmp_path / "export.json"
    assert "Wrote 1 draft and 1 incident to" in run("store", "export", "cust-1", "--output", file).stdout
    assert json.loads(file.read_text(encoding="utf-8"))["drafts"][0]["id"] == made.id
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = run("store", "export", "cust-1", "--output", file)
    assert again.exit_code == 2
    assert "it is there already" in again.stderr
    assert run("store", "export", "cust-1", "--output", tmp_path / "none" / "x.json").exit_code == 2
    assert json.loads(run("store", "export", "cust-1").stdout)["who"] == "cust-1"


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("drafter.db", 2, "DRAFTER_DATABASE_URL: this is not an address of a database"),
        ("postgresql://maya:hunter2@127.0.0.1:9/x", 3, "the database failed: "),
        (f"sqlite:///{EXAMPLE}", 3, "not a database"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_line_and_a_code(monkeypatch: pytest.MonkeyPatch, address: str, code: int, said: str) -> None:
    """2 where the address is wrong, 3 where what it names fails; no trace, and no password."""
    before = EXAMPLE.read_bytes()
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)
    result = run("keys", "list")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "hunter2" not in result.stderr
    assert EXAMPLE.read_bytes() == before
    assert not Path("drafter.db").exists()


def test_a_model_that_is_named_wrongly_hinders_no_key(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the store ask for no model."""
    monkeypatch.setenv("DRAFTER_MODEL", "some-model")
    assert run("keys", "list").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("store", "export", "Tom"),
        ("store", "forget", "Tom", "--yes"),
        ("store", "prune", "--older-than", "9d"),
        ("incident", "due"),
        ("incident", "list"),
        ("incident", "promises"),
        ("keys", "list"),
        ("desk", "list"),
        ("jobs", "list"),
    ],
)
def test_a_mistyped_file_is_named_and_never_made(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty database would answer that nothing is kept of Tom, where only its name was mistyped."""
    file = tmp_path / "gone" / "draftr.db"
    monkeypatch.setenv("DRAFTER_DATABASE_URL", f"sqlite:///{file}")
    done = run(*command)
    assert done.exit_code == 2
    assert f"there is no database '{file}'" in done.stderr
    assert not file.parent.exists()
