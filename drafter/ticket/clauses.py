"""The clauses of the customer's own current message: without quoted trails, signatures, form labels and words meant for a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from drafter.checks.clauses import Document, Sentence, analyse
from drafter.ticket.demands import demands
from drafter.ticket.sender import is_contact, signature
from drafter.ticket.tongue import is_foreign
from drafter.ticket.words import finder, has

Span = tuple[int, int]
_HEAD = r"^{form_head}(?: (?:no|number|id|ref))?\.? ?: ?\S"
_OPENINGS = (
    r"[.\s]*@\w+[ ,:]+",  # the account that a post is written to
    r"{form_label}(?: (?:text|details))?:\s*",
    r"(?:{greeting}(?:[ ,]+{greeted})*[ ,!.:-]*)+",
    r"(?:{joining}[ ,]+)+",
)
_CUT = (
    r"(?:,? (?:and|but|so|then|yet|or) |, )(?={joined_start})"
    r"| (?={restart})|,? (?=(?:otherwise|or else|or (?:i|we|im|i'm|i'll|we'll)) )"
    r"|(?:^| )(?:um+|uh+|erm+|er|you know|i mean|well)(?: (?:um+|uh+|so|like|yeah))*,? "
    r"|\s*;\s*"
)
_ASKS_ON = (
    r"(?:^|\b)(?:(?:what|how|when|where|why|which|who)(?: \w+){0,3}|do|did|can|does|to|all"
    r"|that|(?:could|can|would|will) (?:you|u|someone|somebody))$"
)  # its verb is still to come
_OPEN_END = re.compile(r"\b(?:tell (?:me|us)|let (?:me|us) know|explain|confirm|know|wondering|ask|see|sure|say)$")
_JOINS = re.compile(r"(?<=\w),? (?:and|but)[\s,]*$")  # a clause that is cut before "when I rang"
_TOWARD = re.compile(r"-{2,} ?(?:forwarded|original|weitergeleitete|ursprungliche) (?:message|nachricht)|^begin forwarded message|^fwd:")
_LONGEST = 240
_BLANK = " \t\n.,;:!?-*_()\"'\x1e\x1f@"
_ORDERED = r"\W*(?:you (?:are|must|will)|you're|then|now|always|never|only|sign|say|{imperative})(?= |$)"


@dataclass(frozen=True)
class Said:
    """One clause of the customer's; `lower` is folded, in small letters, and of the same length as `text`."""

    start: int
    end: int
    text: str
    lower: str
    sentence: str  # the whole sentence, folded, in small letters
    asked: bool  # whether it is put as a question
    before: str  # the word that stands right before it, where no mark does
    demanded: bool = False  # whether it stands on a list of what they want

    @property
    def span(self) -> Span:
        """Where it stands in the ticket."""
        return self.start, self.end


@lru_cache(maxsize=16)
def said(text: str) -> tuple[Said, ...]:
    """The clauses of the current message of a ticket, in order."""
    document = analyse(text)
    own = list(_own(document))
    wanted = list(demands(document, own))
    clauses = [_beside(clause, [taken for _, taken in wanted]) for sentence in own for clause in _clauses(document, sentence)]
    listed = [_listed(document, span) for span, _ in wanted]
    below = signature(text)
    told = (clause for clause in clauses if clause and not _is_signed(text, clause, below))
    return tuple(sorted([*told, *listed], key=_place))


def _is_signed(text: str, clause: Said, below: int) -> bool:
    """Whether the clause stands with the name at the end of a message, and only says how to reach who wrote it."""
    if clause.start < below:
        return False
    line = text[text.rfind("\n", 0, clause.start) + 1 :].split("\n")[0]
    return is_contact(line) or clause.start == below or len(clause.text.split()) < 3


def _place(clause: Said) -> Span:
    return clause.span


def _beside(clause: Said, taken: Sequence[Span]) -> Said | None:
    """The clause without the words that a demand takes up; None where nothing is left."""
    for start, end in taken:
        if start < clause.end and clause.start < end:
            rest = (clause.start, start) if clause.start < start - 2 else (end, clause.end) if end + 2 < clause.end else None
            if rest is None:
                return None
            first, last = _trimmed(clause.text, rest[0] - clause.start, rest[1] - clause.start)
            if first >= last:
                return None
            clause = replace(
                clause, start=clause.start + first, end=clause.start + last, text=clause.text[first:last], lower=clause.lower[first:last]
            )
    return clause


def _listed(document: Document, span: Span) -> Said:
    start, end = span
    return Said(start, end, document.text[start:end], document.lower[start:end], document.lower[start:end], False, "", demanded=True)


def orders_to_machines(text: str) -> tuple[Span, ...]:
    """Where the ticket speaks to whatever machine reads it."""
    return tuple((sentence.start, sentence.end) for sentence in _orders(analyse(text)) if sentence.judged)


def _orders(document: Document) -> tuple[Sentence, ...]:
    """The sentences that give orders to a machine, and what goes on with them in their paragraph."""
    found: list[Sentence] = []
    for sentence in document.sentences:
        goes_on = found and "\n\n" not in document.text[found[-1].end : sentence.start] and finder(_ORDERED).match(sentence.lower)
        if has("injected", sentence.lower) or goes_on:
            found.append(sentence)
    return tuple(found)


def foreign(text: str) -> tuple[Span, ...]:
    """Where the current message is in another language."""
    document = analyse(text)
    return tuple(
        _trimmed(document.lower, sentence.start, sentence.end) for sentence in _current(document) if _is_foreign(document, sentence)
    )


def _own(document: Document) -> Iterator[Sentence]:
    orders = {sentence.start for sentence in _orders(document)}
    for sentence in _current(document):
        if sentence.start not in orders and not _is_foreign(document, sentence):
            yield sentence


def _is_foreign(document: Document, sentence: Sentence) -> bool:
    return is_foreign(document.text[sentence.start : sentence.end])


def _current(document: Document) -> Iterator[Sentence]:
    for place, sentence in enumerate(document.sentences):
        if _TOWARD.search(sentence.lower) and not (place == 0 and sentence.lower.startswith("fwd:")):
            return  # what follows is somebody else's; a message that begins with it has its subject there
        if sentence.judged and not finder(_HEAD).match(sentence.lower):
            yield sentence


def _clauses(document: Document, sentence: Sentence) -> Iterator[Said]:
    asked, lower = sentence.speech == "question", document.lower
    last = _trimmed(lower, sentence.start, sentence.end)[1]
    pieces = [piece for clause in sentence.clauses for piece in _pieces(lower, clause.start, clause.end)]
    for start, end in (short for piece in _rejoined(lower, pieces) for short in _short(lower, piece)):
        if any(map(str.isalnum, lower[start:end])):
            end = _spoken(document.text, lower, end, sentence.end)
            before = re.search(r"[\w']+(?= $)", lower[max(sentence.start, start - 24) : start])
            text = document.text[start:end]
            yield Said(start, end, text, lower[start:end], sentence.lower, asked and end == last, before[0] if before else "")


def _spoken(text: str, lower: str, end: int, last: int) -> int:
    """Where a clause ends that goes on with what somebody said, word for word: its end is hidden from patterns."""
    quote = re.compile(r' ?["“][^"“”\n]{1,120}["”]').match(text, end, last)
    return quote.end() if quote and not lower[end : quote.end()].strip(_BLANK) else end


def _pieces(lower: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in finder(_CUT).finditer(lower, start, end):
        head = lower[at : match.start()].strip()
        if head and not re.search(_ASKS_ON, head):
            yield _opened(lower, at, match.start())
            at = match.end()
    yield _opened(lower, at, end)


def _short(lower: str, piece: Span) -> Iterator[Span]:
    """The piece, cut at blanks where it is longer than any clause: patterns look at a clause many times."""
    start, end = piece
    if hanging := _JOINS.search(lower, start, end):
        end = hanging.start()
    while end - start > _LONGEST:
        blank = lower.rfind(" ", start, start + _LONGEST)
        cut = blank if blank > start else start + _LONGEST
        yield _trimmed(lower, start, cut)
        start = cut
    yield _trimmed(lower, start, end)


def _rejoined(lower: str, pieces: list[Span]) -> list[Span]:
    """The pieces, with a question that hangs on the one before it put back: "tell me | when it comes"."""
    made: list[Span] = []
    for start, end in pieces:
        if made and _OPEN_END.search(lower[made[-1][0] : made[-1][1]]) and lower[made[-1][1] : start].strip() in ("", "that"):
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def _opened(lower: str, start: int, end: int) -> Span:
    """The clause without a greeting, a label of a form or a word that only joins it on."""
    start, end = _trimmed(lower, start, end, keep="@.")
    for pattern in _OPENINGS:
        if (match := finder(pattern).match(lower, start, end)) and match.end() < end:
            start = match.end()
    return _trimmed(lower, start, end)


def _trimmed(lower: str, start: int, end: int, *, keep: str = "") -> Span:
    while start < end and lower[start] in _BLANK and lower[start] not in keep:
        start += 1
    while start < end and lower[end - 1] in _BLANK:
        end -= 1
    return start, end
