"""Detectors of deeds: what we did beside an apology, and what became of the customer by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from drafter.checks.clauses import Document, Sentence
from drafter.checks.lexicon import word_list
from drafter.checks.sentences import Span

_NEAR = 2  # sentences between an apology and the deed it is for
_ADVERBS = r"(?: (?:also|then|even|just|still|simply|only|all|both|each|wrongly|never|\w+ly))*"
_WE_DID = re.compile(rf"\b(?:we|i|(?:our|my) (?:\w+ )?\w+){_ADVERBS} (?P<verb>[a-z]+)\b", re.I)
_AFTERWARDS = re.compile(
    r"\b(?:sorry|sry|apolog\w+|forgive (?:me|us)|(?:our|my) (?:own )?(?:mistake|fault|error|bad)|(?:was|is) (?:a |the )?(?:mistake|wrong|error|ours|mine)"
    r"|on (?:us|me)|should(?:n't| not| never)? have|owe you)\b",
    re.I,
)
_CONDITIONAL = re.compile(r"\s*(?:if|should|in case|whether|unless|please|did|have|has|do|are|is|was|were|could|can|would|when did|what|which)\b", re.I)
_BETTER = re.compile(
    r"\b(?:new|replacement|refund\w*|right one|correct\w*|again|cop(?:y|ies)|dm|message|e-?mail|link|code|back|credit\w*|compensat\w*|extra|free|instead|fix\w*|today|tomorrow|now)\b",
    re.I,
)
_PEOPLE = (
    r"(?:many|some|most|all|several|hundreds|thousands|dozens|those) of (?:you|our \w+)|(?:\w+ )?(?:customers|users|people|passengers|guests|patients|members|families"
    r"|players|residents|readers|visitors|subscribers|homes|households|drivers|travellers|travelers|parents|children|students|tenants|shoppers|viewers|businesses|merchants)"
)
_THEY = re.compile(
    rf"\b(?P<who>you(?: both| all| and [\w' ]{{2,30}}?)?|(?P<yours>your (?:[\w'-]+ ){{1,4}}?)|{_PEOPLE}){_ADVERBS} ?\b(?P<verb>[a-z]+)\b(?P<rest>[^.;!?]*)", re.I
)
_STATE = re.compile(
    r" (?:\w+ )?(?:without|off|offline|down|out of|late|left|kept|stuck|short|forced|made to|unable|locked|stranded|turned away|cut off|overdrawn|dark|cold|closed"
    r"|hungry|frozen|shut|on hold|in the dark|at a standstill|dead|unusable|unreachable|affected|empty|idle)\b",
    re.I,
)
_BAD_RECEIPT = re.compile(r" (?:\w+ ){0,2}(?:error|errors|wrong|duplicate|no |nothing|two|three|empty|blank|someone|another|late|broken|damaged)\b", re.I)


def owning(document: Document) -> Iterator[Span]:
    """Where "we" did something in the sentences about an apology that is neither repair nor harmless: the deed it is for."""
    judged = [sentence for sentence in document.sentences if sentence.judged]
    sorry = [number for number, sentence in enumerate(judged) if _AFTERWARDS.search(sentence.plain)]
    for number, sentence in enumerate(judged) if sorry else ():
        if _CONDITIONAL.match(sentence.plain) or not any(abs(number - place) <= _NEAR for place in sorry):
            continue
        before = any(number < place <= number + _NEAR for place in sorry)
        for match in _WE_DID.finditer(sentence.plain):
            if _faulty(match["verb"].lower(), sentence, match.start(), before=before):
                yield sentence.start + match.start(), sentence.start + match.end()


def failing(document: Document) -> Iterator[Span]:
    """Where a deed of ours beside an apology is told with something concrete."""
    for start, end in owning(document):
        sentence = document.sentence_at(start)
        if sentence and _detail().search(sentence.plain):
            yield start, end


def effect(document: Document) -> Iterator[Span]:
    """Where the customer, their people or all customers came to something by what we did."""
    for sentence in document.sentences:
        if sentence.judged and not _CONDITIONAL.match(sentence.plain):
            for match in _THEY.finditer(sentence.plain):
                if _suffered(match):
                    yield sentence.start + match.start(), sentence.start + match.start("rest")


def _faulty(verb: str, sentence: Sentence, at: int, *, before: bool) -> bool:
    """Whether the act may be the fault: acts that also repair ("sent", "moved") only where the apology follows."""
    if not _past().fullmatch(verb) or _harmless().fullmatch(verb):
        return False
    if _repair().fullmatch(verb):
        later = before or bool(_AFTERWARDS.search(sentence.plain, at))
        return later and not _mends().fullmatch(verb) and not _BETTER.search(sentence.plain)
    return True


def _suffered(match: re.Match[str]) -> bool:
    verb, rest = match["verb"].lower(), match["rest"]
    if verb in ("was", "were"):
        return bool(_STATE.match(rest)) and not match["who"].lower().startswith("your card")
    if verb in ("received", "got", "saw", "found"):
        return bool(_BAD_RECEIPT.match(rest))
    if match["yours"]:
        return False
    return bool(_past().fullmatch(verb)) and not _unharmed().fullmatch(verb)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"[a-z]{{2,}}ed|{word_list('past')}|drove|slept|stood|woke|bore|lay|froze|flew|rode|shut|sold|fed|taught|cost|shot|swept|hung", re.I)


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(word_list("harmless_deed"), re.I)


@cache
def _unharmed() -> re.Pattern[str]:
    return re.compile(word_list("customer_deed"), re.I)


@cache
def _repair() -> re.Pattern[str]:
    return re.compile(word_list("repaired"), re.I)


@cache
def _mends() -> re.Pattern[str]:
    """Acts that only ever mend."""
    return re.compile(r"re[a-z]+ed|re[a-z]+t|reran|credited|waived|fixed|corrected|mended|patched|resolved|unlocked|unblocked|arranged|upgraded|extended|compensated", re.I)


@cache
def _detail() -> re.Pattern[str]:
    return re.compile(word_list("detail"), re.I)
