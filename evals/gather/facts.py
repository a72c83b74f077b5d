"""Facts: as much of an incident as a reader needs to judge a reply to it, with stand-ins for all that is personal."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from drafter.incident import ACCEPTED, Incident
from evals.gather.standins import StandIns

_KEPT = (
    "channel", "locale", "timezone", "as_of", "severity", "trade", "tone", "kind", "sensitive", "problems", "asks", "next",
)  # fmt: skip
_DROPPED = {"approved_by", "owner"}
_AS_THEY_ARE = {
    "channel", "locale", "timezone", "as_of", "severity", "tone", "kind", "sensitive", "fault", "decision", "reason", "state",
    "on", "by", "until", "when", "amount", "cost",
}  # fmt: skip


def facts_of(incident: Incident, stand_ins: StandIns) -> dict[str, Any] | None:
    """The facts, in the keys of an incident; None where stand-ins would make other facts of them."""
    data = incident.model_dump(mode="json", exclude_defaults=True)
    made = {key: _replaced(data[key], key, stand_ins) for key in _KEPT if key in data}
    made["kind"] = incident.kind
    made["company"] = {"name": stand_ins.replace(incident.company.name)}
    made["signer"] = {key: stand_ins.replace(text) for key in ("name", "role", "phone", "email") if (text := getattr(incident.signer, key))}
    if incident.customer.name:
        made["customer"] = {"name": stand_ins.replace(incident.customer.name)}
    if incident.reference:
        made["reference"] = stand_ins.replace(incident.reference)
    try:
        Incident.model_validate(made, context=ACCEPTED)
    except ValidationError:
        return None
    return made


def _replaced(value: Any, key: str, stand_ins: StandIns) -> Any:
    if isinstance(value, str):
        return value if key in _AS_THEY_ARE else stand_ins.replace(value)
    if isinstance(value, dict):
        return {
            name: _replaced(item, name if key not in _AS_THEY_ARE else key, stand_ins)
            for name, item in value.items()
            if name not in _DROPPED
        }
    return [_replaced(item, key, stand_ins) for item in value] if isinstance(value, list) else value
