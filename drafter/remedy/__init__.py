"""Making it right: what is owed and what the house gives beside, proposed with its reasons; a person chooses and approves.

Knows no database and no clock.
"""

from drafter.remedy.decide import chosen, granted, require_right
from drafter.remedy.suggest import propose
from drafter.remedy.values import Option, Past, Proposal, Remedy, RemedyState, Share

__all__ = ["Option", "Past", "Proposal", "Remedy", "RemedyState", "Share", "chosen", "granted", "propose", "require_right"]
