"""What was approved of remedies, where somebody decides on them: only that may be promised."""

from __future__ import annotations

from drafter.incident.money import Money
from drafter.incident.parts import Remedy, RemedyKind, RemedyReason
from drafter.incident.values import Name, Part


class Approved(Part):
    """One remedy that a person approved: what it is, how much, why it is given, and who said yes."""

    kind: RemedyKind
    amount: Money | None = None
    reason: RemedyReason = "goodwill"
    by: Name | None = None

    def covers(self, remedy: Remedy) -> bool:
        """Whether a remedy among the facts is this one, by its kind, its reason and its amount."""
        return (self.kind, self.reason, self.amount) == (remedy.kind, remedy.reason, remedy.amount)


def unapproved(remedies: tuple[Remedy, ...], approved: tuple[Approved, ...]) -> tuple[Remedy, ...]:
    """The granted ones of these remedies that nothing approved covers; what was approved once covers one of them."""
    left, found = list(approved), []
    for remedy in remedies:
        if remedy.decision == "granted":
            match = next((one for one in left if one.covers(remedy)), None)
            if match is None:
                found.append(remedy)
            else:
                left.remove(match)
    return tuple(found)
