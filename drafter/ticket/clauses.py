"""The clauses of the customer's own current message: without quoted trails, signatures, form labels and words meant for a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafter.checks.clauses import Document, Sentence, analyse
from drafter.ticket.words import finder, has

_HEAD = re.compile(
    r"(?:from|to|cc|bcc|date|sent|reply-to|name|full name|first name|last name|customer|company|e-?mail|phone|tel|mobile|address|order|booking|reference|ref"
    r"|account|policy|invoice|ticket|case|version|os|browser|device|priority|department|category|product|serial|id)(?: (?:no|number|id|ref))?\.? ?: ?\S"
)
_LABEL = re.compile(
    r"(?:subject|re|fwd?|message|your message|description|details?|comments?|issue|problem|question|enquiry|inquiry|what happened|body|text"
    r"|steps|expected|actual|bug report|feedback)(?: (?:text|details))?:\s*"
)
_HANDLE = re.compile(r"[.\s]*@\w+[ ,:]+")
_TOWARD = re.compile(r"-{2,} ?forwarded message|^begin forwarded message|^fwd:")
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|bonjour|hallo|greetings|bro|mate|guys|yes|yeah|dear team|ok|okay|sir|madam|to whom it may concern)\b"
    r"(?:[ ,]+(?:there|all|again|team|sir|madam|or|and|everyone|folks|hello|hi|both|support|guys|bro|mate))*[ ,!.:-]*)+"
)
_MORE_CUTS = (
    r"(?:,? (?:and|but|so|then|yet) |, | )(?=(?:could|can|would|will) (?:you|someone|somebody|anybody|anyone|we|i|it)\b)"
    r"|(?:,? (?:and|but|so|then) |, )(?=(?:please|kindly|still|now|then|no ?one|nobody|nothing|never|only|have|has|had|are|is|was|were"
    r"|haven|hasn|didn|wasn|isn|didnt|cant|can't|doesnt|doesn't|won't|wont)\b)"
    r"|(?:,? (?:and|but|so|then|or) |, )(?=(?:then |also |still |now |even )?(?:the|my|our|your|a|an|one of|half|both|all|some|most) (?:[\w-]+ ){1,4}?"
    r"(?:is|are|was|were|has|have|had|did|does|do|will|won't|wont|cant|can't|\w+n't|came|went|got|stopped|broke|\w+ed)\b)"
    r"|(?:,? (?:and|but|so|then) |, )(?=(?:i|we|you|they|he|she|it|there|theres|this|that|nothing|everything|someone|somebody)(?:'\w+)? )"
    r"| (?=please (?:send|refund|call|tell|cancel|fix|stop|help|let|just|replace|give|check|get)\b)"
    r"| (?<! do)(?<! did)(?<! can)(?<! to)(?<! what)(?<! all)(?<! that)(?=(?:i(?:'d| would) like|id like|i just want|i want|i need|we want|we need|we'd like) )"
    r"| (?:um+|uh+|erm+|er|you know|i mean|well)(?: (?:um+|uh+|so|like|yeah))*,? "
    r"|\s*;\s*"
)


@dataclass(frozen=True)
class Said:
    """One clause of the customer's; `lower` is folded, in small letters, and of the same length as `text`."""

    start: int
    end: int
    text: str
    lower: str
    sentence: str  # the whole sentence, folded, in small letters
    asked: bool  # whether it is put as a question

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the ticket."""
        return self.start, self.end


@lru_cache(maxsize=16)
def said(text: str) -> tuple[Said, ...]:
    """The clauses of the current message of a ticket, in order."""
    document = analyse(text)
    return tuple(clause for sentence in _own(document) for clause in _clauses(document, sentence))


def orders_to_machines(text: str) -> tuple[tuple[int, int], ...]:
    """Where the ticket speaks to whatever machine reads it."""
    return tuple((sentence.start, sentence.end) for sentence in analyse(text).sentences if sentence.judged and _to_machine(sentence))


def _own(document: Document) -> Iterator[Sentence]:
    for sentence in document.sentences:
        if _TOWARD.search(sentence.lower):
            return  # what follows is somebody else's
        if sentence.judged and not _HEAD.match(sentence.lower) and not _to_machine(sentence):
            yield sentence


def _to_machine(sentence: Sentence) -> bool:
    return has("injected", sentence.lower)


def _clauses(document: Document, sentence: Sentence) -> Iterator[Said]:
    asked = sentence.speech == "question"
    for clause in sentence.clauses:
        for start, end in _pieces(document.lower, clause.start, clause.end):
            if any(map(str.isalnum, document.lower[start:end])):
                last = end == _trimmed(document.lower, sentence.start, sentence.end)[1]
                yield Said(start, end, document.text[start:end], document.lower[start:end], sentence.lower, asked and last)


def _pieces(lower: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in finder(_MORE_CUTS).finditer(lower, start, end):
        if lower[at : match.start()].strip():
            yield _opened(lower, at, match.start())
            at = match.end()
    yield _opened(lower, at, end)


def _opened(lower: str, start: int, end: int) -> tuple[int, int]:
    """The clause without a greeting, a label of a form or a word that only joins it on."""
    start, end = _trimmed(lower, start, end, keep="@.")
    for pattern in (_HANDLE, _LABEL, _GREETING, _JOINED):
        if match := pattern.match(lower, start, end):
            if match.end() < end:
                start = match.end()
    return _trimmed(lower, start, end)


_JOINED = re.compile(
    r"(?:(?:and|but|so|then|yet|also|because|since(?= (?:i|we|you))|um+|uh+|well|anyway|however|plus|that|yes|no,|ok|now,|just|as|btw|fyi)[ ,]+)+"
)
_BLANK = " \t\n.,;:!?-*_()\"'\x1e\x1f@"


def _trimmed(lower: str, start: int, end: int, *, keep: str = "") -> tuple[int, int]:
    while start < end and lower[start] in _BLANK and lower[start] not in keep:
        start += 1
    while start < end and lower[end - 1] in _BLANK:
        end -= 1
    return start, end
