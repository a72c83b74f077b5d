"""What a channel makes of a letter: a text message that fits, and public messages that hold nothing of a person."""

from __future__ import annotations

import re
import unicodedata

from drafter.compose import state
from drafter.compose.ownership import what
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
    """A social reply or a status page: our part in general terms, what is safe to say, and where a person gets an answer."""
    if scene.incident.channel == "social":
        return [part for part in (_owned_in_public(scene), _safe_actions(scene), _private(scene)) if part]
    opening = _owned_in_public(scene)
    return [part for part in (opening, _safe_state(scene, "known"), _safe_state(scene, "unknown"), *_ahead(scene)) if part]


def impersonal(scene: Scene, text: str) -> bool:
    """Whether a clause holds nothing of one person: no name, reference, contact, health or money; in a reply, no "you"."""
    meets, incident = scene.wording.meets, scene.incident
    if any(meets(name, text) for name in ("money", "contact", "health")):
        return False
    if incident.channel == "social" and meets("address_you", text):
        return False
    return not any(_named(name, text) for name in _names(scene))


def _names(scene: Scene) -> list[str]:
    incident = scene.incident
    names = [incident.customer.name, incident.customer.account, incident.customer.handle, incident.reference, *incident.people]
    whole = [name for name in names if name]
    return whole + [part for name in whole for part in name.split() if len(part) > 2 and (part[0].isupper() or any(c.isdigit() for c in part))]


def _named(name: str, text: str) -> bool:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.search(rf"(?<!\w){re.escape(unicodedata.normalize('NFKD', name).casefold())}(?!\w)", folded) is not None


def _owned_in_public(scene: Scene) -> Section | None:
    """The opening: our own clause, or the event, where it is safe; else a general sentence that owns it."""
    lines: list[Line] = []
    status = scene.incident.channel == "status_page"
    for problem in scene.incident.problems:
        fact = f"{problem.id}.ours" if scene.owns(problem) else problem.id
        clause = problem.ours if scene.owns(problem) else problem.what
        if clause and impersonal(scene, clause) and not scene.apologised(problem):
            text = what(scene, problem) if not scene.owns(problem) else scene.wording.sentence(clause)
            lines.append(Line(text, (fact, problem.id)))
    ours = any(scene.owns(problem) and not scene.apologised(problem) for problem in scene.incident.problems)
    name: SectionName = "ownership" if ours else "impact"
    if ours:
        key = ("own.status" if lines else "own.status.general") if status else ("own.short" if lines else "own.public")
        return section(name, [*lines, Line(scene.say(key))])
    if not lines and scene.incident.turn == 1 and not status:
        lines = [Line(scene.say("neutral.public"))]
    return section(name, [*lines, *_safe_impacts(scene)])


def _safe_impacts(scene: Scene) -> list[Line]:
    if scene.incident.channel != "status_page":
        return []
    impacts = [item for problem in scene.incident.problems for item in problem.impacts if impersonal(scene, item.text)]
    return [Line(scene.wording.sentence(item.text), (item.id,)) for item in impacts]


def _safe_actions(scene: Scene) -> Section | None:
    actions = [action for problem in scene.incident.problems for action in problem.fixes]
    return section("fix", [action_line(scene, action) for action in actions if impersonal(scene, action.text)][:2])


def _private(scene: Scene) -> Section | None:
    ours = any(scene.owns(problem) for problem in scene.incident.problems)
    return section("closing", [Line(scene.say("reply.private" if ours else "reply.private.neutral"))])


def _safe_state(scene: Scene, name: str) -> Section | None:
    built = state.known(scene) if name == "known" else state.unknown(scene)
    return built if built and impersonal(scene, built.text) else None


def _ahead(scene: Scene) -> list[Section | None]:
    fix, after = state.doing(scene), state.next_steps(scene)
    return [part if part and impersonal(scene, part.text) else None for part in (fix, after)]
