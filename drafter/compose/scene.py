"""Scene: the facts of one letter together with what decides how each of them is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from drafter.checks.elements import owed_facts
from drafter.checks.elements.corrected import owing
from drafter.checks.elements.said import before, given, told
from drafter.checks.sensitive import signs
from drafter.compose.dates import Dates
from drafter.compose.disclosure import private_facts
from drafter.compose.phrases import phrases_for
from drafter.compose.tidy import doubles, tidied
from drafter.compose.wording import Wording
from drafter.draft import Section, SectionName
from drafter.incident import Action, Ask, Correction, Incident, Message, Problem, Remedy
from drafter.incident.moment import day_of

MANY = 3  # problems: from here on each has a numbered paragraph of its own
TWO = 2
_RECAPS = ("follow_up", "remedy_confirmation")  # kinds that tell the whole story again
_BRIEF_ASK = 25  # words: a customer who writes this little is not answered with a page


@dataclass(frozen=True)
class Line:
    """One sentence, or a few that belong together, and the ids of the facts they rest on."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass
class Scene:
    """One incident on its way to a letter; `left` collects what is not told, with the reason."""

    incident: Incident
    withheld: bool  # sensitive and not released: sympathy, facts and fix, but no admission
    wording: Wording
    dates: Dates
    shortened: bool = False  # a person asked for a shorter letter
    warmer: bool = False  # a person asked for a warmer one
    roomy_post: bool = False  # a post to all, of which the length is watched as a whole
    left: dict[str, str] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)  # how often a phrase that takes turns was said

    @cached_property
    def told(self) -> frozenset[str]:
        """Ids of the facts that an earlier message of ours has stated."""
        return told(self.incident) if self.earlier else frozenset()

    @cached_property
    def doubles(self) -> frozenset[str]:
        """Ids of the facts that another fact has said in the same words, or that a correction says."""
        return doubles(self.incident) | {fact for facts in self.righted.values() for fact in facts}

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What this letter takes back: what was told before and was wrong, unless a message since has corrected it."""
        return owing(self.incident, withheld=self.withheld)

    @cached_property
    def righted(self) -> dict[str, tuple[str, ...]]:
        """The facts that a correction of this letter says, by its id: the one that it names, and those in its very words."""
        own = ("correction", "thread", "locked", "ask")
        facts = [fact for fact in self.incident.facts if fact.role not in own]
        return {
            one.id: tuple(fact.id for fact in facts if fact.id == one.fact or fact.text.casefold() == (one.right or "").casefold())
            for one in self.corrections
        }

    @cached_property
    def private(self) -> frozenset[str]:
        """Ids of the facts that may not be said where everyone reads."""
        return private_facts(self.incident, self.wording)

    @cached_property
    def earlier(self) -> tuple[Message, ...]:
        """What we have written about this already: a message older than every problem is about something else."""
        ours = (message for message in self.incident.thread if message.by == "us" and message.public)
        return tuple(message for message in ours if not before(self.incident, message))

    @cached_property
    def greets(self) -> bool:
        """Whether the message opens a conversation, or takes it up on another day."""
        last = self.earlier[-1].when if self.earlier else None
        return not self.earlier or (last is not None and day_of(last, self.incident.zone) != self.dates.today)

    @cached_property
    def restates(self) -> bool:
        """Whether a later message says again what it is about: in writing, and in every post of a series."""
        incident = self.incident
        if incident.channel in ("email", "letter"):
            return True
        if incident.channel == "chat":
            return self.greets
        return incident.kind == "update" or (self.greets and incident.kind != "remedy_confirmation")

    @cached_property
    def merged(self) -> dict[str, Action]:
        """The next step that tells when each pending answer comes, by the id of its ask or remedy."""
        found: dict[str, Action] = {}
        if self.incident.channel == "sms" or self.incident.public:
            return found
        remedies = [remedy for problem in self.incident.problems for remedy in problem.remedies]
        pending: list[Ask | Remedy] = [*self.incident.asks, *remedies]
        for item in pending:
            action = next((a for a in self.incident.next if a not in found.values() and self._tells(a, item)), None)
            if action and item.id not in self.told and item.decision == "pending":
                found[item.id] = action
        return found

    def _tells(self, action: Action, item: Ask | Remedy) -> bool:
        """Whether a next step brings the answer to what is pending: it covers it, or is about it and comes at the very moment."""
        if item.id in action.covers:
            return True
        same = item.on is not None and item.on in (action.on, action.by) and action.state == "will"
        return same and bool(self.wording.content(item.text or "") & self.wording.content(action.text))

    @cached_property
    def owed(self) -> frozenset[str]:
        """Ids of the facts that have to be stated."""
        return frozenset(owed_facts(self.incident))

    @cached_property
    def brief(self) -> bool:
        """Whether the reply keeps to what happened and what is done: small harm, small channel, or a customer of few words."""
        if self.shortened or self.incident.severity == "minor" or self.incident.channel in ("chat", "sms", "social"):
            return True
        last = next((message.text for message in reversed(self.incident.thread) if message.by == "customer"), None)
        return self.incident.severity == "normal" and last is not None and len(last.split()) <= _BRIEF_ASK

    @property
    def no_room(self) -> str:
        """Why a brief letter leaves something out: the end of the name of a phrase."""
        return "shorter" if self.shortened else "harm" if self.incident.severity == "minor" else "channel"

    def apologised(self, problem: Problem) -> bool:
        """Whether an earlier message of ours has owned this problem and apologised for it."""
        return {"explicit-apology", "ownership"} <= self.given(problem)

    def sorry(self, problem: Problem) -> bool:
        """Whether an earlier message of ours has apologised for this problem, owned or not."""
        return "explicit-apology" in self.given(problem)

    def given(self, problem: Problem) -> frozenset[str]:
        """The elements that an earlier message of ours gave for this problem."""
        return self._given.get(problem.id, frozenset())

    @cached_property
    def _given(self) -> dict[str, frozenset[str]]:
        problems = self.incident.problems if self.earlier else ()
        return {problem.id: given(self.incident, problem) for problem in problems}

    def owns(self, problem: Problem) -> bool:
        """Whether this letter may say that we did it."""
        return problem.ours is not None and not self.withheld

    def stated(self, problem: Problem) -> bool:
        """Whether this letter says what we did, for the first time or again."""
        return self.owns(problem) and (not self.apologised(problem) or self.restates or self.incident.kind == "follow_up")

    def leave(self, ids: Iterable[str], why: str) -> None:
        """Notes that facts are not told, with the phrase that says why; the first reason stays."""
        for fact_id in ids:
            self.left.setdefault(fact_id, self.wording.say(f"left.{why}"))

    def fresh(self, ids: Sequence[str]) -> bool:
        """Whether at least one of these facts is not told yet and may be said here; noted as left out otherwise."""
        if any(fact_id in self.private for fact_id in ids):
            self.leave(ids, "public")
            return False
        if ids and all(fact_id in self.doubles for fact_id in ids):
            self.leave(ids, "twice")
            return False
        if ids and all(fact_id in self.told for fact_id in ids) and not self._tells_again(ids):
            self.leave(ids, "told")
            return False
        return True

    def _tells_again(self, ids: Sequence[str]) -> bool:
        """Whether this letter says what was told: a follow-up all of it, a confirmation what is given."""
        kind = self.incident.kind
        return kind == "follow_up" or (kind == "remedy_confirmation" and any(fact in self._given_ids for fact in ids))

    @cached_property
    def _given_ids(self) -> frozenset[str]:
        return frozenset(remedy.id for problem in self.incident.problems for remedy in problem.remedies)

    def roomy(self, ids: Sequence[str]) -> bool:
        """Whether there is room for background; facts that are owed always have it."""
        if not self.brief or self.roomy_post or any(fact_id in self.owed for fact_id in ids):
            return True
        self.leave(ids, self.no_room)
        return False

    def turn(self, key: str, **slots: str) -> str:
        """A phrase of which the variants take turns within one letter, so that it does not ring twice in the same words."""
        variants = self.wording.phrases.says[key]
        said = self.turns[key.split(".")[0]] = self.turns.get(key.split(".")[0], -1) + 1
        return self.wording.fitted(variants[said % len(variants)], **slots)

    def say(self, key: str, **slots: str) -> str:
        """A phrase of the letter's language and tone."""
        return self.wording.say(key, **slots)


def scene_of(incident: Incident, *, release: bool = False, brief: bool = False, warmer: bool = False) -> Scene:
    """The scene of an incident; sensitive ones without ownership unless a person releases it.

    Raises:
        LanguageError: there are no phrases for the incident's language.
    """
    incident = tidied(incident)
    wording = Wording(incident, phrases_for(incident.language))
    dates = Dates(incident, wording, spare=brief)
    return Scene(incident, not release and bool(signs(incident)), wording, dates, shortened=brief, warmer=warmer)


def many(scene: Scene) -> bool:
    """Whether each problem has its own paragraph: several of them, or two mistakes of ours."""
    problems = scene.incident.problems
    if scene.incident.channel not in ("email", "letter") or scene.incident.kind in _RECAPS:
        return False
    two = len(problems) == TWO and all(scene.owns(problem) and not scene.apologised(problem) for problem in problems)
    return len(problems) >= MANY or two


def rights(scene: Scene, problem: Problem) -> list[tuple[str, str]]:
    """Known facts that say the customer was right: they open the letter."""
    known = enumerate(problem.known, 1)
    return [(f"{problem.id}.known{i}", text) for i, text in known if scene.wording.meets("you_were_right", text)]


def section(name: SectionName, lines: Sequence[Line], *, gap: str | None = None, between: str = " ") -> Section | None:
    """The section of some lines, or None where there are none."""
    lines = [line for line in lines if line.text]
    texts = dict.fromkeys(line.text for line in lines)  # two facts in the same words are said once
    if not lines:
        return None
    facts = tuple(dict.fromkeys(fact for line in lines for fact in line.facts))
    return Section(name=name, text=between.join(texts), facts=facts, gap=gap)
