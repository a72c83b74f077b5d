"""Grounding: every claim of a text traced to a fact, and every owed fact found in the text."""

from drafter.checks.grounding.claims import Grounding, ground
from drafter.checks.grounding.coverage import cover
from drafter.checks.grounding.origins import Source, sources

__all__ = ["Grounding", "Source", "cover", "ground", "sources"]
