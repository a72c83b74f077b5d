"""Examples of bodies for the OpenAPI document; a test sends each of them."""

from __future__ import annotations

from typing import Any

_FACTS: dict[str, Any] = {
    "company": "Northwind Coffee",
    "signer": {"name": "Maya Lindqvist", "role": "Support lead"},
    "customer": {"name": "Tom Okafor"},
    "reference": "1042",
    "as_of": "2026-11-20 09:30",
    "problems": [
        {
            "what": "your card was charged twice for order 1042",
            "ours": "we charged your card twice for order 1042, $149.00 each time",
            "when": "2026-11-18",
            "fixes": [{"done": "I refunded the second $149.00", "on": "2026-11-20"}],
        }
    ],
}


def _bodies(**examples: dict[str, Any]) -> dict[str, Any]:
    found = {name: {"value": value} for name, value in examples.items()}
    return {"requestBody": {"content": {"application/json": {"examples": found}}}}


CHECK = _bodies(
    bare={"text": "We're sorry for any inconvenience caused."},
    with_facts={"text": "Hi Tom,\n\nWe charged your card twice. I'm sorry. I refunded the second $149.00 today.", "incident": _FACTS},
    of_a_kind={"text": "We lost your parcel, and we're sorry.", "kind": "apology"},
)
DRAFT = _bodies(
    facts={"incident": _FACTS},
    with_callback={"incident": _FACTS, "person": "customer-4711", "callback": "https://hooks.northwind.example/drafter"},
)
REVISION = _bodies(shorter={"wish": "shorter"}, warmer={"wish": "warmer"})
REVIEW = _bodies(
    approve={"verdict": "approve"},
    edit={"verdict": "edit", "text": "Hi Tom,\n\nWe charged your card twice. I'm sorry.", "reason": "shorter"},
    reject={"verdict": "reject", "reason": "the customer has called in the meantime"},
)
SENT = _bodies(sent={"text": "Hi Tom,\n\nWe charged your card twice for order 1042. I'm sorry."})
DISMISSAL = _bodies(dismissal={"rule": "stock-phrase", "reason": "it is the name of our product"})
SWITCH_ON = _bodies(off={"on": False})
OPEN = _bodies(facts={"incident": _FACTS}, noticed={"incident": _FACTS, "title": "double charges", "by": "maya"})
ENTRY = _bodies(
    note={"text": "The bank says that the money is on its way."},
    received={"text": "Where is my money?", "kind": "received", "by": "maya"},
)
FACTS = _bodies(facts={"incident": _FACTS, "version": 1})
STATE = _bodies(resolved={"state": "resolved"}, back={"state": "acknowledged", "because": "the card was charged again"})
MESSAGE = _bodies(due={}, named={"kind": "apology"})
LETTERS = _bodies(
    csv={"csv": "customer,reference\nTom Okafor,1042\nInes Carvalho,1057\n"},
    rows={
        "rows": [{"customer": "Tom Okafor", "order": "1042"}, {"customer": "Ines Carvalho", "order": "1057"}],
        "facts": {
            "company": "Northwind Coffee",
            "signer": "Maya Lindqvist",
            "problems": [{"what": "order {order} came late", "ours": "we sent order {order} a week late"}],
        },
    },
)
KEPT = _bodies(kept={"how": "I called the carrier, as I said I would"})
BROKEN = _bodies(
    broken={},
    instead={"ours": "we said we would call you by Friday, and we did not", "plan": {"will": "I will call you at noon"}},
)
HANDED = _bodies(handed={"owner": "Sam Osei"})
DROPPED = _bodies(dropped={"why": "the customer has called in the meantime"})
SUGGEST = _bodies(plain={}, named={"by": "maya"})
APPROVED = _bodies(first={"by": "Ana Ruiz"}, other={"option": 2, "by": "Ana Ruiz", "because": "they waited for a week"})
REFUSED = _bodies(refused={"because": "the customer wants none", "by": "Ana Ruiz"})
TEST = _bodies(ticket={"ticket": "4711"})
