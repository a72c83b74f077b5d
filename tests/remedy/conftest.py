"""Rules of a house to vary, and a mistake with a loss and a cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafter.house.remedy import RemedyTable
from drafter.incident import Incident

Facts = Callable[..., Incident]
Rules = Callable[..., RemedyTable]
BUS = {"text": "you paid for four bus tickets", "cost": "£11.20", "id": "bus"}


@pytest.fixture
def rules() -> Rules:
    """Rules of the `[remedy]` table; keywords replace a key."""

    def build(**changes: Any) -> RemedyTable:
        given = {
            "currency": "GBP",
            "limit": 50,
            "cap": 80,
            "goodwill": [{"severity": ["normal", "serious"], "times": 0.5, "most": 30, "terms": "you can use it for anything"}],
            "approvers": [
                {"name": "Sam Osei", "up_to": 60},
                {"name": "Ana Ruiz", "role": "Head of support", "up_to": "any"},
            ],
        }
        return RemedyTable.model_validate({**given, **changes})

    return build


@pytest.fixture
def late(incident: Facts) -> Facts:
    """A bike that came late: £40 were paid for it, and £11.20 for the bus."""

    def build(**changes: Any) -> Incident:
        return incident(**({"loss": "£40", "impacts": [BUS]} | changes))

    return build
