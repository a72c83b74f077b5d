"""Demands: what a customer lists after "I want:" or "What I expect:", by line, number, comma or full stop, each for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checks.clauses import Document, Sentence
from drafter.ticket.wish import SOUR
from drafter.ticket.words import finder, has

Span = tuple[int, int]
_WANTS = (
    r"(?:i|we)(?:'d| would|'m| am| are|'re)?(?: (?:also|now|therefore|just|really|only|still|simply))*"
    r" (?:want|need|expect|require|demand|request|like|appreciate|asking for|asking|ask for|ask)"
)
_NAMED = r"(?:demand|request|requirement|wish|ask|expectation)(?:s|es)?"
_CORE = (
    r"(?:(?:here's |here is |this is )?what (?:(?:i|we)(?:'d| would)?(?: also| now| still"
    r"| just)? (?:want|need|expect|require|demand|ask|like)"
    r"|(?:i'm|i am|we're|we are) asking(?: for)?)"
    rf"|{_WANTS}|(?:(?:these are )?(?:my|our|the) )?{_NAMED}"
    r"|(?:want|need|pls|plz|please|wanted)"
    r"|(?:(?:so )?to )?(?:put|make|set) (?:this|it|things) right(?:,? (?:i|we) (?:want|need|expect|ask))?)"
)
_TAIL = (
    r"(?: (?:are|is|from (?:you|your side)|now|you to|lol|pls|please|therefore|(?:the )?following"
    r"|to happen|done|that you)|,? at (?:the very )?least)*"
)
_LEAD = r"^(?:(?:so|also|furthermore|finally|ok|okay|and|now|anyway|therefore|here)[ ,.]+)*"
_HEADING = re.compile(rf"{_LEAD}{_CORE}{_TAIL} ?(?:[:.]|-+|,(?= at)|(?=\n)|$)\s*")
_WANTING = re.compile(
    rf"{_LEAD}(?:{_WANTS}|(?:just )?(?:want|need)|(?:what )?(?:i|we) (?:want|need|expect)(?: is)?)(?:"
    rf" for)?(?:, at the very least,?|,? at least,?)? (?!to (?:know|thank))"
)
_MARK = re.compile(r"(?:[-*•·–—]|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)])\s*$")
_LINE_MARK = re.compile(r"(?:[-*•·–—]+|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]) ")
_INNER = re.compile(r"(?:^|(?<=[\s,;]))\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v)\)\s*")
_COUNTED = re.compile(r"^(?P<number>\d{1,2})(?P<mark>[.)]?) (?=[a-z$£€\d])")
_AMOUNT = r"(?:[$£€]\s?\d|\d[\d.,]*)"
_START = (
    rf"(?:an?|the|my|our|some|full|half|another|any|all|both|one|two|three|somebody|someone|new|proof|compensation|confirmation|{_AMOUNT}"
    r"|credit|reimbursement|reparation|written|alternative"
    r"|[a-z]+ (?:reduced|refunded|returned|cancell?ed|removed|fixed|mended|repaired|replaced|paid|corrected|restored|waived))(?!\w)"
)
_TO = r"(?:to|not) [a-z]+ "
_SPLIT = rf"\s*;\s*(?:and )?|,\s+(?:and\s+)?(?={_START}|{_TO}|{{imperative}} )|,?\s+and (?={_START}|{_TO})"
_COLONED = rf"\s*;\s*(?:and )?|,\s+(?:and\s+)?|\s+and (?={_START}|{_TO}|{{imperative}} )"
_JOINED = re.compile(  # what only goes on about the thing before it
    r"^(?:in|at|on|by|for|from|with|without|after|before|until|this|next|same|as|or|honestly"
    r"|please|payed|paid|not (?!pay|to|be)|which|that(?!\w* you)"
    r"|who|so|because|if|it|i|we|he|she|they|free|\w+ly|(?:an? )?[\w ]{0,20}one$|no later|today|tomorrow|including|preferably)(?!\w)"
)
_ACTS_ON = (
    rf"(?:,\s+(?:and\s+|then\s+)?|\s+and\s+)(?=(?:please |pls )?{{imperative}} (?:me|us|my|our|the|this|that|an?|it|off|to|down|{_AMOUNT}))"
)
_FINITE = re.compile(
    r"(?<!\w)(?:is|are|was|were|am|has|have|had|does|do|did|will|would|can|could|came|went|got|says?|said|shows?|keeps?|kept|broke|fell"
    r"|stood|lost|took|left|sent|gave|made|stopped|arrived|happened|charged|told|i|we|you|they|he|she|(?<!in"
    r" )(?<!of )(?<!for )(?<!with )(?<!to )(?<!on )it|nobody|there|\w+n't)(?!\w)"
)
_RELATIVE = re.compile(r"(?<!\w)(?:that|which|who|if|until|till|before|from the|because|so)(?!\w)")
_ILL = re.compile(r"(?<!\w)(?:wrong|missing|broken|late(?! (?:fee|charge|payment))|cold|dirty|no|never|useless)(?!\w)")
_ASIDE = re.compile(r"\s*\((?![^)]*\d)[^)]*\)[!?.,]*$")
_LEAST = re.compile(r"at (?:the )?(?:very )?least|for a start|first of all")
_TAILS = re.compile(r",\s+(?:and\s+)?")
_BLANK = " \t\r\n.,;:!?-–—*•·_()\"'"
_MOST_WORDS, _MOST_LINES = 30, 12
_NEW_LINE = re.compile(r"[ \t]*\n\s*")
_LISTS = ("head", "marked", "plain")


def demands(document: Document, sentences: Sequence[Sentence]) -> Iterator[tuple[Span, Span]]:
    """Each demand, and with it all the words that are taken up by it: heading, number and marks too."""
    lower = "".join(char if char == "\n" else low for char, low in zip(document.text, document.lower, strict=True))
    kind, lines, last = "", 0, 0  # of the list under way: "head" before its first line, "marked", "plain", "run"
    for sentence in sentences:
        for start, end in _segments(lower, sentence, listing=kind in _LISTS):
            before, words, last = lower[last:start], lower[start:end], end
            heading = _is_heading(words)
            if heading:
                yield from _inline(lower, start, start + heading, end, _COLONED)
                kind, lines = ("run" if heading < len(words) else "head"), 0
                continue
            fresh = "\n" in before or not start
            marked = bool(_MARK.search(before) or _numbered(words, lines + 1) or _INNER.match(words))
            if kind in _LISTS and fresh and lines < _MOST_LINES and _goes_on(kind, words, before, marked=marked):
                kind, lines = ("marked" if marked else "plain"), lines + 1
                yield from _line(lower, start, end, lines)
            elif kind == "head" and not fresh and _is_item(words):  # "Here's what I want. A spare till then. The fee back."
                yield from _inline(lower, start, start, end, _SPLIT)
                kind = "said"
            elif kind == "said" and not _is_apart(before) and _is_item(words) and not words.endswith("?"):
                yield from _inline(lower, start, start, end, _SPLIT)
            elif not (kind in ("marked", "head") and not fresh):  # else a second sentence of the same line
                found = list(_wanted(lower, start, end)) or list(_acts(lower, start, end))
                more = not found and kind == "run" and not _is_apart(before) and _is_thing(words)
                yield from _inline(lower, start, start, end, _SPLIT) if more else found
                kind = "run" if found or more or (_is_request(words) and not _is_plea(words)) else ""


def _segments(lower: str, sentence: Sentence, *, listing: bool) -> Iterator[Span]:
    """The sentence, by its lines from where a list begins in it."""
    at = sentence.start
    for match in _NEW_LINE.finditer(lower, at, sentence.end):
        line = lower[match.end() : sentence.end].split("\n")[0]
        if listing or _is_heading(line):
            listing = True
            yield at, match.start()
            at = match.end()
            if mark := _LINE_MARK.match(lower, at, sentence.end):
                at = mark.end()
    yield at, sentence.end


def _is_heading(words: str) -> int:
    """How long the heading of a list is that the words begin with; 0 where they begin with none."""
    match = _HEADING.match(words)
    return match.end() if match and (match.end() == len(words) or ":" in match[0] or "," in match[0]) else 0


def _goes_on(kind: str, words: str, before: str, *, marked: bool) -> bool:
    """Whether a new line is one more of the list."""
    if marked:
        return kind != "plain"
    return kind != "marked" and not (kind == "plain" and _is_apart(before)) and len(words.split()) <= 12 and _is_item(words)


def _is_item(words: str) -> bool:
    return bool(finder(f"^(?:{_TO}|{{imperative}} |not )").match(words)) or not _is_told(words)


def _is_told(words: str) -> bool:
    """Whether it is a clause with its verb, beside what a thing is that is named first."""
    return bool(_FINITE.search(_RELATIVE.split(re.sub(r"\s*\(.*?\)", "", words))[0]))


def _is_apart(before: str) -> bool:
    return before.count("\n") > 1


def _is_request(words: str) -> bool:
    return bool(
        finder(r"^(?:and |so |then |also )*(?:please |pls |plz |kindly )?{imperative} (?!(?:is|are|was|were)\b)").match(words)
    ) or bool(
        re.match(
            r"(?:(?:and|so|then|also) )*(?:please|could you|can you|would you|will you|i want"
            r"|we want|i'd like|we'd like|i expect|we expect)\b",
            words,
        )
    )


def _is_plea(words: str) -> bool:
    """Whether a request names nothing, so that what follows it is no more of it: "please help"."""
    return len(words.split()) < 4


def _is_thing(words: str) -> bool:
    """Whether a sentence only names what is to be had: "The boxes until Friday", "And 300 £ for all this"."""
    bare = re.sub(r"^(?:and|also|plus|then)[ ,]+", "", words.strip(_BLANK))
    return (
        bool(re.match(_START, bare))
        and len(bare.split()) <= _MOST_WORDS
        and not _is_told(bare)
        and not _ILL.search(_RELATIVE.split(bare)[0])
        and not words.rstrip().endswith("?")
        and not has("heated", words)
    )


def _numbered(words: str, place: int) -> int:
    """How long the number of a line is, with its mark, or bare where it counts on; 0 where the line begins with another."""
    match = _COUNTED.match(words)
    return match.end() if match and (match["mark"] or int(match["number"]) == place) else 0


def _line(lower: str, start: int, end: int, place: int) -> Iterator[tuple[Span, Span]]:
    inner = _INNER.match(lower[start:end])
    begin = start + (_numbered(lower[start:end], place) or (inner.end() if inner else 0))
    word = SOUR.search(lower, begin, end)
    sour = next((cut for cut in reversed(list(_TAILS.finditer(lower, begin, word.start() if word else begin)))), None)
    if sour:  # what it says of a person stays apart
        yield _trimmed(lower, begin, sour.start()), (start, sour.start())
        begin = start = sour.end()
    yield _trimmed(lower, begin, end), (start, end)


def _inline(lower: str, taken: int, start: int, end: int, split: str) -> Iterator[tuple[Span, Span]]:
    """The demands of one sentence; all of them things, or none is taken."""
    pieces = _pieces(lower, start, end, split)
    for first, last in pieces:
        span = _trimmed(lower, first, last)
        if span[0] < span[1] and not _LEAST.fullmatch(lower[slice(*span)]):
            yield span, (min(taken, first), last)
            taken = last


def _pieces(lower: str, start: int, end: int, split: str) -> list[Span]:
    marks = list(_INNER.finditer(lower, start, end))
    if len(marks) > 1:
        edges = [*(mark.end() for mark in marks), end]
        return [(first, (marks[place + 1].start() if place + 1 < len(marks) else end)) for place, first in enumerate(edges[:-1])]
    cuts = [match.span() for match in finder(split).finditer(lower, start, end)]
    if any(lower[first:last].strip().startswith(";") for first, last in cuts):
        cuts = [cut for cut in cuts if lower[cut[0] : cut[1]].strip().startswith(";")]
    pieces: list[Span] = []
    at = start
    for first, last in [*cuts, (end, end)]:
        piece = lower[at:first].strip(_BLANK)
        if pieces and _JOINED.match(piece):
            pieces[-1] = (pieces[-1][0], first)
        else:
            pieces.append((at, first))
        at = last
    return pieces


def _wanted(lower: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """Several things that one sentence wants: "I expect an engineer, two days' pay and the fee refunded"."""
    match = _WANTING.match(lower[start:end])
    if not match or lower[start:end].rstrip().endswith("?"):
        return
    begin = start + match.end()
    if not re.match(rf"{_START}|you to |(?:it|them|this|that) \w+ed\b|\(?1\)", lower[begin:end]):
        return
    pieces = _pieces(lower, begin, end, _SPLIT)
    if len(pieces) > 1 and all(_is_wanted(lower[first:last].strip(_BLANK)) for first, last in pieces):
        yield from _inline(lower, start, begin, end, _SPLIT)


def _is_wanted(piece: str) -> bool:
    return bool(re.match(_TO + r"|you to |(?:it|them|this|that) \w+ed\b", piece) or finder("^{imperative} ").match(piece)) or not _is_told(
        piece
    )


def _acts(lower: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """Several deeds that one sentence asks for: "Cancel the charge, call them off and write to my mother"."""
    if not _is_request(lower[start:end]) or not re.match(
        r"(?:(?:and|so|then|also) )*(?:please |pls |plz |kindly |(?:could|can|would|will) you (?:please )?)?", lower[start:end]
    ):
        return
    cuts = [match.span() for match in finder(_ACTS_ON).finditer(lower, start, end)]
    if not any(lower[first:last].startswith(",") for first, last in cuts):
        return
    edges = [start, *(last for _, last in cuts)]
    ends = [*(first for first, _ in cuts), end]
    taken = start
    for first, last in zip(edges, ends, strict=True):
        yield _trimmed(lower, first, last), (taken, last)
        taken = last


def _trimmed(lower: str, start: int, end: int) -> Span:
    aside = _ASIDE.search(lower, start, end)
    if aside:
        end = aside.start()
    while start < end and lower[start] in _BLANK and lower[start] != "(":
        start += 1
    while start < end and lower[end - 1] in _BLANK and not (lower[end - 1] == ")" and "(" in lower[start:end]):
        end -= 1
    return start, end
