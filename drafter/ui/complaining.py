"""Complaining: what is wrong with facts, in the form's own words, by the field that it stands beside."""

from __future__ import annotations

import re

from drafter.errors import Complaint
from drafter.ui.facts import STATES
from drafter.ui.saying import words


def beside(complaints: tuple[Complaint, ...]) -> dict[str, str]:
    """What is wrong, in the form's own words, by the name of the field that it stands beside; "" is for what has no field."""
    found: dict[str, str] = {}
    for complaint in complaints:
        name, message = _field(complaint)
        found[name] = f"{found[name]} {message}" if name in found else message
    return found


def _field(complaint: Complaint) -> tuple[str, str]:
    key, message = complaint.key, complaint.message
    if key and (named := re.match(r"(\w+): ", message)) and named[1] in _labels():
        key, message = f"{key}.{named[1]}", message[named.end() :]
    last = key.rpartition(".")[2]
    if last in STATES:
        key = f"{key.rpartition('.')[0]}.text"
    if key in ("company", "signer", "customer"):
        key = f"{key}.name"
    if message == "this key is missing":
        message = words().facts.missing
    message = re.sub(r"`(\w+)`", lambda name: f"“{_labels().get(name[1], name[1])}”", message)
    return key, f"{message[:1].upper()}{message[1:]}".rstrip(".") + "."


def _labels() -> dict[str, str]:
    labels: dict[str, str] = words().facts.labels
    return labels
