"""The event of a problem: its own sentence, its day, and whether our act says as much as it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from drafter.checks.grounding.openly import says
from drafter.checks.grounding.words import content, tokens
from drafter.compose.deeds import tense
from drafter.compose.harm import has_verb
from drafter.compose.scene import Line, Scene
from drafter.incident import Problem
from drafter.incident.fragments.phrases import thing
from drafter.incident.moment import day_of

_ALIKE = 0.6  # share of an event's words in our act: saying both would say it twice
_APART = 0.5  # share up to which our act and what it meant do not say what happened
_NEW = 2  # words that nothing else says
_DIGITS = re.compile(r"\d[\d.,:]*\d|\d")


def alike(scene: Scene, problem: Problem) -> bool:
    """Whether our act says the event in the same words."""
    return _share(scene, problem.what, problem.ours or "") >= _ALIKE


def event_lines(scene: Scene, problem: Problem) -> list[Line]:
    """What happened, ahead of what we did, where our act alone would leave it untold; nothing where the act says it as well."""
    if not scene.owns(problem) or not _own_sentence(scene, problem) or alike(scene, problem):
        return []
    if scene.wording.meets("you_were_told", problem.what) or not scene.wording.meets("opens_whole", problem.what):
        return []  # "we told you" says it, and has us as the one who spoke; "candidate told …" is half a clause
    if all(scene.wording.meets("charging", text) for text in (problem.what, problem.ours or "")):
        return []
    written = scene.incident.channel in ("email", "letter") and not scene.shortened
    notice = scene.incident.kind == "notice"  # who reads it does not know yet
    if notice or (written and _untold(scene, problem)) or _figures(scene, problem):
        dated = scene.wording.meets("date", problem.ours or "")  # our act has the day already
        return [Line(scene.wording.sentence(problem.what) if dated else what(scene, problem), (problem.id,))]
    return []


def act(scene: Scene, problem: Problem, *, told: bool = False) -> str:
    """What we did as a sentence, with the day of the event where it was the day of the act as well and is not `told` yet."""
    clause = problem.ours or ""
    return scene.wording.sentence(clause) if told or not bears_day(scene, clause, problem) else _dated(scene, clause, problem)


def bears_day(scene: Scene, clause: str, problem: Problem) -> bool:
    """Whether what we did was done when the event was: not a booking or a word given before it, nor what went on for long."""
    if scene.wording.meets("lasted", clause) or (isinstance(problem.when, datetime) and scene.wording.meets("undone", clause)):
        return False
    if scene.wording.meets("said_before", clause):
        return False
    words = _telling(scene, problem.what)
    same = len(words & _telling(scene, clause)) >= _ALIKE * len(words)
    return same or not scene.wording.meets("done_before", clause)


def when_lines(scene: Scene, problem: Problem, before: Sequence[Line]) -> list[Line]:
    """The day of the mistake in writing, where neither the sentences before nor a clause of the problem says when it was."""
    moment, meets = problem.when, scene.wording.meets
    if moment is None or scene.incident.channel not in ("email", "letter") or problem.id in scene.told or scene.earlier:
        return []
    texts = [line.text for line in before] + [fact.text for fact in scene.incident.facts if fact.problem == problem.id]
    clauses = [problem.what, problem.ours or ""]
    if any(scene.dates.mentions(text, moment) for text in texts) or any(meets("date", text) or meets("own_day", text) for text in clauses):
        return []
    if any(meets("dated_roughly", text) for text in clauses):
        return []
    told = problem.ours if scene.owns(problem) and problem.ours else problem.what
    scene.dates.paragraph()
    lasting = tense(scene, told) == "present" and has_verb(scene, told)
    text = scene.say("when.since", day=scene.dates.bare(moment)) if lasting else scene.say("when.aside", on=scene.dates.when(moment))
    scene.dates.paragraph()
    return [Line(text, (problem.id,))]


def what(scene: Scene, problem: Problem) -> str:
    """The neutral event as a sentence with its date, or what the letter is about where it was typed without a verb."""
    if _own_sentence(scene, problem) or scene.incident.public:
        lasted = any(scene.wording.meets(name, problem.what) for name in ("lasted", "dated_roughly"))
        return scene.wording.sentence(problem.what) if lasted else _dated(scene, problem.what, problem)
    if scene.wording.meets("nothing_of", problem.what):
        return scene.wording.sentence(scene.say("event.none", thing=scene.wording.inner(problem.what)))
    named = thing(tuple(problem.what.split())) or problem.what
    return scene.wording.sentence(scene.say("event.of", thing=scene.wording.inner(named)))


def _own_sentence(scene: Scene, problem: Problem) -> bool:
    """Whether the event was typed as a clause that can stand by itself."""
    if scene.wording.meets("nothing_of", problem.what):
        return has_verb(scene, problem.what)
    if scene.wording.meets("starts_small", problem.what):
        return True
    words = [word.strip(",;:.").lower() for word in problem.what.split()[1:]]
    held = any(scene.wording.meets("auxiliary", word) or scene.wording.meets("present", word) for word in words)
    return has_verb(scene, problem.what) and (held or any(scene.wording.meets(name, problem.what) for name in ("opens_whole", "plural")))


def _dated(scene: Scene, clause: str, problem: Problem) -> str:
    moment, dates = problem.when, scene.dates
    if moment is None or scene.wording.meets("sent", clause):  # the day that it arrived is not the day that we sent it
        return scene.wording.sentence(clause)
    if scene.wording.meets("own_day", clause):
        return scene.wording.sentence(clause)
    if isinstance(moment, datetime) and scene.wording.meets("clock", clause):
        moment = day_of(moment, dates.zone)  # it has an hour of its own
        if dates.live and moment == dates.today:
            return scene.wording.sentence(clause)
    dates.paragraph()  # two things that went wrong on one day are not told as "the same day"
    if dates.mentions(clause, moment) or scene.wording.meets("date", clause) or dates.plain_today(moment):
        return scene.wording.sentence(clause)
    if tense(scene, clause) != "past" or scene.wording.meets("pluperfect", clause):
        return scene.wording.sentence(clause)
    return scene.wording.sentence(dates.fronted(clause, dates.when(moment)))


def _untold(scene: Scene, problem: Problem) -> bool:
    """Whether our act and what it meant leave out what happened, or only the event can bear the day."""
    ours, moment = problem.ours or "", problem.when
    undated = moment is not None and not (scene.dates.mentions(ours, moment) or scene.wording.meets("date", ours))
    if undated and not bears_day(scene, ours, problem) and tense(scene, problem.what) == "past":
        return True
    words = _telling(scene, problem.what)
    told = _telling(scene, " ".join([ours, *(item.text for item in problem.impacts)]))
    return len(words & told) <= _APART * len(words) and len(words - told) >= _NEW


def _telling(scene: Scene, text: str) -> frozenset[str]:
    """The words of a text that say what happened, those that mean the same as one."""
    plain = _unreferred(scene, text)
    return content(tokens(scene.wording.phrases.patterns["says_little"].sub("", plain))) | set(_DIGITS.findall(plain))


def grown(scene: Scene, problem: Problem) -> bool:
    """Whether what happened has a figure by now that no message of ours has told: two shops in the morning, and now 25."""
    righted = {fact for facts in scene.righted.values() for fact in facts}
    if problem.id in righted or any(says(message.text, problem.what) for message in scene.earlier):
        return False
    return bool(_numbers(scene, _undated(scene, problem)) - _numbers(scene, problem.ours or ""))


def _undated(scene: Scene, problem: Problem) -> str:
    """The event without its days, its hours and the number of the order."""
    patterns = scene.wording.phrases.patterns
    return patterns["clock"].sub("", patterns["date"].sub("", _unreferred(scene, problem.what)))


def _numbers(scene: Scene, text: str) -> set[str]:
    words = scene.wording.phrases.says
    counts = {*words["numbers"][0].split()[2:], *words["tens"][0].split()}
    return set(_DIGITS.findall(text)) | (set(re.findall(r"[a-z]+", text.lower())) & counts)


def _figures(scene: Scene, problem: Problem) -> bool:
    """Whether the event has a figure that nothing else tells: "3,870 of your requests were refused"."""
    others = " ".join(fact.text for fact in scene.incident.facts if fact.problem == problem.id and fact.role != "problem")
    event = scene.wording.phrases.patterns["date"].sub("", _unreferred(scene, problem.what))
    hours = scene.dates.time(problem.when) if isinstance(problem.when, datetime) else ""
    return bool(set(_DIGITS.findall(event)) - set(_DIGITS.findall(f"{others} {hours}")))


def _unreferred(scene: Scene, text: str) -> str:
    """The text without the number of the order or case, which tells nothing of what happened."""
    for word in (scene.incident.reference or "").split():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", text)
    return scene.wording.phrases.patterns["numbered"].sub("", text)


def _share(scene: Scene, of: str, among: str) -> float:
    """The share of one text's telling words that another has."""
    words = scene.wording.content(of)
    return len(words & scene.wording.content(among)) / len(words) if words else 1.0
