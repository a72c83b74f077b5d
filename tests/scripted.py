"""An OpenAI-compatible endpoint on loopback that answers, or fails, as its script says; every request is kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from drafter.compose import compose
from drafter.incident import Incident
from drafter.model import Model
from drafter.privacy import Placeholders
from drafter.settings import House, ModelTable, Settings

Request = dict[str, Any]
Says = Callable[[Request], str]


@dataclass(frozen=True)
class Reply:
    """One reply: what is said, how it ends, or how it fails."""

    says: Says | str = ""
    finish: str = "stop"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None
    body: bytes | None = None  # sent as it is, in place of a chat answer
    hangs: bool = False  # nothing comes, until the endpoint is closed
    drips: bool = False  # the connection is kept alive with blanks, and nothing else comes
    breaks_after: int | None = None  # pieces of a stream before the connection is dropped
    usage: bool | None = True  # None: the answer says "usage": null
    role: str = "assistant"


@dataclass
class Endpoint:
    """A running endpoint: its address, what it was asked, and what it says next (the last reply repeats)."""

    url: str
    replies: list[Reply]
    requests: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)

    def model(self, **limits: float) -> Model:
        """A Model that asks this endpoint, with time enough for a machine that has other work unless told otherwise."""
        table = ModelTable.model_validate({"time_budget_seconds": 20, **limits})
        return Model(Settings.model_validate({"DRAFTER_BASE_URL": self.url, "DRAFTER_MODEL": "scripted", "house": House(model=table)}))

    @property
    def sent(self) -> str:
        """Every request body, as one text."""
        return "\n".join(json.dumps(request, ensure_ascii=False) for request in self.requests)


@contextmanager
def endpoint(*replies: Reply) -> Iterator[Endpoint]:
    """An endpoint that gives these replies in turn."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    running = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", list(replies))
    server.script = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


def wanted(request: Request) -> list[str]:
    """The sections that a request asks for: the keys of its schema, else the headings that it names last."""
    if form := request.get("response_format"):
        return list(form["json_schema"]["schema"]["properties"])
    words = request["messages"][-1]["content"].split("each under its own heading")[-1]
    return [line[3:] for line in words.splitlines() if line.startswith("## ")]


def written(request: Request, sections: dict[str, str]) -> str:
    """Sections in the form that a request asks for."""
    if request.get("response_format"):
        return json.dumps({name: sections[name] for name in wanted(request) if name in sections}, ensure_ascii=False)
    return "\n\n".join(f"## {name}\n{sections[name]}" for name in wanted(request) if name in sections)


def faithful(incident: Incident, **changed: str | None) -> Says:
    """A writer who says what the facts say, but for the sections in `changed`; None leaves one out."""
    hide = Placeholders.for_incident(incident).hide
    sections = {str(section.name): hide(section.text) for section in compose(incident).sections}
    for name, text in changed.items():
        if text is None:
            del sections[name]
        else:
            sections[name] = text
    return lambda request: written(request, sections)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def log_message(self, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        script: Endpoint = self.server.script  # type: ignore[attr-defined]
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script.requests.append(request)
        script.headers.append({key.lower(): value for key, value in self.headers.items()})
        reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
        if reply.hangs:
            script.closed.wait(20)
            self.close_connection = True
        elif reply.drips:
            self._drip(script)
        elif reply.status != 200 or reply.body is not None:
            error = {"error": {"message": str(reply.says), "type": "error", "code": None, "param": None}}
            self._send(reply.status, reply.body if reply.body is not None else json.dumps(error).encode(), reply.headers)
        else:
            self._answer(request, reply)

    def _answer(self, request: Request, reply: Reply) -> None:
        text = reply.says if isinstance(reply.says, str) else reply.says(request)
        usage = {"prompt_tokens": 900, "completion_tokens": 200, "total_tokens": 1100}
        head = {"id": "chat-1", "created": int(time.time()), "model": request["model"]}
        if not request.get("stream"):
            message = {"role": reply.role, "content": text, "refusal": reply.refusal}
            body: dict[str, Any] = head | {
                "object": "chat.completion",
                "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
            }
            self._send(200, json.dumps(body | ({} if reply.usage is False else {"usage": usage if reply.usage else None})).encode(), {})
            return
        self._begin()
        pieces = [text[at : at + 16] for at in range(0, len(text), 16)]
        for i, piece in enumerate(pieces):
            if reply.breaks_after is not None and i >= reply.breaks_after:
                return
            delta = {"role": reply.role, "content": piece}
            self._event(head | {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        for word in (reply.refusal or "").split():
            delta = {"role": "assistant", "refusal": f"{word} "}
            self._event(head | {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        self._event(head | {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish}]})
        if reply.usage and request.get("stream_options", {}).get("include_usage"):
            self._event(head | {"object": "chat.completion.chunk", "choices": [], "usage": usage})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _drip(self, script: Endpoint) -> None:
        self._begin()
        for _ in range(400):
            try:
                self._chunk(b": waiting\n\n")
            except OSError:
                return
            if script.closed.wait(0.05):
                return

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def _event(self, body: dict[str, Any]) -> None:
        self._chunk(b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)
