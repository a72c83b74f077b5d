"""Which sections a message has, in which order, by its kind and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable

from drafter.compose import answers, ownership, repair, state
from drafter.compose.scene import Scene
from drafter.draft import Section
from drafter.incident import Kind

Build = Callable[[Scene], Section | None]

_OPENING: tuple[Build, ...] = (ownership.ownership, ownership.impact)
_BACKGROUND: tuple[Build, ...] = (repair.cause, repair.prevention, repair.contained)

ORDER: dict[Kind, tuple[Build, ...]] = {
    "apology": (*_OPENING, repair.fix, answers.answers, repair.make_good, state.known, state.unknown, *_BACKGROUND),
    "holding": (*_OPENING, state.known, state.unknown, state.doing, answers.answers, repair.make_good, *_BACKGROUND),
    "update": (*_OPENING, state.known, state.unknown, state.doing, answers.answers, repair.make_good, *_BACKGROUND),
    "notice": (*_OPENING, state.known, state.unknown, repair.fix, repair.make_good, answers.answers, *_BACKGROUND),
    "remedy_confirmation": (repair.make_good, repair.fix, ownership.recap, answers.answers, state.known, *_BACKGROUND),
    "follow_up": (ownership.recap, repair.fix, repair.make_good, repair.cause, repair.prevention, repair.contained, answers.answers, state.known),
    "answer": (*_OPENING, state.known, repair.cause, repair.fix, answers.answers, repair.make_good, state.unknown, repair.prevention, repair.contained),
}
"""The body of each kind, from the greeting to the next steps."""

_ACTION_FIRST: tuple[Build, ...] = (repair.fix, state.doing)


def body(scene: Scene) -> list[Section]:
    """The sections of the body in their order; where it is urgent, what is done comes before the apology."""
    order = ORDER[scene.incident.kind]
    if scene.incident.severity == "urgent" and ownership.owned(scene):
        order = (*(build for build in order if build in _ACTION_FIRST), *(build for build in order if build not in _ACTION_FIRST))
    built = [build(scene) for build in (*order, state.next_steps)]
    return [found for found in built if found is not None]
