"""What a channel makes of a letter: a text message that fits, and public messages that hold nothing of a person."""

from __future__ import annotations

import re
import unicodedata

from drafter.compose import state
from drafter.compose.ownership import act_line
from drafter.compose.scene import Line, Scene, action_line, section
from drafter.draft import Section, SectionName

SEGMENTS = 3  # of an SMS: a longer text is not read as one message
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_PAIRS = frozenset("^{}\\[~]|€")  # these take the room of two
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " "})
_FIRST_TO_GO: tuple[SectionName, ...] = ("contained", "prevention", "cause", "known", "unknown", "answers", "impact", "make_good")


def gsm(text: str) -> str:
    """The text in the SMS alphabet where that loses nothing that is read: straight quotes, plain dashes."""
    return text.translate(_PLAIN)


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
    for name in _FIRST_TO_GO:
        if segments(" ".join(part.text for part in kept)) <= SEGMENTS:
            break
        for part in [part for part in kept if part.name == name]:
            kept.remove(part)
            for fact in part.facts:
                scene.left.setdefault(fact, scene.say("left.long", limit=str(SEGMENTS)))
    return kept


def public(scene: Scene) -> list[Section]:
    """A public message: our part in general terms, what is safe to say, and in a reply where the person gets an answer."""
    built = [_opening(scene), _safe(scene, state.known(scene)), _safe(scene, state.unknown(scene)), _safe(scene, _fix(scene))]
    built.append(_private(scene) if replying(scene) else _safe(scene, state.next_steps(scene)))
    return [part for part in built if part]


def replying(scene: Scene) -> bool:
    """Whether a public message answers one person: a social post with a customer to answer."""
    incident = scene.incident
    asked = any(message.by == "customer" for message in incident.thread)
    return incident.channel == "social" and bool(asked or incident.customer.handle or incident.customer.name)


def impersonal(scene: Scene, text: str, *, to_one: bool = False) -> bool:
    """Whether a clause holds nothing of one person: no name, reference, contact, health or money; in a reply, no "you"."""
    meets = scene.wording.meets
    if any(meets(name, text) for name in ("money", "contact", "health")):
        return False
    if replying(scene) and not to_one and meets("address_you", text):
        return False
    return not any(_named(name, text) for name in _names(scene))


def _names(scene: Scene) -> list[str]:
    incident = scene.incident
    names = [incident.customer.name, incident.customer.account, incident.customer.handle, incident.reference, *incident.people]
    whole = [name for name in names if name]
    parts = [part for name in whole for part in name.split() if len(part) > 2]
    return whole + [part for part in parts if part[0].isupper() or any(letter.isdigit() for letter in part)]


def _named(name: str, text: str) -> bool:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.search(rf"(?<!\w){re.escape(unicodedata.normalize('NFKD', name).casefold())}(?!\w)", folded) is not None


def _opening(scene: Scene) -> Section | None:
    """Our own clause, or the event, where it is safe; else a general sentence that owns it."""
    lines: list[Line] = []
    for problem in scene.incident.problems:
        clause = problem.ours if scene.owns(problem) else problem.what
        if clause and impersonal(scene, clause) and not scene.apologised(problem) and scene.fresh([problem.id]):
            lines.append(act_line(scene, problem))
    ours = any(scene.owns(problem) and not scene.apologised(problem) for problem in scene.incident.problems)
    several = scene.incident.channel == "status_page"
    if ours:
        key = ("own.status" if lines else "own.status.general") if several else ("own.short" if lines else "own.public")
        lines.append(Line(scene.say(key)))
    elif not lines and scene.incident.turn == 1 and replying(scene):
        lines = [Line(scene.say("neutral.public"))]
    told = scene.incident.problems if lines and not replying(scene) else ()
    impacts = [item for problem in told for item in problem.impacts if scene.fresh([item.id])]
    lines += [Line(scene.wording.sentence(item.text), (item.id,)) for item in impacts if impersonal(scene, item.text)]
    return section("ownership" if ours else "impact", lines)


def _fix(scene: Scene) -> Section | None:
    if not replying(scene):
        return state.fix(scene)
    actions = [action for problem in scene.incident.problems for action in problem.fixes if impersonal(scene, action.text)]
    return section("fix", [action_line(scene, action) for action in actions[:2]])


def _private(scene: Scene) -> Section | None:
    """Where the person gets an answer: a message that was promised, or an invitation to write to us."""
    for action in scene.incident.next:
        if scene.wording.meets("writes", action.text) and impersonal(scene, action.text, to_one=True):
            return section("next", [action_line(scene, action)])
    ours = any(scene.owns(problem) for problem in scene.incident.problems)
    return section("closing", [Line(scene.say("reply.private" if ours else "reply.private.neutral"))])


def _safe(scene: Scene, built: Section | None) -> Section | None:
    return built if built and impersonal(scene, built.text) else None
