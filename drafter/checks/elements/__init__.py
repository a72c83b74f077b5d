"""What a message owes, what of it a text has, and the score over it."""

from drafter.checks.elements.facts import owed_facts
from drafter.checks.elements.judge import due, judge
from drafter.checks.elements.owed import owed
from drafter.checks.elements.score import score

__all__ = ["due", "judge", "owed", "owed_facts", "score"]
