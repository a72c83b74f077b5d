"""`drafter jobs` and `drafter desk`: what failed is listed and tried again, and drafting is paused from the command line."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drafter.incident import Incident
from drafter.jobs import Jobs
from drafter.jobs.engine import Job
from drafter.store import Store, open_store
from drafter.writer import Writer
from tests.jobs.process import Place, service
from tests.scripted import Reply, endpoint, faithful
from tests.shell import run

SETTINGS = """
[helpdesks.support-eu]
kind = "zammad"
url = "https://help.northwind.example"
company = "Northwind"
signer = "Maya Lindqvist"
"""
PROBLEM = {"title": "The draft could not be written.", "detail": "Drafter itself failed; the log says with what.", "kind": "fault"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the commands of a test open, with the settings of one helpdesk beside it."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    (tmp_path / "drafter.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])  # else it keeps the stderr of one command
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def failed(store: Store, double_charge: Incident) -> str:
    """The id of a draft that failed."""
    draft_id = store.drafts.accept(double_charge).id
    store.drafts.begin(draft_id)
    return store.drafts.fail(draft_id, PROBLEM).id


def given_up(store: Store, draft_id: str) -> str:
    """The id of a note that was given up."""
    delivery = store.deliveries.add(draft_id, target="support-eu", kind="note")
    return store.deliveries.attempt(delivery.id, ok=False, error="refused the token (401)", last=True).id


def test_nothing_that_failed_is_said(store: Store) -> None:
    """An empty list is a line of words, or nothing at all where a program reads it."""
    assert run("jobs", "list").stdout == "Nothing has failed and nothing was given up.\n"
    assert run("jobs", "list", "--format", "json").stdout == ""


def test_what_failed_and_was_given_up_is_listed_with_the_reason(store: Store, failed: str) -> None:
    """A line for each, with the id that the other commands take."""
    delivery = given_up(store, failed)
    assert run("jobs", "list").stdout.splitlines() == [
        f"{failed}  draft: {PROBLEM['detail']}",
        f"{delivery}  note for {failed}: refused the token (401)",
    ]
    assert [json.loads(line)["id"] for line in run("jobs", "list", "--format", "json").stdout.splitlines()] == [failed, delivery]


def test_a_job_that_its_queue_gave_up_is_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that no draft or delivery tells of are there too."""
    monkeypatch.setattr(Jobs, "failed", lambda self: iter([Job("in_1", "ticket", "failed")]))
    assert run("jobs", "list").stdout.startswith("in_1  ticket job: ")


def test_a_failed_draft_is_written_by_the_service_once_it_runs(store: Store, failed: str, double_charge: Incident) -> None:
    """The command hands it in and works on nothing itself; limits that a service has set stay as they are."""
    assert run("jobs", "replay", failed).stdout.startswith(f"{failed} is tried again")
    assert store.drafts.get(failed).state == "writing"
    with endpoint(Reply(says=faithful(double_charge))) as model:
        place = Place(f"sqlite:///{Path.cwd() / 'drafter.db'}", store.queue_address(), model=model.url)
        with service(place) as (_, jobs):
            assert jobs.wait(failed, 20).state == "done"


def test_a_job_that_broke_down_is_run_again(store: Store, double_charge: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job whose database failed under it ends in an error, is listed, and done when it is replayed."""
    with endpoint(Reply(says=faithful(double_charge))) as model:
        place = Place(f"sqlite:///{Path.cwd() / 'drafter.db'}", store.queue_address(), model=model.url)
        with monkeypatch.context() as patch, service(place) as (_, jobs):
            patch.setattr("drafter.jobs.drafting.Drafting.write", _away)
            record = jobs.accept(double_charge)
            _until(lambda: jobs.state(record.id) == "failed")
        assert f"{record.id}  draft job: " in run("jobs", "list").stdout
        assert run("jobs", "replay", record.id).exit_code == 0
        with service(place) as (_, jobs):
            assert jobs.wait(record.id, 20).state == "done"


def test_a_note_that_was_given_up_is_pending_again(store: Store, failed: str) -> None:
    """It is taken up by the next service, from its first wait on."""
    delivery = given_up(store, failed)
    assert run("jobs", "replay", delivery).exit_code == 0
    assert store.deliveries.get(delivery).state == "pending"


def test_a_draft_that_waits_is_cancelled_and_one_that_is_done_is_left(store: Store, double_charge: Incident) -> None:
    """Exit 1 where there was nothing to stop."""
    waiting = store.drafts.accept(double_charge).id
    assert run("jobs", "cancel", waiting).stdout == f"{waiting} is cancelled.\n"
    assert store.drafts.get(waiting).state == "cancelled"
    done = store.drafts.accept(double_charge, draft=Writer().draft(double_charge)).id
    result = run("jobs", "cancel", done)
    assert (result.exit_code, result.stderr) == (1, f"{done} is done already, and stays as it is.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("replay", "dr_none"), "dr_none"),
        (("replay", "dlv_none"), "there is no delivery 'dlv_none'"),
        (("replay", "in_none"), "there is no job 'in_none'"),
        (("cancel", "dr_none"), "dr_none"),
        (("list", "--format", "yaml"), "yaml"),
    ],
)
def test_an_unknown_id_is_refused(store: Store, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2 and a line that names it."""
    result = run("jobs", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


# desk


@pytest.mark.parametrize(
    ("arguments", "switch", "said"),
    [
        ((), "drafting", "Drafting: paused."),
        (("support-eu",), "drafting:support-eu", "Drafting for support-eu: paused."),
        (("support-eu", "--queue", "Sales"), "drafting:support-eu:Sales", "Drafting for support-eu, queue Sales: paused."),
    ],
)
def test_drafting_is_paused_and_goes_on(store: Store, arguments: tuple[str, ...], switch: str, said: str) -> None:
    """The switch that the service looks at is turned off, and on again."""
    assert run("desk", "pause", *arguments).stdout == f"{said}\n"
    assert store.switches.all() == {switch: False}
    run("desk", "resume", *arguments)
    assert store.switches.all() == {switch: True}


def test_notes_alone_are_paused(store: Store) -> None:
    """Shadow mode: on while the notes pause."""
    assert run("desk", "pause", "support-eu", "--notes").stdout == "Notes for support-eu: paused.\n"
    assert store.switches.all() == {"shadow:support-eu": True}
    assert run("desk", "resume", "support-eu", "--notes").stdout == "Notes for support-eu: on.\n"
    assert store.switches.all() == {"shadow:support-eu": False}


def test_what_is_paused_is_listed(store: Store) -> None:
    """Everything, each helpdesk, and the queues that were paused."""
    assert run("desk", "list").stdout.splitlines() == ["everything: drafting", "support-eu: drafting"]
    run("desk", "pause")
    run("desk", "pause", "support-eu", "--notes")
    run("desk", "pause", "support-eu", "--queue", "Sales")
    assert run("desk", "list").stdout.splitlines() == [
        "everything: paused",
        "support-eu: drafting, without notes",
        "support-eu:Sales: paused",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("support-us",), "did you mean 'support-eu'?"),
        (("--notes",), "name the helpdesk"),
        (("--queue", "Sales"), "name the helpdesk"),
        (("support-eu", "--queue", "Sales", "--notes"), "not both"),
    ],
)
def test_a_pause_that_would_hold_for_nothing_is_refused(store: Store, arguments: tuple[str, ...], said: str) -> None:
    """A mistyped name must not leave somebody believing that drafting stopped."""
    result = run("desk", "pause", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert store.switches.all() == {}


def _away(*_: object) -> str:
    raise RuntimeError("the database went away")


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
