"""compose: the facts of a mistake into a whole letter, section by section, without a model."""

from __future__ import annotations

from drafter.compose.channels import fitted, public
from drafter.compose.frame import closing, greeting
from drafter.compose.plan import body
from drafter.compose.scene import Scene, scene_of
from drafter.compose.subject import subject
from drafter.compose.warmth import warmed
from drafter.draft import LeftOut, Letter, Section
from drafter.incident import Incident, Stated

_SILENT = frozenset({"company", "signer", "customer", "person", "reference", "ours", "thread", "locked"})  # not told one by one

__all__ = ["compose"]


def compose(incident: Incident, *, release: bool = False, brief: bool = False, warmer: bool = False) -> Letter:
    """The whole letter that an incident's facts make; the same facts always make the same letter.

    A sensitive incident is composed with sympathy, facts and fix only, unless a person releases what it withholds. A `brief` letter
    goes without what is not owed, and lists it in `left_out`; a `warmer` one names all that it meant for the customer, opens and closes
    nearer to them, and says nothing that is not among the facts.

    Raises:
        LanguageError: there are no phrases for the incident's language; the message lists those that work.
    """
    scene = scene_of(incident, release=release, brief=brief, warmer=warmer)
    sections = warmed(scene, _sections(scene)) if warmer else _sections(scene)
    if incident.channel == "sms":
        sections = fitted(scene, sections)
    return Letter(channel=incident.channel, sections=tuple(sections), left_out=_left_out(scene, sections))


def _sections(scene: Scene) -> list[Section]:
    incident = scene.incident
    middle = public(scene) if incident.public else body(scene)
    locked = [Section(name="locked", text=item.text, facts=(item.id,), source="locked") for item in incident.locked]
    end = closing(scene)
    routed = end is not None and end.text.count("\n\n") > (incident.channel == "letter")  # else it is the signature alone
    if end and routed and middle and not locked and middle[-1].name == "next" and incident.channel in ("email", "letter"):
        end = end.model_copy(update={"gap": " "})
    return [part for part in (subject(scene), greeting(scene), *middle, *locked, end) if part]


def _left_out(scene: Scene, sections: list[Section]) -> tuple[LeftOut, ...]:
    """Every fact that the letter does not tell, with the reason."""
    said = {fact for part in sections if part.name != "subject" for fact in part.facts} - scene.private
    missing = [fact for fact in scene.incident.facts if fact.role not in _SILENT and fact.id not in said]
    return tuple(LeftOut(fact=fact.id, because=scene.left.get(fact.id) or _reason(scene, fact)) for fact in missing)


def _reason(scene: Scene, fact: Stated) -> str:
    if fact.id in scene.told:
        return scene.say("left.told")
    if fact.id in scene.private:
        return scene.say("left.public")
    if scene.withheld and fact.role in ("cause", "prevention", "customer_part", "third_party"):
        return scene.say("left.withheld")
    return scene.say("left.channel" if scene.incident.channel in ("chat", "sms", "social", "status_page") else "left.kind")
