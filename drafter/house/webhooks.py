"""The `[webhooks]` table of a settings file: who is told when a draft is done, of what, and how much."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

WebhookEvent = Literal["draft.done", "draft.failed", "draft.cancelled"]
"""What a webhook can tell."""

_LONGEST = 2000  # characters of a URL
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\])(?::\d+)?")  # a name, an IPv4 address, or an IPv6 one without its zone


def url_fault(url: str) -> str | None:
    """Why no webhook goes to a URL, whatever it resolves to; None where nothing in its spelling speaks against it."""
    if len(url) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    if not url.isprintable() or re.search(r"[\s\\]", url):  # readers of URLs differ in what they make of these
        return "has a blank, a backslash or a control character in it"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is not an address such as https://example.com/hooks"
    if parts.scheme not in ("http", "https"):
        return "does not start with https:// or http://"
    if "@" in parts.netloc:
        return "has a user name or password in it; the signature says who sends"
    if not _HOST.fullmatch(parts.netloc) or port == 0 or parts.fragment:
        return "is not an address such as https://example.com/hooks"
    return None


def _sound(value: str) -> str:
    if fault := url_fault(value):
        raise ValueError(f"'{value[:80]}' {fault}")
    return value


class WebhooksTable(BaseModel):
    """Where webhooks go and what they hold; the secrets that sign them come from DRAFTER_WEBHOOK_SECRETS alone.

    `content` puts the text of a draft into them, which may name people. `allow_private` lets them go to private and loopback
    addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    urls: tuple[Annotated[str, AfterValidator(_sound)], ...] = ()
    events: tuple[WebhookEvent, ...] = ("draft.done", "draft.failed", "draft.cancelled")
    content: bool = False
    allow_private: bool = False
