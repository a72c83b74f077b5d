"""The whole service with a model, helpdesks and webhooks: waiting, watching, limits of cost, forged events, and a log that names nobody."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from standardwebhooks import Webhook

from drafter.errors import StoreError
from drafter.incident import incident_from
from tests.api.facts import facts
from tests.api.server import Server, serving
from tests.scripted import Endpoint, Reply, endpoint, faithful

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two characters").decode()
TOKEN = "a-long-token-in-the-address-of-a-webhook"
FRAME = {"company": "Harrow & Finch", "signer": "Ellen Marsh", "locale": "en-GB"}
HOUSE = {
    "model": {"price_in": 100, "price_out": 100, "time_budget_seconds": 10},
    "helpdesks": {
        "support": {"kind": "generic", **FRAME},
        "desk": {"kind": "django-helpdesk", "url": "http://127.0.0.1:9", **FRAME},
    },
}
SPANS = InMemorySpanExporter()
FAITHFUL = Reply(faithful(incident_from(facts())))


@pytest.fixture(scope="module")
def ends() -> Iterator[Endpoint]:
    """The endpoint of the model; each test says what it answers."""
    with endpoint(FAITHFUL) as running:
        yield running


@pytest.fixture(scope="module")
def service(ends: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service with a model, a helpdesk that signs and one that cannot."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(SPANS))
    trace.set_tracer_provider(provider)
    environment = {
        "DRAFTER_HELPDESK_SUPPORT_SECRETS": SECRET,
        "DRAFTER_HELPDESK_DESK_SECRETS": TOKEN,
        "DRAFTER_HELPDESK_DESK_TOKEN": "bot:word",
    }
    model = {"DRAFTER_BASE_URL": ends.url, "DRAFTER_MODEL": "scripted", "DRAFTER_WEBHOOK_SECRETS": SECRET}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with serving(tmp_path_factory.mktemp("service"), house=HOUSE, **model) as running:
            yield running


@pytest.fixture(autouse=True)
def _script(ends: Endpoint) -> None:
    ends.replies[:] = [FAITHFUL]


def draft(service: Server, **options: Any) -> httpx2.Response:
    """The answer to a request for a draft."""
    return service.call("POST", "/v1/drafts", {"incident": facts()}, **options)


def signed(body: bytes, *, when: datetime | None = None, delivery: str = "msg-1") -> dict[str, str]:
    """The headers of a webhook that was signed with the secret."""
    moment = when or datetime.now(UTC)
    signature = Webhook(SECRET).sign(delivery, moment, body.decode())
    return {"webhook-id": delivery, "webhook-timestamp": str(int(moment.timestamp())), "webhook-signature": signature}


def told(text: str, *, delivery: str = "msg-1") -> bytes:
    """What the generic helpdesk sends of a ticket with one message."""
    message = {"id": "m1", "by": "customer", "text": text, "when": "2026-03-12T09:00:00Z"}
    requester = {"name": "Ravi Anandakumar", "email": "ravi.anandakumar@example.org"}
    return json.dumps(
        {"event": "opened", "ticket": f"T-{delivery}", "subject": "Bike", "requester": requester, "messages": [message]}
    ).encode()


def test_a_draft_with_a_model_is_taken_on_and_read_later(service: Server) -> None:
    """202 is queued or further; the letter comes with its provenance."""
    answer = draft(service)
    assert answer.status_code == 202
    assert answer.json()["status"] in ("queued", "writing")
    assert answer.json()["text"] is None
    end = time.monotonic() + 20
    while (found := service.call("GET", answer.headers["location"]).json())["status"] in ("queued", "writing"):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert found["status"] == "ready"
    assert found["provenance"]["model"] == "scripted"


def test_whoever_waits_long_enough_gets_the_letter(service: Server) -> None:
    """201, with the place and the wait that was granted."""
    answer = draft(service, headers={"Prefer": "wait=20"})
    assert (answer.status_code, answer.headers["preference-applied"]) == (201, "wait=20")


def test_a_model_that_hangs_is_not_waited_for_longer_than_was_asked(service: Server, ends: Endpoint) -> None:
    """The draft goes on; cancelling it is heard at once."""
    ends.replies[:] = [Reply(hangs=True)]
    started = time.monotonic()
    answer = draft(service, headers={"Prefer": "wait=1"})
    assert (answer.status_code, time.monotonic() - started < 5) == (202, True)
    assert service.call("POST", f"{answer.headers['location']}/cancel").json()["status"] == "cancelled"


def test_a_model_that_is_away_leaves_the_composed_letter_marked(service: Server, ends: Endpoint) -> None:
    """The caller gets a letter all the same, and is told why it is another."""
    ends.replies[:] = [Reply("no", status=401)]
    found = draft(service, headers={"Prefer": "wait=20"}).json()
    assert found["status"] == "ready"
    assert found["provenance"]["model"] is None or any("refused the key" in reason for reason in found["reasons"])
    assert any("refused the key" in reason for reason in found["reasons"])


def test_sections_are_watched_as_they_come(service: Server) -> None:
    """Each section once, then done; whoever comes back with the last id gets none twice."""
    place = draft(service).headers["location"]
    events = watched(service, place)
    names = [event["event"] for event in events]
    assert set(names[:-1]) == {"section"}
    assert names[-1] == "done"
    sections = [json.loads(event["data"]) for event in events[:-1]]
    assert "ownership" in {section["name"] for section in sections}
    found = service.call("GET", place).json()
    assert all(section in sections for section in found["sections"])
    assert json.loads(events[-1]["data"])["status"] == found["status"]
    again = watched(service, place, headers={"Last-Event-ID": events[1]["id"]})
    assert sorted(event["data"] for event in again[:-1]) == sorted(
        event["data"] for event in events[2:-1]
    )  # sections pass as they are written
    whole = watched(service, place)
    rest = watched(service, place, headers={"Last-Event-ID": whole[1]["id"]})
    assert [event["data"] for event in rest] == [event["data"] for event in whole[2:]]


def test_a_watcher_who_leaves_stops_nothing(service: Server) -> None:
    """The draft is written to its end."""
    place = draft(service).headers["location"]
    with httpx2.stream("GET", f"{service.url}{place}/events", headers=service.everything, timeout=20) as stream:
        next(stream.iter_lines())
    end = time.monotonic() + 20
    while service.call("GET", place).json()["status"] != "ready":
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_key_over_its_budget_is_told_before_the_model_is_asked(service: Server, ends: Endpoint) -> None:
    """429 until midnight, and the endpoint hears nothing; checks go on."""
    headers = service.key("draft", "check", cost_per_day=Decimal("0.05"))
    assert draft(service, headers={**headers, "Prefer": "wait=20"}).status_code == 201
    asked = len(ends.requests)
    answer = draft(service, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (429, "over-budget")
    assert 0 < int(answer.headers["retry-after"]) <= 86400
    assert len(ends.requests) == asked
    assert service.call("POST", "/v1/checks", {"text": "We lost it."}, headers=headers).status_code == 200
    rows = service.call("GET", "/v1/usage", headers=headers).json()["items"]
    assert sum(row["cost"] for row in rows) >= 0.05


def test_ten_at_once_do_not_pass_the_budget(service: Server, ends: Endpoint) -> None:
    """What is being written counts as what it may cost: one of ten is taken on, the others may come again soon."""
    ends.replies[:] = [Reply(lambda request: time.sleep(1) or FAITHFUL.says(request))]  # type: ignore[func-returns-value, operator]
    headers = service.key("draft", cost_per_day=Decimal("0.15"))
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: draft(service, headers=headers), range(10)))
    assert sorted(answer.status_code for answer in answers) == [202] + [429] * 9
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "over-budget"
    assert "1 at up to 0.8000 each" in refused.json()["detail"]
    assert refused.headers["retry-after"] == "5"
    taken = next(answer for answer in answers if answer.status_code == 202)
    end = time.monotonic() + 20
    while service.call("GET", taken.headers["location"]).json()["status"] != "ready":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert draft(service, headers={**headers, "Prefer": "wait=20"}).status_code == 201


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "10.1.2.3", "[::1]", "169.254.169.254", "127.1", "2130706433", "0x7f.1", "[::ffff:10.0.0.1]"]
)
def test_a_callback_to_a_private_address_is_refused_at_once(service: Server, host: str) -> None:
    """However the address is written, the caller learns it before anything is taken on."""
    answer = service.call("POST", "/v1/drafts", {"incident": facts(), "callback": f"http://{host}/hook"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert answer.json()["errors"][0]["pointer"] == "/callback"
    assert "no webhook goes to" in answer.json()["detail"] or "not public" in answer.json()["detail"]


def test_a_call_of_the_model_is_a_span_without_content(service: Server) -> None:
    """Model, tokens and how it ended, by the conventions; no word of the letter."""
    SPANS.clear()
    draft(service, headers={"Prefer": "wait=20"})
    spans = SPANS.get_finished_spans()
    span = spans[0]
    attributes = dict(span.attributes or {})
    assert span.name == "chat scripted"
    assert attributes["gen_ai.operation.name"] == "chat"
    assert attributes["gen_ai.request.model"] == "scripted"
    assert attributes["gen_ai.response.finish_reasons"] == ("stop",)
    assert attributes["gen_ai.usage.input_tokens"] == 900
    assert {found.name for found in spans} == {"chat scripted"}  # addresses, which may hold a secret, are in no span
    assert "Ravi" not in "".join(found.to_json() for found in spans)


def test_a_webhook_is_accepted_once_and_becomes_a_draft(service: Server) -> None:
    """202 well under a second; the second delivery is known; a draft follows."""
    body = told("My bike was not ready although you promised Tuesday. It still does not work.")
    first = httpx2.post(f"{service.url}/v1/webhooks/support", content=body, headers=signed(body), timeout=20)
    assert (first.status_code, first.json()) == (202, {"status": "accepted"})
    second = httpx2.post(f"{service.url}/v1/webhooks/support", content=body, headers=signed(body), timeout=20)
    assert (second.status_code, second.json()) == (202, {"status": "known"})
    end = time.monotonic() + 20
    while not (records := service.service.store.drafts.of_ticket("support", "T-msg-1")):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert len(records) == 1


@pytest.mark.parametrize("why", ["forged", "stale", "unsigned"])
def test_a_webhook_that_is_forged_or_stale_is_401_and_an_event(service: Server, why: str) -> None:
    """Nothing is taken on, and the log of events says that somebody tried."""
    body = told("My order never came.", delivery=why)
    headers = signed(body, when=datetime.now(UTC) - timedelta(minutes=10) if why == "stale" else None, delivery=why)
    content = body + b" " if why == "forged" else body
    answer = httpx2.post(f"{service.url}/v1/webhooks/support", content=content, headers={} if why == "unsigned" else headers, timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (401, "stale-webhook" if why == "stale" else "forged-webhook")
    event = service.service.store.events.of("helpdesk:support")[-1]
    assert (event.kind, event.data["why"]) == ("webhook.refused", "stale" if why == "stale" else "forged")


def test_the_secret_in_an_address_is_verified_and_never_logged(service: Server) -> None:
    """The right one opens; a wrong one is forged; the log has the template alone."""
    body = json.dumps({"ticket": {"id": 7}, "queue_slug": "support"}).encode()
    wrong = httpx2.post(f"{service.url}/v1/webhooks/desk/{TOKEN[:-1]}x", content=body, timeout=20)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "forged-webhook")
    right = httpx2.post(f"{service.url}/v1/webhooks/desk/{TOKEN}", content=body, timeout=20)
    assert right.status_code in (202, 422)
    assert TOKEN not in "".join(service.log)
    assert any('"/v1/webhooks/{name}/{token:path}"' in line or '"/v1/webhooks/{name}/{token}"' in line for line in service.log)


def test_forgeries_do_not_fill_the_database(service: Server) -> None:
    """Each is refused; what is kept of them has a rate that no caller can pass."""
    with httpx2.Client() as caller:
        for _ in range(80):
            assert caller.post(f"{service.url}/v1/webhooks/desk/{'x' * 24}", content=b"{}", timeout=20).status_code == 401
    refused = [event for event in service.service.store.events.of("helpdesk:desk") if event.kind == "webhook.refused"]
    assert 0 < len(refused) <= 60


def test_a_signed_body_of_another_shape_is_422(service: Server) -> None:
    """The signature is good, and the body is not what the helpdesk sends."""
    body = b'{"event": 5}'
    answer = httpx2.post(f"{service.url}/v1/webhooks/support", content=body, headers=signed(body, delivery="odd"), timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-payload")


def test_a_helpdesk_that_is_away_is_502_when_it_is_tried(service: Server) -> None:
    """Said in words; and one without tickets, or that is not set up, is 404."""
    answer = service.call("POST", "/v1/helpdesks/desk/test", {"ticket": "7"})
    assert (answer.status_code, answer.json()["code"]) == (502, "helpdesk-failed")
    assert service.call("POST", "/v1/helpdesks/support/test", {"ticket": "7"}).status_code == 404
    answer = service.call("POST", "/v1/helpdesks/suport/test", {"ticket": "7"})
    assert (answer.status_code, "did you mean 'support'" in answer.json()["detail"]) == (404, True)


def test_readyz_tells_of_the_model_and_the_helpdesks(service: Server, ends: Endpoint) -> None:
    """A model that answers nothing at its address is degraded, and the service is ready all the same."""
    answer = httpx2.get(f"{service.url}/readyz", timeout=20)
    assert answer.status_code == 200
    assert answer.json()["helpdesks"] == {"support": "ok", "desk": "ok"}
    assert answer.json()["status"] == "degraded"  # the scripted endpoint knows no /models


def test_a_delivery_that_was_given_up_is_listed_and_replayed(service: Server) -> None:
    """Webhooks never reach into a private network: such a one is given up, and can be tried again."""
    body = {"incident": facts(), "callback": "http://localhost:9/hook"}
    draft_id = service.call("POST", "/v1/drafts", body, headers={"Prefer": "wait=20"}).json()["id"]
    end = time.monotonic() + 20
    while not (found := [item for item in failed(service) if item["draft_id"] == draft_id]):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert "payload" not in found[0]
    again = service.call("POST", f"/v1/deliveries/{found[0]['id']}/replay")
    assert (again.status_code, again.json()["state"]) == (202, "pending")
    assert service.call("GET", "/v1/jobs/failed").json() == {"items": []}


def test_any_job_that_failed_is_replayed(service: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job whose database failed under it is listed, and done when it is replayed; what is not there or has not failed is told apart."""
    with monkeypatch.context() as patch:
        patch.setattr("drafter.jobs.drafting.Drafting.write", _away)
        place = draft(service).headers["location"]
        job = place.rsplit("/", 1)[1]
        end = time.monotonic() + 20
        while job not in [item["id"] for item in service.call("GET", "/v1/jobs/failed").json()["items"]]:
            assert time.monotonic() < end
            time.sleep(0.05)
    answer = service.call("POST", f"/v1/jobs/{job}/replay")
    assert (answer.status_code, answer.json()) == (202, {"id": job})
    end = time.monotonic() + 20
    while service.call("GET", place).json()["status"] != "ready":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert service.call("POST", "/v1/jobs/in_none/replay").status_code == 404
    again = service.call("POST", f"/v1/jobs/{job}/replay")
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


def _away(*_: object) -> str:
    raise StoreError("the database is away")


def test_the_log_of_all_this_names_nobody(service: Server) -> None:
    """Not one word of a customer, a letter or a secret; every request has one line."""
    log = "\n".join(service.log)
    for word in ("Ravi", "Anandakumar", "example.org", " 7946 ", "bike", "Ellen", "Harrow", SECRET, TOKEN, "Bearer", "drafter_key"):
        assert word not in log
    lines = [json.loads(line) for line in service.log]
    requests = [line for line in lines if line["logger"] == "drafter.requests"]
    assert len({line["request_id"] for line in requests}) == len(requests) > 20
    assert all({"method", "route", "status", "ms"} <= line.keys() for line in requests)


def test_no_event_names_anybody(service: Server) -> None:
    """The log of events holds codes, numbers and ids."""
    events = service.service.store.events.page(limit=1000)
    assert len(events) > 10
    assert not any(word in repr(event) for event in events for word in ("Ravi", "example.org", "bike"))


def failed(service: Server) -> list[dict[str, Any]]:
    """The deliveries that were given up."""
    found: list[dict[str, Any]] = service.call("GET", "/v1/deliveries", params={"state": "failed"}).json()["items"]
    return found


def watched(service: Server, place: str, **options: Any) -> list[dict[str, str]]:
    """The events of a draft until its last one."""
    answer = service.call("GET", f"{place}/events", **options)
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in answer.text.split("\n\n") if block and not block.startswith(":")]
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
