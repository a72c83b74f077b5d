"""The linter: what a reply flags, owes, covers and claims. It knows neither model nor HTTP nor database."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from drafter.checks.report import ELEMENTS, Claim, Covered, Finding, Report, Withheld
from drafter.errors import InputError
from drafter.markup import Markup, read_prose
from drafter.texts import bounded

if TYPE_CHECKING:
    from drafter.checks.ruleset import RuleSet
    from drafter.house.tables import House
    from drafter.incident import Channel, Incident, Kind

__all__ = ["ELEMENTS", "Claim", "Covered", "Finding", "Report", "Withheld", "check", "rules_in_force"]


def check(
    text: str,
    incident: Incident | None = None,
    *,
    kind: Kind | None = None,
    as_of: datetime | None = None,
    language: str | None = None,
    house: House | None = None,
    markup: Markup = "text",
    channel: Channel | None = None,
) -> Report:
    """What stands in the way of sending `text`: findings in its order, elements, coverage, claims, and a score.

    A bare text owes nothing and has no score. With a `kind`, it owes what a first message of that kind about our own
    mistake owes; with an `incident`, what these facts ask for, and each claim must rest on one of them. `as_of` is the
    moment that "tomorrow" counts from, where it is not the incident's. The rules are those of `language`; where none is
    named, those of the incident's language, in which its letter is written, and of English without an incident. `house`
    is what a house decides for itself; without it no settings are read. `channel` is where a text without an incident is
    read: on one that everyone reads, nothing of a person may stand in it. Of a text with `markup` only the prose is judged,
    and all places are those of `text` as it stands.

    Raises:
        TextError: the text is blank, too large, or not what `markup` says.
        InputError: the house, or a comment in the text, names a rule that is not there; or the incident has another channel.
        LanguageError: there are no rules for the language; the message lists those that work.
    """
    from drafter.checks.located import heed, located  # reports are read where nothing is checked, without the cost of the rules
    from drafter.checks.quoted import own_words
    from drafter.checks.review import review

    mail = markup == "eml"
    prose = read_prose(bounded(text, mail=mail), markup)
    if markup in ("text", "eml"):  # a page of code alone is nothing to judge, a message that shows nothing is a mistake
        bounded(prose.text)
    rules = rules_in_force(language or (incident.language if incident else "en"), house)
    heed(prose, rules)
    prose = own_words(prose, [paragraph.text.strip() for paragraph in incident.locked] if incident else ())
    public = channel is not None and _public(channel, incident)
    return located(review(prose, rules, incident, kind=kind, as_of=as_of, public=public), prose)


def _public(channel: Channel, incident: Incident | None) -> bool:
    """Whether everyone reads a channel, which must be that of the incident where there is one."""
    from drafter.incident import PUBLIC

    if incident is not None and incident.channel != channel:
        raise InputError(f"the facts are for the channel {incident.channel}, not {channel}; leave `channel` out, or change the facts.")
    return channel in PUBLIC


def rules_in_force(language: str, house: House | None = None) -> RuleSet:
    """The rules of a language, as the house has them where there is one.

    Raises:
        InputError: the house names a rule that is not there.
        LanguageError: there are no rules for the language; the message lists those that work.
    """
    from drafter.checks.ruleset import rules_for

    if house is None:
        return rules_for(language)
    from drafter.checks.house import house_rules

    return house_rules(language, house)
