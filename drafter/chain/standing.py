"""The letter as it stands before it is written again: a draft's own sections, or those that an edited text still shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafter.chain.sheet import FIXED
from drafter.chain.trim import spaced
from drafter.compose import compose
from drafter.draft import Draft, Letter, Section, SectionName
from drafter.incident import Incident


@dataclass(frozen=True)
class Standing:
    """A letter before it is written again.

    `letter` has the sections of the composed one. `parts` are its words as a model is shown them; they are one part alone where
    an edited text shows no sections, and then no section of `letter` is what stood there before (`divided`). `own` says whether a
    model or a person wrote any of it.
    """

    letter: Letter
    parts: tuple[tuple[str, str], ...]
    text: str
    own: bool
    divided: bool = True


def standing(start: Draft | str, composed: Letter, incident: Incident) -> Standing:
    """The letter that `start` is, by the sections of the composed one; the text of a draft may have been edited since.

    A bare text is compared with the letter that the facts make as they are, whatever tone or length `composed` has.
    """
    before = compose(incident) if isinstance(start, str) else _letter(start, composed)
    text = _even(start if isinstance(start, str) else start.text)
    edited = text != before.text.strip()
    found = _divided(text, before) if edited else {section.name: section.text for section in before.sections}
    own = edited or any(section.source in ("model", "agent") for section in before.sections)
    letter = _aligned(found or {}, before, composed)
    if found is None:
        return Standing(letter, (("letter", text),), text, own=own, divided=False)
    return Standing(letter, tuple((s.name, s.text) for s in letter.sections if s.text and s.source != "locked"), text, own=own)


def _letter(start: Draft, composed: Letter) -> Letter:
    sections = tuple(section.model_copy(update={"text": _even(section.text)}) for section in start.sections)
    return Letter(channel=composed.channel, sections=sections)


def _even(text: str) -> str:
    """The text with lines that end where their words do, as mail programs change that by themselves."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _divided(text: str, before: Letter) -> dict[SectionName, str] | None:
    """Section -> its words in an edited text; None where two neighbours were both changed, and nobody can tell them apart."""
    body = [section for section in before.sections if section.name != "subject" and section.text]
    found: dict[SectionName, str] = {section.name: section.text for section in before.sections if section.name == "subject"}
    waiting: list[Section] = []
    at = 0
    last: Section | None = None
    for section in (*body, None):
        place = text.find(section.text, at) if section else len(text)
        if section and place < 0:
            waiting.append(section)
            continue
        if not _shared(text[at:place], waiting, last, found):
            return None
        waiting = []
        if section:
            found[section.name] = section.text
            at, last = place + len(section.text), section
    return found


def _shared(words: str, waiting: Sequence[Section], last: Section | None, found: dict[SectionName, str]) -> bool:
    """Give the words between two unchanged sections to the one that should be there; False where it is not clear whose they are."""
    words = words.strip()
    if len(waiting) > 1:
        return False
    if waiting:
        found[waiting[0].name] = words
    elif words and last is None:
        return False
    elif words and last:
        found[last.name] = f"{found[last.name]}\n\n{words}"
    return True


def _aligned(found: dict[SectionName, str], before: Letter, composed: Letter) -> Letter:
    """The composed letter with the words that stand in its place; a locked paragraph and the subject stay what they are."""
    sources = {section.name: (section.text, section.source) for section in before.sections}
    sections = []
    for section in composed.sections:
        words = found.get(section.name)
        if section.name in ("locked", "subject") or not words:
            sections.append(section)
            continue
        text, source = sources[section.name]
        edited = words != text
        if section.name in FIXED and not edited:
            sections.append(section)  # it follows the facts and the tone
        else:
            sections.append(section.model_copy(update={"text": words, "source": "agent" if edited else source}))
    return spaced(composed.model_copy(update={"sections": tuple(sections)}), composed)
