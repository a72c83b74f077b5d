"""Trim: what models put around the words of a section - labels, greetings, signatures, marks, echoes - taken off again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.draft import Letter, Section

_SENTENCE = re.compile(r"(?P<words>\S[^\n]*?[.!?][\"'”’)]*)(?P<after>\s+|\Z)")
_GREETING = re.compile(
    r"\A(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: (?:there|[\w.'’\[\]-]+)){0,4} ?[,!:–-]+\s*"
    r"|(?:hi|hello|dear)\b(?: [\w.'’\[\]-]+){0,4}[ \t]*\n+)",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:\s*\n)+[ \t]*(?:(?:with )?(?:best|kind|kindest|warm|warmest)(?: (?:regards|wishes))?"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|regards|many thanks|thanks|thank you|cheers)"
    r"[ \t]*,?[ \t]*(?:\n[^\n]{0,60}){0,5}\Z",
    re.I,
)
_NAME_LINE = re.compile(r"\n\s*[-–—]*[ \t]*\[SIGNER_[A-Z_]+\](?:[ \t]*[,|][^\n]{0,60})?(?:\n[^\n]{0,60}){0,3}\Z")
_NOTE = re.compile(r"\s*\n[ \t]*[*(\[]*(?:note|notes|explanation|word count)\b[^:\n]{0,30}:.*\Z", re.I | re.S)
_EMOJI = re.compile("[ \\t]*[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_LISTED = re.compile(r"(?:- |\d{1,2}\. )")
_LONG_ENOUGH = 4  # words, from which on a sentence that comes again is an echo


def trimmed(text: str, name: str) -> str:
    """The text of the section `name` as a letter takes it: without what models put around it, and with nothing said twice."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text.replace("\r\n", "\n")).strip()
    text = re.sub(r"\A#{1,6}[ \t][^\n]*(?:\n\s*|\Z)", "", _EMOJI.sub("", text))
    text = re.sub(rf"\A{name.replace('_', '[ _-]')}[ \t]*:\s*", "", text, flags=re.I)
    text = re.sub(r"(?m)^[ \t]*[*•][ \t]+", "- ", text)
    bare = _GREETING.sub("", text)
    bare = bare[:1].upper() + bare[1:] if bare != text else text
    bare = _NAME_LINE.sub("", _SIGN_OFF.sub("", _NOTE.sub("", bare)))
    return re.sub(r"\n{3,}", "\n\n", _once(bare)).strip()


def echoes(letter: Letter) -> Iterator[tuple[str, list[Section]]]:
    """Sentences that more than one section of a letter says word for word, each with those sections."""
    said: dict[str, tuple[str, list[Section]]] = {}
    for section in letter.sections:
        for match in _SENTENCE.finditer(section.text):
            sentence = " ".join(match["words"].split())
            _, sections = said.setdefault(sentence.lower(), (sentence, []))
            if section not in sections and len(sentence.split()) >= _LONG_ENOUGH:
                sections.append(section)
    yield from ((sentence, sections) for sentence, sections in said.values() if len(sections) > 1)


def spaced(letter: Letter, composed: Letter) -> Letter:
    """The letter with the gaps of the composed one, but a paragraph of its own for each list of a model's."""
    gaps = {section.name: section.gap for section in composed.sections}
    sections: list[Section] = []
    for section in letter.sections:
        beside = [part for part in (*sections[-1:], section) if part.source == "model"]
        gap = gaps[section.name]
        listed = gap == " " and any(_is_list(part.text) for part in beside)
        sections.append(section.model_copy(update={"gap": None if listed else gap}))
    return letter.model_copy(update={"sections": tuple(sections)})


def _is_list(text: str) -> bool:
    return any(_LISTED.match(line) for line in text.split("\n"))


def _once(text: str) -> str:
    """Without sentences that stand in the text before, word for word."""
    seen: set[str] = set()

    def kept(match: re.Match[str]) -> str:
        words = match["words"].lower().split()
        echo = len(words) >= _LONG_ENOUGH and " ".join(words) in seen
        seen.add(" ".join(words))
        return "" if echo else match[0]

    return _SENTENCE.sub(kept, text)
