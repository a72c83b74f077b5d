"""What happened, whose it was, and what it meant: the opening of a letter."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.compose.events import act, alike, event_lines, grown, what, when_lines
from drafter.compose.harm import behind, harm_lines, sorry_lines, sympathy_lines
from drafter.compose.repair import cause_lines, labelled, repair_lines, third_lines
from drafter.compose.scene import MANY, TWO, Line, Scene, many, rights, section
from drafter.compose.state import known_lines, unknown_lines
from drafter.draft import Section
from drafter.incident import Problem


def owned(scene: Scene) -> tuple[Problem, ...]:
    """The problems that this letter owns for the first time."""
    return tuple(p for p in scene.incident.problems if scene.owns(p) and not scene.apologised(p))


def again(scene: Scene) -> tuple[Problem, ...]:
    """The problems that an earlier message has owned, where this one says in a sentence what it is about."""
    righted = {fact for facts in scene.righted.values() for fact in facts}
    later = (p for p in scene.incident.problems if scene.owns(p) and scene.apologised(p) and scene.restates)
    return tuple(problem for problem in later if f"{problem.id}.ours" not in righted)


def ownership(scene: Scene) -> Section | None:
    """What we did and one apology for it; without a new apology where an earlier message has made it."""
    if many(scene):
        return _one_by_one(scene)
    first, later = owned(scene), again(scene)
    lines = [Line(scene.wording.sentence(known), (fact,)) for problem in first for fact, known in rights(scene, problem)]
    if _paired(scene):
        acts = [line for problem in first for line in (*_told_with_day(scene, problem), *_harm(scene, problem, after_apology=False))]
        return section("ownership", [*lines, Line(scene.say("own.many.two" if len(first) == TWO else "own.many.nothing")), *acts])
    event = _event(scene, first)
    lines += [
        line for problem in first for line in ([act_line(scene, problem, told=_dates(scene, event))] if event else _told(scene, problem))
    ]
    lines += [Line(apology(scene, first))] if first else []
    lines += [line for problem in first if len(first) == 1 for line in when_lines(scene, problem, [*lines, *event])]
    return section("ownership", [*lines, *(line for problem in later for line in _post(scene, problem))])


def _event(scene: Scene, first: Sequence[Problem]) -> list[Line]:
    """What happened, where our one act alone does not tell it: it comes behind the apology, with what it meant."""
    before = scene.dates.state()
    later = scene.incident.kind != "notice"  # else what happened is what the message is about, and comes first
    event = event_lines(scene, first[0]) if len(first) == 1 and later and not many(scene) and not _paired(scene) else []
    scene.dates.reset(before)
    return event


def _dates(scene: Scene, event: Sequence[Line]) -> bool:
    """Whether the event is told with its day."""
    moments = [problem.when for line in event for problem in scene.incident.problems if problem.id in line.facts]
    return any(moment is not None and scene.dates.mentions(line.text, moment) for line in event for moment in moments)


def _paired(scene: Scene) -> bool:
    """Whether two mistakes are owned at once: then what each of them meant stands behind it."""
    return len(owned(scene)) > 1 and any(problem.impacts for problem in owned(scene))


def _post(scene: Scene, problem: Problem) -> list[Line]:
    """What a later message is about: in a series for everyone to read, the symptom as well as our act."""
    if scene.incident.channel not in ("sms", "status_page", "social") or alike(scene, problem):
        return [act_line(scene, problem)]
    event = Line(what(scene, problem), (problem.id,))
    return [event] if scene.incident.channel == "sms" and not scene.greets else [event, act_line(scene, problem)]


def recap(scene: Scene) -> Section | None:
    """What happened, told again without a new apology: "On November 16 our export left out 1,842 rows, and you …"."""
    confirms = scene.incident.kind == "remedy_confirmation"
    lines: list[Line] = []
    for problem in scene.incident.problems:
        if confirms and scene.apologised(problem) and not scene.restates:
            scene.leave([problem.id, f"{problem.id}.ours", *(item.id for item in problem.impacts)], "told")
            continue
        line = act_line(scene, problem)
        impacts = list(problem.impacts)
        if impacts and len(line.text) + len(impacts[0].text) < 220:
            first = impacts.pop(0)
            line = Line(f"{behind(scene, line.text.rstrip('.'), first)}.", (*line.facts, first.id))
        lines += [line, *harm_lines(scene, impacts)]
    problems = scene.incident.problems
    granted = [remedy.decision == "granted" for problem in problems for remedy in problem.remedies]
    given = confirms and bool(granted) and all(granted) and all(scene.owns(problem) for problem in problems)
    return section("ownership", labelled(scene, "recap.reason", lines) if given else lines)


def impact(scene: Scene) -> Section | None:
    """What it meant for the customer in their own terms, and the events of problems that this letter does not own."""
    if many(scene):
        return None
    first = owned(scene)
    lines: list[Line] = event_lines(scene, first[0]) if _event(scene, first) else []
    for problem in scene.incident.problems:
        if problem in again(scene) and grown(scene, problem):
            lines.append(Line(what(scene, problem), (problem.id,)))
        if scene.owns(problem) and not (_paired(scene) and not scene.apologised(problem)):
            lines += _harm(scene, problem)
    runs_on = scene.brief and bool(lines) and bool(owned(scene) or again(scene))
    return section("impact", [*lines, *_neutral_lines(scene)], gap=" " if runs_on else None)


def _harm(scene: Scene, problem: Problem, *, owed_only: bool = False, after_apology: bool = True) -> list[Line]:
    """What one problem meant: all of it in writing, the first of it where there is little room, what is owed in a later message."""
    impacts = [item for item in problem.impacts if scene.fresh([item.id])]
    if owed_only or (scene.apologised(problem) and not scene.restates):
        kept = [item for item in impacts if item.id in scene.owed]
    elif scene.brief and not scene.warmer:
        kept = [item for i, item in enumerate(impacts) if i == 0 or item.id in scene.owed]
    else:
        kept = impacts
    scene.leave((item.id for item in impacts if item not in kept), "shorter" if scene.shortened else "channel")
    return harm_lines(scene, kept, after_apology=after_apology and not scene.apologised(problem) and scene.owns(problem))


def _neutral_lines(scene: Scene) -> list[Line]:
    """Events where nothing is confessed: what happened, what it means, and sympathy where the matter is sensitive."""
    lines: list[Line] = []
    problems = [p for p in scene.incident.problems if not scene.owns(p)]
    for problem in problems:
        said = scene.fresh([problem.id]) or (_restates(scene) and problem.id not in scene.private)
        if said:
            lines.append(Line(what(scene, problem), (problem.id,)))
            lines += when_lines(scene, problem, lines[-1:])
        if not scene.withheld:
            lines += _meant(scene, problem, first=problem is problems[0]) if said else _harm(scene, problem, owed_only=True)
        lines += third_lines(scene, problem) if problem.fault == "not_ours" and said else []
    again = bool(scene.earlier) and all(scene.sorry(problem) for problem in problems)
    return [*lines, *_sympathy(scene, problems)] if scene.withheld and problems and not again else lines


def _restates(scene: Scene) -> bool:
    """Whether a later message says again what happened: not an update by email, whose subject says it, and which begins with its news."""
    return scene.restates and not (scene.incident.kind == "update" and scene.incident.channel == "email")


def _told(scene: Scene, problem: Problem) -> list[Line]:
    """What we did, behind what happened where our act alone does not tell it; the day is said once."""
    event = event_lines(scene, problem)
    return [*event, act_line(scene, problem, told=_dates(scene, event))]


def act_line(scene: Scene, problem: Problem, *, told: bool = False) -> Line:
    """What we did, as a sentence with its date unless that is `told`; the neutral event where it may not be owned."""
    if not scene.owns(problem):
        return Line(what(scene, problem), (problem.id,))
    return Line(act(scene, problem, told=told), (f"{problem.id}.ours", problem.id))


def _told_with_day(scene: Scene, problem: Problem) -> list[Line]:
    told = _told(scene, problem)
    return [*told, *when_lines(scene, problem, told)]


def apology(scene: Scene, problems: tuple[Problem, ...]) -> str:
    """The one apology, in words that take the act as ours; no second one where an earlier message holds it."""
    problem = problems[0]
    mine = scene.wording.meets("subject_i", problem.ours or "")
    if all(scene.sorry(problem) for problem in problems) and not _since(scene, problems):
        return scene.say("own.again.two" if len(problems) > 1 else "own.again.i" if mine else "own.again")
    if len(problems) > 1:
        return scene.say("own.two" if len(problems) == TWO else "own.short")
    if scene.wording.meets("says_mistake", problem.ours or ""):
        return scene.say("own.short")
    if problem.fault == "shared":
        return scene.say("own.shared")
    if scene.shortened and scene.incident.severity == "normal":
        return scene.say("own.short")  # what we did stands right before it
    grave = scene.incident.severity in ("serious", "urgent") or scene.wording.meets("says_wrong", problem.ours or "")
    return scene.say(("own.i" if mine else "own.we") + (".grave" if grave else ""))


def _since(scene: Scene, problems: tuple[Problem, ...]) -> bool:
    """Whether it has come out since the last message that it was ours: what we said we were sorry for was only what it meant."""
    ours = [f"{problem.id}.ours" for problem in problems]
    series = scene.incident.kind in ("update", "apology") and scene.incident.severity in ("serious", "urgent")
    return series and not any("ownership" in scene.given(problem) for problem in problems) and not any(fact in scene.told for fact in ours)


def _meant(scene: Scene, problem: Problem, *, first: bool) -> list[Line]:
    """What an event means for the customer; in a first word about something unknown, with what we are sorry for."""
    impacts = [item for item in problem.impacts if scene.fresh([item.id])]
    first_word = first and not scene.earlier and not owned(scene) and problem.fault == "unknown" and not scene.incident.public
    if first_word and impacts:
        return sorry_lines(scene, impacts)
    if first_word:
        told = scene.incident.channel == "sms" and problem.unknown  # a text message says once what is not known
        return [Line(scene.say("sorry.unknown"))] if problem.cause == "unknown" and not told else []
    return harm_lines(scene, impacts)


def _sympathy(scene: Scene, problems: Sequence[Problem]) -> list[Line]:
    """Sympathy that names the person's harm and admits nothing."""
    return sympathy_lines(scene, [item for problem in problems for item in problem.impacts if scene.fresh([item.id])])


def _one_by_one(scene: Scene) -> Section | None:
    """Each problem in a paragraph of its own: what happened, what it meant, what is done; one apology before them all."""
    lines = []
    numbered = len(scene.incident.problems) >= MANY and scene.incident.channel != "letter"
    for i, problem in enumerate(scene.incident.problems, 1):
        parts = [Line(scene.wording.sentence(known), (fact,)) for fact, known in rights(scene, problem)]
        parts += [
            *_told_with_day(scene, problem),
            *harm_lines(scene, [item for item in problem.impacts if scene.fresh([item.id])], plain=scene.withheld),
        ]
        parts += cause_lines(scene, problem, plain=True) + known_lines(scene, problem) + repair_lines(scene, problem)
        parts += unknown_lines(scene, [problem])
        facts = tuple(fact for part in parts for fact in part.facts)
        lines.append(Line((f"{i}. " if numbered else "") + " ".join(part.text for part in parts), facts))
    return section("ownership", [Line(_intro(scene, numbered)), *lines], between="\n\n")


def _intro(scene: Scene, numbered: bool) -> str:
    problems = owned(scene)
    if not problems:
        return scene.say("many.neutral")
    if len(problems) < len(scene.incident.problems):
        return scene.say("own.many.mixed.one" if len(problems) == 1 else "own.many.mixed")
    if not numbered and len(problems) == TWO:
        return scene.say("own.many.two")
    reference = scene.incident.reference
    return scene.say("own.many", reference=reference) if reference else scene.say("own.many.nothing")
