"""The files of deploy/ fit what the service does: sizes, waits, commands, and secrets that stay out of logs."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from drafter.api.frame import MOST_BYTES
from drafter.house.service import JobsTable
from tests.conftest import ROOT
from tests.shell import run

NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "drafter.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
STOP = 2 * JobsTable().stop_seconds + 20


def test_nginx_logs_no_address() -> None:
    """The last part of a webhook's address may be its secret: no format holds one, and errors that quote them are not kept."""
    (form,) = re.findall(r"log_format drafter '([^']*)'", NGINX)
    assert not re.search(r"\$(?:request\b|request_uri|uri|args|document_uri|http_referer)", form)
    assert {name for name in re.findall(r"access_log \S+( \w+)?;", NGINX) if name} == {" drafter"}
    assert set(re.findall(r"error_log\s+\S+ (\w+);", NGINX)) == {"crit"}
    (webhooks,) = re.findall(r"location /v1/webhooks/ \{(.*?)\}", NGINX, re.S)
    assert "access_log off" in webhooks


def test_nginx_lets_through_what_the_service_takes() -> None:
    """The same size, waits as long as a caller may wait, and streams as they come."""
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert int(megabytes) << 20 == MOST_BYTES
    (wait,) = re.findall(r"^    proxy_read_timeout (\d+)s;", NGINX, re.M)
    assert int(wait) > 60
    (events,) = re.findall(r"events\$ \{(.*?)\}", NGINX, re.S)
    assert "proxy_buffering off" in events


def test_nginx_keeps_figures_inside() -> None:
    """What is not the API's is answered by nginx, metrics and the page first of all."""
    assert re.search(r"location / \{ return 404; \}", NGINX)
    assert not re.search(r"location[^{]*(?:metrics|readyz)", NGINX)


def test_a_stop_has_the_time_that_it_may_take() -> None:
    """Twice what jobs have, for answers that are on their way and for the jobs, and something to end in."""
    (unit,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.M)
    (container,) = re.findall(r"--stop-timeout (\d+)", PAGE)
    assert int(unit) == int(container) == STOP


def test_the_unit_can_do_no_more_than_it_must() -> None:
    """A user of its own, no more rights than that, and nothing to write but its two folders."""
    told = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.M))
    assert (told["User"], told["NoNewPrivileges"], told["ProtectSystem"], told["CapabilityBoundingSet"]) == ("drafter", "yes", "strict", "")
    assert (told["StateDirectory"], told["CacheDirectory"], told["UMask"]) == ("drafter", "drafter", "0077")
    assert "ReadWritePaths" not in told


def test_systemd_understands_the_unit() -> None:
    """Where there is one, it has nothing to say of it but that the program is not there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(ROOT / "deploy" / "drafter.service")], capture_output=True, text=True, check=False, timeout=60
    )
    ours = [line for line in done.stderr.splitlines() if "drafter" in line and "is not executable" not in line]
    assert ours == []


def test_the_commands_of_the_files_are_ours() -> None:
    """Options and targets that the files name exist."""
    for line in (
        re.findall(r"^ExecStart=\S+drafter (.*)$", UNIT, re.M),
        [" ".join(re.findall(r'"([^"]+)"', CONTAINER.split("CMD [")[-1]))],
    ):
        command, *options = line[0].split()
        shown = run(command, "--help").stdout
        assert all(option.split("=")[0] in shown for option in options if option.startswith("--"))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"make ([a-z-]+)$", CONTAINER, re.M)) <= targets


def test_the_container_is_no_root_and_pinned() -> None:
    """Its image is a plain name, what it installs is what the constraints say, and it runs as a user that owns the data alone."""
    assert re.findall(r"^FROM (.*)$", CONTAINER, re.M) == ["python:3.11-slim"]
    assert all("-c constraints.txt" in line for line in re.findall(r"^RUN .*pip install.*$", CONTAINER, re.M))
    assert re.findall(r"^USER (.*)$", CONTAINER, re.M) == ["drafter"]
    assert "VOLUME /var/lib/drafter" in CONTAINER
