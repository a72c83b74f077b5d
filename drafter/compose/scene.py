"""Scene: the facts of one letter together with what decides how each of them is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from drafter.checks.elements import owed_facts
from drafter.checks.elements.said import given, told
from drafter.checks.sensitive import signs
from drafter.compose.dates import Dates
from drafter.compose.phrases import phrases_for
from drafter.compose.wording import Wording
from drafter.draft import Section, SectionName
from drafter.incident import Action, Incident, Problem, Stated

MANY = 3  # problems: from here on each has a paragraph of its own
_SAID = 0.85  # share of a fact's words that an earlier message must hold to have said it
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
    left: dict[str, str] = field(default_factory=dict)

    @cached_property
    def told(self) -> frozenset[str]:
        """Ids of the facts that an earlier message of ours has stated."""
        if self.incident.turn == 1:
            return frozenset()
        facts = [self.incident.fact(fact_id) for fact_id in told(self.incident)]
        return frozenset(fact.id for fact in facts if fact.role in ("problem", "ours") or self._repeats(fact))

    def _repeats(self, fact: Stated) -> bool:
        """Whether an earlier message says the fact in its own words: what was promised then may be done by now."""
        words = self.wording.content(fact.text)
        earlier = [self.wording.content(message.text) for message in self.incident.thread if message.by == "us" and message.public]
        return any(len(words & said) >= _SAID * len(words) for said in earlier)

    @cached_property
    def owed(self) -> frozenset[str]:
        """Ids of the facts that have to be stated."""
        return frozenset(owed_facts(self.incident))

    @cached_property
    def brief(self) -> bool:
        """Whether the reply keeps to what happened and what is done: small harm, small channel, or a customer of few words."""
        if self.incident.severity == "minor" or self.incident.channel in ("chat", "sms", "social"):
            return True
        last = next((message.text for message in reversed(self.incident.thread) if message.by == "customer"), None)
        return self.incident.severity == "normal" and last is not None and len(last.split()) <= _BRIEF_ASK

    @cached_property
    def detailed(self) -> bool:
        """Whether the harm is grave enough to dwell on it for a sentence."""
        return self.incident.severity in ("serious", "urgent") and not self.brief

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
        problems = self.incident.problems if self.incident.turn > 1 else ()
        return {problem.id: given(self.incident, problem) for problem in problems}

    def owns(self, problem: Problem) -> bool:
        """Whether this letter may say that we did it."""
        return problem.ours is not None and not self.withheld

    def leave(self, ids: Iterable[str], why: str) -> None:
        """Notes that facts are not told, with the phrase that says why; the first reason stays."""
        for fact_id in ids:
            self.left.setdefault(fact_id, self.wording.say(f"left.{why}"))

    def fresh(self, ids: Sequence[str]) -> bool:
        """Whether at least one of these facts is not told yet; noted as left out otherwise."""
        if ids and all(fact_id in self.told for fact_id in ids) and self.incident.kind not in ("follow_up", "remedy_confirmation"):
            self.leave(ids, "told")
            return False
        return True

    def roomy(self, ids: Sequence[str]) -> bool:
        """Whether there is room for background; facts that are owed always have it."""
        if not self.brief or any(fact_id in self.owed for fact_id in ids):
            return True
        self.leave(ids, "harm" if self.incident.severity == "minor" else "channel")
        return False

    def say(self, key: str, **slots: str) -> str:
        """A phrase of the letter's language and tone."""
        return self.wording.say(key, **slots)


def scene_of(incident: Incident, *, release: bool = False) -> Scene:
    """The scene of an incident; sensitive ones without ownership unless a person releases it.

    Raises:
        LanguageError: there are no phrases for the incident's language.
    """
    wording = Wording(incident, phrases_for(incident.language))
    return Scene(incident, not release and bool(signs(incident)), wording, Dates(incident, wording))


def many(scene: Scene) -> bool:
    """Whether there are so many problems that each has its own paragraph."""
    return len(scene.incident.problems) >= MANY and scene.incident.channel in ("email", "letter")


def rights(scene: Scene, problem: Problem) -> list[tuple[str, str]]:
    """Known facts that say the customer was right: they open the letter."""
    known = enumerate(problem.known, 1)
    return [(f"{problem.id}.known{i}", text) for i, text in known if scene.wording.meets("you_were_right", text)]


def section(name: SectionName, lines: Sequence[Line], *, gap: str | None = None, between: str = " ") -> Section | None:
    """The section of some lines, or None where there are none."""
    lines = [line for line in lines if line.text]
    if not lines:
        return None
    facts = tuple(dict.fromkeys(fact for line in lines for fact in line.facts))
    return Section(name=name, text=between.join(line.text for line in lines), facts=facts, gap=gap)


def action_line(scene: Scene, action: Action, *, lasting: bool = False, front: bool = False) -> Line:
    """An action as a sentence with its date; `lasting` is a change that stays, `front` puts the date first."""
    wording, dates = scene.wording, scene.dates
    clause = wording.mine(action.text, action.owner)
    moment = action.by or action.on
    if moment is None or dates.mentions(clause, moment):
        return Line(wording.sentence(clause), (action.id,))
    if dates.plain_today(moment) and (front or not dates.simple(clause)):
        return Line(wording.sentence(clause), (action.id,))
    line = Line(wording.sentence(_dated(scene, clause, action, (lasting, front))), (action.id,))
    if wording.meets("date", clause):
        dates.paragraph()  # the clause names another day: what follows may not lean on "the same day"
    return line


def _dated(scene: Scene, clause: str, action: Action, how: tuple[bool, bool]) -> str:
    """A clause with the moment of its action, as its state and tense ask for."""
    wording, dates = scene.wording, scene.dates
    moment = action.by or action.on
    assert moment is not None
    if wording.meets("that_day", clause):
        dates.paragraph()
    if action.state == "doing":
        return _doing(scene, clause, action)
    lasting, front = how
    if action.state == "will":
        lasts = lasting and action.by is None and wording.meets("lasting", clause)
        when = scene.say("from", when=dates.bare(moment)) if lasts else dates.when(moment, by=action.by is not None)
    else:
        shape = tense(scene, clause)
        if shape == "perfect":
            return scene.say("back.aside", clause=clause, when=dates.bare(moment))
        if shape == "present":
            return dates.fronted(clause, dates.since(moment))
        when = dates.when(moment)
    return dates.fronted(clause, when) if front else dates.placed(clause, when)


def _doing(scene: Scene, clause: str, action: Action) -> str:
    if action.by is not None:
        return f"{scene.wording.sentence(clause)} {scene.say('due', by=scene.dates.when(action.by, by=True))}"
    assert action.on is not None
    return scene.wording.sentence(scene.dates.placed(clause, scene.dates.since(action.on)))


def tense(scene: Scene, clause: str) -> str:
    """The tense of a clause's main verb, by its first word that shows one: past, perfect or present."""
    meets = scene.wording.meets
    words = clause.split()
    start = 1 if meets("subject_person", clause) else 0
    for i, word in enumerate(words[start:]):
        word = word.strip(',;:."“”').lower()
        if meets("adverb", word) and word != "now":
            continue
        for name in ("perfect", "past", "present"):
            if name == "past" and meets("past_or_present", word):
                return "past" if start and not meets("habit", clause) else "present"
            if meets(name, word) and not (name == "past" and i == 0 and not start):
                return name
        if start:
            return "present"
    return "present"
