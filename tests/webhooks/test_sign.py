"""Signatures per Standard Webhooks, checked against a fixed vector and with the standard's own library."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from drafter.errors import InputError
from drafter.settings import load_settings
from drafter.webhooks import signed_headers

VECTOR = json.loads((Path(__file__).parent / "vector.json").read_text(encoding="utf-8"))
OLD, NEW = ("whsec_" + base64.b64encode(bytes([number]) * 24).decode() for number in (1, 2))
BODY = '{"type":"draft.done","data":{"note":"Café — ok"}}'.encode()


def test_a_known_message_has_its_known_signature() -> None:
    """The vector was signed by another implementation."""
    headers = VECTOR["headers"]
    signed = signed_headers(
        base64.b64decode(VECTOR["body_b64"]),
        id=headers["webhook-id"],
        secrets=[VECTOR["secret"]],
        now=datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC),
    )
    assert signed == headers


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_while_a_secret_is_changed_both_verify(secret: str) -> None:
    """One signature for each secret, the newest first, apart by a blank; a receiver may hold either."""
    signed = signed_headers(BODY, id="dlv_1", secrets=[NEW, OLD], now=datetime.now(UTC))
    assert len(signed["webhook-signature"].split(" ")) == 2
    assert Webhook(secret).verify(BODY, signed) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY + b" ", signed, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(bytes(24)).decode()).verify(BODY, signed)


def test_the_time_is_the_same_in_every_zone() -> None:
    """A clock in another zone signs the same seconds."""
    now = datetime(2026, 11, 26, 8, 0, 0, 900_000, tzinfo=UTC)
    east = now.astimezone(timezone(timedelta(hours=9, minutes=30)))
    assert signed_headers(BODY, id="dlv_1", secrets=[NEW], now=east) == signed_headers(BODY, id="dlv_1", secrets=[NEW], now=now)


@pytest.mark.parametrize(("ident", "secrets"), [("dlv.1", [NEW]), ("dlv_1", [])])
def test_an_ambiguous_id_and_a_missing_secret_are_refused(ident: str, secrets: list[str]) -> None:
    """The id, the time and the body are signed with dots between them, so that an id with a dot could pass for another message."""
    with pytest.raises(ValueError, match="without dots"):
        signed_headers(BODY, id=ident, secrets=secrets, now=datetime.now(UTC))


def test_the_secrets_come_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several stand apart by commas; without any, there are none."""
    assert load_settings().signing_secrets == ()
    monkeypatch.setenv("DRAFTER_WEBHOOK_SECRETS", f"{NEW}, {OLD},")
    settings = load_settings()
    assert settings.signing_secrets == (NEW, OLD)
    assert NEW not in repr(settings)


@pytest.mark.parametrize("value", ["lab-secret", "whsec_", "whsec_c2hvcnQ=", "whsec_****", f"{NEW},{OLD[6:]}", "whsec_" + "QUJD" * 40])
def test_a_secret_that_cannot_sign_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """The complaint names the variable and the form, and nothing of the secret."""
    monkeypatch.setenv("DRAFTER_WEBHOOK_SECRETS", value)
    with pytest.raises(InputError, match="DRAFTER_WEBHOOK_SECRETS: holds what cannot sign") as caught:
        load_settings()
    assert all(part not in str(caught.value) for part in value.removeprefix("whsec_").split(",") if part)
