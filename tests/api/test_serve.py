"""`drafter serve` and `drafter worker` as processes: stopped, killed and started again, in several processes, and refused."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.api.facts import facts
from tests.api.process import command, serving
from tests.postgres import Postgres
from tests.scripted import Reply, endpoint

BODY = {"incident": facts(), "person": "c-1"}


def test_a_service_that_was_killed_has_all_that_it_accepted(tmp_path: Path) -> None:
    """After kill -9 behind the answer: the draft is there, and the same request again is answered from the store."""
    with serving(tmp_path, "--no-page") as first:
        headers = {**first.headers, "Idempotency-Key": '"before the crash"'}
        answer = httpx2.post(f"{first.url}/v1/drafts", json=BODY, headers=headers, timeout=30)
        assert answer.status_code == 202
        first.end(signal.SIGKILL)
    with serving(tmp_path, "--no-page") as second:
        assert second.call("GET", answer.headers["location"], **headers).json() == answer.json()
        again = httpx2.post(f"{second.url}/v1/drafts", json=BODY, headers=headers, timeout=30)
        assert (again.content, again.headers["idempotency-replayed"]) == (answer.content, "true")
        assert second.end() in (0, -signal.SIGTERM)


def test_a_job_that_a_stop_cut_off_is_done_by_the_next(tmp_path: Path) -> None:
    """SIGTERM while the model is silent: the process ends in time, and the next one writes the letter."""
    (tmp_path / "drafter.toml").write_text("[jobs]\nstop_seconds = 1\nround_seconds = 0.2\n\n[model]\ntime_budget_seconds = 30\n")
    with endpoint(Reply(hangs=True), Reply("no", status=401)) as model:
        environment = {"DRAFTER_BASE_URL": model.url, "DRAFTER_MODEL": "scripted", "DRAFTER_CONFIG": str(tmp_path / "drafter.toml")}
        with serving(tmp_path, "--no-page", **environment) as first:
            place = first.call("POST", "/v1/drafts", BODY).headers["location"]
            while not model.requests:
                time.sleep(0.05)
            started = time.monotonic()
            first.end()
            assert time.monotonic() - started < 20
        with serving(tmp_path, "--no-page", **environment) as second:
            end = time.monotonic() + 40
            while (draft := second.call("GET", place).json())["status"] in ("queued", "writing"):
                assert time.monotonic() < end
                time.sleep(0.1)
            assert draft["status"] == "ready"


def test_several_processes_serve_one_port(tmp_path: Path) -> None:
    """Each knows what the other has accepted."""
    with serving(tmp_path, "--no-page", "--workers", "2") as service, ThreadPoolExecutor(8) as pool:
        places = [answer.headers["location"] for answer in pool.map(lambda _: service.call("POST", "/v1/drafts", BODY), range(16))]
        assert len(set(places)) == 16
        assert {answer.json()["status"] for answer in pool.map(lambda place: service.call("GET", place), places)} == {"ready"}
        service.end()


def test_a_worker_elsewhere_writes_what_a_service_has_accepted(tmp_path: Path, postgres: Postgres) -> None:
    """On one PostgreSQL, a worker takes up the job of a service that was killed."""
    place = {"DRAFTER_DATABASE_URL": postgres.database()}
    (tmp_path / "drafter.toml").write_text("[jobs]\nround_seconds = 0.2\n")
    config = {"DRAFTER_CONFIG": str(tmp_path / "drafter.toml"), **place}
    with endpoint(Reply(hangs=True), Reply("no", status=401)) as model:
        config |= {"DRAFTER_BASE_URL": model.url, "DRAFTER_MODEL": "scripted"}
        with serving(tmp_path, "--no-page", **config) as service:
            draft = service.call("POST", "/v1/drafts", BODY).headers["location"]
            while not model.requests:
                time.sleep(0.05)
            service.end(signal.SIGKILL)
        with command(tmp_path, "worker", **config) as worker:
            assert worker.stdout
            assert "runs jobs" in worker.stdout.readline()
            with serving(tmp_path, "--no-page", **config) as service:
                end = time.monotonic() + 40
                while service.call("GET", draft).json()["status"] != "ready":
                    assert time.monotonic() < end
                    time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=40) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serve", "--host", "0.0.0.0"], "drafter users add NAME --role admin"),
        (["serve", "--host", "::", "--port", "7"], "--no-page"),
        (["serve", "--host", "everywhere", "--no-page"], "is not an address"),
        (["serve", "--workers", "2"], "--no-page"),
        (["worker"], "PostgreSQL"),
    ],
)
def test_what_would_not_be_safe_is_refused(tmp_path: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, with what to write instead."""
    with command(tmp_path, *arguments) as running:
        assert running.wait(timeout=60) == 2
    assert words in (tmp_path / "log.txt").read_text()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DRAFTER_PROXY_USER_HEADER": "X-User"}, "DRAFTER_PROXY_ADDRESSES"),
        ({"DRAFTER_PROXY_USER_HEADER": "X User", "DRAFTER_PROXY_ADDRESSES": "127.0.0.1"}, "name of a header"),
        ({"DRAFTER_PROXY_USER_HEADER": "X-User", "DRAFTER_PROXY_ADDRESSES": "proxy.example"}, "10.0.0.0/8"),
        ({"DRAFTER_PROXY_ROLE": "boss"}, "agent"),
        ({"DRAFTER_USERS_FILE": "/nowhere/users.json"}, "drafter users add NAME --role admin"),
    ],
)
def test_a_login_that_would_not_hold_is_refused(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    """A slip in its settings never leaves the page open: nothing is served, and it is said what to mend."""
    with command(tmp_path, "serve", **settings) as running:
        assert running.wait(timeout=60) == 2
    assert words in (tmp_path / "log.txt").read_text()


def test_a_database_that_is_away_ends_the_command_with_3(tmp_path: Path) -> None:
    """Said in a line, before anything is served."""
    with command(tmp_path, "serve", "--no-page", DRAFTER_DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing") as running:
        assert running.wait(timeout=60) == 3
    log = (tmp_path / "log.txt").read_text()
    assert "the database failed" in log
    assert "Traceback" not in log


def test_the_page_and_the_api_are_one_process(tmp_path: Path) -> None:
    """The page at "/", the API under /v1, and what is neither is the page's own 404."""
    with serving(tmp_path) as service:
        assert "gradio" in httpx2.get(f"{service.url}/", timeout=60).text.lower()
        assert service.call("POST", "/v1/checks", {"text": "We lost it."}).status_code == 200
        assert service.call("GET", "/v1/nothing").headers["content-type"] == "application/problem+json"
