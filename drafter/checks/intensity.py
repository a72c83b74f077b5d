"""How heavily a text apologises: apologies counted over the whole of it, and intensifiers stacked on one."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.checks.clauses import Document
from drafter.checks.pattern import looking
from drafter.checks.sentences import Span

ENOUGH = 2  # explicit apologies in one text; the third is one too many

_INTENSIFIER = (
    r"(?:so|very|really|truly|deeply|sincerely|extremely|terribly|awfully|incredibly|profoundly|genuinely|wholeheartedly|unreservedly"
    r"|humbly|dreadfully|absolutely|greatly|most|too|sincere|sincerest|deepest|deep|heartfelt|profound|humble|humblest|genuine|warmest|unreserved|fullest)"
)
_STACKED = (
    rf"\b(?:(?:we|i)(?:'re|'m| are| am)? )?(?P<span>(?:{_INTENSIFIER}(?:,? and |, | ))*(?:{_INTENSIFIER}(?:,? and |, | )))"
    r"(?:sorry|apologi[sz]e|apolog(?:y|ies))\b"
)
_ANY = r"sorry|apolog|soz|forgive"
_WORD = _INTENSIFIER
_APOLOGY = (
    r"\b(?:(?:i'm|i am|we're|we are|im)(?: \w+){0,2}? )?"
    r"(?:sorry|soz|apologi[sz]e|apologies|my apology|our apology|an apology|forgive (?:me|us))\b"
    r"(?P<other> (?:is|isn't|was|to (?:hear|ask|bother|trouble|chase|see|learn|read|say|interrupt)|state)\b)?"
)
_NOT_ONE = r"\b(?:not|n't|never|no need to|better safe than|say|saying|said|how|been|was|were|be)(?: \w+)? $"


def over_apology(document: Document) -> Iterator[Span]:
    """Intensifiers stacked on one apology, and every explicit apology after the second of the text."""
    count = 0
    numbers = dict.fromkeys(document.number_at(match.start()) for match in looking(_ANY).finditer(document.lower))
    for sentence in (document.sentences[number] for number in numbers if number is not None):
        if not sentence.judged:
            continue
        stacked = [match.span() for match in looking(_STACKED).finditer(sentence.lower) if _is_stack(match["span"])]
        for start, end in stacked:
            yield sentence.start + start, sentence.start + end
        for match in looking(_APOLOGY).finditer(sentence.lower):
            if match["other"] or looking(_NOT_ONE).search(sentence.lower[: match.start()][-24:]):
                continue
            count += 1
            if count > ENOUGH and not any(start <= match.end() - 1 < end for start, end in stacked):
                yield sentence.start + match.start(), sentence.start + match.end()


def _is_stack(words: str) -> bool:
    """Whether more than one intensifier stands there; "most sincere" is one in two words."""
    found = looking(_WORD).findall(words)
    if len(found) > 1 and found[0] == "most":
        found = found[1:]
    return len(found) > 1
