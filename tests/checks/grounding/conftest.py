"""Stories that the grounding tests tell from: three incidents, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.incident import Incident, read_incident

DATA = Path(__file__).parent / "data"
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="session")
def double() -> Incident:
    """A card charged twice (en-US, written on Friday, November 20, 2026, at 15:00 in New York)."""
    return read_incident(EXAMPLES / "double_charge.yaml")


@pytest.fixture(scope="session")
def cake() -> Incident:
    """A birthday cake that came late (en-GB, written on Monday 15 June 2026 at 11:00)."""
    return read_incident(DATA / "cake.yaml")


@pytest.fixture(scope="session")
def broadband() -> Incident:
    """A cable cut by us, still being mended (en-US, written on Tuesday, February 10, 2026, at 14:00 in Denver)."""
    return read_incident(DATA / "broadband.yaml")


@pytest.fixture(scope="session")
def stories(double: Incident, cake: Incident, broadband: Incident) -> dict[str, Incident]:
    """The three stories by name."""
    return {"double": double, "cake": cake, "broadband": broadband}
