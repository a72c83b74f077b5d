"""Knock: whether anything stands at a model's address at all, before the first case is written.

Only that nobody opens is a reason not to begin: an endpoint that is slow, has had too many calls, or refuses a list of its
models may well write letters.
"""

from __future__ import annotations

import httpx2

from drafter.errors import InputError

_PATIENCE = 5.0  # seconds for a connection; once it stands, an answer may take as long as it likes


def knock(address: str, setting: str) -> None:
    """Make sure that something answers at an address; `setting` is the variable that names it.

    Raises:
        InputError: nothing does.
    """
    try:
        with httpx2.Client(timeout=httpx2.Timeout(1.0, connect=_PATIENCE)) as client:
            client.get(f"{address.rstrip('/')}/models")
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol) as error:
        why = "it takes too long to connect" if isinstance(error, httpx2.ConnectTimeout) else str(error).strip().rstrip(".")
        raise InputError(f"nothing answers at {address} ({why}); start the model there, or set {setting} to where it is") from None
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return
