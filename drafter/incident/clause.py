"""The clause that owns a mistake: "we" or "I" as the one who acted, in its true tense."""

from __future__ import annotations

import re

from drafter.incident.fragments.vocabulary import nouns, verb

_LEAD = r"^(?:(?:on|at|in|since|from|for|when|because|after|before|during|last|this|yesterday|today|twice)\b[^,;:]{0,120}?(?:,\s*|\s+))?"
_ACTOR = re.compile(_LEAD + r"(?:we|i)\b(?!['’]re sorry|['’]m sorry)\s*(?P<rest>.*)$", re.I | re.S)
_NOT_AN_ACT = re.compile(
    r"^(?:\w+ly\s+)?(?:(?:have |had |were |are |am |was )?(?:experienc\w+|encounter\w*|suffer\w*|fac(?:ed|ing)|seeing|saw)\b"
    r"|(?:are|am|were|was) (?:very |so |really )?(?:sorry|aware|unable|informed|told)\b"
    r"|(?:regret|apologi[sz]e|understand|hear|heard|believe|think|feel|(?:have )?had (?:an?|some) (?:issue|problem|outage|error)s?)\b)",
    re.I,
)
_PEOPLE = re.compile(_LEAD + r"(?P<ours>(?:our|one of our|two of our|some of our)\b)(?P<rest>.*)$", re.I | re.S)
_MOST = 3  # words that people of ours are called with: "our night porter"
_ADVERB = re.compile(r"(?:\w+ly|also|then|never|not|did|didn['’]t)$", re.I)
_STATES = frozenset({"was", "were", "is", "are", "has", "have", "had", "got", "felt", "fell", "became"})  # that befell them
_OTHERS_IN_ENGLISH = (
    "courier shop branch depot office lab workshop people builder gardener pharmacist locksmith glazier roofer painter decorator "
    "carpenter joiner chemist lecturer lifeguard referee translator photographer editor developer apprentice host hostess "
    "bartender barista baker butcher florist hairdresser beautician optician optometrist lawyer solicitor accountant bookkeeper "
    "broker assessor adjuster librarian principal warden ranger pilot captain skipper conductor supervisor foreman volunteer "
    "contractor temp usher picker packer loader rider cyclist trainee intern"
)
_OTHERS = frozenset(_OTHERS_IN_ENGLISH.split())
_DID = frozenset(
    {"went", "came", "did", "rang", "said", "drove", "took", "let", "put", "set", "cut", "shut", "hit", "read", "ran", "spoke"}
)
_THINGS = frozenset({"system", "lorry", "truck", "van"})
EXAMPLE = "for example 'we charged your card twice' or 'I gave you the wrong date'"


def owns(clause: str) -> bool:
    """Whether the clause has us as the one who acted: "we sent the wrong size", not "the wrong size was sent"."""
    match = _ACTOR.match(clause.strip())
    if match:
        return bool(match["rest"] and not _NOT_AN_ACT.match(match["rest"]))
    return people_acting(clause) is not None


def people_acting(clause: str) -> tuple[int, int] | None:
    """Where a clause names people of ours as the ones who acted: "our driver" in "our driver left it in the rain"; we are they."""
    match = _PEOPLE.match(clause)
    words = list(re.finditer(r"[\w'’-]+", match["rest"]))[: _MOST + 4] if match else []
    for i in range(1, min(_MOST, len(words) - 1) + 1):
        if match and _are_staff(words[i - 1][0].lower()) and _acts([word[0].lower() for word in words[i:]]):
            return match.start("ours"), match.start("rest") + words[i - 1].end()
    return None


def _are_staff(noun: str) -> bool:
    return noun not in _THINGS and any(word in _OTHERS or word in nouns("staff") for word in (noun, noun.removesuffix("s")))


def _acts(words: list[str]) -> bool:
    """Whether the first word that is no adverb tells of a deed: not of what somebody was or had."""
    done = next((word for word in words if not _ADVERB.match(word)), "")
    denied = any(word in ("did", "never") or word.startswith("didn") for word in words[: words.index(done)] if done)
    return done not in _STATES and bool(denied or re.search(r"\wed$", done) or done in _DID or verb(done, "past"))
