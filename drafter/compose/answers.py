"""Every ask of the customer, answered, dated or declined openly, in the customer's order."""

from __future__ import annotations

from drafter.compose.scene import Line, Scene, section
from drafter.compose.wording import capital
from drafter.draft import Section
from drafter.incident import Action, Ask

_ALIKE = 0.5  # share of an ask's own words that its answer takes up: then the question need not be said again


def answers(scene: Scene) -> Section | None:
    """The answers, as sentences, or as a numbered list where there are several."""
    asks = [ask for ask in scene.incident.asks if scene.fresh([ask.id])]
    if len(asks) > 2 and scene.incident.channel in ("email", "letter"):
        numbered = [Line(f"{i}. {_item(scene, ask)}", (ask.id,)) for i, ask in enumerate(asks, 1)]
        return section("answers", [Line(scene.say("ask.list") + "\n"), *numbered], between="\n")
    if len(asks) == 1 and scene.dates.brisk and asks[0].answer:
        return section("answers", [Line(scene.wording.sentence(asks[0].answer), (asks[0].id,))])
    lines: list[Line] = []
    for ask in asks:
        text = answer(scene, ask)
        again = any(line.text.startswith(scene.say("ask.opener")) for line in lines)
        lines.append(Line(text.replace(scene.say("ask.opener"), scene.say("ask.opener.again"), 1) if again else text, (ask.id,)))
    return section("answers", lines)


def answer(scene: Scene, ask: Ask) -> str:
    """What is said to one ask: its answer, a yes, a plain no with its reason and a way on, or the day the answer comes."""
    asked = scene.wording.inner(ask.text)
    if ask.answer:
        return _answered(scene, ask, asked)
    if ask.decision == "declined":
        text = scene.say("ask.declined", ask=asked, because=scene.wording.inner(ask.because or ""))
        return " ".join([text, *([scene.wording.sentence(ask.instead)] if ask.instead else [])])
    if ask.decision == "granted" or (ask.decision is None and _settled(scene, ask)):
        return scene.say("ask.granted.on", ask=asked, on=scene.dates.when(ask.on)) if ask.on else scene.say("ask.granted", ask=asked)
    if ask.on is None:
        return scene.say("ask.open", ask=asked)
    by = scene.dates.when(ask.on, by=True)
    if ask.owner and ask.owner != scene.incident.signer.name:
        return scene.say("ask.pending.owner", ask=asked, owner=ask.owner, by=by)
    return scene.say("ask.pending", ask=asked, by=by)


def _answered(scene: Scene, ask: Ask, asked: str) -> str:
    text = scene.wording.sentence(ask.answer or "")
    if _share(scene, ask.text, text) >= _ALIKE:
        return text
    return f"{scene.say('ask.about', ask=asked)} {text}"


def _item(scene: Scene, ask: Ask) -> str:
    """An answer in a list: behind the ask itself, as "For the $85: it will be on your card by October 27."."""
    if not ask.answer or _share(scene, ask.text, ask.answer) >= _ALIKE:
        return answer(scene, ask)
    return f"{capital(scene.wording.toned(ask.text))}: {scene.wording.inner(scene.wording.sentence(ask.answer))}."


def _settled(scene: Scene, ask: Ask) -> bool:
    """Whether an action or a granted remedy names this ask among what it covers."""
    actions: list[Action] = [*scene.incident.next, *(fix for problem in scene.incident.problems for fix in problem.fixes)]
    covering = [action.covers for action in actions if action.state == "done"]
    covering += [r.covers for problem in scene.incident.problems for r in problem.remedies if r.decision == "granted"]
    return any(ask.id in covers for covers in covering)


def _share(scene: Scene, of: str, among: str) -> float:
    words, others = scene.wording.content(of), scene.wording.content(among)
    return len(words & others) / len(words) if words else 1.0
