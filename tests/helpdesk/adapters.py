"""The adapters as tests use them: made for an address, with webhooks signed the way each helpdesk signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast, get_args

from drafter.helpdesk import KINDS, Helpdesk
from drafter.helpdesk.access import Access
from drafter.house.desks import Desk, DeskKind

DATA = Path(__file__).parent / "data"
ALL: tuple[DeskKind, ...] = get_args(DeskKind)
WITH_TICKETS = tuple(kind for kind in ALL if kind != "generic")
SIGNED = tuple(kind for kind in ALL if kind not in ("django-helpdesk", "freshdesk"))
TIMED = tuple(kind for kind in SIGNED if kind != "zammad")
NOW = datetime(2026, 11, 22, 3, 45, 54, tzinfo=UTC)
NEW, OLD, OTHER = (base64.b64encode(name.encode() * 4).decode() for name in ("newest secret", "older secret", "nobody's secret"))
TOKENS = {"django-helpdesk": "bot:helpdeskpass", "request-tracker": "1-14-abc"}
EVENTS = {  # an event of each that a customer causes
    "generic": "customer_wrote",
    "django-helpdesk": "customer_wrote",
    "request-tracker": "create",
    "zendesk": "comment_by_customer",
    "chatwoot": "message_by_customer",
    "zammad": "customer_wrote",
    "freshdesk": "customer_wrote",
}


@dataclass(frozen=True)
class Recorded:
    """A webhook of data/: its body, its headers where they were recorded, and the event that it must become."""

    kind: DeskKind
    name: str
    body: bytes
    headers: dict[str, str]
    expect: dict[str, Any] | None


def recorded(kind: DeskKind, name: str) -> Recorded:
    """One webhook of data/."""
    data = json.loads((DATA / kind / f"{name}.json").read_text(encoding="utf-8"))
    body = data["raw"] if "raw" in data else json.dumps(data["body"], ensure_ascii=False)
    return Recorded(kind, name, body.encode(), data["headers"], data["expect"])


def all_recorded() -> Iterator[Recorded]:
    """Every webhook of data/."""
    for path in sorted(DATA.glob("*/*.json")):
        yield recorded(cast(DeskKind, path.parent.name), path.stem)


def desk(kind: DeskKind, url: str = "http://127.0.0.1:9") -> Desk:
    """The settings of a helpdesk."""
    return Desk(
        kind=kind,
        url=None if kind == "generic" else url,
        account="3" if kind == "chatwoot" else None,
        user="bot@northwind.example",
        company="Northwind",
        signer={"name": "Maya Lindqvist"},
    )


def adapter(kind: DeskKind, url: str = "http://127.0.0.1:9", secrets: tuple[str, ...] = (NEW, OLD)) -> Helpdesk:
    """A helpdesk at an address."""
    return KINDS[kind](Access(kind, desk(kind, url), secrets, TOKENS.get(kind, "s3cr3t-token")))


def signed(kind: DeskKind, body: bytes, *, secret: str = NEW, when: datetime = NOW) -> tuple[dict[str, str], str | None]:
    """Headers and secret of the address with which a helpdesk would send a body; by hand, not with the code under test."""
    key = secret.encode()
    seconds = str(int(when.timestamp()))
    if kind in ("generic", "request-tracker"):
        made = hmac.new(base64.b64decode(secret), b".".join((b"msg_1", seconds.encode(), body)), hashlib.sha256).digest()
        return {"webhook-id": "msg_1", "webhook-timestamp": seconds, "webhook-signature": f"v1,{base64.b64encode(made).decode()}"}, None
    if kind == "zendesk":
        moment = f"{when:%Y-%m-%dT%H:%M:%SZ}"
        made = hmac.new(key, moment.encode() + body, hashlib.sha256).digest()
        name = "X-Zendesk-Webhook-Signature"
        return {name: base64.b64encode(made).decode(), f"{name}-Timestamp": moment}, None
    if kind == "chatwoot":
        made = hmac.new(key, seconds.encode() + b"." + body, hashlib.sha256).digest()
        return {"X-Chatwoot-Signature": f"sha256={made.hex()}", "X-Chatwoot-Timestamp": seconds}, None
    if kind == "zammad":
        return {"X-Hub-Signature": f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}", "X-Zammad-Delivery": "1"}, None
    return {}, secret
