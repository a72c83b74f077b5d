"""Detectors of what only the whole letter shows: a person behind it, and a recap in writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from drafter.checks.clauses import Document, Sentence
from drafter.checks.lexicon import word_list
from drafter.checks.pattern import looking, seen
from drafter.checks.sentences import Span, before_trail

_FIRST_PERSON = r"\b(?:i|we|my|our|us|me)\b|\b(?:i|we)'"
_NO_ROUTE = (
    r"\b(?:do not|don't|please don't|cannot|can't) (?:reply|respond|answer)\b|\bno-?reply\b"
    r"|\b(?:unmonitored|not monitored|not attended|unattended)\b"
)
_NO_NAME = (
    r"The|Your|Our|Hi|Hello|Hey|Dear|Many|Please|Sorry|We|You|It|This|That|And|But|Reply|Call|What|How|Why|From|Thanks|Thank|Regards"
    r"|Best|Kind|Warm|Warmest|Sincerely|Respectfully|Yours|Cheers|Greetings|Love"
)
_NAME = rf"(?:(?!(?:{_NO_NAME})\b)[A-Z][a-z'-]+(?:[A-Z][a-z]+)?|[A-Z]\.)"
_FULL = rf"(?:{_NAME})(?:[ ](?:{_NAME}|de|van|von|der|da|di|el|al|bin|O'{_NAME})){{0,3}}"
_LINE = r"\n(?:[^\n.!?]|[.](?=[\w ])|(?:Ltd|Inc|Co|St|Rd)[.]){0,80}"
_SIGNED = (
    r"(?:^|[.!?\n,)\-–—|\x1e\x1f]\s*|\s-{1,2}\s*)(?:(?:Dr|Mr|Mrs|Ms|Sister|Cllr|Prof)\.? )?"
    rf"(?P<name>{_FULL})(?:[ ](?:and|&)[ ]{_FULL})?[ ]*"
    rf"(?:,[^\n.!?]{{0,60}}|(?:@|/|at|for|from)[ ][^\n.!?]{{0,40}}|\([^)\n]{{0,40}}\)|{_LINE}){{0,4}}\s*\Z"
)
_INITIALS = r"(?:\^|[-–—~/]{1,2} ?)(?P<name>[A-Za-z][a-z]{2,11})\s*\Z"
_INTRODUCED = (
    r"\b(?:[Ii]t's|[Ii]t is|[Tt]his is|I'm|I am|[Mm]y name is|here is|through to|(?:speaking|chatting) (?:to|with)|[Aa]sk(?: for)?) "
    rf"(?:(?:Dr|Mr|Mrs|Ms|Sr|Sister|Prof)\.? )?(?P<name>{_NAME})(?= (?!{_NAME})|,|\.|:)"
    rf"|\b(?P<here>{_NAME}) (?:(?:again )?here\b"
    r"|from (?:the |our )?(?:\w+ )?(?:team|desk|office|shop|support|customer|billing|\w+ team)\b)"
    rf"|\A(?:Hi|Hello|Hey|Dear)[^\n.!?]{{0,30}},\s+(?P<opens>{_NAME}) (?:at|from) [A-Z]"
    rf"|\A(?P<first>{_NAME}) (?:at|from) (?:the )?[A-Z][^\n.!?]{{0,40}} here\b"
)
_LATER = (
    r"\b(?:(?:put|set|have|get|give|call|conversation|this|it) (?:\w+ ){0,4}in writing|to recap|recap|summary|to summari[sz]e"
    r"|to sum (?:it )?up|in short|tl;?dr|to confirm (?:what|our|in)"
    r"|as (?:i |we )?(?:promised|agreed|discussed)|i promised|we promised|(?:i|we) said (?:i|we)(?:'d| would)"
    r"|follow(?:ing)?[- ]?up|following (?:our|my|up)|further to (?:our|my|your)|notes (?:of|from|on) (?:our|the|my|today)|i set out below"
    r"|since (?:we|i|our|my) (?:last|spoke|wrote|call)|(?:our|today's|yesterday's|friday's|monday's) (?:call|conversation|meeting|visit)"
    r"|post-?mortem|post-?incident|incident report|root cause|write-?up|report (?:on|into)|reviews? (?:of|for|into|on)|our review"
    r"|looking back|what (?:went wrong|broke|we (?:did|fixed|changed|learned|found|'ve (?:done|changed)|have (?:done|changed))))\b"
    r"|^\W*(?:review\b|what happened\b)"
)
_MENDED = (
    r"\b(?:refund\w*|replac\w+|restored|recovered|re-?sent|re-?sen[dt]|repaired|fixed|credited|paid|sent|corrected"
    r"|rebooked|back (?:on|in|with|since|by|up|at)|complete file|reinstated|what we(?:'ve| have)? d(?:id|one)|mended|resolved|delivered"
    r"|returned|re-?ran|rebuilt|reverted|rolled back|replayed|re-?run|brings? \S+ back|back the same|has been (?:contacted|seen|put right)"
    r"|reopened|reversed|waived|booked|settled the|fix (?:was|went|is|has)|restarted|moved back)\b"
)
_CHANGED = (
    r"\b(?:checks?|chang(?:e|es|ed)|(?:from|since) (?:now|today|\w+day|\d|(?:\w+ ){1,2}(?:an?|each|every|all|no|the) )"
    r"|from (?:here|now) on|(?:every|each) (?:\w+ ){0,4}(?:is|are|has|have|must|now|gets?|goes|needs?|compares?|checks?)"
    r"|now (?:\w+ )?(?:compare|check|require|test|stop|ask|call|read|weigh|alert|go|run)\w*|alert|monitor\w*|train\w*"
    r"|new (?:rule|process|step|check|system|form)|refuses?|(?:can't|cannot|may) be|ha(?:ve|s) (?:ended|gone)|weekly report"
    r"|tests? that|will (?:no longer|only)|(?:is|are) now|changing|different|no longer|removed the|second (?:person|pair)|audit"
    r"|safeguard|prevent\w*)\b"
)


def recap(document: Document) -> Iterator[Span]:
    """Where a text that looks back on what is over says what was mended and what changes for good."""
    judged = [sentence for sentence in document.sentences if sentence.judged]
    plain = b" ".join(sentence.coded for sentence in judged)
    if all(seen(pattern, plain) for pattern in (_MENDED, _CHANGED)):
        yield from ((sentence.start, sentence.end) for sentence in judged if seen(_LATER, sentence.coded))


def voice(document: Document) -> Iterator[Span]:
    """Where a person speaks: the first person somewhere, a name under it or in it, and no word that nobody reads the answer."""
    said = _first_person(document)
    if said and _named(document.folded) and not seen(_NO_ROUTE, document.coded):
        yield said.start, said.end


def _first_person(document: Document) -> Sentence | None:
    return next((s for s in document.sentences if s.judged and seen(_FIRST_PERSON, s.coded)), None)


def _named(text: str) -> bool:
    """Whether a person's name stands under the text or introduces the one who writes; a team's or a role's does not."""
    body = text[: before_trail(text)].rstrip().rstrip("\x1e\x1f ")
    tail = body[-200:]
    places = ((_SIGNED, tail), (_INITIALS, tail), (_INTRODUCED, body))  # the longest last: most are signed
    matches = (match for pattern, place in places for match in _exact(pattern).finditer(place))
    return any(_personal(next(filter(None, match.groupdict().values()))) for match in matches)


def _personal(name: str) -> bool:
    """Whether it is a person's: more than an initial, and no word of it belongs to a team, a role or a farewell."""
    return len(name) > 2 - name.isalpha() and not looking(word_list("signing_body")).search(name.lower())


@cache
def _exact(pattern: str) -> re.Pattern[str]:
    """With capitals as they stand: they make a name."""
    return re.compile(pattern)
