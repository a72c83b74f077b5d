"""Load on one address: raw sockets in processes of their own, because an HTTP client would be the slower end of the two."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

CONNECTIONS = 16
_LOADERS = 2
_SIZE = re.compile(rb"\r\ncontent-length: (\d+)\r\n")


@dataclass(frozen=True)
class Request:
    """A request that is made over and over."""

    port: int
    path: str
    key: str
    body: dict[str, Any]

    def raw(self) -> bytes:
        """Its bytes."""
        body = json.dumps(self.body).encode()
        head = f"POST {self.path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.key}\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@dataclass(frozen=True)
class Load:
    """What was measured: answers a second, milliseconds that half, and all but one in a hundred, stayed under, and failures."""

    per_second: float
    median: float
    slowest: float
    failed: int

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.per_second:>8.0f} a second   p50 {self.median:>7.1f} ms   p99 {self.slowest:>7.1f} ms{failed}"


def load(request: Request, seconds: float, *, rate: float | None = None) -> Load:
    """Requests from 16 connections for some seconds: `rate` a second of them all, or as many as go."""
    gap = 0.0 if rate is None else CONNECTIONS / rate
    with get_context("spawn").Pool(_LOADERS) as pool:
        parts = pool.starmap(_ask, [(request, seconds, gap)] * _LOADERS)
    times = sorted(taken for part in parts for taken, _ in part)
    failed = sum(not good for part in parts for _, good in part)
    return Load(len(times) / seconds, _at(times, 0.5), _at(times, 0.99), failed)


def wrk(request: Request, seconds: float) -> Load | None:
    """As many requests as go, from wrk; None where the machine has none."""
    if not shutil.which("wrk"):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        headers = f'wrk.headers["Authorization"]="Bearer {request.key}"\nwrk.headers["Content-Type"]="application/json"\n'
        script.write(f'wrk.method="POST"\nwrk.body=[==[{json.dumps(request.body)}]==]\n{headers}')
        script.flush()
        url = f"http://127.0.0.1:{request.port}{request.path}"
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{int(seconds)}s", "--latency", "-s", script.name, url]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Load(float(rate[1]) if rate else 0.0, _milliseconds(said, "50%"), _milliseconds(said, "99%"), int(failed[1]) if failed else 0)


def _ask(request: Request, seconds: float, gap: float) -> list[tuple[float, bool]]:
    """The time of every answer, and whether it was a success."""
    with ThreadPoolExecutor(CONNECTIONS // _LOADERS) as pool:
        return [item for part in pool.map(lambda _: list(_talk(request, seconds, gap)), range(CONNECTIONS // _LOADERS)) for item in part]


def _talk(request: Request, seconds: float, gap: float) -> Iterator[tuple[float, bool]]:
    """The same over one connection. A time counts from when the request was due, so that a service that stalls cannot hide it."""
    raw = request.raw()
    with socket.create_connection(("127.0.0.1", request.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = time.perf_counter() + seconds
        due = time.perf_counter()
        while due < end:
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.sendall(raw)
            good = _answer(connection)
            now = time.perf_counter()
            yield now - due, good
            due = due + gap if gap else now


def _answer(connection: socket.socket) -> bool:
    """Read one answer to its end, and say whether it is a success."""
    seen = b""
    while True:
        seen += connection.recv(1 << 16)
        head, found, body = seen.partition(b"\r\n\r\n")
        size = _SIZE.search(head + b"\r\n")
        if found and size and len(body) >= int(size[1]):
            return head.startswith(b"HTTP/1.1 20")


def _at(times: list[float], share: float) -> float:
    return 1000 * times[min(len(times) - 1, int(share * len(times)))] if times else float("nan")


def _milliseconds(said: str, share: str) -> float:
    match = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", said)
    return float(match[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[match[2]] if match else float("nan")
