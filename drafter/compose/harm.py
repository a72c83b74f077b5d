"""What a failure meant for the customer: each form that an impact takes put so that what they did or lost is of our making."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from drafter.compose.scene import Line, Scene
from drafter.incident import Impact

Form = Literal["led", "noun", "plain"]
_JOINED = 3  # impacts of one form in one sentence


def form(scene: Scene, text: str) -> Form:
    """How an impact has to be told: as what came of it (the customer's act or loss, or a thing without a verb), or as it stands."""
    if scene.wording.meets("led_already", text) or _acts(scene, text):
        return "led"
    return "plain" if has_verb(scene, text, whole=False) else "noun"


def harm_lines(scene: Scene, impacts: Sequence[Impact], *, after_apology: bool = False, plain: bool = False) -> list[Line]:
    """Impacts as sentences, those of one form together: "That meant you had to …", "For you, that meant a lost morning".

    `after_apology` is where the apology stands between the event and these; `plain` keeps clauses as they are, where nothing may be
    said to follow from what we did.
    """
    lines: list[Line] = []
    for is_noun, group in groupby(impacts, key=lambda item: form(scene, item.text) == "noun"):
        for part in _parts(scene, list(group)):
            texts = [_bare(scene, item.text) for item in part]
            kind: Form = "noun" if is_noun else "plain" if plain else form(scene, part[0].text)
            again = bool(lines) and not plain
            text = _sentence(scene, texts, kind, after_apology=after_apology, again=again, bare=plain)
            lines.append(Line(text, tuple(item.id for item in part)))
    return lines


def behind(scene: Scene, clause: str, impact: Impact) -> str:
    """A sentence with what came of it, without its full stop: "our export left out rows, and because of that you …"."""
    kind = form(scene, impact.text)
    key = {"led": "impact.and.led", "noun": "impact.and.noun", "plain": "impact.and"}[kind]
    text = _bare(scene, impact.text) if kind == "led" else impact.text
    return scene.say(key, ours=clause, impact=scene.wording.inner(text))


def sorry_lines(scene: Scene, impacts: Sequence[Impact]) -> list[Line]:
    """Impacts in the first word about something unknown, with what we are sorry for."""
    first, rest = impacts[0], impacts[1:]
    if form(scene, first.text) != "plain":
        return [*harm_lines(scene, impacts), Line(scene.say("own.short"))]
    key = "impact.sorry" if scene.wording.meets("subject_you", first.text) else "impact.know"
    return [Line(scene.say(key, impact=scene.wording.inner(first.text)), (first.id,)), *harm_lines(scene, rest)]


def sympathy_lines(scene: Scene, impacts: Sequence[Impact]) -> list[Line]:
    """Impacts with sympathy that names them and admits nothing."""
    if not impacts:
        return [Line(scene.say("sympathy"))]
    first = impacts[0]
    kind = form(scene, first.text)
    text = _bare(scene, first.text) if kind == "led" else first.text
    key = "sympathy.that" if kind == "plain" else "sympathy.means"
    return [Line(scene.say(key, impact=scene.wording.inner(text)), (first.id,)), *harm_lines(scene, impacts[1:], plain=True)]


def _acts(scene: Scene, text: str) -> bool:
    """Whether the customer, or somebody of theirs, does something in it: not what they are, have, want or told us."""
    match = scene.wording.phrases.patterns["acts"].match(text)
    if not match:
        return False
    meets, rest = scene.wording.meets, match["rest"]
    if meets("must", rest):
        return True
    verb = next((word for word in rest.lower().split() if not meets("adverb", word.strip(","))), "").strip(",;:.")
    return meets("past", verb) and not meets("state_verb", verb) and not meets("wrote_to_us", text)


def has_verb(scene: Scene, text: str, *, whole: bool = True) -> bool:
    """Whether a clause has a verb of its own, so that it can be a sentence; "suit ruined" is one only where a `whole` clause is meant."""
    meets, words = scene.wording.meets, [word.strip(',;:."“”()').lower() for word in text.split()]
    if meets("thing_hit", text) and not whole:
        return False
    if meets("stands_alone", text) or (meets("subject_you", text) and not meets("possessed", text)):
        return len(words) > 1
    for i, word in enumerate(words[1:], 1):
        done = meets("past", word) and not meets("before_noun", words[i - 1])
        hangs = i == len(words) - 1 and not whole and not meets("determined", text)
        if meets("auxiliary", word) or meets("present", word) or (done and not hangs):
            return True
    return False


def _parts(scene: Scene, items: list[Impact]) -> list[list[Impact]]:
    """The impacts that share a sentence: all of them where they are few and short, and nothing was so before; else each by itself."""
    texts = [item.text for item in items]
    before = any(scene.wording.meets("was_before", text) for text in texts[1:])
    together = 1 < len(items) <= _JOINED and scene.wording.joinable(texts) and not before
    return [items] if together or len(items) == 1 else [[item] for item in items]


def _sentence(scene: Scene, texts: list[str], kind: Form, *, after_apology: bool, again: bool, bare: bool) -> str:
    wording = scene.wording
    if kind == "plain":
        return wording.sentence(wording.joined(texts) if len(texts) > 1 else texts[0])
    if kind == "noun":
        bare = bare or not wording.meets("determined", texts[0])
        key = "bare" if bare else "also" if again else "sorry" if after_apology else ""
        return wording.sentence(scene.say("impact.noun" + (f".{key}" if key else ""), impact=_nouns(scene, texts)))
    over = _is_over(scene, texts[0])
    if again and not over:
        return wording.sentence(wording.joined(texts))
    key = "also" if again else "lasting" if not over else "sorry" if after_apology else ""
    return wording.sentence(scene.turn("impact.led" + (f".{key}" if key else ""), impact=wording.joined(texts)))


def _is_over(scene: Scene, text: str) -> bool:
    """Whether what the customer did lies behind them: "that meant" stands before a past verb only."""
    match = scene.wording.phrases.patterns["acts"].match(text)
    words = [word.strip(",;:.") for word in (match["rest"] if match else text).lower().split()]
    verb = next((word for word in words if not scene.wording.meets("adverb", word)), "")
    return scene.wording.meets("past", verb) and not scene.wording.meets("past_or_present", verb)


def _nouns(scene: Scene, texts: list[str]) -> str:
    """Things in a row: "two lost mornings and a $30 bill"."""
    parts = [scene.wording.inner(text) for text in texts]
    if len(parts) == 1:
        return parts[0]
    return scene.say("and.nouns", first=scene.say("comma").join(parts[:-1]), last=parts[-1])


def _bare(scene: Scene, text: str) -> str:
    """An impact without the words that already said that it came of something."""
    return scene.wording.phrases.patterns["led_already"].sub("", text)
