"""Every ask of the customer, answered, dated or declined openly, in the customer's order."""

from __future__ import annotations

from drafter.compose.deeds import action_line
from drafter.compose.persons import asks_so, direct
from drafter.compose.scene import Line, Scene, section
from drafter.compose.wording import capital
from drafter.draft import Section
from drafter.incident import Action, Ask
from drafter.incident.fragments.vocabulary import verb

_ALIKE = 0.5  # share of an ask's own words that its answer takes up: then the question need not be said again

_FULL = 6  # words of an answer that stands by itself


def answers(scene: Scene, *, most: int | None = None) -> Section | None:
    """The answers, as sentences, or as a numbered list where there are several; `most` keeps the first of them."""
    asks = [ask for ask in scene.incident.asks if scene.fresh([ask.id])][:most]
    if len(asks) > 2 and scene.incident.channel == "email":
        numbered = [_with_next(scene, ask, f"{i}. {_item(scene, ask)}") for i, ask in enumerate(asks, 1)]
        return section("answers", [Line(scene.say("ask.list") + "\n"), *numbered], between="\n")
    if len(asks) == 1 and len(scene.incident.problems) == 1 and scene.dates.brisk and asks[0].answer:
        return section("answers", [Line(_at_once(scene, asks[0]), (asks[0].id,))])
    lines: list[Line] = []
    scene.dates.paragraph()
    openers = ["ask.opener", "ask.opener.again", "ask.opener.third"]
    for ask in asks:
        text = answer(scene, ask)
        if text.startswith(scene.say("ask.opener")):
            text = text.replace(scene.say("ask.opener"), scene.say(openers[0]), 1)
            openers = [*openers[1:], openers[1]]
        lines.append(_with_next(scene, ask, text))
    return section("answers", lines)


def instructs(scene: Scene) -> bool:
    """Whether the first answer tells the customer what to do: "please keep everyone out"."""
    first = scene.incident.asks[0].answer if scene.incident.asks else None
    return first is not None and scene.wording.meets("instruction", first)


def early(scene: Scene) -> bool:
    """Whether the answers come right after the opening: the one thing asked is a yes or no, or the first answer is an instruction."""
    asks = scene.incident.asks
    first = asks[0].answer if asks else None
    if first is None:
        return False
    meets = scene.wording.meets
    return meets("instruction", first) or (len(asks) == 1 and meets("yes_or_no", first))


def _with_next(scene: Scene, ask: Ask, text: str) -> Line:
    """An answer together with the next step that brings what is still open."""
    merged = scene.merged.get(ask.id)
    if merged is None:
        return Line(text, (ask.id,))
    step = action_line(scene, merged)
    return Line(f"{text} {step.text}", (ask.id, *step.facts))


def answer(scene: Scene, ask: Ask) -> str:
    """What is said to one ask: its answer, a yes, a plain no with its reason and a way on, or the day the answer comes."""
    if ask.answer:
        text = scene.wording.sentence(ask.answer)
        if _alone(scene, ask):
            return text
        if scene.wording.meets("heated", ask.text):  # said again, it would mock them
            return scene.wording.sentence(scene.say("ask.heated", answer=scene.wording.inner(text)))
        return f"{_asked(scene, ask)} {text}"
    if _given(scene, ask) and ask.on and scene.wording.meets("for_a_thing", ask.text) and not scene.dates.past(ask.on):
        return scene.say("ask.granted.thing", ask=scene.wording.inner(ask.text), on=scene.dates.when(ask.on, ahead=True))
    return f"{_asked(scene, ask)} {_decided(scene, ask)}"


def _asked(scene: Scene, ask: Ask) -> str:
    """The ask as the sentence before its answer: behind "You asked", or quoted where it was typed as a question of its own."""
    if not ask.answer and ask.decision is None and scene.wording.meets("our_word", ask.text):
        return scene.say("ask.about", ask=scene.say("ask.word"))  # said again, it would read as given
    if direct(ask.text, scene.wording.phrases):
        return scene.say("ask.quoted", ask=_quoted(scene, ask))
    text = scene.wording.inner(ask.text).rstrip("?")
    return scene.say("ask.about", ask=text if scene.wording.meets("asks_on", text) else scene.say("ask.for", ask=text))


def _quoted(scene: Scene, ask: Ask) -> str:
    """An ask in quotation marks, a question with its mark."""
    text = capital(ask.text.rstrip("?"))
    return f'"{text}."' if not asks_so(ask.text, scene.wording.phrases) and verb(text.split()[0].lower(), "base") else f'"{text}?"'


def _decided(scene: Scene, ask: Ask) -> str:
    if ask.decision == "declined":
        again = any(other.decision == "declined" and not other.answer for other in scene.incident.asks[: scene.incident.asks.index(ask)])
        text = scene.say("ask.declined.again" if again else "ask.declined", because=scene.wording.reason(ask.because or ""))
        return " ".join([text, *([scene.wording.sentence(ask.instead)] if ask.instead else [])])
    if _given(scene, ask):
        return scene.say("ask.granted.on", on=scene.dates.when(ask.on, ahead=True)) if ask.on else scene.say("ask.granted")
    owner = ask.owner if ask.owner != scene.incident.signer.name else None
    if ask.on is None or ask.id in scene.merged:
        return scene.say("ask.pending.decides" if owner else "ask.open", owner=owner or "")
    by = scene.dates.when(ask.on, by=True, ahead=True)
    return scene.say("ask.pending.owner" if owner else "ask.pending", owner=owner or "", by=by)


def _given(scene: Scene, ask: Ask) -> bool:
    """Whether the answer is yes: it was granted, or an action settles it."""
    return ask.decision == "granted" or (ask.decision is None and _settled(scene, ask))


def _item(scene: Scene, ask: Ask) -> str:
    """An answer in a list: behind the ask itself, as "For the $85: it will be on your card by October 27."."""
    if not ask.answer or _alone(scene, ask):
        return answer(scene, ask)
    if scene.wording.meets("heated", ask.text):
        return answer(scene, ask)
    if direct(ask.text, scene.wording.phrases):
        return f"{_quoted(scene, ask)} {scene.wording.sentence(ask.answer)}"
    return f"{capital(scene.wording.toned(ask.text)).rstrip('?')}: {scene.wording.inner(scene.wording.sentence(ask.answer))}."


def _alone(scene: Scene, ask: Ask) -> bool:
    """Whether an answer can be understood without its question."""
    text = ask.answer or ""
    if scene.wording.meets("asked", text):
        return True
    if scene.wording.meets("heated", ask.text):
        return not _is_piece(scene, text)
    if scene.wording.meets("yes_or_no", text) or text[:1].isdigit():
        return False
    share, whole = _share(scene, ask.text, text), len(text.split()) >= _FULL and not scene.wording.meets("for_a_thing", ask.text)
    return share >= _ALIKE or (whole and share >= _ALIKE / 2 and not scene.wording.meets("blind", text))


def _at_once(scene: Scene, ask: Ask) -> str:
    """The one answer of a short message: as it is where it says what it is about, else behind what it answers."""
    text = ask.answer or ""
    meets = scene.wording.meets
    chatted = scene.incident.channel == "chat" and meets("yes_or_no", text)  # the question stands right above
    told = _share(scene, ask.text, text) > _ALIKE / 2 or chatted or not meets("blind", text)
    if (len(text.split()) >= _FULL and told) or _is_order(scene, text):
        return scene.wording.sentence(text)
    return _item(scene, ask)


def _is_piece(scene: Scene, text: str) -> bool:
    """Whether an answer is no sentence of its own: a yes or no, a day, or what points to the question."""
    meets = scene.wording.meets
    return meets("yes_or_no", text) or meets("blind", text) or meets("piece", text) or text[:1].isdigit()


def _is_order(scene: Scene, text: str) -> bool:
    """Whether an answer tells the customer what to do, which needs no question."""
    return scene.wording.meets("instruction", text) and len(text.split()) > 1


def _settled(scene: Scene, ask: Ask) -> bool:
    """Whether an action or a granted remedy names this ask among what it covers."""
    actions: list[Action] = [*scene.incident.next, *(fix for problem in scene.incident.problems for fix in problem.fixes)]
    covering = [action.covers for action in actions if action.state == "done"]
    covering += [r.covers for problem in scene.incident.problems for r in problem.remedies if r.decision == "granted"]
    return any(ask.id in covers for covers in covering)


def _share(scene: Scene, of: str, among: str) -> float:
    words, others = scene.wording.content(of), scene.wording.content(among)
    return len(words & others) / len(words) if words else 1.0
