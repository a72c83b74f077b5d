"""Sentences and clauses of a text, each with what patterns cannot see: speech, agent, tense, topic, negation.

Everything here is a plain reading of surface forms, fast enough to run on each check; it is right often enough to
decide whether a pattern's hit is about the failure or about the repair, and says "none", "unknown" or "other" otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from drafter.checks.fold import fold
from drafter.checks.lexicon import word_list
from drafter.checks.pattern import looking, seen
from drafter.checks.sentences import HIDDEN, SIGNS, Span, hidden_spans, sentence_spans, unjudged_spans

if TYPE_CHECKING:
    from drafter.markup.prose import Silence

Speech = Literal["statement", "question", "request", "offer", "quote"]
Agent = Literal["us", "customer", "third", "none"]
Tense = Literal["past", "present", "future", "unknown"]
Topic = Literal["failure", "repair", "future", "other"]

_CUT = (
    r";\s*|:\s+|\s+-{1,2}\s+|--|\s*[()]\s*"
    r"|,\s+(?=(?:and|but|so|yet|or|because|which|who|where|when|while|although|though|as|since|if|however|then|we|i|you|it|they|he|she"
    r"|this|that|the|your|our|there)\b)"
    r"|\s+(?=(?:but|because|although|though|so that|whereas|while|unless|if|when|which|who)\b)"
    r"|\s+(?=(?:and|or|so|yet) (?:then )?(?:we|i|you|it|they|he|she|this|that|there|your \w+|our \w+|the \w+)"
    r"(?:'\w+| (?:\w+ly )?(?:is|are|was|were|got|has|have|had|will|did|do|does|can|could|would|should|may|might|\w+ed)\b))"
    r"|(?<=\bsorry)\s+(?=(?:that|we|i|you|it|this|there|your|our|the)\b)|\s+(?=that (?:we|i|you|it|there|the|your|our|this|they|some)\b)"
)
_LEAD = (
    r"^\W*(?:(?:and|but|so|yet|or|because|that|which|who|when|if|while|as|since|although|though|then|also|however|unfortunately|sorry|again|now|\w+ly"
    r"|(?:on|at|in|since|from|for|after|before|during|last|this|yesterday|today)\b[^,]{0,40}),?\s+)*?"
)
_SUBJECT = (
    _LEAD + r"(?:(?P<us>(?:we|i)\b|(?:our|my|one of our|a member of our|the company's) (?:own )?(?:\w+ )?"
    r"(?:team|staff|colleagues?|company|agents?|advisors?|drivers?|crew|engineers?"
    r"|system|warehouse|shop|store|driver|office|mistake|error|fault)s?\b)|(?P<customer>you\b)"
    r"|(?P<third>(?:they|he|she|someone|somebody|{third_party})\b|(?:our|the|a|your) (?:\w+ )?{third_party}))"
)
_BE = r"(?:am|is|are|was|were|be|been|being|got|gets?|getting|'s|'re|'m)"
_PASSIVE = (
    _BE + r"(?: (?:not|never|\w+ly|all|also|both|still|then|once|twice))* (?:\w+ed|{participle})\b"
    r"(?! (?:to|about|for|with|that|your|our|my|the)\b)"
)
_BY = (
    r"\bby (?:(?P<us>us|me|our\b|my\b|a script (?:that )?(?:i|we)\b)|(?P<customer>you\b|your\b)"
    r"|(?P<not>mistake|accident|error|then|now|\d|noon|midnight|phone|e-?mail|post|mail|letter|text|bank|card|hand|itself|law|default"
    r"|the (?:end|time|way)|\w+day|tomorrow|tonight|next)|(?P<third>\w))"
)
_FUTURE = r"\b(?:will|shall|won't|going to|gonna|about to)\b|'ll\b"
_PAST = r"\b(?:was|were|did|had|been|wasn't|weren't|didn't|hadn't|should have|could have|\w{2,}ed|{past})\b|'d been\b"
_PRESENT = (
    r"\b(?:am|is|are|do|does|has|have|can|may|might|isn't|aren't|don't|doesn't|hasn't|haven't|can't|cannot|\w+ing)\b|'(?:re|m|s|ve)\b"
)
_NEGATED = r"\b(?:not|never|no|nor|neither|without|nobody|nothing|none|cannot|(?:do|did|does|is|was|wo|ca|could|has|have)nt)\b|n't\b"
_REQUEST = (
    r"(?:please|kindly|pls|(?:could|can|would|will) you|let (?:me|us) know"
    r"|(?:reply|call|send|tell|write|contact|give|email|text|ring|check|try|use|log|click|dm|message) )"
)
_OFFER = (
    r"(?:would you like|if you(?:'d| would) (?:like|rather|prefer)|if you (?:want|prefer|need)"
    r"|(?:shall|can|may|could) (?:i|we)\b|happy to|do you want)"
)


class Clause:
    """One clause: where it stands in the text, who acts in it, when, on what side of the matter, and whether it denies."""

    __slots__ = ("agent", "end", "negated", "start", "tense", "text", "topic")

    def __init__(self, document: Document, start: int, end: int) -> None:
        coded = document.coded[start:end]
        self.start, self.end, self.text = start, end, document.text[start:end]
        self.agent: Agent = _agent(document.lower[start:end])
        self.tense: Tense = _tense(coded)
        self.negated = seen(_NEGATED, coded)
        self.topic: Topic = _topic(coded, self.tense)


class Sentence:
    """One sentence: `judged` is False for quoted trails, code, signatures, quoted speech and locked paragraphs.

    `plain` has the words as patterns see them: folded, on one line, quoted and reported words hidden; offsets are the same.
    `lower` is the same in small letters, and `coded` in the bytes that RE2 reads.
    """

    def __init__(self, document: Document, span: Span, *, judged: bool, paragraph: int) -> None:
        self._document = document
        self.start, self.end = start, end = span
        self.judged, self.paragraph = judged, paragraph
        self.plain = document.plain[start:end]
        self.lower = document.lower[start:end]
        self.coded = document.coded[start:end]

    @property
    def text(self) -> str:
        """The caller's own words."""
        return self._document.text[self.start : self.end]

    @cached_property
    def speech(self) -> Speech:
        """Whether the sentence states, asks, requests, offers or only quotes."""
        plain = self.plain
        if not plain.strip(HIDDEN + SIGNS + " .,!?\"'"):
            return "quote"
        if looking(_OFFER).match(self.lower):
            return "offer"
        if looking(_REQUEST).match(self.lower):
            return "request"
        return "question" if plain.rstrip(SIGNS).endswith("?") else "statement"

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the sentence, in order; together they hold all of its words."""
        plain, start, spans = self.plain, 0, []
        for match in looking(_CUT).finditer(self.lower):
            if plain[start : match.start()].strip():
                spans.append((start, match.start()))
                start = match.end()
        spans.append((start, len(plain)))
        return tuple(Clause(self._document, self.start + first, self.start + last) for first, last in spans if first < last)


class Document:
    """A text with its sentences; in its `silences` a writer has switched rules off.

    `folded` is the text in ASCII, `plain` as patterns see it, `lower` the same in small letters, and `coded` in bytes; all are
    of the same length.
    """

    def __init__(self, text: str, locked: tuple[Span, ...] = (), silences: tuple[Silence, ...] = ()) -> None:
        self.text = text
        self.silences = silences
        self.folded = folded = fold(text)
        self.locked = locked
        closed = sorted([*unjudged_spans(folded), *locked])
        self.plain = _hide(folded)
        self.lower = self.plain.lower()
        self.coded = self.plain.encode("ascii")
        self.sentences = tuple(self._sentences(folded, closed))
        self._starts = [sentence.start for sentence in self.sentences]

    def _sentences(self, folded: str, closed: list[Span]) -> list[Sentence]:
        found: list[Sentence] = []
        paragraph = last = at = 0
        for start, end in _split(folded, closed):
            if found and "\n" in folded[last:start] and folded.count("\n", last, start) > 1:
                paragraph += 1
            while at < len(closed) and closed[at][1] <= start:
                at += 1
            judged = not (at < len(closed) and closed[at][0] <= start) and not _only_hidden(self.plain, start, end)
            found.append(Sentence(self, (start, end), judged=judged, paragraph=paragraph))
            last = end
        return found

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`."""
        number = self.number_at(offset)
        return None if number is None else self.sentences[number]

    def numbers_in(self, start: int, end: int) -> range:
        """The places in `sentences` of those that share words with the span."""
        return range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end))

    def number_at(self, offset: int) -> int | None:
        """The place in `sentences` of the one that holds the character at `offset`."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset < self.sentences[number].end else None


@lru_cache(maxsize=16)
def analyse(text: str, locked: tuple[Span, ...] = (), silences: tuple[Silence, ...] = ()) -> Document:
    """The sentences and clauses of `text`; those inside the spans of `locked` are not judged."""
    return Document(text, locked, silences)


def _split(folded: str, closed: list[Span]) -> list[Span]:
    """The sentences, cut where something that is not judged begins or ends."""
    if not closed:
        return list(sentence_spans(folded))
    spans: list[Span] = []
    at = 0
    for start, end in [*closed, (len(folded), len(folded))]:
        if start > at:
            spans += [(at + first, at + last) for first, last in sentence_spans(folded[at:start])]
        if end > max(at, start):
            spans.append((max(at, start), end))
        at = max(at, end)
    return [(start, end) for start, end in spans if folded[start:end].strip()]


def _hide(folded: str) -> str:
    plain = folded.replace("\n", " ").replace("\t", " ") if "\n" in folded or "\t" in folded else folded
    pieces, at = [], 0
    for start, end in sorted(hidden_spans(folded)):
        if end > at:
            pieces += [plain[at : max(at, start)], HIDDEN * (end - max(at, start))]
            at = end
    return "".join([*pieces, plain[at:]]) if pieces else plain


def _only_hidden(plain: str, start: int, end: int) -> bool:
    return plain[start] == HIDDEN and not plain[start:end].strip(HIDDEN + SIGNS + " .,;:!?\"'")


@cache
def _filled(pattern: str) -> str:
    """The pattern with its {lists} filled in; on first use, since most texts need no clause."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: word_list(match[1]), pattern)


def _agent(lower: str) -> Agent:
    if looking(_filled(_PASSIVE)).search(lower):
        by = looking(_BY).search(lower)
        return "us" if by and by["us"] else "customer" if by and by["customer"] else "third" if by and by["third"] else "none"
    subject = looking(_filled(_SUBJECT)).match(lower)
    if not subject:
        return "none"
    return "us" if subject["us"] else "customer" if subject["customer"] else "third"


def _tense(coded: bytes) -> Tense:
    if seen(_FUTURE, coded):
        return "future"
    if seen(_filled(_PAST), coded):
        return "past"
    return "present" if seen(_PRESENT, coded) else "unknown"


def _topic(coded: bytes, tense: Tense) -> Topic:
    if seen(_filled("{repair_verb}"), coded):
        return "repair"
    if seen(_filled("{harm_verb}|{harm_noun}|{harm_participle}"), coded):
        return "failure"
    return "future" if tense == "future" else "other"
