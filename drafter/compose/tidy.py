"""Clauses as they were typed, made fit for a sentence: one end mark, no shouting, somebody who acts, each fact of a kind once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import BaseModel

from drafter.compose.days import Days
from drafter.compose.persons import harmed, turned
from drafter.compose.phrases import Phrases, phrases_for
from drafter.incident import Action, Ask, Impact, Incident, Problem, Remedy
from drafter.incident.clause import people_acting
from drafter.incident.fragments import propose
from drafter.incident.fragments.vocabulary import verb

_END = re.compile(r"\s*(?:[!…]+|\.{2,}|[.!…]{2,})$")
_ASKING = re.compile(r"\s*[?!]*\?[?!]*$")
_AFTER_US = re.compile(r"^(?P<who>[Ww]e|I) (?P<verb>[A-Z][a-z]+)\b")
_PICTURES = re.compile(r"\s*[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+")
_QUOTED = re.compile(r"(\"[^\"]*\"|“[^”]*”)")  # another's words stay as they are
_CLAUSES = ("what", "ours", "cause", "customer_part", "third_party", "text", "answer", "because", "instead", "known", "unknown", "terms")
_DEEDS = ("done", "doing", "will")
_PARTS = ("problems", "asks", "next", "impacts", "fixes", "remedies", "prevention", "containment")
_ONCE = ("impact", "known", "unknown", "fix", "prevention", "containment")  # a remedy may be given twice
_SHOUTED = 4  # words all in capitals: fewer may be names


class Tidy:
    """Makes the clauses of one incident fit for its letter."""

    def __init__(self, incident: Incident, phrases: Phrases) -> None:
        self.phrases = phrases
        self.days = Days(incident, phrases)
        self.public = incident.public
        people = (incident.company.name, incident.signer.name, incident.customer.name or "", *incident.people)
        self.names = {word.casefold(): word for name in people for word in name.split() if word[:1].isupper()}

    def whole(self, incident: Incident) -> Incident:
        """The incident with its clauses made fit for a sentence; the same incident where nothing is to mend."""
        update = self._mended(incident)
        if not update:
            return incident
        copy = incident.model_copy(update=update)
        copy.__dict__.pop("facts", None)  # the cached list holds the clauses as they were
        return copy

    def clause(self, typed: str) -> str:
        """One clause without repeated or shouting end marks, pictures and stray small or capital letters."""
        text = typed.strip()
        text = _ASKING.sub("?", text) if _ASKING.search(text) else _END.sub("", text) or text
        if text.isupper() and len(text.split()) >= _SHOUTED:
            text = re.sub(r"[\w'’]+", lambda match: self.names.get(match[0], match[0]), text.lower())
        pieces = _QUOTED.split(text)
        pieces[::2] = [self._own(piece) for piece in pieces[::2]]
        return _AFTER_US.sub(lambda match: f"{match['who']} {match['verb'].lower()}", "".join(pieces).strip() or text)

    def _own(self, piece: str) -> str:
        """A piece that quotes nobody: without pictures, with "I" and days in capitals, and days in the letter's style."""
        patterns = self.phrases.patterns
        text = patterns["i_alone"].sub("I", _PICTURES.sub("", piece))
        text = patterns["short_form"].sub(lambda match: self._long(match[0]), text)
        for name in ("weekday", "month_lone"):
            text = patterns[name].sub(lambda match: match[0][:1].upper() + match[0][1:], text)
        text = patterns["weekday_short"].sub(lambda match: f"{match['lead']} {match['day'].capitalize()}", text)
        return self.days.restyled(text)

    def _long(self, typed: str) -> str:
        """What was typed in a hurry as it is written: "didnt" as "didn't", "tmrw" as "tomorrow"."""
        whole = self.phrases.short_forms[typed.lower()]
        return whole[:1].upper() + whole[1:] if typed[:1].isupper() else whole

    def event(self, clause: str) -> str:
        """What happened, as the clause that a fragment surely stands for: "8am sailing cancelled" as "the 8am sailing was cancelled"."""
        if (
            self._meets("starts_small", clause)
            or re.match(r"\d[\d.,]* ", clause)
            or any(self._meets("auxiliary", word) for word in clause.split())
        ):
            return clause
        whole = next((proposal.what for proposal in propose(clause)), clause)
        return clause if self.public and self._meets("second_person", whole) else whole  # everyone reads it

    def ours(self, clause: str) -> str:
        """What we did, with us as the ones who did it: "our driver left it in the rain" as "we left it in the rain"."""
        place = people_acting(clause)
        noun = clause[: place[1]].split()[-1] if place else ""
        if place and (self._meets("goes_back", clause[place[1] :]) or re.search(rf"\b{re.escape(noun)}\b", clause[place[1] :])):
            return clause  # "our courier lost it, and we chose that courier"
        return f"{clause[: place[0]]}{self.phrases.says['actor'][0]}{clause[place[1] :]}" if place else clause

    def deed(self, clause: str) -> str:
        """A clause that says what was done, with "we" where nobody was typed: "sent a new one" as "we sent a new one"."""
        return self._acting("bare_deed", "actor.we", clause)

    def under_way(self, clause: str) -> str:
        """A clause that says what is being done, with "we are" where nobody was typed."""
        return self._acting("bare_doing", "actor.we.are", clause)

    def plan(self, clause: str) -> str:
        """A clause that says what will be done, with "we will" where nobody was typed."""
        if self._meets("bare_will", clause):
            return self._with("actor.we", clause)
        match = self.phrases.patterns["bare_plan"].match(clause)
        finite, whole = self._meets("finite", clause), self._meets("starts_small", clause)
        plain = (self._meets("plan_verb", clause) or (match and not whole)) and not finite
        return self._with("actor.we.will", clause) if plain or (match and verb(match["verb"].lower(), "base")) else clause

    def gift(self, clause: str) -> str:
        """What is given, with "we" or "we are" where nobody was typed."""
        return self.under_way(self.deed(clause))

    def _acting(self, pattern: str, key: str, clause: str) -> str:
        return self._with(key, clause) if self._meets(pattern, clause) else clause

    def _with(self, key: str, clause: str) -> str:
        return self.phrases.says[key][0].format(clause=clause[:1].lower() + clause[1:])

    def _meets(self, name: str, text: str) -> bool:
        return bool(self.phrases.patterns[name].search(text))

    def _mended(self, part: BaseModel) -> dict[str, Any]:
        """What changes of a part: its own clauses and the parts below it."""
        update: dict[str, Any] = {}
        for name in type(part).model_fields:
            value = getattr(part, name)
            new = _each(value, self._for(part, name)) if name in (*_CLAUSES, *_DEEDS) else value
            new = self._below(value) if name in _PARTS else new
            if new != value:
                update[name] = new
        return update

    def _for(self, part: BaseModel, name: str) -> Callable[[str], str]:
        """What makes the clause of a part fit, by what it says."""
        further: Callable[[str], str] | None = None
        if isinstance(part, Action):
            further = {"done": self.deed, "doing": self.under_way, "will": self.plan}[name] if name in _DEEDS else None
        elif isinstance(part, Remedy) and name == "text":
            further = self.gift
        elif isinstance(part, Problem) and name == "what":
            further = self.event
        elif isinstance(part, Problem) and name == "ours":
            further = self.ours
        elif isinstance(part, Impact) and name == "text":
            further = partial(harmed, phrases=self.phrases)
        elif isinstance(part, Ask) and name == "text":
            further = partial(turned, phrases=self.phrases)
        return (lambda text: further(self.clause(text))) if further else self.clause

    def _below(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        changes = [(item, self._mended(item)) for item in value]
        return tuple(item.model_copy(update=update) if update else item for item, update in changes)


def tidied(incident: Incident) -> Incident:
    """The incident with its clauses made fit for a sentence; the same incident where nothing is to mend."""
    return Tidy(incident, phrases_for(incident.language)).whole(incident)


def doubles(incident: Incident) -> frozenset[str]:
    """Ids of facts that say again, word for word, what an earlier fact of the same role and problem says."""
    seen: set[tuple[str, str | None, str]] = set()
    found: set[str] = set()
    for fact in incident.facts:
        key = (fact.role, fact.problem, fact.text.casefold())
        if fact.role in _ONCE and key in seen:
            found.add(fact.id)
        seen.add(key)
    return frozenset(found)


def _each(value: Any, mend: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mend(value)
    return tuple(mend(text) for text in value) if isinstance(value, tuple) else value
