"""A receiver of webhooks on this machine that keeps what came."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Sink:
    """What came, in its order: path, headers and body."""

    url: str = ""
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def wait(self, number: int) -> list[tuple[str, dict[str, str], bytes]]:
        """All calls, once there are so many."""
        for _ in range(200):
            if len(self.calls) >= number:
                return self.calls
            time.sleep(0.05)
        raise AssertionError(f"{len(self.calls)} of {number} webhooks came")


@contextmanager
def receiving(port: int = 0) -> Iterator[Sink]:
    """A sink at an address of this machine."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            sink.calls.append((self.path, dict(self.headers.items()), body))
            self.send_response(202)
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
