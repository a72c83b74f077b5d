"""What the facts give to rewrites: clauses that a person entered and that the text does not say yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from drafter.checks.clauses import Document, Sentence
from drafter.incident.moment import day_of, written_day, written_time

if TYPE_CHECKING:
    from drafter.incident import Incident
    from drafter.incident.parts import Action, Problem

_WORD = re.compile(r"[a-z]{3,}|\d[\d.,:]*\d|\d")
_IDLE = re.compile(
    r"the|and|you|your|our|was|were|has|have|had|for|with|that|this|from|not|but|are|its|when|then|will|been"
)  # they carry no matter
_SAID = 0.6  # share of a fact's words in one sentence that says it
_ABOUT = 0.4  # share of a fact's words that a sentence about the same thing has
_DATED = re.compile(
    r"\d{4}-\d|\b(?:today|tomorrow|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d|\d{1,2}:\d\d|\d [ap]m"
    r"|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.I,
)
_FRONTED = re.compile(r"(?:I|[Ww]e|[Oo]ur|[Yy]our|[Tt]he|[Yy]ou)\b")


class Facts:
    """The clauses of an incident beside one text; nothing of a person's matters for a channel that everyone reads."""

    def __init__(self, incident: Incident, document: Document, *, withheld: bool, barred: frozenset[str] = frozenset()) -> None:
        self.incident, self.document, self.withheld = incident, document, withheld
        self.barred = barred  # what blames the customer in a fact is never proposed
        self._owned_here: dict[str, bool] = {}
        self._told_here: dict[str, bool] = {}

    def slots(self, sentence: Sentence) -> dict[str, str]:
        """The words with which rewrites in this sentence are filled, by the name that recipes use."""
        if self.incident.public:
            return {}
        found = {
            "ours": next(self._ours(), ""),
            "this_ours": next(self._ours(_words(sentence.plain)), ""),
            "cause": next(self._causes(), ""),
            "neutral": next(self._neutral(), ""),
            "step": next(self._steps(), ""),
            "prevention": next(self._prevention(), ""),
            "refusal": next(self._refusals(sentence), ""),
        }
        told = {"repeated": ""} if self._repeats(sentence) else {}
        return {name: words for name, words in found.items() if words} | told

    @property
    def _owned(self) -> tuple[Problem, ...]:
        return () if self.withheld else tuple(problem for problem in self.incident.problems if problem.ours)

    def _ours(self, about: frozenset[str] | None = None) -> Iterator[str]:
        """What we did and the text does not own yet; only where it is about these words, if there are any."""
        for problem in self._owned:
            words = _words(problem.ours or "")
            if about is not None and len((words | _words(problem.what)) & about) < _ABOUT * min(len(words), len(about)):
                continue
            if problem.ours and not self._owns(problem.ours):
                yield problem.ours

    def _repeats(self, sentence: Sentence) -> bool:
        """Whether the sentence says no more than what the text owns elsewhere."""
        about = _words(sentence.plain)
        return any(about <= _words(f"{problem.ours} {problem.what}") and self._owns(problem.ours or "") for problem in self._owned)

    def echoed(self, sentence: Sentence) -> bool:
        """Whether another sentence tells what we did without us in it: there our act takes its place better."""
        return bool(self._echoes - {sentence.start})

    @cached_property
    def _echoes(self) -> set[int]:
        """Where sentences begin that tell the first act which the text does not own."""
        words = _words(next(self._ours(), ""))
        judged = (sentence for sentence in self.document.sentences if sentence.judged)
        return {sentence.start for sentence in judged if any(_alike(_words(clause.text), words) for clause in sentence.clauses)}

    def _causes(self) -> Iterator[str]:
        return self._unsaid(problem.cause for problem in self._owned if problem.cause and problem.cause != "unknown")

    def _neutral(self) -> Iterator[str]:
        return self._unsaid(
            problem.customer_part for problem in self._owned if problem.customer_part and problem.customer_part not in self.barred
        )

    def _steps(self) -> Iterator[str]:
        actions = [action for problem in self.incident.problems for action in problem.fixes]
        return self._dated([*actions, *self.incident.next])

    def _prevention(self) -> Iterator[str]:
        return self._dated([a for problem in self.incident.problems if problem.prevention != "unknown" for a in problem.prevention])

    def _refusals(self, sentence: Sentence) -> Iterator[str]:
        """The reason of a refusal that this sentence is about."""
        about = _words(sentence.plain)
        for ask in self.incident.asks:
            if ask.decision == "declined" and ask.because and (len(self.incident.asks) == 1 or _words(ask.text) & about):
                yield from self._unsaid([ask.because])

    def _dated(self, actions: Iterable[Action]) -> Iterator[str]:
        for action in actions:
            if next(self._unsaid([action.text]), ""):
                yield self._with_day(action)

    def _with_day(self, action: Action) -> str:
        """The clause with its own day before it, where it has one and does not say when: "On November 25 I will …"."""
        moment = action.on or action.by
        if moment is None or _DATED.search(action.text) or not _FRONTED.match(action.text):
            return action.text
        locale = self.incident.locale
        day = written_day(day_of(moment, self.incident.zone), locale)
        clock = f" at {written_time(moment.astimezone(self.incident.zone), locale)}" if isinstance(moment, datetime) else ""
        return f"{'On' if action.on else 'By'} {day}{clock} {action.text}"

    def _unsaid(self, texts: Iterable[str]) -> Iterator[str]:
        return (text for text in texts if not self._tells(text))

    def _owns(self, clause: str) -> bool:
        """Whether a sentence in which we act says this clause."""
        if clause not in self._owned_here:
            self._owned_here[clause] = any(_says(said, _words(clause)) for said in self._owning)
        return self._owned_here[clause]

    def _tells(self, clause: str) -> bool:
        """Whether any sentence says this clause."""
        if clause not in self._told_here:
            self._told_here[clause] = any(_says(said, _words(clause)) for said in self._judged)
        return self._told_here[clause]

    @cached_property
    def _judged(self) -> list[frozenset[str]]:
        return [_words(sentence.plain) for sentence in self.document.sentences if sentence.judged]

    @cached_property
    def _owning(self) -> list[frozenset[str]]:
        """The words of sentences in which we act."""
        return [
            _words(sentence.plain)
            for sentence in self.document.sentences
            if sentence.judged and any(clause.agent == "us" for clause in sentence.clauses)
        ]


def _words(text: str) -> frozenset[str]:
    """The words that carry the matter, each cut to a stem of its own."""
    return frozenset(word[:5] for word in _WORD.findall(text.lower()) if not _IDLE.fullmatch(word))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shorter of two wordings is told by the other."""
    shared = len(one & other)
    return shared > 1 and shared >= _SAID * min(len(one), len(other))


def _says(said: frozenset[str], words: frozenset[str]) -> bool:
    return bool(words) and len(words & said) >= _SAID * len(words)
