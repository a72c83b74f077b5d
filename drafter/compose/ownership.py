"""What happened, whose it was, and what it meant: the opening of a letter."""

from __future__ import annotations

from drafter.compose.repair import labelled, repair_lines, third_lines
from drafter.compose.scene import Line, Scene, many, rights, section, tense
from drafter.compose.state import known_lines, unknown_lines
from drafter.draft import Section
from drafter.incident import Impact, Problem


def owned(scene: Scene) -> tuple[Problem, ...]:
    """The problems that this letter owns for the first time."""
    return tuple(p for p in scene.incident.problems if scene.owns(p) and not scene.apologised(p))


def ownership(scene: Scene) -> Section | None:
    """What we did and one apology for it; nothing where nothing is ours, or where an earlier message has said it."""
    if many(scene):
        return _one_by_one(scene)
    problems = owned(scene)
    lines = [Line(scene.wording.sentence(known), (fact,)) for problem in problems for fact, known in rights(scene, problem)]
    lines += [act_line(scene, problem) for problem in problems]
    if not lines:
        return None
    return section("ownership", [*lines, Line(apology(scene, problems))])


def recap(scene: Scene) -> Section | None:
    """What happened, told again without a new apology: "On November 16 our export left out 1,842 rows, and you …"."""
    confirms = scene.incident.kind == "remedy_confirmation"
    lines: list[Line] = []
    for problem in scene.incident.problems:
        if confirms and scene.apologised(problem):
            scene.leave([problem.id, f"{problem.id}.ours", *(item.id for item in problem.impacts)], "told")
            continue
        line = act_line(scene, problem)
        impacts = list(problem.impacts)
        if impacts and len(line.text) + len(impacts[0].text) < 220:
            first = impacts.pop(0)
            text = scene.say("impact.because", ours=line.text.rstrip("."), impact=scene.wording.inner(first.text))
            line = Line(f"{text}.", (*line.facts, first.id))
        lines += [line, *_impact_lines(scene, [(item.text, item.id) for item in impacts])]
    return section("ownership", labelled(scene, "recap.reason", lines) if confirms and owned(scene) else lines)


def impact(scene: Scene) -> Section | None:
    """What it meant for the customer in their own terms, and the events of problems that this letter does not own."""
    if many(scene):
        return None
    lines: list[Line] = []
    for problem in (p for p in scene.incident.problems if scene.owns(p)):
        impacts = [item for item in problem.impacts if scene.fresh([item.id])]
        if scene.apologised(problem):
            lines += _known_impacts(scene, impacts)
            continue
        if scene.brief:
            kept = [item for i, item in enumerate(impacts) if i == 0 or item.id in scene.owed]
            scene.leave((item.id for item in impacts if item not in kept), "channel")
            impacts = kept
        lines += _impact_lines(scene, [(item.text, item.id) for item in impacts])
    harms = sum(len(problem.impacts) for problem in owned(scene))
    if lines and harms > 1 and scene.detailed and scene.incident.kind in ("apology", "notice"):
        lines.append(Line(scene.say("impact.serious.formal" if scene.wording.formal else "impact.serious")))
    runs_on = scene.brief and bool(lines) and bool(owned(scene))
    return section("impact", [*lines, *_neutral_lines(scene)], gap=" " if runs_on else None)


def _known_impacts(scene: Scene, impacts: list[Impact]) -> list[Line]:
    """Impacts in a later message: only those that are owed still, as something we know."""
    scene.leave((item.id for item in impacts if item.id not in scene.owed), "told")
    owed = [item for item in impacts if item.id in scene.owed]
    told = [Line(scene.say("impact.know", impact=scene.wording.inner(item.text)), (item.id,)) for item in owed[:1]]
    return told + _impact_lines(scene, [(item.text, item.id) for item in owed[1:]])


def _neutral_lines(scene: Scene) -> list[Line]:
    """Events where nothing is confessed: what happened, what it means, and sympathy where the matter is sensitive."""
    lines: list[Line] = []
    problems = [p for p in scene.incident.problems if not scene.owns(p)]
    for problem in problems:
        if scene.fresh([problem.id]):
            lines.append(Line(what(scene, problem), (problem.id,)))
        lines += third_lines(scene, problem) if problem.fault == "not_ours" else []
    return [*lines, *_sorry_or_known(scene, problems)] if problems else []


def act_line(scene: Scene, problem: Problem) -> Line:
    """What we did, as a sentence with its date; the neutral event where it may not be owned."""
    if not scene.owns(problem):
        return Line(what(scene, problem), (problem.id,))
    return Line(_dated(scene, problem.ours or "", problem), (f"{problem.id}.ours", problem.id))


def what(scene: Scene, problem: Problem) -> str:
    """The neutral event as a sentence with its date."""
    return _dated(scene, problem.what, problem)


def apology(scene: Scene, problems: tuple[Problem, ...]) -> str:
    """The one apology, in words that take the act as ours; no second one where an earlier message holds it."""
    if all(scene.sorry(problem) for problem in problems):
        return scene.say("own.again.two" if len(problems) == 2 else "own.again")
    if len(problems) == 2:
        return scene.say("own.two")
    problem = problems[0]
    if problem.fault == "shared":
        return scene.say("own.shared")
    return scene.say("own.i" if scene.wording.meets("subject_i", problem.ours or "") else "own.we")


def _dated(scene: Scene, clause: str, problem: Problem) -> str:
    moment, dates = problem.when, scene.dates
    if moment is None or dates.mentions(clause, moment) or scene.wording.meets("date", clause) or dates.plain_today(moment):
        return scene.wording.sentence(clause)
    if tense(scene, clause) != "past" or scene.wording.meets("pluperfect", clause):
        return scene.wording.sentence(clause)
    return scene.wording.sentence(dates.fronted(clause, dates.when(moment)))


def _impact_lines(scene: Scene, impacts: list[tuple[str, str]]) -> list[Line]:
    texts, ids = [text for text, _ in impacts], tuple(fact for _, fact in impacts)
    if 1 < len(texts) <= 3 and scene.wording.joinable(texts):
        return [Line(scene.wording.sentence(scene.wording.joined(texts)), ids)]
    return [Line(scene.wording.sentence(text), (fact,)) for text, fact in impacts]


def _sorry_or_known(scene: Scene, problems: list[Problem]) -> list[Line]:
    """What it means for the customer, after the event: with sympathy, as the apology's reason, or as something we know."""
    impacts = [item for problem in problems for item in problem.impacts if scene.fresh([item.id])]
    if scene.withheld:
        return _sympathy(scene, impacts)
    first_word = scene.incident.turn == 1 and not owned(scene) and any(p.fault == "unknown" for p in problems)
    lines = []
    for i, item in enumerate(impacts):
        key = "impact.sorry" if first_word and i == 0 else "impact.know" if i == 0 and not first_word else ""
        inner = scene.wording.inner(item.text)
        lines.append(Line(scene.say(key, impact=inner) if key else scene.wording.sentence(item.text), (item.id,)))
    return lines if impacts or not first_word else [Line(scene.say("sorry.unknown"))]


def _sympathy(scene: Scene, impacts: list[Impact]) -> list[Line]:
    """Sympathy that names the person's harm and admits nothing."""
    if not impacts:
        return [Line(scene.say("sympathy"))]
    first = Line(scene.say("sympathy.that", impact=scene.wording.inner(impacts[0].text)), (impacts[0].id,))
    return [first, *_impact_lines(scene, [(item.text, item.id) for item in impacts[1:]])]


def _one_by_one(scene: Scene) -> Section | None:
    """Each problem in a paragraph of its own: what happened, what it meant, what is done; one apology before them all."""
    lines = []
    for i, problem in enumerate(scene.incident.problems, 1):
        parts = [Line(scene.wording.sentence(known), (fact,)) for fact, known in rights(scene, problem)]
        parts.append(act_line(scene, problem))
        parts += _impact_lines(scene, [(item.text, item.id) for item in problem.impacts if scene.fresh([item.id])])
        parts += known_lines(scene, problem) + repair_lines(scene, problem) + unknown_lines(scene, [problem])
        facts = tuple(fact for part in parts for fact in part.facts)
        lines.append(Line(f"{i}. " + " ".join(part.text for part in parts), facts))
    return section("ownership", [Line(_intro(scene)), *lines], between="\n\n")


def _intro(scene: Scene) -> str:
    problems = owned(scene)
    if not problems:
        return scene.say("many.neutral")
    if len(problems) < len(scene.incident.problems):
        return scene.say("own.many.mixed")
    reference = scene.incident.reference
    return scene.say("own.many", reference=reference) if reference else scene.say("own.many.nothing")
