"""Which sections a message has, in which order, by its kind and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable

from drafter.compose import answers, ownership, repair, state
from drafter.compose.correction import correction
from drafter.compose.scene import Scene, many
from drafter.draft import Section
from drafter.incident import Kind

Build = Callable[[Scene], Section | None]

_OPENING: tuple[Build, ...] = (ownership.ownership, ownership.impact)
_BACKGROUND: tuple[Build, ...] = (repair.cause, repair.prevention, repair.contained)
_FOUND: tuple[Build, ...] = (repair.cause, repair.contained, repair.prevention)  # nobody complained: how far it goes comes first

ORDER: dict[Kind, tuple[Build, ...]] = {
    "apology": (*_OPENING, state.fix, answers.answers, repair.make_good, state.known, state.unknown, *_BACKGROUND),
    "holding": (*_OPENING, state.known, state.unknown, state.fix, answers.answers, repair.make_good, *_BACKGROUND),
    "update": (*_OPENING, state.known, state.unknown, state.fix, answers.answers, repair.make_good, *_BACKGROUND),
    "notice": (*_OPENING, state.known, state.unknown, state.fix, repair.make_good, answers.answers, *_FOUND),
    "remedy_confirmation": (repair.make_good, state.fix, ownership.recap, answers.answers, state.known, *_BACKGROUND),
    "follow_up": (ownership.recap, state.fix, repair.make_good, *_BACKGROUND, answers.answers, state.known),
    "answer": (*_OPENING, state.known, repair.cause, state.fix, answers.answers, repair.make_good, state.unknown, *_BACKGROUND[1:]),
}
"""The body of each kind, from the greeting to the next steps."""

_ONE_PARAGRAPH = {
    ("ownership", "cause"),
    ("cause", "prevention"),
    ("cause", "contained"),
    ("prevention", "contained"),
    ("contained", "prevention"),
}
_SHORT_LINES = {("fix", "answers"), ("fix", "make_good"), ("answers", "make_good")}
_LABELLED = ("known", "unknown")  # lines that go on from each other
_FEW = 3  # sentences
_SHORT = 300  # characters that two sections may have together in one paragraph
_ACTION_FIRST: tuple[Build, ...] = (state.fix,)


def body(scene: Scene) -> list[Section]:
    """The sections of the body in their order; where it is urgent, what is done comes before the apology."""
    order = ORDER[scene.incident.kind]
    noticed = scene.incident.kind != "notice"  # else the customer does not know yet what the action is about
    owning = ownership.owned(scene) or (scene.incident.kind == "apology" and ownership.again(scene))
    if scene.incident.severity == "urgent" and noticed and owning:
        order = (*(build for build in order if build in _ACTION_FIRST), *(build for build in order if build not in _ACTION_FIRST))
    if answers.early(scene) and scene.incident.kind not in ("follow_up", "remedy_confirmation"):
        rest = [build for build in order if build is not answers.answers]
        after = rest.index(ownership.impact) + 1
        order = (*rest[:after], answers.answers, *rest[after:])
    late = scene.incident.kind in ("apology", "answer") and state.asks_why(scene)
    if late and scene.incident.channel in ("chat", "sms"):  # why it failed, not why we pay
        rest = [build for build in order if build is not state.unknown]
        after = rest.index(ownership.impact if ownership.impact in rest else ownership.recap) + 1
        order = (*rest[:after], state.unknown, *rest[after:])
    if scene.incident.severity == "urgent" and noticed and answers.instructs(scene):
        order = (answers.answers, *(build for build in order if build is not answers.answers))
    if _goes_on(scene):
        news = [build for build in order if build not in (ownership.ownership, *_BACKGROUND)]
        order = (*news, *(build for build in order if build not in news))
    if scene.corrections:
        order = (*order[: _place(scene, order)], correction, *order[_place(scene, order) :])
    built = [build(scene) for build in (*order, state.next_steps)]
    sections = [found for found in built if found is not None]
    return _flowing(scene, _without_the_known(scene, sections) if _goes_on(scene) else sections)


def _goes_on(scene: Scene) -> bool:
    """Whether an update of a matter that was owned before comes first, and what it is about only with the reason of it."""
    later = scene.incident.kind == "update" and bool(scene.earlier) and scene.incident.channel in ("email", "letter")
    told = all(item.id in scene.told for problem in scene.incident.problems for item in problem.impacts)
    return later and told and not ownership.owned(scene) and bool(ownership.again(scene)) and not many(scene)


def _without_the_known(scene: Scene, sections: list[Section]) -> list[Section]:
    """The sections of an update without what it is about, where news stand before it and no reason behind it: its subject says it."""
    names = [part.name for part in sections]
    at = names.index("ownership") if "ownership" in names else 0
    if not at or "cause" in names or scene.incident.channel != "email" or set(names[:at]) == {"correction"}:
        return sections
    scene.leave(sections[at].facts, "told")
    return [part for part in sections if part.name != "ownership"]


def _place(scene: Scene, order: tuple[Build, ...]) -> int:
    """Where a correction stands: first, or behind the apology where that is what the message is for."""
    opens = [order.index(build) for build in _OPENING if build in order]
    return max(opens) + 1 if opens and (ownership.owned(scene) or scene.incident.kind in ("apology", "notice", "answer")) else 0


def _flowing(scene: Scene, sections: list[Section]) -> list[Section]:
    """The sections with those that belong together in one paragraph: cause and change, and short lines about the repair."""
    before = (None, *(part.name for part in sections))
    sections = [
        part.model_copy(update={"gap": None}) if part.gap == "\n" and name not in _LABELLED else part
        for name, part in zip(before, sections, strict=False)
    ]
    if scene.incident.channel not in ("email", "letter"):
        return sections
    flowing = sections[:1]
    for part in sections[1:]:
        runs_on = part.gap is None and _runs_on(scene, flowing[-1], part)
        flowing.append(part.model_copy(update={"gap": " "}) if runs_on else part)
    return flowing


def _runs_on(scene: Scene, before: Section, part: Section) -> bool:
    if (before.name, part.name) == ("ownership", "impact") and not _sentences(before.text) + _sentences(part.text) > _FEW:
        return len(before.text) + len(part.text) <= _SHORT
    if (before.name, part.name) in _ONE_PARAGRAPH:
        return scene.incident.kind != "follow_up" or part.name == "contained"
    short = len(before.text) + len(part.text) <= _SHORT and "\n" not in before.text + part.text
    asked = any(scene.say("ask.opener") in text for text in (before.text, part.text))
    return short and not asked and (before.name, part.name) in _SHORT_LINES


def _sentences(text: str) -> int:
    return sum(text.count(end) for end in (". ", "? ", "! ", "\n")) + 1
