"""What came of one attempt to deliver a webhook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Delivered:
    """The receiver took it (2xx)."""

    status: int


@dataclass(frozen=True)
class Refused:
    """It was not sent, and trying again would not change that: where it should go, or what it holds, is not allowed."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """It did not arrive.

    `retry_after` is how many seconds the receiver asked to wait, None where it did not say. `permanent` says that the receiver
    wants no more of them (410): the address is to be disabled.
    """

    reason: str
    retry_after: float | None = None
    permanent: bool = False


Outcome = Delivered | Refused | Failed
"""What one attempt comes to."""
