"""Incidents of the composer's tests: one invented matter per trade, as keyword arguments."""

from __future__ import annotations

from typing import Any

from drafter.incident import Incident, incident_from

FRAME: dict[str, Any] = {
    "company": "Alder Row Books",
    "signer": {"name": "Ines Moreau", "role": "shop manager", "phone": "020 7946 0611"},
    "customer": {"name": "Paul Adeyinka", "email": "paul@example.com"},
    "reference": "order 7731",
    "locale": "en-GB",
    "timezone": "Europe/London",
    "as_of": "2026-03-10 11:00",
    "severity": "normal",
}

LOST: dict[str, Any] = {
    "what": "your parcel with three signed copies was lost",
    "ours": "we sent your parcel to an address you left two years ago",
    "when": "2026-03-05",
    "impacts": ["you have nothing to give at your mother's party on Sunday"],
    "cause": "we copied the address from your first order and did not look at the new one",
    "fixes": [{"done": "I sent three new signed copies by courier", "on": "2026-03-10"}],
    "remedies": [{"kind": "refund", "amount": "£6.50", "text": "I refunded the £6.50 you paid for postage"}],
    "prevention": [{"done": "every label is printed from the newest order", "on": "2026-03-09"}],
    "containment": [{"done": "I checked the other parcels of that day, and all went to the right addresses"}],
}
UNCLEAR: dict[str, Any] = {
    "fault": "unknown",
    "what": "the booking page has shown a blank screen since 09:15",
    "when": "2026-03-10 09:15",
    "impacts": ["you cannot sell tickets for tonight's reading"],
    "cause": "unknown",
    "known": ["tickets sold before 09:15 are valid"],
    "fixes": [{"doing": "two of us are going through yesterday's changes"}],
}
THEIRS: dict[str, Any] = {
    "fault": "not_ours",
    "what": "the gift card was spent in our Leeds shop on 2 March",
    "known": ["the receipt shows the whole £40"],
    "impacts": ["you wanted it for your nephew's birthday"],
    "fixes": [{"done": "I sent you a copy of the receipt"}],
}
SHARED: dict[str, Any] = {
    "fault": "shared",
    "what": "the invitations were printed with the wrong date",
    "ours": "we printed 200 invitations without asking about the two dates in your order",
    "customer_part": "the order form named 4 April and the attached file named 5 April",
    "impacts": ["you cannot send the invitations"],
    "cause": "we read the file and not the form",
    "fixes": [{"will": "we will print all 200 again", "by": "2026-03-12"}],
}
BY_FAULT = {"ours": LOST, "unknown": UNCLEAR, "not_ours": THEIRS, "shared": SHARED}


def incident(*problems: dict[str, Any], **frame: Any) -> Incident:
    """An incident about these problems (the lost parcel where none is given) in the common frame."""
    return incident_from({**FRAME, "problems": list(problems) or [LOST], **frame})
