"""The real helpdesks that the service is tried with: how each is started, called and told where its webhooks go."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from drafter.house.desks import DeskKind
from tests.helpdesk import real_django, real_request_tracker


class RealDesk(Protocol):
    """A running one."""

    @property
    def mails(self) -> Sequence[str]:
        """Every mail that it sent."""

    def open_ticket(self, title: str, text: str) -> str:
        """The number of a new ticket of Ana's."""

    def title(self, ticket: str) -> str:
        """The title of a ticket."""

    def drafts(self, ticket: str) -> list[bool]:
        """For each message of a ticket that holds a draft, whether the customer sees it."""

    def reply(self, ticket: str, text: str) -> None:
        """Answer the customer as an agent."""


@dataclass(frozen=True)
class Driver:
    """One kind: the secret of its webhooks and their path, our user there, its ports (0 for any), and what runs it.

    `run` takes a folder, the address for webhooks and the helpdesk's port; the same folder again is the same helpdesk.
    """

    kind: DeskKind
    secret: str
    hook: str
    user: str
    run: Callable[[Path, str, int], AbstractContextManager[RealDesk]]
    port: int = 0
    hook_port: int = 0


_WORD = "a-secret-in-the-address-of-webhooks"
_DJANGO = Driver(
    "django-helpdesk",
    _WORD,
    f"/v1/webhooks/django-helpdesk/{_WORD}",
    real_django.USER,
    lambda folder, webhook, port: real_django.running(folder, webhook, port=port),
)
_TRACKER = Driver(
    "request-tracker",
    real_request_tracker.SECRET,
    "/v1/webhooks/request-tracker",
    real_request_tracker.USER,
    lambda _folder, _webhook, _port: real_request_tracker.running(),
    port=real_request_tracker.PORT,
    hook_port=real_request_tracker.HOOK_PORT,
)
_NO_DJANGO = not (real_django.PYTHON.exists() and real_django.SITE.exists()) and os.environ.get("DRAFTER_REQUIRE_SERVICES") != "1"
ALL = [
    pytest.param(
        _DJANGO,
        id=_DJANGO.kind,
        marks=pytest.mark.skipif(_NO_DJANGO, reason="django-helpdesk is not installed; `make helpdesk` does it"),
    ),
    pytest.param(
        _TRACKER,
        id=_TRACKER.kind,
        marks=pytest.mark.skipif(not real_request_tracker.PORT, reason="`make test-rt` starts a Request Tracker for it"),
    ),
]
