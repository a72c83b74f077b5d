"""Where things stand: what is known, what is not, what is being done, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.compose.ownership import rights
from drafter.compose.repair import spread
from drafter.compose.scene import Line, Scene, action_line, section
from drafter.draft import Section
from drafter.incident import Action, Problem


def known(scene: Scene) -> Section | None:
    """What is known: labelled while the matter is open, as plain sentences when it is over."""
    items = [
        (text, f"{problem.id}.known{i}")
        for problem in scene.incident.problems
        for i, text in enumerate(problem.known, 1)
        if (f"{problem.id}.known{i}", text) not in rights(scene, problem) and scene.fresh([f"{problem.id}.known{i}"])
    ]
    if not open_matter(scene):
        return section("known", [Line(scene.wording.sentence(text), (fact,)) for text, fact in items])
    return section("known", _labelled(scene, "known", items))


def unknown(scene: Scene) -> Section | None:
    """What is not known yet, said plainly; the cause among it where that is owed."""
    items: list[tuple[str, str]] = []
    for problem in scene.incident.problems:
        new = [(text, f"{problem.id}.unknown{i}") for i, text in enumerate(problem.unknown, 1) if scene.fresh([f"{problem.id}.unknown{i}"])]
        if problem.cause == "unknown" and _owes_why(scene, problem) and not any(scene.wording.meets("unasked_why", text) for text, _ in new):
            new.insert(0, (scene.say("why"), problem.id))
        items += new
    return section("unknown", _labelled(scene, "unknown", items), gap=_close(scene) if open_matter(scene) else None)


def doing(scene: Scene) -> Section | None:
    """What is being done about an open matter."""
    actions = [action for problem in scene.incident.problems for action in problem.fixes if scene.fresh([action.id])]
    if not actions or not all(action.state == "doing" and not action.on and not action.by for action in actions):
        return section("fix", spread(scene, actions))
    return section("fix", _labelled(scene, "doing", [(a.text, a.id) for a in actions]), gap=_close(scene) if _labels(scene) else None)


def next_steps(scene: Scene) -> Section | None:
    """What comes next and when, as promised in the facts."""
    lines = [_next(scene, action) for action in scene.incident.next if scene.fresh([action.id]) or action.state == "will"]
    return section("next", lines)


def open_matter(scene: Scene) -> bool:
    """Whether the message is about something that is not over."""
    return scene.incident.kind in ("holding", "update", "notice") and not scene.incident.resolved


def _close(scene: Scene) -> str | None:
    """What stands between labelled lines: they keep together where the channel has lines."""
    return None if scene.incident.channel in ("sms", "social") else "\n"


def _labels(scene: Scene) -> bool:
    return any(problem.known or problem.unknown or problem.cause == "unknown" for problem in scene.incident.problems)


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
    lead = scene.say(label, items="").rstrip(" .")
    sentences = [Line(scene.wording.sentence(text), (fact,)) for text, fact in items]
    return [Line(f"{lead} {scene.wording.inner(sentences[0].text)}.", sentences[0].facts), *sentences[1:]]


def _owes_why(scene: Scene, problem: Problem) -> bool:
    return scene.incident.kind in ("holding", "update", "notice") or not problem.resolved
