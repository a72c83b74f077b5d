"""Who speaks: what a customer said of themselves, turned to speak to them, and what was typed without anybody."""

from __future__ import annotations

import re

from drafter.compose.phrases import Phrases
from drafter.incident.fragments.vocabulary import verb


def harmed(clause: str, phrases: Phrases) -> str:
    """An impact in the second person: "i had headaches" and "had headaches" as "you had headaches"."""
    patterns, says = phrases.patterns, phrases.says
    if not patterns["second_person"].search(clause):
        clause = _swapped(clause, phrases)
    if patterns["priced"].match(clause):
        return says["article.vowel" if patterns["vowel_sum"].match(clause) else "article"][0].format(thing=clause)
    if was := patterns["bare_was"].match(clause):
        return says["actor.you.were"][0].format(clause=f"{'not ' if was['not'] else ''}{was['rest']}")
    for name, key in (("bare_being", "actor.you.were"), ("bare_harm", "actor.you"), ("it_harmed", "actor.it")):
        if patterns[name].match(clause):
            return says[key][0].format(clause=clause[:1].lower() + clause[1:])
    return clause


def turned(clause: str, phrases: Phrases) -> str:
    """What a customer asked, as it stands behind "You asked": "why you charged my card" as "why we charged your card".

    Only a customer's own words, which have "I" or "my" in them, are turned; a question that is quoted stays as it is.
    """
    return clause if direct(clause, phrases) else _swapped(clause, phrases)


def direct(clause: str, phrases: Phrases) -> bool:
    """Whether an ask is a question or a demand as the customer put it: "will you pay the fee?", "refund my order"."""
    match = phrases.patterns["bare_plan"].match(clause)
    return bool(phrases.patterns["direct"].search(clause) or (match and verb(match["verb"].lower(), "base")))


def asks_so(clause: str, phrases: Phrases) -> bool:
    """Whether an ask is put as a question: "do I lose my place"."""
    return bool(phrases.patterns["direct"].search(clause))


def _swapped(clause: str, phrases: Phrases) -> str:
    """A clause with the first person as the second, and, where both speak, the second as ours."""
    if not phrases.patterns["first_person"].search(clause):
        return clause
    pieces = re.split(r"(\"[^\"]*\"|“[^”]*”)", clause)
    for i in range(0, len(pieces), 2):
        pieces[i] = phrases.patterns["person"].sub(lambda match: phrases.persons[_word(match)], pieces[i])
    return "".join(pieces)


def _word(match: re.Match[str]) -> str:
    return "acting" if match["acting"] else match[0].lower().replace("’", "'")
