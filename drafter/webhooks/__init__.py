"""Webhooks out: we tell an address that a draft is done, signed per Standard Webhooks, and never reach into a private network."""

from drafter.webhooks.address import address_fault
from drafter.webhooks.attempt import deliver
from drafter.webhooks.message import MAX_BYTES, message
from drafter.webhooks.outcome import Delivered, Failed, Outcome, Refused
from drafter.webhooks.retry import backoff, retry_after
from drafter.webhooks.sign import signed_headers

__all__ = [
    "MAX_BYTES",
    "Delivered",
    "Failed",
    "Outcome",
    "Refused",
    "address_fault",
    "backoff",
    "deliver",
    "message",
    "retry_after",
    "signed_headers",
]
