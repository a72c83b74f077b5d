"""What a channel makes of a letter: a text message that fits, and public messages that hold nothing of a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.compose import repair, state
from drafter.compose.answers import answers
from drafter.compose.correction import correction
from drafter.compose.deeds import action_line, spread
from drafter.compose.disclosure import impersonal, replying
from drafter.compose.events import alike, what
from drafter.compose.harm import harm_lines, has_verb
from drafter.compose.ownership import act_line, owned
from drafter.compose.scene import Line, Scene, section
from drafter.draft import Section, SectionName
from drafter.incident import Problem

_POST = 80  # words of a post that is still read to its end
SEGMENTS = 3  # of an SMS: a longer text is not read as one message
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_PAIRS = frozenset("^{}\\[~]|€")  # these take the room of two
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " "})
_FIRST_TO_GO: tuple[SectionName, ...] = ("contained", "prevention", "cause", "known", "unknown", "impact", "answers", "make_good")


def gsm(text: str) -> str:
    """The text in the SMS alphabet where that loses nothing that is read: straight quotes, plain dashes, "Rs 590" for "₹590"."""
    return re.sub(r"₹\s?(?=\d)", "Rs ", text.translate(_PLAIN))


def segments(text: str) -> int:
    """How many SMS segments a text takes: 160 or 153 characters of the SMS alphabet each, 70 or 67 of any other."""
    if all(letter in _GSM or letter in _GSM_PAIRS for letter in text):
        size, one, more = len(text) + sum(letter in _GSM_PAIRS for letter in text), 160, 153
    else:
        size, one, more = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if size <= one else -(-size // more)


def fitted(scene: Scene, sections: list[Section]) -> list[Section]:
    """The sections of a text message, the least needed ones left out until it fits."""
    kept = [part.model_copy(update={"text": gsm(part.text)}) for part in sections]
    events = {problem.id for problem in scene.incident.problems if not scene.owns(problem)}
    for name in _FIRST_TO_GO:
        if segments(" ".join(part.text for part in kept)) <= SEGMENTS:
            break
        for part in [part for part in kept if part.name == name and not events & set(part.facts)]:
            shorter = _fewer_answers(scene, kept, part) if name == "answers" else []
            kept[kept.index(part) : kept.index(part) + 1] = shorter
            for fact in set(part.facts) - {fact for item in shorter for fact in item.facts}:
                scene.left.setdefault(fact, scene.say("left.long", limit=str(SEGMENTS)))
    return kept


def _fewer_answers(scene: Scene, kept: list[Section], part: Section) -> list[Section]:
    """As many of the first answers as the text message has room for, as one section or none."""
    others = sum(len(item.text) + 1 for item in kept if item is not part)
    for most in range(len(scene.incident.asks) - 1, 0, -1):
        built = answers(scene, most=most)
        if built and segments("x" * others + gsm(built.text)) <= SEGMENTS:
            return [built.model_copy(update={"text": gsm(built.text)})]
    return []


def public(scene: Scene) -> list[Section]:
    """A public message: what happened and our part, what is safe to say, and in a reply where the person gets an answer."""
    built = [
        _safe(scene, correction(scene)),
        _opening(scene),
        _safe(scene, state.known(scene)),
        _safe(scene, state.unknown(scene)),
        _safe(scene, _fix(scene)),
    ]
    built.append(_safe(scene, _given(scene)))
    built += _roomy(scene, [part for part in built if part])
    built.append(_private(scene) if replying(scene.incident) else _safe(scene, state.next_steps(scene)))
    return [part for part in built if part]


def _opening(scene: Scene) -> Section | None:
    """What happened and what we did, in every post of a series, as far as it is safe; else a general sentence that owns it."""
    lines: list[Line] = []
    for problem in scene.incident.problems:
        lines += _events(scene, problem)
        impacts = [item for item in problem.impacts if scene.fresh([item.id])] if lines else []
        lines += harm_lines(scene, impacts, plain=scene.withheld)
        lines += repair.third_lines(scene, problem) if problem.fault == "not_ours" else []
        if scene.owns(problem) and _sayable(scene, f"{problem.id}.ours") and not _own_first(scene, problem):
            lines.append(act_line(scene, problem))
    ours = any(problem.ours for problem in owned(scene))
    if ours:
        several = scene.incident.channel == "status_page"
        said = all(_sayable(scene, f"{problem.id}.ours") for problem in owned(scene))
        key = ("own.status" if said else "own.status.general") if several else ("own.short" if said else "own.public")
        lines.append(Line(scene.say(key)))
    elif not lines and not scene.earlier and replying(scene.incident):
        lines = [Line(scene.say("neutral.public"))]
    return section("ownership" if ours else "impact", lines)


def _events(scene: Scene, problem: Problem) -> list[Line]:
    """How a post opens: with the symptom, or with our act where that says it as well."""
    if _own_first(scene, problem):
        return [act_line(scene, problem)]
    whole = has_verb(scene, problem.what) and not any(scene.wording.meets(name, problem.what) for name in ("bare_past", "third_person"))
    said = _sayable(scene, problem.id) and (whole or not scene.owns(problem))  # "seats apart", "charged twice" are no sentences
    return [Line(what(scene, problem), (problem.id,))] if said else []


def _own_first(scene: Scene, problem: Problem) -> bool:
    if not scene.owns(problem) or not _sayable(scene, f"{problem.id}.ours"):
        return False
    whole = has_verb(scene, problem.what)
    return replying(scene.incident) or alike(scene, problem) or not whole or not _sayable(scene, problem.id)


def _sayable(scene: Scene, fact_id: str) -> bool:
    return fact_id not in scene.private


def _fix(scene: Scene) -> Section | None:
    if not replying(scene.incident):
        return state.fix(scene)
    actions = [action for problem in scene.incident.problems for action in problem.fixes if scene.fresh([action.id])]
    return section("fix", spread(scene, actions[:2]))


def _given(scene: Scene) -> Section | None:
    """What everyone gets who was hit; what one person gets is told to them alone."""
    open_to_all = not replying(scene.incident)
    remedies = [remedy for problem in scene.incident.problems for remedy in problem.remedies if remedy.text and scene.fresh([remedy.id])]
    kept = [remedy for remedy in remedies if open_to_all or scene.wording.meets("everyone", remedy.text or "")]
    return section("make_good", [line for remedy in kept for line in repair.remedy_lines(scene, remedy)])


def _roomy(scene: Scene, built: Sequence[Section]) -> list[Section | None]:
    """How it happened and what changes: on a status page, which is the record of it, and in a post to all that has room for it."""
    page = scene.incident.channel == "status_page"
    if scene.shortened or replying(scene.incident) or not (page or scene.incident.resolved):
        return []
    found: list[Section | None] = []
    for part in _background(scene):
        words = sum(len(item.text.split()) for item in (*built, *found, part) if item)
        if part and (page or words <= _POST):
            found.append(_safe(scene, part))
        elif part:
            scene.leave(part.facts, scene.no_room)
    return found


def _background(scene: Scene) -> tuple[Section | None, ...]:
    scene.roomy_post = True
    causes = [line for problem in scene.incident.problems for line in repair.cause_lines(scene, problem, plain=True)]
    own = [line for line in causes if scene.incident.channel == "status_page" or all(fact.endswith(".cause") for fact in line.facts)]
    return section("cause", own), repair.contained(scene), repair.prevention(scene)


def _private(scene: Scene) -> Section | None:
    """Where the person gets an answer: a message that was promised, or an invitation to write to us."""
    for action in scene.incident.next:
        meets = scene.wording.meets
        if meets("writes", action.text) and not meets("by_phone", action.text) and _sayable(scene, action.id):
            moved = meets("private_message", action.text)
            return section("next", [action_line(scene, action), *([] if moved else [_invitation(scene)])])
    return section("closing", [_invitation(scene)])


def _invitation(scene: Scene) -> Line:
    ours = any(scene.owns(problem) for problem in scene.incident.problems)
    return Line(scene.say("reply.private" if ours else "reply.private.neutral"))


def _safe(scene: Scene, built: Section | None) -> Section | None:
    return built if built and impersonal(scene.incident, scene.wording, built.text) else None
