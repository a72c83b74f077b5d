"""Corrections: what an earlier message of ours told and what was wrong, taken back openly, with what is right."""

from __future__ import annotations

from drafter.compose.scene import Line, Scene, section
from drafter.draft import Section
from drafter.incident import Correction


def correction(scene: Scene) -> Section | None:
    """What we told before and what is right: "On Tuesday I told you that … That was wrong: …", each once."""
    scene.dates.paragraph()
    kept = [one for one in scene.corrections if scene.fresh([one.id])]
    lines = [_line(scene, one, after=before) for before, one in zip((None, *kept), kept, strict=False)]
    return section("correction", lines, between="\n\n" if scene.incident.channel == "letter" else " ")


def _line(scene: Scene, one: Correction, *, after: Correction | None) -> Line:
    mine = one.by is None or one.by == scene.incident.signer.name
    same = after is not None and (after.on, after.by) == (one.on, one.by)
    key = "corrected.public" if scene.incident.public else "corrected.mine" if mine else "corrected.ours"
    told = scene.say(f"{key}.also" if same else key, said=scene.wording.inner(one.said))
    when = scene.dates.when(one.on) if one.on is not None and not same else ""
    scene.dates.paragraph()
    first = scene.wording.sentence(scene.dates.fronted(told, when))
    right = scene.wording.inner(one.right or "")
    scene.wording.spoken.append(scene.wording.sentence_of(one.right or ""))
    return Line(f"{first} {scene.say('corrected.right', right=right)}", (one.id, *scene.righted.get(one.id, ())))
