"""Which elements a text has, and where: the element rules of its language, each looked for once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from drafter.checks.clauses import Document
from drafter.checks.engine import RuleSet, first_spans, rules_for
from drafter.checks.sentences import Span

_US = re.compile(r"\b(?:we|i|our|my|us|me)\b|'(?:ve|m)\b", re.I)
_HELP = re.compile(
    r"\b(?:you can|you may|you could|you'll find|you will find|here(?:'s| is| are)|to (?:do|fix|change|cancel|get"
    r"|find|set|check|restore|reset|see|use)\b"
    r"|(?:i|we) can (?:\w+ly )?(?:do|offer|send|help|set|move|give|arrange|add|extend|switch|collect|refund|book|look|show|walk)"
    r"|(?:click|open|go to|choose|select|tap|turn|visit|follow|reply|call|use|try|send)\b [^.?!]{3,}|https?://)",
    re.I,
)
_PRIVATE = re.compile(
    r"\b(?:(?:sent|send|written|write|messaged?|dm'?e?d?|replied|reply|emailed?|drop|check|see|in|by|via|through"
    r"|look at)\b[^.!?]{0,40}"
    r"\b(?:privately|dms?|direct messages?|private messages?|pm|inbox|your messages|message box)|privately|dm us"
    r"|message us|your messages)\b",
    re.I,
)

_TELLING = 4  # words of a failure that say what it was
_VAGUE = re.compile(
    r"\b(?:something|anything|everything|things?|mistakes?|errors?|wrong(?:ly)?|issues?|problems?|situation|experience|service|matter|request"
    r"|happen\w*|went|gone|made|make|have|been|were|with|that|this|your|yours|from|about|down|badly|right|some|very|when|what"
    r"|let|fail\w*|expect\w*|standards?)\b",
    re.I,
)
_ACT = re.compile(  # of ours, on a thing of the customer's: neither of them one that could be said of anything
    r"\b(?:we|i) (?:(?:\w+ly|also|had|have) )?(?!(?:am|are|was|were|had|have|did|do|could|can|would|will|let|fail\w*|made|got|get|gave|went"
    r"|disappoint\w*|mishandl\w*|neglect\w*|ruin\w*|spoil\w*|mess\w*|botch\w*|upset|wast\w*|hurt|harm\w*|broke|affect\w*|caus\w*)\b)"
    r"(?P<verb>[a-z]{3,})\b[^.;:?!]*?\byour (?!(?:trust|time|day|evening|expect\w*|needs?|patience|experience|case|matter|request|feelings?"
    r"|confidence|plans?|standards?|problems?|issues?|situation|concerns?|business|service)\b)[a-z]{3,}",
    re.I,
)


def found(document: Document, rules: RuleSet | None = None) -> Mapping[str, Span]:
    """The elements that the judged text has, each with the first place that shows it; without `rules`, those of English hold."""
    return first_spans(document, rules or rules_for("en"))


def first_places(document: Document, rules: RuleSet | None = None) -> dict[str, int]:
    """Where each element that the text has begins."""
    return {element: span[0] for element, span in found(document, rules).items()}


def speaks_of_us(document: Document, span: Span) -> bool:
    """Whether the sentences that hold the span have us in them."""
    sentences = [sentence for sentence in document.sentences if sentence.start < span[1] and span[0] < sentence.end]
    return any(_US.search(sentence.plain) for sentence in sentences)


def is_specific(failure: str) -> bool:
    """Whether a failure of the facts says what went wrong: a number, or words enough that could not be said of anything."""
    words = re.findall(r"[^\W\d_]{3,}", _VAGUE.sub("", failure))
    return len(words) >= _TELLING or bool(re.search(r"\d", failure))


def act_on_theirs(failure: str) -> str:
    """The verb of a failure of the facts that is an act of ours on a thing of the customer's ("I put mustard on your roll"); else ""."""
    act = _ACT.search(failure)
    return act["verb"] if act else ""


def helps(document: Document) -> bool:
    """Whether an answer offers something to do: by us, or a step that the customer can take."""
    return any(_HELP.search(sentence.plain) for sentence in document.sentences if sentence.judged)


def moves_to_private(document: Document) -> bool:
    """Whether a public reply goes on where nobody else reads: its details stand there."""
    return any(_PRIVATE.search(sentence.plain) for sentence in document.sentences if sentence.judged)
