"""Several workers on one database: they share the work, and take over from each other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from drafter.incident import Incident
from drafter.jobs.workers import Round
from drafter.store import open_store
from tests.jobs.conftest import copied
from tests.jobs.process import Place, service, work
from tests.jobs.warm import Warm
from tests.postgres import Postgres
from tests.scripted import Reply, endpoint, faithful

DRAFTS = 200


@pytest.fixture
def shared(postgres: Postgres, template: str) -> Place:
    """The place of a service on PostgreSQL."""
    address = copied(postgres, template)
    return Place(address, address)


def test_two_workers_share_a_queue_and_do_each_job_once(shared: Place, warm: Warm, incident: Callable[..., Incident]) -> None:
    """200 drafts handed in by a third process are written by both, and the model is asked once for each."""
    small = incident()
    with endpoint(Reply(says=faithful(small))) as model:
        at = replace(shared, model=model.url)
        with service(at, listen=False) as (store, jobs):
            records = [jobs.accept(small) for _ in range(DRAFTS)]
            workers = [warm.start(work, at, 300.0) for _ in range(2)]
            for record in records:
                assert jobs.wait(record.id, 120).state == "done"
            assert [store.drafts.get(record.id).version for record in records] == [1] * DRAFTS
            by = [jobs.worker_of(record.id) for record in records]
            for worker in workers:
                os.kill(worker, signal.SIGTERM)
                assert warm.wait(worker) == 0
        assert len(model.requests) == DRAFTS
        assert len(set(by)) == 2
        assert min(by.count(worker) for worker in set(by)) >= DRAFTS // 10


def test_what_a_worker_had_begun_is_taken_over(shared: Place, warm: Warm, double_charge: Incident) -> None:
    """A worker that is killed in a call leaves its draft to another, which needs no restart for it."""
    with endpoint(Reply(hangs=True), Reply(says=faithful(double_charge))) as model:
        at = replace(shared, model=model.url)
        with service(at, listen=False) as (_, jobs):
            first = warm.start(work, at, 60.0)
            record = jobs.accept(double_charge)
            while not model.requests:
                time.sleep(0.02)
            second = warm.start(work, at, 60.0)
            os.kill(first, signal.SIGKILL)
            warm.wait(first)
            assert jobs.wait(record.id, 60).state == "done"
            os.kill(second, signal.SIGTERM)
            warm.wait(second)


def test_a_worker_elsewhere_is_gone_when_it_has_been_silent(shared: Place) -> None:
    """Of another machine only its silence tells; one that was heard of lately keeps its jobs."""
    taken: list[str] = []

    def take(worker: str) -> int:
        taken.append(worker)
        return 1

    with closing(open_store(shared.url)) as store:
        store.workers.beat("there-1-old", host="elsewhere", pid=1)
        time.sleep(0.6)
        store.workers.beat("there-2-new", host="elsewhere", pid=1)
        round_ = Round(store, "here", every=60, gone=0.5)
        round_.start(take, lambda: 0)
        round_.stop()
        assert "there-1-old" in taken
        assert {worker.id for worker in store.workers.page()} == {"here", "there-2-new"}
