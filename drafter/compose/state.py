"""Where things stand: what is known, what is not, what is being done, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.compose import repair
from drafter.compose.deeds import action_line
from drafter.compose.repair import labelled
from drafter.compose.scene import Line, Scene, many, rights, section
from drafter.draft import Section
from drafter.incident import Action, Problem

_SAME = 0.8  # share of a promise's words that another one holds


def known(scene: Scene) -> Section | None:
    """What is known: labelled while the matter is open, as plain sentences when it is over."""
    if many(scene):
        return None
    if not open_matter(scene):
        return section("known", [line for problem in scene.incident.problems for line in known_lines(scene, problem)])
    items = [item for problem in scene.incident.problems for item in _known(scene, problem)]
    return section("known", _spoken(scene, items) if _talks(scene) else _labelled(scene, "known", items))


def unknown(scene: Scene) -> Section | None:
    """What is not known yet, said plainly; the cause among it where that is owed."""
    lines = [] if many(scene) else unknown_lines(scene, scene.incident.problems)
    told = any(_known(scene, problem) for problem in scene.incident.problems)
    return section("unknown", lines, gap=_close(scene) if open_matter(scene) and told else None)


def asks_why(scene: Scene) -> bool:
    """Whether what is not known is why it happened, without a word that says what."""
    problems = scene.incident.problems
    return any(problem.cause == "unknown" or any(scene.wording.meets("why", text) for text in problem.unknown) for problem in problems)


def known_lines(scene: Scene, problem: Problem) -> list[Line]:
    """What is known of one problem, as plain sentences."""
    return [Line(scene.wording.sentence(text), (fact,)) for text, fact in _known(scene, problem)]


def unknown_lines(scene: Scene, problems: Sequence[Problem]) -> list[Line]:
    """What is not known of some problems, behind its label."""
    items = [item for problem in problems for item in _unknown(scene, problem)]
    if not items or not (_talks(scene) or many(scene)) or not all(scene.wording.meets("indirect", text) for text, _ in items):
        return _labelled(scene, "unknown", items)
    listed = scene.wording.joined([text for text, _ in items], word="or")
    return [Line(scene.wording.sentence(scene.say("unknown.plain", items=listed)), tuple(fact for _, fact in items))]


def _known(scene: Scene, problem: Problem) -> list[tuple[str, str]]:
    said = rights(scene, problem)
    items = [(text, f"{problem.id}.known{i}") for i, text in enumerate(problem.known, 1)]
    return [(text, fact) for text, fact in items if (fact, text) not in said and scene.fresh([fact])]


def _unknown(scene: Scene, problem: Problem) -> list[tuple[str, str]]:
    items = [(text, f"{problem.id}.unknown{i}") for i, text in enumerate(problem.unknown, 1)]
    items = [(text, fact) for text, fact in items if scene.fresh([fact])]
    owed = scene.incident.kind in ("holding", "update", "notice") or not problem.resolved
    return [(scene.say("why"), problem.id)] if problem.cause == "unknown" and owed and not problem.unknown else items


def fix(scene: Scene) -> Section | None:
    """What is being done: behind its label while the matter is open, as the repair when it is over."""
    if not open_matter(scene) or many(scene):
        return repair.fix(scene)
    actions = [action for problem in scene.incident.problems for action in problem.fixes if scene.fresh([action.id])]
    if not actions or not all(action.state == "doing" and not action.on and not action.by for action in actions):
        return repair.fix(scene)
    if _talks(scene):
        return repair.fix(scene)
    return section("fix", _labelled(scene, "doing", [(a.text, a.id) for a in actions]), gap=_close(scene) if _labels(scene) else None)


def next_steps(scene: Scene) -> Section | None:
    """What comes next and when, as promised in the facts; a promise that another sentence has made is not made again."""
    steps = [action for action in scene.incident.next if action.id not in scene.private and action not in scene.merged.values()]
    steps = [action for action in steps if action.state == "will" or scene.fresh([action.id])]
    made = [action for problem in scene.incident.problems for action in _promised(problem)]
    twice = [action for action in steps if any(_same(scene, action, other) for other in made)]
    scene.leave((action.id for action in twice), "twice")
    scene.dates.paragraph()
    return section("next", [_next(scene, action) for action in steps if action not in twice])


def _promised(problem: Problem) -> list[Action]:
    actions = [*problem.fixes, *(problem.prevention if problem.prevention != "unknown" else ())]
    return [action for action in actions if action.state == "will"]


def _same(scene: Scene, one: Action, other: Action) -> bool:
    """Whether two promises are the same: of one moment, in nearly the same words."""
    words = scene.wording.content(one.text)
    same = len(words & scene.wording.content(other.text)) >= _SAME * len(words)
    return same and (one.on, one.by) == (other.on, other.by) and (one.on or one.by) is not None


def open_matter(scene: Scene) -> bool:
    """Whether the message is about something that is not over."""
    return scene.incident.kind in ("holding", "update", "notice") and not scene.incident.resolved


def _talks(scene: Scene) -> bool:
    """Whether the channel is talk: plain sentences instead of labels."""
    return scene.incident.channel in ("chat", "sms", "social")


def _spoken(scene: Scene, items: Sequence[tuple[str, str]]) -> list[Line]:
    texts, ids = [text for text, _ in items], tuple(fact for _, fact in items)
    if len(texts) > 1 and scene.wording.joinable(texts):
        return [Line(scene.wording.sentence(scene.wording.joined(texts)), ids)]
    return [Line(scene.wording.sentence(text), (fact,)) for text, fact in items]


def _close(scene: Scene) -> str | None:
    """What stands between labelled lines: they keep together where the channel has lines."""
    return None if scene.incident.channel in ("sms", "social") else "\n"


def _labels(scene: Scene) -> bool:
    return any(_known(scene, problem) or _unknown(scene, problem) for problem in scene.incident.problems)


def _next(scene: Scene, action: Action) -> Line:
    line = action_line(scene, action)
    text, meets = line.text.rstrip("."), scene.wording.meets
    if not open_matter(scene) or action.state != "will" or not meets("writes", text) or meets("even", text):
        return line
    return Line(scene.wording.sentence(scene.say("next.even", next=text)), line.facts)


def _labelled(scene: Scene, label: str, items: Sequence[tuple[str, str]]) -> list[Line]:
    if not items:
        return []
    texts, ids = [text for text, _ in items], tuple(fact for _, fact in items)
    if len(texts) == 1 or scene.wording.joinable(texts, longest=200):
        return [Line(scene.say(label, items=scene.wording.joined(texts)), ids)]
    rest = [Line(scene.wording.sentence(text), (fact,)) for text, fact in items[1:]]
    return labelled(scene, f"{label}.label", [Line(texts[0], (ids[0],)), *rest])
