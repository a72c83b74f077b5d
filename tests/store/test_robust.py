"""Many writers and sudden deaths: nothing is lost, nothing is half there, nothing fails because another writes."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from drafter.draft import Draft
from drafter.incident import Incident
from drafter.store import Store, open_store
from tests.conftest import ROOT

MANY = """
import sys
from drafter.store import open_store
store = open_store(sys.argv[1])
for i in range(500):
    store.usage.add("key_1", kind="check") if i % 2 else store.events.append("job.started", sys.argv[2], "worker", {"i": i})
store.close()
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from drafter.incident import read_incident
from drafter.store import open_store

incident = read_incident(Path("examples/double_charge.yaml"))
left = int(sys.argv[2])

def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

for last in range(int(sys.argv[2]) + 1):
    if (child := os.fork()) == 0:
        left = last
        store = open_store(sys.argv[1], keep_raw=True)
        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", count)
        store.drafts.accept(incident, id=f"dr_{last}", raw="Hello")
        os._exit(0)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]))
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python of its own, in the checkout."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_can_write_at_once(store: Store, address: str) -> None:
    """Five hundred writes each: none is lost, and none fails because the database is locked."""
    writers = [python(MANY, address, f"dr_{i}") for i in range(2)]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert (writer.returncode, said) == (0, "")
    assert [len(store.events.of(f"dr_{i}")) for i in range(2)] == [250, 250]
    assert store.usage.of("key_1", since=datetime.now(UTC).date())[0].calls == 500


def test_a_killed_process_leaves_all_of_a_request_or_nothing(store: Store, address: str) -> None:
    """Killed before each of its statements and before its commit, in turn; only what was committed is there, and then whole."""
    done = python(KILLED, address, "8")
    out, said = done.communicate(timeout=120)
    assert (done.returncode, said) == (0, "")
    signals = [int(line) for line in out.split()]
    accepted = [f"dr_{number}" for number, by in enumerate(signals) if by == 0]
    assert signals.count(signal.SIGKILL) >= 4
    assert accepted
    records = store.drafts.page(limit=1000)
    assert sorted(record.id for record in records) == sorted(accepted)
    assert {record.id for record in store.incidents.page(limit=1000)} == {record.incident_id for record in records}
    assert [event.subject for event in store.events.page()] == accepted
    assert all(store.drafts.raw(draft_id) == "Hello" for draft_id in accepted)


def test_threads_share_a_store(store: Store, double_charge: Incident, letter: Draft) -> None:
    """Sixteen at once, as a server has them: requests, versions and reads, each with its own."""

    def one(number: int) -> str:
        made = store.drafts.accept(double_charge, person=f"cust-{number}")
        store.drafts.begin(made.id)
        store.drafts.finish(made.id, letter, number=1, by="worker")
        return store.drafts.get(made.id).person or ""

    with ThreadPoolExecutor(16) as threads:
        persons = list(threads.map(one, range(64)))
    assert persons == [f"cust-{number}" for number in range(64)]
    assert len(store.drafts.page("done", limit=1000)) == 64


def test_a_file_is_whole_in_the_next_process(tmp_path: Path, double_charge: Incident) -> None:
    """What one store wrote and never closed, as after a crash, another one reads."""
    address = f"sqlite:///{tmp_path / 'drafter.db'}"
    first = open_store(address)
    made = first.drafts.accept(double_charge)
    second = open_store(address)
    assert second.drafts.get(made.id) == made
    second.close()
    first.close()
