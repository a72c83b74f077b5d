"""Beside: an act of a text beside all facts: who does it, what of it no fact has, and how much one fact has."""

from __future__ import annotations

from functools import cached_property

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import ACTIONS, held
from drafter.checks.grounding.comparing import said
from drafter.checks.grounding.facts import Facts
from drafter.checks.grounding.grammar import ADVERBS, DETERMINERS, LIKE_PRESENT, PARTITIVES, POSSESSIVE, PREPOSITIONS
from drafter.checks.grounding.lexicon import words
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.words import Token, root, tokens, word_class

PAST = frozenset({"past", "perfect"})
FILLER = word_class("filler")
_NOTES = word_class("notes")
_DEEDS = ACTIONS | {"ours", "cause"}
_ACTORS = frozenset(root(word) for word in words("actors"))
_UNNAMED = frozenset({"someone", "somebody", "whoever"})
_OPENERS = frozenset({"own", "your", "one", "old", "new", "same", "right"})
_LIKED = frozenset({"has", "have", "had", "is", "are", "am", "does", "cost"})
_TELLING = frozenset({"money", "date", "time", "reference"})
PARTICLES = frozenset(root(word) for word in ("away", "aside", "apart", "together", "afterwards", "afterward", "across", "along", "around"))


class Beside:
    """An act beside the facts: who does it, what no fact has of it, and whether it is over."""

    def __init__(self, act: Act, reading: Reading, facts: Facts) -> None:
        self.act, self.reading, self.facts = act, reading, facts
        self.text = reading.text[act.start : act.end]
        self.subject = reading.text[act.subject[0] : act.subject[1]]
        self.who = _head(tokens(self.subject))
        self.past = act.tense in PAST or (
            act.verb_word in LIKE_PRESENT - _LIKED and act.tense == "present" and act.agent in ("third", "us")
        )
        self.new = frozenset(word for word in said(act) - FILLER if word.lstrip("!") not in facts.roots)

    @cached_property
    def backed(self) -> bool:
        """Whether a fact has an amount, day, hour or reference of the act."""
        told = [value for value in self.act.values if value.kind in _TELLING and not value.weak]
        return any(held(value, known, self.facts) for value in told for known in self.facts.known)

    @property
    def root(self) -> str:
        """What the noun of the subject counts as."""
        return root(self.who)

    @property
    def stranger(self) -> bool:
        """Whether no fact has the one who acts."""
        return self.who in _UNNAMED or self.root not in self.facts.roots

    @property
    def person(self) -> bool:
        """Whether somebody acts who is called by name, and whom the facts know."""
        row = tokens(self.subject)
        name = row[-1].text if row else ""
        given = name in words("given_names") or any(name in known.text.split() for known in self.facts.known if known.role == "person")
        return name[:1].isupper() and given and not self.stranger

    @property
    def actor(self) -> bool:
        """Whether somebody or some force acts, not a thing."""
        return self.root in _ACTORS

    @cached_property
    def share(self) -> float:
        """How much of the act one fact has at the most, by its words and values."""
        mine = said(self.act) - FILLER - PARTICLES
        hard = [value for value in self.act.values if not value.weak]
        total = len(mine) + len(hard)
        most = max(
            (len(mine & known.words) + sum(held(value, known, self.facts) for value in hard) for known in self.facts.known), default=0
        )
        return most / total if total else 1.0

    @property
    def things(self) -> bool:
        """Whether it has a thing that no fact has; a message is none."""
        return bool(self.new - _NOTES - PARTICLES - {self.act.verb})

    @property
    def given(self) -> bool:
        """Whether what we have done, do or answer has half at least of the things that it gives."""
        things = said(self.act) - FILLER - PARTICLES - _NOTES - {self.act.verb}
        actions = [known.words for known in self.facts.known if known.role in _DEEDS and not known.asked]
        return not things or any(len(things & given) * 2 >= len(things) for given in actions)

    @property
    def leads(self) -> bool:
        """Whether the subject opens its clause, but for a word or two: not in "the room you picked"."""
        before = self.reading.text[self.act.start : self.act.subject[0]].strip()
        return (
            not before or before.endswith(",") or all(word.lower() in ADVERBS or word.lower() == self.act.link for word in before.split())
        )


def _takes_part(row: list[Token]) -> bool:
    """Whether a phrase only begins with how much of a thing it is about: "halves of your order"."""
    return len(row) > 2 and row[0].low in PARTITIVES and row[1].low == "of"


def _head(row: list[Token]) -> str:
    """The noun that a subject is about: "trainee" of "a trainee at the branch"; "" where there is none."""
    row = [token for token in row if token.wordy or token.low[0].isdigit()]
    while len(row) > 1 and (row[0].low in DETERMINERS | POSSESSIVE | _OPENERS or row[0].low in ADVERBS or _takes_part(row)):
        row = row[2:] if _takes_part(row) else row[1:]
    end = next((i for i, token in enumerate(row) if i and token.low in PREPOSITIONS), len(row))
    named = [token.low for token in row[:end]]
    return named[-1] if named else ""
