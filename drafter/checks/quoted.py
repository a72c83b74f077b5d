"""Whose words stand in quotation marks: somebody else's are left alone, our own are read as if no marks stood around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.checks.fold import fold
from drafter.checks.sentences import Span, quotations
from drafter.markup.prose import Builder, Prose, Silence

_MARKED = re.compile(r"[\"“”„‟«»″＂`]|(?<!\w)['‘’‚‛′´ʼ＇‹](?=[\w.])|<(?:code|pre)>", re.I)
_CODE = re.compile(r"(?P<mark>`{1,3}|~~~|<(?P<tag>code|pre)>)(?P<words>[^`\n<>~]{3,400})(?:(?P=mark)|</(?P=tag)>)", re.I)
_WORDS = re.compile(r"\s*[A-Za-z]+(?:['-][A-Za-z]+)*(?:[,;:]? [A-Za-z]+(?:['-][A-Za-z]+)*)+[.!?]*\s*")
_PROSE = re.compile(
    r"\b(?:you|your|we|our|us|i|my|it|they|he|she|the|was|were|is|are|have|had|never|not|\w+n't|should|must|by|and|sorry)\b", re.I
)
_WINDOW, _BEHIND = 200, 80  # characters before and after a quotation that can say whose it is

_SAID = (
    r"(?:said|told|wrote|written|asked|called|mentioned|reported|quoted|described|claimed|stated|replied|answered|posted|promised|assured"
    r"|insisted|typed|heard|read|put it|signed|shouted|added|thought|meant)"
)
_SAYS = r"(?:says?|reads?|shows?|showing|displays?|displaying|asks?|writes?|calls?|means?|puts? it|said|say|sees?|saw)"
_OURS = r"(?:\b(?:we|i)\b|\bour (?:[\w-]+ ){0,2}?[\w-]+)"
_LETTER = (
    r"(?:messages?|e-?mails?|letters?|reviews?|complaints?|words?|questions?|posts?|comments?|texts?|tweets?|tickets?|feedback|requests?"
    r"|surveys?|replies|reply|answers?|subject(?: line)?|title|phrase|statement|chat)"
)
_SCREEN = (
    r"(?:screen|app|error|messages?|banner|label|button|box|sign|receipt|menu|display|alert|pop-?up|tracking|tracker|status|form|link|tab"
    r"|field|heading|notification|bar|badge|sticker|poster|headline|line)"
)
_THEIR_WORDS = re.compile(  # before a quotation, in its sentence
    r"\b(?:you|he|she|they|who|customers?|guests?|passengers?|people|users?|somebody|someone|reporters?)(?:'\w+)?"
    rf"(?: \w+){{0,3}}? (?:{_SAID}|{_SAYS})\b"
    rf"|\b(?:your|his|her|their|\w+'s|customers?') (?:[\w-]+ ){{0,3}}?{_LETTER}\b"
    rf"|(?-i:\b(?:Mr|Mrs|Ms|Mx|Dr)\.? [A-Z]\w+|(?<!^)(?<!: )\b[A-Z][a-z]+)(?: \w+){{0,2}}? {_SAID}\b"
    rf"|\b(?:the|a|an|this|that|its) (?:[\w-]+ ){{0,3}}?{_SCREEN} (?:\w+ )?{_SAYS}\b"
    r"|\b(?:statement|updates?|notices?|announcement|version|draft|line|one|which|that) (?:\w+ )?(?:said|read|claimed|promised|ran)\b"
    r"|\b(?:press|click|tap|choose|select|pick|tick|hit|type|under|enter|chose|typed)(?:ed)?(?: on)?(?: (?:the|a))?(?: \w+){0,2}$"
    rf"|\b(?:{_SCREEN}|page|option|section|article|chapter|book|film|song|album|show|game|subject(?: line)?|headed|titled|entitled|called"
    r"|labell?ed|marked|named|printed|the words?|the phrase|the term)(?: with| as)?,?:?$",
    re.I,
)
_THEIR_TURN = re.compile(  # after it
    rf"^[,.]?(?: \w+)? (?:you|he|she|they|customers?)(?: \w+)? {_SAID}\b|^,? (?:said|wrote|asked) (?!(?:we|i|our)\b)"
    rf"|^ (?:{_SCREEN}|page|option|section|screen|email)\b|^ (?:is|was|are|were) (?:what|how) (?:you|they|he|she)\b"
    r"|^,? (?:as you|in your (?:own )?words|to use your)\b",
    re.I,
)
_KIND_OF = re.compile(r"\b(?:an?|the|that|this|those|these|another|each|every|his|her|their)$", re.I), re.compile(r"^ [a-z]+\b", re.I)
_TOLD = re.compile(
    rf"\b(?:telling|saying|writing|promising|calling)\b|{_OURS}(?:'\w+)?(?: \w+){{0,3}}? (?:{_SAID}|say|saying)\b"
    rf"|\bmy (?:\w+ )?{_LETTER}\b|\bour (?:\w+ )?{_LETTER}\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:wrong|untrue|not (?:true|right|so|fair|correct)|false|sorry|apologi\w+|mistake|should(?: not|n't) have|misleading"
    r"|unfair|rude|no answer|no excuse|not enough"
    r"|never (?:have )?been)\b",
    re.I,
)
_EDGE = re.compile(r"(?:[.!?;][\"')\]]*\s|\n\s*\n|(?<!:)\n)")


def own_words(prose: Prose, verbatim: Sequence[str] = ()) -> Prose:
    """The prose without the marks around words that are the writer's own saying; those of the paragraphs in `verbatim` stay.

    A quotation is somebody else's where the text says so: a customer wrote it, a screen shows it, or we told it earlier and
    take it back. "You 'never bothered' to read it" is said by the one who writes it. Words in backticks are code unless
    they read as prose.
    """
    if not _MARKED.search(prose.text):
        return prose
    folded = fold(prose.text)
    kept = [span for paragraph in verbatim for span in _places(prose.text, paragraph)]
    marks = [mark for mark in _marks(folded) if not any(start <= mark[0] < end for start, end in kept)]
    return _without(prose, sorted(marks)) if marks else prose


def _places(text: str, paragraph: str) -> Iterator[Span]:
    start = text.find(paragraph) if paragraph else -1
    while start >= 0:
        yield start, start + len(paragraph)
        start = text.find(paragraph, start + len(paragraph))


def _marks(folded: str) -> Iterator[Span]:
    """Where marks stand around words of our own."""
    end = 0
    for outer, inner in sorted([*_coded(folded), *(((start, stop), (start + 1, stop - 1)) for start, stop in quotations(folded))]):
        if outer[0] >= end and not _theirs(folded, outer):
            yield outer[0], inner[0]
            yield inner[1], outer[1]
        end = max(end, outer[1])


def _coded(folded: str) -> Iterator[tuple[Span, Span]]:
    """Prose that stands where code does, with its marks and without them."""
    for match in _CODE.finditer(folded):
        if _WORDS.fullmatch(match["words"]) and _PROSE.search(match["words"]):
            yield match.span(), match.span("words")


def _theirs(folded: str, span: Span) -> bool:
    """Whether the text says that the words are somebody else's, or ours of an earlier day that are taken back."""
    before, after = folded[max(0, span[0] - _WINDOW) : span[0]], folded[span[1] : span[1] + _BEHIND]
    lead = _EDGE.split(before)[-1].lstrip().rstrip(" \n")
    if _THEIR_WORDS.search(lead) or _THEIR_TURN.search(after):
        return True
    if _KIND_OF[0].search(lead) and _KIND_OF[1].search(after):  # a "sorry we missed you" card
        return True
    return bool(_TOLD.search(lead) and _TAKEN_BACK.search(lead + after))


def _without(prose: Prose, marks: Iterable[Span]) -> Prose:
    builder, at = Builder(prose.text), 0
    for start, end in marks:
        builder.copy(at, start)
        at = end
    builder.copy(at, len(prose.text))
    silences = [replace(silence, start=builder.index(silence.start), end=_end(silence, builder)) for silence in prose.silences]
    return replace(builder.prose(silences, prose.named), original=prose.original, encoded=prose.encoded, outer=prose)


def _end(silence: Silence, builder: Builder) -> int:
    """Where a stretch ends; one that reaches past the end still does, since what is missing stands there."""
    return builder.index(silence.end) + max(0, silence.end - len(builder.original))
