"""The linter: what a reply flags, owes, covers and claims. It knows neither model nor HTTP nor database."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from drafter.checks.report import ELEMENTS, Claim, Covered, Finding, Report, Withheld
from drafter.texts import bounded

if TYPE_CHECKING:
    from drafter.incident import Incident, Kind

__all__ = ["ELEMENTS", "Claim", "Covered", "Finding", "Report", "Withheld", "check"]


def check(
    text: str,
    incident: Incident | None = None,
    *,
    kind: Kind | None = None,
    as_of: datetime | None = None,
    language: str | None = None,
) -> Report:
    """What stands in the way of sending `text`: findings in its order, elements, coverage, claims, and a score.

    A bare text owes nothing and has no score. With a `kind`, it owes what a first message of that kind about our own
    mistake owes; with an `incident`, what these facts ask for, and each claim must rest on one of them. `as_of` is the
    moment that "tomorrow" counts from, where it is not the incident's. The rules are those of `language`; where none is
    named, those of the incident's language, in which its letter is written, and of English without an incident.

    Raises:
        TextError: the text is blank or too large.
        LanguageError: there are no rules for the language; the message lists those that work.
    """
    from drafter.checks.review import review  # reports are read where nothing is checked, without the cost of the rules

    return review(bounded(text), incident, kind=kind, as_of=as_of, language=language or (incident.language if incident else "en"))
