"""Facts of small mistakes, as a caller would send them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_FACTS: dict[str, Any] = {
    "company": "Harrow & Finch",
    "signer": {"name": "Ellen Marsh", "role": "Workshop manager"},
    "customer": {"name": "Ravi Anandakumar", "email": "ravi.anandakumar@example.org", "phone": "+44 20 7946 0958"},
    "locale": "en-GB",
    "timezone": "Europe/London",
    "as_of": "2026-03-12 10:00",
    "problems": [
        {
            "what": "your bike was not ready on Tuesday",
            "ours": "we missed the date we had given you for your bike",
            "fixes": [{"done": "I fitted the new chain, and your bike is ready", "on": "2026-03-12"}],
        }
    ],
}
BLAMING = "Hi Ravi,\n\nWe're sorry if you were affected. You should have called us.\n\nEllen"


def facts(**changes: Any) -> dict[str, Any]:
    """The facts, with keys of the frame replaced."""
    return {**deepcopy(_FACTS), **changes}
