"""Bad input: every kind of it gets a problem document, in the caller's terms, and never a trace."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest

from drafter.api.problems import MEANINGS
from drafter.errors import StoreError
from tests.api.facts import facts
from tests.api.server import Server

JSON = {"Content-Type": "application/json"}
JSON_LINE = b"Content-Type: application/json\r\n"


def problem(answer: httpx2.Response) -> tuple[int, str]:
    """The status and code of an answer that is a whole problem document."""
    found = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert found["status"] == answer.status_code
    assert found["type"] == f"/problems/{found['code']}"
    assert found["instance"] == answer.headers["x-request-id"]
    assert found["title"]
    assert found["detail"]
    assert "Traceback" not in answer.text
    return answer.status_code, found["code"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"text": "We lo', "Unterminated string, at character 10 of the body."),
        (b'{"text": "We lost it.",', "at character 24 of the body."),
        (b'{"kind": "apology", "text"; "x"}', "at character 27 of the body."),
        (b'{"text": "a", "text": "b"}', "a key stands twice in one object."),
        (b'{"text": NaN}', "NaN is not JSON"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b'{"text": "\\ud800"}', "half of a character"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"text": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b"", "JSON object"),
    ],
)
def test_a_body_that_is_not_json_is_400(server: Server, body: bytes, words: str) -> None:
    """Half JSON, JSON that could be read in two ways, and what would take a reader down."""
    answer = server.call("POST", "/v1/checks", content=body, headers=JSON)
    status, code = problem(answer)
    assert (status, code) == ((400, "not-json") if body else (422, "invalid-request"))
    assert words in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", None])
def test_another_media_type_is_415(server: Server, kind: str | None) -> None:
    """JSON has to be declared as JSON."""
    answer = server.call("POST", "/v1/checks", content=b'{"text": "We lost it."}', headers={"Content-Type": kind} if kind else {})
    assert problem(answer) == (415, "not-json-type")


def test_every_fault_of_the_facts_is_told_at_once(server: Server) -> None:
    """Each has a JSON pointer to its place, and the nearest key where one is unknown."""
    incident = facts(timezone="Europe/Londn", severty="urgent")
    incident["problems"][0] |= {"ours": "the bike was late", "fixes": [{"don": "I fitted it"}]}
    answer = server.call("POST", "/v1/drafts", {"incident": incident})
    assert problem(answer) == (422, "invalid-facts")
    found = {fault["pointer"]: fault["detail"] for fault in answer.json()["errors"]}
    assert "did you mean 'Europe/London'" in found["/incident/timezone"]
    assert "did you mean 'severity'" in found["/incident/severty"]
    assert "did you mean 'done'" in found["/incident/problems/0/fixes/0/don"]


def test_a_pointer_points_into_the_body_as_it_was_sent(server: Server) -> None:
    """A single problem may stand without a list; then no number is in its pointer."""
    incident = facts()
    incident["problems"] = incident["problems"][0] | {"wen": "Tuesday"}
    pointers = [fault["pointer"] for fault in server.call("POST", "/v1/drafts", {"incident": incident}).json()["errors"]]
    assert pointers == ["/incident/problems/wen"]


ODD: tuple[object, ...] = (None, 5, 5.5, "", "\n", True, [], {"a": 1}, -1, 10**30, "2026-99-01")
BODIES: list[tuple[str, str, dict[str, object], tuple[str, ...]]] = [
    ("POST", "/v1/checks", {"text": "Hi."}, ("text", "incident", "kind", "as_of", "language", "markup", "channel")),
    ("POST", "/v1/drafts", {"incident": {}}, ("incident", "kind", "person", "callback")),
    ("POST", "/v1/drafts/dr_" + "0" * 32 + "/revisions", {}, ("wish", "section")),
    ("POST", "/v1/drafts/dr_" + "0" * 32 + "/reviews", {}, ("verdict", "text", "reason", "version")),
    ("POST", "/v1/drafts/dr_" + "0" * 32 + "/dismissals", {}, ("rule", "reason")),
    ("POST", "/v1/helpdesks/desk/test", {}, ("ticket",)),
    ("PUT", "/v1/switches/drafting", {}, ("on",)),
]
JARGON = re.compile(r"should (be|match|have)|pattern|regex|\^|valid (integer|boolean|string|dict)|pydantic|parse|tag|discriminator", re.I)


@pytest.mark.parametrize(("method", "path", "body", "keys"), BODIES, ids=[path.rsplit("/", 1)[-1] for _, path, _, _ in BODIES])
def test_a_fault_is_told_in_the_callers_terms(
    server: Server, method: str, path: str, body: dict[str, object], keys: tuple[str, ...]
) -> None:
    """No regular expression, and no word of the library that found it."""
    told = [server.call(method, path, {**body, key: value}) for key in keys for value in ODD]
    wrong = [answer.json() for answer in told if answer.status_code == 422]
    assert wrong
    assert not [found["detail"] for found in wrong if JARGON.search(found["detail"])]


@pytest.mark.parametrize(
    "query", ["drafts?limit=x", "drafts?limit=0", "drafts?limit=999", "drafts?after=x", "usage?since=x", "deliveries?state=x"]
)
def test_a_fault_of_a_parameter_too(server: Server, query: str) -> None:
    """The same goes for what stands in the address."""
    answer = server.call("GET", f"/v1/{query}")
    assert problem(answer) == (422, "invalid-request")
    assert not JARGON.search(answer.json()["detail"])
    assert answer.json()["errors"][0]["pointer"] == query.split("?")[1].split("=")[0]


def test_a_bare_incident_is_told_where_it_belongs(server: Server) -> None:
    """Facts that are the whole body are the commonest slip of all."""
    answer = server.call("POST", "/v1/drafts", facts())
    assert problem(answer) == (422, "invalid-request")
    assert "put it under `incident`" in answer.json()["detail"]
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/incident"]


def test_a_body_that_is_too_large_is_413(server: Server) -> None:
    """Said before it is read to the end, whether its size is declared or not."""
    large = json.dumps({"text": "x" * (3 << 20)}).encode()
    assert problem(server.call("POST", "/v1/checks", content=large, headers=JSON)) == (413, "too-large")
    chunks = (large[at : at + 65536] for at in range(0, len(large), 65536))
    assert problem(server.call("POST", "/v1/checks", content=chunks, headers=JSON)) == (413, "too-large")


@pytest.mark.parametrize("head", [b"Content-Length: 900", b"Transfer-Encoding: chunked"])
def test_a_body_that_trickles_is_408(server: Server, head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then holds a connection no longer than a body may take."""
    monkeypatch.setattr("drafter.api.frame.MOST_SECONDS", 0.6)
    place = ("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
    start = time.monotonic()
    with socket.create_connection(place, timeout=0.1) as connection:
        key = server.everything["Authorization"].encode()
        connection.sendall(b"POST /v1/checks HTTP/1.1\r\nHost: x\r\nAuthorization: " + key + b"\r\n" + JSON_LINE + head + b"\r\n\r\n")
        said = b""
        while not said.endswith(b"}") and time.monotonic() < start + 10:
            with suppress(OSError):
                connection.sendall(b"1\r\n \r\n" if b"chunked" in head else b" ")
            with suppress(TimeoutError):
                said += connection.recv(4096)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in said.lower()
    assert b'"code":"too-slow"' in said
    assert time.monotonic() - start < 5


def test_a_body_without_end_is_413(server: Server) -> None:
    """One that comes fast, in pieces, is cut off as soon as it is too large."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 65536

    assert problem(server.call("POST", "/v1/checks", content=endless(), headers=JSON)) == (413, "too-large")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/v1/nothing", (404, "not-found")),
        ("GET", "/v1", (404, "not-found")),
        ("GET", "/v1/drafts/../../etc/passwd", (404, "not-found")),
        ("GET", "/problems/nothing", (404, "not-found")),
        ("DELETE", "/v1/drafts", (405, "method-not-allowed")),
        ("GET", "/v1/checks", (405, "method-not-allowed")),
        ("PROPFIND", "/v1/checks", (405, "method-not-allowed")),
        ("GET", "/v1/drafts?limit=0", (422, "invalid-request")),
        ("GET", "/v1/drafts?status=finished", (422, "invalid-request")),
        ("GET", "/v1/drafts?after=x%00", (422, "invalid-request")),
        ("GET", "/v1/usage?since=yesterday", (422, "invalid-request")),
        ("GET", "/v1/drafts?limt=3", (422, "invalid-request")),
        ("GET", "/v1/rules/conditionl-apology", (404, "not-found")),
        ("POST", "/v1/webhooks/nobody", (404, "not-found")),
        ("POST", "/v1/deliveries/dlv_nothing/replay", (404, "not-found")),
    ],
)
def test_an_address_or_parameter_that_is_wrong(server: Server, method: str, path: str, expected: tuple[int, str]) -> None:
    """Unknown places, methods and values each have their code."""
    assert problem(server.call(method, path)) == expected


def test_a_method_that_is_not_allowed_is_answered_with_those_that_are(server: Server) -> None:
    """The Allow header lists the methods of every operation at the address."""
    assert server.call("DELETE", "/v1/drafts").headers["allow"] == "GET, POST"


def test_a_database_that_is_away_is_503(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks is told to come again, and nothing of the database's own words."""

    def away(*_: object, **__: object) -> None:
        raise StoreError("the database failed: connection to db.internal refused")

    monkeypatch.setattr(server.service.store.drafts, "accept", away)
    answer = server.call("POST", "/v1/drafts", {"incident": facts()})
    assert problem(answer) == (503, "store-away")
    assert answer.headers["retry-after"]
    assert "db.internal" not in answer.text


def test_a_fault_of_ours_is_500_without_a_trace(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer has the id under which the log has the place, and neither has the words of the error."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Ravi Anandakumar")

    monkeypatch.setattr(server.service.store.drafts, "page", broken)
    answer = server.call("GET", "/v1/drafts")
    assert problem(answer) == (500, "fault")
    line = next(line for line in server.log if answer.json()["instance"] in line and '"a request failed"' in line)
    assert "ZeroDivisionError" in line
    assert "Ravi" not in "".join(server.log)


def test_every_problem_has_its_page(server: Server) -> None:
    """The `type` of a problem leads to what it means."""
    for code, meaning in MEANINGS.items():
        answer = httpx2.get(f"{server.url}/problems/{code}")
        assert answer.status_code == 200
        assert meaning.title in answer.text


def test_a_request_id_is_taken_over_if_it_is_sane(server: Server) -> None:
    """A caller's id comes back; one that could be anything is replaced."""
    assert server.call("GET", "/v1/rules", headers={"X-Request-Id": "trace-1234.abcd"}).headers["x-request-id"] == "trace-1234.abcd"
    for odd in ("x", "ravi@example.org", 'a"b' * 9, "y" * 65):
        assert re.fullmatch(r"[0-9a-f]{32}", server.call("GET", "/v1/rules", headers={"X-Request-Id": odd}).headers["x-request-id"])


def test_answers_are_neither_sniffed_nor_cached(server: Server) -> None:
    """Letters stay out of caches, and JSON is never taken for a page."""
    headers = server.call("GET", "/v1/drafts").headers
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert "server" not in headers


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/checks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_bytes_that_are_no_request_take_nothing_down(server: Server, sent: bytes) -> None:
    """Whatever comes over the wire, the next caller is served."""
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=5) as connection:
        connection.sendall(sent)
        assert connection.recv(100).startswith(b"HTTP/1.1 4")
    assert httpx2.get(f"{server.url}/healthz").status_code == 200
