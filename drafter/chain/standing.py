"""The letter as it stands before it is written again: a draft's own sections, or those that an edited text still shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.chain.sheet import FIXED
from drafter.chain.trim import spaced
from drafter.compose import compose
from drafter.draft import Draft, Letter, Section, SectionName
from drafter.incident import Incident
from drafter.privacy import mask_cards

_PIECES = re.compile(r"(?<=[.!?:,])(?=\s)|(?<!\n)(?=\n)")  # sentences and lines, each with the blank in front of it


@dataclass(frozen=True)
class Standing:
    """A letter before it is written again.

    `letter` has the sections of the composed one. `parts` are its words as a model is shown them; they are one part alone where
    an edited text shows no sections, and then no section of `letter` is what stood there before (`divided`). `own` says whether a
    model or a person wrote any of it, `gone` which sections a person took out.
    """

    letter: Letter
    parts: tuple[tuple[str, str], ...]
    text: str
    own: bool
    gone: frozenset[SectionName] = frozenset()
    divided: bool = True


def standing(start: Draft | str, composed: Letter, incident: Incident) -> Standing:
    """The letter that `start` is, by the sections of the composed one; the text of a draft may have been edited since.

    A bare text is compared with the letter that the facts make as they are, whatever tone or length `composed` has.
    """
    before = compose(incident) if isinstance(start, str) else _letter(start, composed)
    text = _even(mask_cards(start if isinstance(start, str) else start.text))
    edited = text != before.text.strip()
    found = _divided(text, before) if edited else {section.name: section.text for section in before.sections}
    own = edited or any(section.source in ("model", "agent") for section in before.sections)
    letter = _aligned(found or {}, before, composed)
    gone = frozenset(name for name, words in (found or {}).items() if not words)
    if found is None:
        return Standing(letter, (("letter", text),), text, own=own, divided=False)
    return Standing(letter, tuple((s.name, s.text) for s in letter.sections if s.text and s.source != "locked"), text, own=own, gone=gone)


def _letter(start: Draft, composed: Letter) -> Letter:
    sections = tuple(section.model_copy(update={"text": _even(section.text)}) for section in start.sections)
    return Letter(channel=composed.channel, sections=sections)


def _even(text: str) -> str:
    """The text with lines that end where their words do, as mail programs change that by themselves."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _divided(text: str, before: Letter) -> dict[SectionName, str] | None:
    """Section -> its words in an edited text, "" where they were taken out; None where no section stands as it was."""
    found: dict[SectionName, str] = {}
    changed: list[Section] = []
    last: list[Section] = []
    at = 0
    for section in (section for section in before.sections if section.name != "subject" and section.text):
        place = text.find(section.text, at)
        if place < 0:
            changed.append(section)
            continue
        if owners := changed or last:
            _share(text[at:place], owners, found)
        found[section.name] = section.text if owners else f"{text[:place]}{section.text}"
        at, changed, last = place + len(section.text), [], [section]
    if not last:
        return None
    _share(text[at:], changed or last, found)
    return found


def _share(words: str, sections: Sequence[Section], found: dict[SectionName, str]) -> None:
    """Give the words between two sections that stand to those that stood there, in their order, by the words they have in common."""
    for section in sections:
        found.setdefault(section.name, "")
    pieces = [piece for piece in _PIECES.split(words.rstrip()) if piece.strip()]
    for piece, section in zip(pieces, _matched(pieces, sections), strict=True):
        found[section.name] = f"{found[section.name]}{piece}".lstrip()


def _matched(pieces: Sequence[str], sections: Sequence[Section]) -> Sequence[Section]:
    """For each piece the section that it most likely belongs to, none before that of the piece in front of it."""
    words = [_words(section.text) for section in sections]
    paths: list[tuple[int, tuple[int, ...]]] = [(0, ())] * len(sections)
    for piece in pieces:
        own = _words(piece)
        paths = [_on(max(paths[: i + 1], key=lambda path: path[0]), len(own & words[i]), i) for i in range(len(sections))]
    return [sections[i] for i in max(paths, key=lambda path: path[0])[1]]


def _on(path: tuple[int, tuple[int, ...]], score: int, at: int) -> tuple[int, tuple[int, ...]]:
    return path[0] + score, (*path[1], at)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))


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
