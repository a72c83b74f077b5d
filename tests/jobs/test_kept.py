"""What the queues keep: JSON that runs nothing, for a day, and no longer than somebody may want to be forgotten."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dbos._serialization import deserialize_args, deserialize_value
from sqlalchemy import create_engine, inspect, text

from drafter.incident import Incident
from drafter.jobs import Jobs
from drafter.jobs.durable import Json, PickleError
from drafter.store import Store
from tests.jobs.process import Place, service
from tests.scripted import Reply, endpoint, faithful

Begin = Callable[..., tuple[Store, Jobs]]


class Evil:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return (Path.touch, (self.file,))


def test_a_pickle_in_a_row_of_the_jobs_runs_nothing(tmp_path: Path, place: Place, jobs_at: Begin) -> None:
    """Whoever may write to the database of the queues can mark a row as a pickle; it is refused unread."""
    jobs_at(place)
    mark = tmp_path / "it ran"
    evil = base64.b64encode(pickle.dumps(Evil(mark))).decode()
    for read in (deserialize_value, deserialize_args):
        with pytest.raises(PickleError):
            read(evil, "py_pickle", Json())
    assert not mark.exists()


def test_what_the_queues_keep_is_json(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """No row that a job leaves is a pickle."""
    with endpoint(Reply(says=faithful(double_charge))) as model:
        _, jobs = jobs_at(replace(place, model=model.url))
        jobs.wait(jobs.accept(double_charge).id, 20)
    kept = _everything(place.queues)
    assert "drafter_json" in kept
    assert "py_pickle" not in kept


def test_jobs_that_are_over_go_after_a_day(place: Place, double_charge: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a model wrote goes with its job, and the letter that was made of it stays."""
    with endpoint(Reply(says=faithful(double_charge))) as model:
        at = replace(place, model=model.url)
        with service(at) as (_, jobs):
            record = jobs.accept(double_charge)
            assert jobs.wait(record.id, 20).state == "done"
        assert "overdraft" in _everything(place.queues)
        monkeypatch.setattr("drafter.jobs.jobs._KEPT", timedelta(seconds=-5))
        with service(at) as (store, jobs):
            assert jobs.state(record.id) == "unknown"
            assert store.drafts.get(record.id).draft is not None
            assert jobs.wait(record.id, 1).version == 1
        assert "overdraft" not in _everything(place.queues)
    assert len(model.requests) == 1


def test_jobs_that_failed_can_be_listed_for_a_month(place: Place, double_charge: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are what somebody has yet to look at."""
    monkeypatch.setattr("drafter.jobs.jobs._KEPT", timedelta(seconds=-5))
    with endpoint(Reply(says=faithful(double_charge))) as model:
        at = replace(place, model=model.url)
        with monkeypatch.context() as patch, service(at) as (_, jobs):
            patch.setattr("drafter.jobs.drafting.Drafting.write", _broken)
            record = jobs.accept(double_charge)
            while jobs.state(record.id) != "failed":
                jobs.wait(record.id, 0.05)
        with service(at) as (_, jobs):
            assert [job.id for job in jobs.failed()] == [record.id]


def _broken(*_: object) -> str:
    raise RuntimeError("as a database that went away")


def _everything(url: str) -> str:
    """Every value of the tables of the queues, as one text."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    schema = "dbos" if "dbos" in inspect(engine).get_schema_names() else None
    with engine.connect() as connection:
        found = [
            str(tuple(row))
            for table in inspect(engine).get_table_names(schema)
            for row in connection.execute(text(f'SELECT * FROM {"dbos." if schema else ""}"{table}"'))
        ]
    engine.dispose()
    return "\n".join(found)
