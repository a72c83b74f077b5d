"""Who may call: one suite over all helpdesks."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from drafter.errors import ForgedError, StaleError
from drafter.helpdesk.signature import match, verify_standard
from drafter.house.desks import DeskKind
from tests.helpdesk.adapters import ALL, DATA, EVENTS, NEW, NOW, OLD, OTHER, SIGNED, TIMED, adapter, recorded, signed

VECTORS = json.loads((DATA / "signature_vectors.json").read_text(encoding="utf-8"))
BODY = '{"text": "Café — “late”, 遅れ 🚚"}'.encode()


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("secret", [NEW, OLD], ids=["newest", "before rotation"])
def test_a_webhook_with_one_of_our_secrets_is_let_in(kind: DeskKind, secret: str) -> None:
    """Both secrets hold while one replaces the other; bytes beyond ASCII are signed as they are."""
    headers, token = signed(kind, BODY, secret=secret)
    adapter(kind).verify(BODY, headers, token=token, now=NOW)


@pytest.mark.parametrize("kind", ALL)
def test_another_secret_is_refused(kind: DeskKind) -> None:
    """A secret that was taken off the list opens nothing."""
    headers, token = signed(kind, BODY, secret=OTHER)
    with pytest.raises(ForgedError) as caught:
        adapter(kind).verify(BODY, headers, token=token, now=NOW)
    assert not isinstance(caught.value, StaleError)
    assert OTHER not in str(caught.value)


@pytest.mark.parametrize("kind", ALL)
def test_a_webhook_with_nothing_is_refused(kind: DeskKind) -> None:
    """No header and no secret in the address."""
    with pytest.raises(ForgedError):
        adapter(kind).verify(BODY, {}, token=None, now=NOW)
    with pytest.raises(ForgedError):
        adapter(kind).verify(BODY, {}, token="", now=NOW)


@pytest.mark.parametrize("kind", SIGNED)
def test_one_changed_byte_is_refused(kind: DeskKind) -> None:
    """The signature is that of the very bytes that came."""
    headers, token = signed(kind, BODY)
    for changed in (BODY + b" ", BODY.replace(b"late", b"Late"), b"", BODY[:-1]):
        with pytest.raises(ForgedError):
            adapter(kind).verify(changed, headers, token=token, now=NOW)


@pytest.mark.parametrize("kind", SIGNED)
def test_headers_are_found_whatever_their_capitals(kind: DeskKind) -> None:
    """Proxies and frameworks write them as they like."""
    headers, token = signed(kind, BODY)
    for change in (str.lower, str.upper, str.title):
        adapter(kind).verify(BODY, {change(name): value for name, value in headers.items()}, token=token, now=NOW)


@pytest.mark.parametrize("kind", SIGNED)
def test_a_header_that_is_there_twice_with_two_values_is_refused(kind: DeskKind) -> None:
    """Nobody can slip a second signature past the one that is looked at."""
    headers, token = signed(kind, BODY)
    name = next(name for name in headers if name.lower().endswith("signature"))
    with pytest.raises(ForgedError, match="twice"):
        adapter(kind).verify(BODY, {**headers, name.swapcase(): "sha1=0"}, token=token, now=NOW)


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize("change", ["", "x", "sha256=", "v1,", "v1", ",", "é" * 44, "v1,AAAA v1,BBBB", " ", "\ud800"])
def test_a_broken_signature_is_refused_and_nothing_else_happens(kind: DeskKind, change: str) -> None:
    """Empty, short, long, in another alphabet: always the same error."""
    headers, token = signed(kind, BODY)
    broken = {name: change if name.lower().endswith("signature") else value for name, value in headers.items()}
    with pytest.raises(ForgedError):
        adapter(kind).verify(BODY, broken, token=token, now=NOW)


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize("length", [-1, 1])
def test_a_signature_of_the_wrong_length_is_refused(kind: DeskKind, length: int) -> None:
    """The right signature with one character too few or too many."""
    headers, token = signed(kind, BODY)
    name = next(name for name in headers if name.lower().endswith("signature"))
    changed = headers[name][:-1] if length < 0 else headers[name] + "0"
    with pytest.raises(ForgedError):
        adapter(kind).verify(BODY, {**headers, name: changed}, token=token, now=NOW)


@pytest.mark.parametrize("kind", TIMED)
@pytest.mark.parametrize("minutes", [-6, 6, -60 * 24 * 400])
def test_a_webhook_of_another_time_is_stale(kind: DeskKind, minutes: int) -> None:
    """A rightly signed one that is more than five minutes old, or ahead."""
    headers, token = signed(kind, BODY, when=NOW + timedelta(minutes=minutes))
    with pytest.raises(StaleError):
        adapter(kind).verify(BODY, headers, token=token, now=NOW)
    near, token = signed(kind, BODY, when=NOW + timedelta(minutes=minutes / abs(minutes) * 4))
    adapter(kind).verify(BODY, near, token=token, now=NOW)


@pytest.mark.parametrize("kind", TIMED)
@pytest.mark.parametrize("moment", ["", "yesterday", "1e9", "9" * 400, "-1", "2026-13-40T00:00:00Z", "nan"])
def test_a_time_that_is_none_is_refused(kind: DeskKind, moment: str) -> None:
    """Whatever stands there, it is an error of the caller."""
    headers, token = signed(kind, BODY)
    changed = {name: moment if name.lower().endswith("timestamp") else value for name, value in headers.items()}
    with pytest.raises(ForgedError):
        adapter(kind).verify(BODY, changed, token=token, now=NOW)


@pytest.mark.parametrize("kind", TIMED)
def test_the_time_is_part_of_what_is_signed(kind: DeskKind) -> None:
    """An old webhook does not become new by another header."""
    headers, token = signed(kind, BODY, when=NOW - timedelta(hours=1))
    fresh, _ = signed(kind, BODY)
    name = next(name for name in headers if name.lower().endswith("timestamp"))
    with pytest.raises(ForgedError) as caught:
        adapter(kind).verify(BODY, {**headers, name: fresh[name]}, token=token, now=NOW)
    assert not isinstance(caught.value, StaleError)


@pytest.mark.parametrize("kind", ["zendesk", "chatwoot", "zammad"])
def test_the_signature_vectors_hold(kind: DeskKind) -> None:
    """Signatures that were made elsewhere, by the code of each helpdesk or by its rules."""
    body = base64.b64decode(VECTORS["body_b64"])
    headers = VECTORS["vectors"][kind]["headers"]
    adapter(kind, secrets=("another", VECTORS["secret"])).verify(body, headers, token=None, now=NOW)
    with pytest.raises(ForgedError):
        adapter(kind, secrets=("another",)).verify(body, headers, token=None, now=NOW)


def test_the_vector_of_standard_webhooks_holds() -> None:
    """With its secret as it is written, and among several signatures."""
    vector = VECTORS["vectors"]["standard-webhooks"]
    body = base64.b64decode(VECTORS["body_b64"])
    for extra in ("", "v1,AAAA ", "v1a,xyz "):
        headers = {**vector["headers"], "webhook-signature": extra + vector["headers"]["webhook-signature"]}
        adapter("generic", secrets=(vector["secret"],)).verify(body, headers, token=None, now=NOW)


def test_what_the_library_of_standard_webhooks_signs_is_let_in() -> None:
    """The package that others use to sign agrees with us."""
    signature = Webhook(f"whsec_{NEW}").sign(msg_id="msg_7", timestamp=NOW, data=BODY.decode())
    headers = {"webhook-id": "msg_7", "webhook-timestamp": str(int(NOW.timestamp())), "webhook-signature": signature}
    verify_standard(BODY, headers, secrets=(NEW,), now=NOW)


def test_an_id_that_was_changed_is_refused() -> None:
    """The id by which a second delivery is known is signed too."""
    headers, token = signed("generic", BODY)
    for changed in ("msg_2", ""):
        with pytest.raises(ForgedError):
            adapter("generic").verify(BODY, {**headers, "webhook-id": changed}, token=token, now=NOW)


@pytest.mark.parametrize("name", ["create", "comment", "correspond"])
def test_what_a_real_request_tracker_signed_is_let_in(name: str) -> None:
    """Recorded from the scrip of docs/, with its headers."""
    told = recorded("request-tracker", name)
    when = datetime.fromtimestamp(int(told.headers["Webhook-Timestamp"]), UTC)
    secret = "whsec_ZGVza3NlY3JldGRlc2tzZWNyZXQxMjM0"
    adapter("request-tracker", secrets=(secret,)).verify(told.body, told.headers, token=None, now=when)


def test_freshdesk_may_carry_the_secret_in_a_header() -> None:
    """Its automations can send one, and it stands in fewer logs than an address."""
    adapter("freshdesk").verify(BODY, {"x-drafter-secret": OLD}, token=None, now=NOW)
    with pytest.raises(ForgedError):
        adapter("freshdesk").verify(BODY, {"x-drafter-secret": OTHER}, token=None, now=NOW)


def test_every_secret_is_compared() -> None:
    """Where the first fits, the others are still looked at, so that time tells nothing of the list."""
    seen: list[str] = []

    def watched() -> list[str]:
        for value in ("right", "wrong", "other"):
            seen.append(value)
        return seen

    match("right", watched(), what="it")
    assert seen == ["right", "wrong", "other"]


@pytest.mark.parametrize("kind", ALL)
def test_a_signed_event_of_a_customer_is_understood(kind: DeskKind) -> None:
    """From bytes to an event: what a webhook call does, for each of them."""
    told = recorded(kind, EVENTS[kind])
    headers, token = signed(kind, told.body)
    desk = adapter(kind)
    desk.verify(told.body, headers, token=token, now=NOW)
    event = desk.event(told.body, headers)
    assert event is not None
    assert event.kind in ("opened", "customer_wrote")
