"""Helpdesks on this machine that answer as the documentation of each says; every request is kept, to be looked at."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

START = 1_795_000_000  # when the first message was written, in seconds since 1970; each is a minute later
Answer = tuple[int, Any]
By = Literal["customer", "us", "note"]


@dataclass(frozen=True)
class Said:
    """One message that a fake holds; `body` is HTML where the helpdesk keeps HTML."""

    id: int
    by: By
    body: str

    @property
    def seconds(self) -> int:
        """When it was written."""
        return START + 60 * self.id

    @property
    def iso(self) -> str:
        """When it was written, as most helpdesks say it."""
        return f"{datetime.fromtimestamp(self.seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    data: Any


@dataclass
class Fake:
    """One helpdesk with one ticket; `refuse` is answered instead, while it is set, and `refuse_notes` to what would write."""

    kind: str
    said: list[Said] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    refuse: tuple[int, dict[str, str]] | None = None
    refuse_notes: tuple[int, dict[str, str]] | None = None
    url: str = ""

    def add(self, data: str) -> Said:
        """Keep a note that came."""
        note = Said(len(self.said) + 1, "note", data)
        self.said.append(note)
        return note


def _page(items: list[Any], query: dict[str, str], size: int) -> list[Any]:
    first = (int(query.get("page", "1")) - 1) * size
    return items[first : first + size]


def zendesk(fake: Fake, asked: Asked) -> Answer:
    """The ticket with side-loaded users and groups, comments by cursor, and an update that is an audit."""
    users = [
        {"id": 1, "name": "Ana Lima", "email": "ana@customer.example", "role": "end-user"},
        {"id": 2, "name": "Maya", "email": "maya@northwind.example", "role": "agent"},
    ]
    if asked.path == "/api/v2/tickets/42.json" and asked.method == "PUT":
        comment = asked.data["ticket"]["comment"]
        note = fake.add(comment["html_body"])
        return 200, {
            "ticket": {"id": 42},
            "audit": {"id": 900, "events": [{"id": note.id, "type": "Comment", "public": comment["public"]}]},
        }
    if asked.path == "/api/v2/tickets/42.json":
        ticket = {"id": 42, "subject": "Late parcel", "tags": ["parcel"], "group_id": 7, "requester_id": 1, "updated_at": fake.said[-1].iso}
        return 200, {"ticket": ticket, "users": users, "groups": [{"id": 7, "name": "Support"}]}
    if asked.path != "/api/v2/tickets/42/comments.json":
        return 404, {"error": "RecordNotFound"}
    first = int(asked.query.get("page[after]", "0"))
    found = fake.said[first : first + int(asked.query["page[size]"])]
    rows = [
        {"id": s.id, "author_id": 1 if s.by == "customer" else 2, "html_body": s.body, "public": s.by != "note", "created_at": s.iso}
        for s in found
    ]
    last = first + len(found)
    return 200, {"comments": rows, "users": users, "meta": {"has_more": last < len(fake.said), "after_cursor": str(last)}}


def freshdesk(fake: Fake, asked: Asked) -> Answer:
    """The ticket with its description, conversations by page, and notes."""
    if asked.path == "/api/v2/tickets/42/notes":
        return 201, {"id": fake.add(asked.data["body"]).id, "private": asked.data["private"]}
    if asked.path == "/api/v2/tickets/42":
        who = {"id": 1, "name": "Ana Lima", "email": "ana@customer.example"}
        first, last = fake.said[0], fake.said[-1]
        ticket = {"id": 42, "subject": "Late parcel", "description": first.body, "tags": ["parcel"], "group_id": 7, "requester": who}
        return 200, {**ticket, "created_at": first.iso, "updated_at": last.iso}
    if asked.path != "/api/v2/tickets/42/conversations":
        return 404, {}
    rows = [
        {"id": s.id, "body": s.body, "incoming": s.by == "customer", "private": s.by == "note", "created_at": s.iso} for s in fake.said[1:]
    ]
    return 200, _page(rows, asked.query, int(asked.query["per_page"]))


def zammad(fake: Fake, asked: Asked) -> Answer:
    """The ticket, its tags, its customer, and all articles at once; Zammad's own among them."""
    if asked.path == "/api/v1/ticket_articles":
        return 201, {"id": fake.add(asked.data["body"]).id, "internal": asked.data["internal"]}
    if asked.path == "/api/v1/tickets/42":
        ticket = {"id": 42, "title": "Late parcel", "group": "Support", "customer_id": 8, "customer": "ana@customer.example"}
        return 200, {**ticket, "updated_at": fake.said[-1].iso}
    if asked.path == "/api/v1/tags":
        return 200, {"tags": ["parcel"]}
    if asked.path == "/api/v1/users/8":
        return 200, {"id": 8, "firstname": "Ana", "lastname": "Lima", "email": "ana@customer.example", "login": "ana@customer.example"}
    if asked.path != "/api/v1/ticket_articles/by_ticket/42":
        return 404, {}
    system = {"id": 9000, "sender": "System", "internal": False, "body": "Mail was sent", "content_type": "text/plain"}
    rows = [
        {
            "id": s.id,
            "sender": "Customer" if s.by == "customer" else "Agent",
            "internal": s.by == "note",
            "body": s.body,
            "content_type": "text/html",
            "created_at": s.iso,
        }
        for s in fake.said
    ]
    return 200, [*rows, system]


def chatwoot(fake: Fake, asked: Asked) -> Answer:
    """The conversation, twenty messages at a time from the newest back, and new messages; an activity among them."""
    base = "/api/v1/accounts/3/conversations/42"
    if asked.path == base:
        meta = {"sender": {"id": 9, "name": "Ana Lima", "email": "ana@customer.example"}}
        mail = {"mail_subject": "Late parcel"}
        ticket = {"id": 42, "inbox_id": 7, "labels": ["parcel"], "meta": meta, "additional_attributes": mail}
        return 200, {**ticket, "last_activity_at": fake.said[-1].seconds}
    if asked.path != f"{base}/messages":
        return 404, {}
    if asked.method == "POST":
        return 200, {"id": fake.add(asked.data["content"]).id, "private": asked.data.get("private", False)}
    rows: list[dict[str, Any]] = [
        {
            "id": s.id,
            "content": s.body,
            "message_type": 0 if s.by == "customer" else 1,
            "private": s.by == "note",
            "created_at": s.seconds,
        }
        for s in fake.said
    ]
    rows.append({"id": 9000, "content": "Maya took it", "message_type": 2, "private": False, "created_at": START})
    before = int(asked.query.get("before", "99999"))
    return 200, {"meta": {}, "payload": [row for row in rows if row["id"] < before][-20:]}


def django_helpdesk(fake: Fake, asked: Asked) -> Answer:
    """The ticket with all its follow-ups."""
    rows = [
        {
            "id": s.id,
            "user": None if s.by == "customer" else 1,
            "comment": s.body,
            "public": s.by != "note",
            "date": s.iso,
            "message_id": None,
        }
        for s in fake.said
    ]
    if asked.path == "/api/followups/":
        note = fake.add(asked.data["comment"])
        return 201, {"id": note.id, "user": 1, "comment": note.body, "public": asked.data.get("public", False), "date": note.iso}
    if asked.path != "/api/tickets/42/":
        return 404, {"detail": "Not found."}
    ticket = {"id": 42, "queue": 1, "title": "Late parcel", "description": fake.said[0].body, "submitter_email": "ana@customer.example"}
    return 200, {**ticket, "followup_set": rows}


def request_tracker(fake: Fake, asked: Asked) -> Answer:
    """The ticket, its queue and requestor, history and attachments by page, each attachment's text in base64, and comments."""
    path = asked.path.removeprefix("/REST/2.0")
    if path == "/ticket/42":
        who = [{"type": "user", "id": "ana@customer.example"}]
        return 200, {"id": 42, "Subject": "Late parcel", "Queue": {"id": "1"}, "Requestor": who, "Cc": [], "LastUpdated": fake.said[-1].iso}
    if path == "/queue/1":
        return 200, {"id": 1, "Name": "Support"}
    if path == "/user/ana@customer.example":
        return 200, {"RealName": "Ana Lima", "EmailAddress": "ana@customer.example"}
    if path == "/ticket/42/comment":
        fake.add(asked.data["Content"])
        return 201, ["Comments added"]
    size = int(asked.query.get("per_page", "20"))
    if path == "/ticket/42/history":
        rows: list[Any] = [_transaction(s) for s in fake.said]
        rows.append({"id": "9000", "type": "transaction", "Type": "Status", "Creator": {"id": "root"}, "Created": fake.said[0].iso})
        return 200, {"items": _page(rows, asked.query, size), "pages": -(-len(rows) // size)}
    if path == "/ticket/42/attachments":
        rows = [{"id": str(s.id), "TransactionId": str(s.id), "ContentType": "text/html", "Filename": ""} for s in fake.said]
        rows.append({"id": "8000", "TransactionId": "1", "ContentType": "text/plain", "Filename": "log.txt"})
        return 200, {"items": _page(rows, asked.query, size), "pages": -(-len(rows) // size)}
    if found := re.fullmatch(r"/attachment/(\d+)", path):
        return 200, {"id": found[1], "Content": base64.encodebytes(fake.said[int(found[1]) - 1].body.encode()).decode()}
    return 404, {"message": "Not Found"}


def _transaction(said: Said) -> dict[str, Any]:
    sort = "Create" if said.id == 1 else "Comment" if said.by == "note" else "Correspond"
    creator = "ana@customer.example" if said.by == "customer" else "maya"
    return {"id": str(said.id), "type": "transaction", "Type": sort, "Creator": {"type": "user", "id": creator}, "Created": said.iso}


ROUTES = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "zammad": zammad,
    "chatwoot": chatwoot,
    "django-helpdesk": django_helpdesk,
    "request-tracker": request_tracker,
}


@contextmanager
def served(fake: Fake) -> Iterator[Fake]:
    """A fake at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_PUT(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = Asked(self.command, parts.path, query, headers, json.loads(raw) if raw else None)
            fake.asked.append(asked)
            refuse = fake.refuse or (fake.refuse_notes if self.command != "GET" else None)
            status, data, more = (refuse[0], {"error": "no"}, refuse[1]) if refuse else (*ROUTES[fake.kind](fake, asked), {})
            body = json.dumps(data).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
