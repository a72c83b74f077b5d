"""Detectors of what only the whole letter shows: a person behind it, and a recap in writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from drafter.checks.clauses import Document, Sentence
from drafter.checks.pattern import looking, seen
from drafter.checks.sentences import Span

_FIRST_PERSON = r"\b(?:i|we|my|our|us|me)\b|\b(?:i|we)'"
_ROUTE = (
    r"\b(?:repl(?:y|ies|ying)|respond|answer|write (?:to me|back|here|me)|writ(?:e|ing) to me|call(?: me| us)?"
    r"|ring(?: me| us)?|phone|text me|e-?mail(?: me| us)|message(?: me| us)"
    r"|dm(?: me| us)?|contact (?:me|us)|reach (?:me|us)|reaches me|get (?:back )?(?:in touch|to me|hold of)"
    r"|direct line|my (?:\w+ )?(?:number|line|mobile|email|desk|address)"
    r"|ask for|tell me|let (?:me|us) know|speak to me|talk to me|i'm on|find me|here (?:at|on)|drop me|come and see me|open door)\b"
    r"|[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ().-]{5,}\d"
)
_NO_ROUTE = r"\b(?:do not|don't|please don't|cannot|can't) (?:reply|respond|answer)\b|\bno-?reply\b|\bunmonitored\b|\bnot monitored\b"
_NAME = (
    r"(?:(?!(?:The|Your|Our|Customer|Support|Team|Care|Service|Client|Help|Best|Kind|Regards|Sincerely|Thanks|Thank"
    r"|Yours|Warm|Many|All|Hi|Dear"
    r"|Please|Sorry|We|You|It|This|That|And|But|Reply|Call)\b)[A-Z][a-z'-]+|[A-Z]\.)"
)
_SIGNED = (
    rf"(?:^|[.!?\n,)\-–—|]\s*|\s-{{1,2}}\s*)(?P<name>(?:{_NAME})(?:[ ](?:{_NAME}|de|van|von"
    rf"|der)){{0,3}})[ ]*(?:,[^\n.!?]{{0,60}}|\([^)\n]{{0,40}}\)|\n[^\n]{{0,80}}){{0,4}}\s*\Z"
)
_INITIALS = r"(?:\^|[-–—~/] ?)[A-Z][a-z]{2,11}\s*\Z"
_INTRODUCED = (
    rf"\b(?:[Ii]t's|[Ii]t is|[Tt]his is|I'm|I am|[Mm]y name is|here is|[Aa]sk(?: for)?) (?P<name>{_NAME})(?= (?!{_NAME})|,|\.|:)"
    rf"|\b(?:{_NAME}) here\b"
)
_TEAM = r"\b(?:team|support|care|department|service|services|desk|group|office|centre|center|company|inc|ltd|llc|helpdesk|staff)\b"
_LATER = (
    r"\b(?:in writing|to recap|recap|summary|to summari[sz]e|to sum (?:it )?up|in short|to confirm (?:what|our|in)"
    r"|as (?:i |we )?(?:promised|agreed|discussed)|i promised|we promised|(?:i|we) said (?:i|we)(?:'d| would)"
    r"|follow(?:ing)?[- ]?up|following (?:our|my|up)|since (?:we|i|then|our|my) (?:last|spoke|wrote|call)|since then"
    r"|last (?:week|month)|our (?:call|conversation|meeting|talk|visit)|post-?mortem"
    r"|review of|looking back|what (?:went wrong|happened|broke|we (?:did|fixed|changed|learned)))\b"
)
_MENDED = (
    r"\b(?:refund\w*|replac\w+|restored|recovered|re-?sent|re-?sen[dt]|repaired|fixed|credited|paid|sent|corrected"
    r"|rebooked|back (?:on|in|with|since|by|up|at)|complete file|reinstated|what we did|mended|resolved|delivered"
    r"|returned"
    r"|reopened|reversed|waived|booked|settled the)\b"
)
_CHANGED = (
    r"\b(?:checks?|chang(?:e|es|ed)|(?:from|since) (?:now|today|\w+day|\d)|every|each|now (?:\w+ )?(?:compare|check"
    r"|require|test|stop|ask|call|read|weigh|alert|go)\w*|alert|monitor\w*|train\w*|new (?:rule|process|step|check"
    r"|system|form)"
    r"|(?:is|are) now|changing|no longer|removed the|second person|audit|safeguard|prevent\w*)\b"
)


def recap(document: Document) -> Iterator[Span]:
    """Where a letter that looks back says what was mended and what changes for good."""
    judged = [sentence for sentence in document.sentences if sentence.judged]
    plain = b" ".join(sentence.coded for sentence in judged)
    if all(seen(pattern, plain) for pattern in (_LATER, _MENDED, _CHANGED)):
        first = next((sentence for sentence in judged if seen(_LATER, sentence.coded)), judged[0])
        yield first.start, first.end


def voice(document: Document) -> Iterator[Span]:
    """Where a person speaks: the first person somewhere, a name under it or in it, and a way to answer."""
    said, text = _first_person(document), document.folded
    plain = text.encode("ascii")
    if said and seen(_ROUTE, plain) and not seen(_NO_ROUTE, plain) and _named(text):
        yield said.start, said.end


def signed(document: Document) -> bool:
    """Whether a named person speaks in the first person, as a chat or a text message does without saying how to answer."""
    return _first_person(document) is not None and _named(document.folded)


def _first_person(document: Document) -> Sentence | None:
    return next((s for s in document.sentences if s.judged and seen(_FIRST_PERSON, s.coded)), None)


def _named(text: str) -> bool:
    body = text.rstrip().rstrip("\x1e\x1f ")
    signed = _exact(_SIGNED).search(body[-200:])
    if signed and not looking(_TEAM).search(signed["name"].lower()):
        return True
    return bool(_exact(_INTRODUCED).search(text) or _exact(_INITIALS).search(body))


@cache
def _exact(pattern: str) -> re.Pattern[str]:
    """With capitals as they stand: they make a name."""
    return re.compile(pattern)
