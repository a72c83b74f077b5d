"""Warmth: what a letter says nearer to the person, where that was asked for: how it opens, what it meant for them, how it closes."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.compose.ownership import owned
from drafter.compose.scene import Scene
from drafter.draft import Section, SectionName

_ENDS = ("subject", "greeting", "closing", "locked")
_CHANNELS = ("email", "letter", "chat")  # a text message has no room, and where everyone reads nobody is spoken to


def warmed(scene: Scene, sections: Sequence[Section]) -> list[Section]:
    """The sections with words to the person; they add no fact, and admit nothing where that is left to somebody."""
    if scene.incident.channel not in _CHANNELS:
        return list(sections)
    named = {section.name: section.text for section in sections}
    body = [section.name for section in sections if section.name not in _ENDS]
    mine = bool(owned(scene)) and not scene.withheld
    if body and mine and not scene.earlier and (opening := _opening(scene)):
        named[body[0]] = f"{opening} {named[body[0]]}"
    meant: SectionName = "impact" if "impact" in named else "ownership"
    if mine and meant in named and not named[meant].count("\n"):
        named[meant] = f"{named[meant]} {scene.say('warm.meant')}"
    if "closing" in named:
        named["closing"] = f"{scene.say('warm.closing')} {named['closing']}"
    elif body:
        named[body[-1]] = f"{named[body[-1]]} {scene.say('warm.closing')}"
    return [section.model_copy(update={"text": named[section.name]}) if section.name != "locked" else section for section in sections]


def _opening(scene: Scene) -> str:
    """What opens the letter: thanks where they wrote to us, else why we write; nothing before what is urgent."""
    if scene.incident.severity == "urgent" or scene.incident.channel == "chat":
        return ""
    wrote = any(message.by == "customer" for message in scene.incident.thread) or bool(scene.incident.asks)
    return scene.say("warm.opening.wrote" if wrote else "warm.opening")
