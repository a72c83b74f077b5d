"""Drafter turns the facts of a mistake into a reply that owns it, and lets nothing past that deflects or blames.

>>> from drafter import check
>>> [finding.rule for finding in check("We're sorry if you were affected.").findings]
['conditional-apology']
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.checks import check
    from drafter.checks.report import Finding, Report
    from drafter.draft import Draft
    from drafter.house.read import load_house
    from drafter.house.tables import House
    from drafter.incident import Incident
    from drafter.writer import Writer

__all__ = ["Draft", "Finding", "House", "Incident", "Report", "Writer", "check", "load_house"]

_HOME = {
    "Draft": "drafter.draft",
    "Finding": "drafter.checks.report",
    "House": "drafter.house.tables",
    "Incident": "drafter.incident",
    "Report": "drafter.checks.report",
    "Writer": "drafter.writer",
    "check": "drafter.checks",
    "load_house": "drafter.house.read",
}

logging.getLogger(__name__).addHandler(logging.NullHandler())  # who runs Drafter says where its log goes; unasked, it stays quiet


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for: a check need not wait for a model client."""
    if name not in _HOME:
        raise AttributeError(f"module 'drafter' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
