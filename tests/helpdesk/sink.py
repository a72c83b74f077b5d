"""A receiver of webhooks on this machine that keeps what came, and can pass it on."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_OF_A_CONNECTION = ("host", "connection", "content-length", "accept-encoding")


@dataclass
class Sink:
    """What came, in its order: path, headers and body."""

    url: str = ""
    onward: str = ""
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """The status with which a webhook is answered: that of whom it is passed on to, if it is passed on to anybody."""
        if not self.onward:
            return 202
        kept = {name: value for name, value in headers.items() if name.lower() not in _OF_A_CONNECTION}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.onward + path, body, kept), timeout=20) as answered:
                return int(answered.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 502

    def wait(self, number: int) -> list[tuple[str, dict[str, str], bytes]]:
        """All calls, once there are so many."""
        for _ in range(200):
            if len(self.calls) >= number:
                return self.calls
            time.sleep(0.05)
        raise AssertionError(f"{len(self.calls)} of {number} webhooks came")


@contextmanager
def receiving(port: int = 0, *, onward: str = "") -> Iterator[Sink]:
    """A sink at an address of this machine, which passes on what comes to the service at `onward`."""
    sink = Sink(onward=onward)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = dict(self.headers.items())
            status = sink.answer(self.path, headers, body)
            sink.calls.append((self.path, headers, body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
