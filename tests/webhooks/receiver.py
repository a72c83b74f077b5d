"""A receiver of webhooks on loopback: a plain socket that answers with the bytes of its script, and keeps what it was sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Receiver:
    """A running receiver: its port, and each request that came, head and body."""

    port: int
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # request lines
    raw: list[bytes] = field(default_factory=list)  # what came first on each connection
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Its address by number."""
        return f"http://127.0.0.1:{self.port}/hooks?team=7"


@contextmanager
def receiver(
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n", *, drip: float | None = None, host: str = "127.0.0.1"
) -> Iterator[Receiver]:
    """A receiver that gives this answer to each request; with `drip`, a byte in so many seconds."""
    listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    running = Receiver(listener.getsockname()[1])
    thread = threading.Thread(target=_serve, args=(listener, running, answer, drip), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.closed.set()
        with suppress(OSError):
            socket.create_connection((host, running.port), 1).close()
        thread.join(5)
        listener.close()


def _serve(listener: socket.socket, running: Receiver, answer: bytes, drip: float | None) -> None:
    while not running.closed.is_set():
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.settimeout(2)
            _one(connection, running, answer, drip)


def _one(connection: socket.socket, running: Receiver, answer: bytes, drip: float | None) -> None:
    data = connection.recv(65536)
    if not data:
        return
    running.raw.append(data)
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(65536)
    running.lines.append(lines[0])
    running.requests.append((headers, body))
    for at in range(len(answer) if drip is not None else 0):
        connection.sendall(answer[at : at + 1])
        if running.closed.wait(drip):
            return
    if drip is None:
        connection.sendall(answer)
