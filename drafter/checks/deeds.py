"""Detectors of deeds: what we did beside an apology, and what became of the customer by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from drafter.checks.clauses import Document, Sentence
from drafter.checks.lexicon import word_list
from drafter.checks.pattern import Spans, found, group_names, looking, seen
from drafter.checks.sentences import Span

_CLOSE = 40  # characters after a verb in which its object shows that it mends
_REACH = 160  # characters after a verb that belong to its act
_NEAR = 3  # sentences between an apology and the deed it is for
_ADVERBS = r"(?: (?:also|then|even|just|still|simply|only|all|both|each|wrongly|never|\w+ly))*"
_WE_DID = (
    rf"\b(?:we|i|(?:our|my) \w+){_ADVERBS} (?P<verb>[a-z]+)\b",
    rf"\b(?:our|my) \w+ \w+{_ADVERBS} (?P<verb>[a-z]+)\b",
)
_SORRY_WE = rf"\b(?:sorry|apologi[sz]e)(?: that)? (?:we|i)(?: have| had|'ve)?{_ADVERBS} (?P<verb>[a-z]+)\b"
_SORRY = r"\b(?:sorry|apologi[sz]e)\b"
_FAILED = r" (?:and|but) (?:then |also )*(?:forgot|failed|missed|lost|broke|skipped|neglected|left out|ignored|overlooked) "
_AND_FAILED = rf"\b(?:we|i){_ADVERBS} (?P<verb>[a-z]+)\b(?:(?! (?:you|it|they|that|which|and|but) )[^.;!?]){{0,120}}{_FAILED}"
_WRONG = (
    r"\b(?:to |of |on |in |at |for |the |a |your )?(?:wrong|too (?:late|early|soon|few|little|much|many|slow\w*)"
    r"|by mistake|by accident|in error|incorrect(?:ly)?|twice|double"
    r"|without (?:telling|asking|checking|warning|notice|saying|testing|reading|trying|padding|any|your|first"
    r"|looking)|instead of the|stranger)\b"
)
_WAS = r"\b(?:was|were|had|did|didn't|wasn't|weren't|has been|have been|have had|went|came|stood|sat|got|stopped|took|\w{2,}ed)\b"
_AMISS = (
    r"\b(?:not|never|no|nobody|nothing|none|without|only|still|too|twice|until|instead|but|another|someone|somebody|nor|even|although"
    r"|stood|sat|lay|waited|told|said|promised|alone|again)\b|n't\b"
)
_ASIDE = (
    r"\b(?:will|shall|going to|thanks?|thank you|please|your (?:e-?mail|message|call|letter|review|feedback|reply"
    r"|patience)|(?:we|i)(?:'ve| have)? (?:also )?(?:received|heard|read|spoke|looked"
    r"|checked|investigated|reviewed|confirmed|contacted|found|am|are)|now|from today|new|right|correct|since)\b|'ll\b"
)
_HARMED = (
    r"\b(?:(?:were|was|got|went) (?:refused|rejected|down|declined|locked out|cut off|lost|unavailable)|(?:cut"
    r"|knocked|locked|threw) (?:[\w-]+ ){1,4}(?:off|out)|stopped working|took down"
    r"|(?:customers|users|people) (?:could not|couldn't|were unable))\b"
)
_WENT_WRONG = f"{_WRONG}|{_HARMED}"
_PUTS_RIGHT = r"\b(?:right|correct|new|replacement|refund\w*|restored|fixed|fix|reversed|put back)\b"
_THING = (
    r" (?:[a-z]+ )?(?:the|your|his|her|their|a|an|our|my|two|three|four|five|both|\d[\d.,]*) "
    r"(?!(?:mistakes?|errors?|issues?|problems?|experience|situation|way|matter|thing|things|wrong|bad|poor|mess|ball"
    r"|line|mark|message|lot|ones?"
    r"|terrible|big|serious|simple|silly|genuine|human|real|stupid|few|couple)\b)[a-z]{3,}\b"
)
_WE_HAVE = (
    r"\b(?:we|i)(?:'ve| have)(?: (?:gone ahead and|also|now|already|just|since|today|then|both|personally"
    r"|\w+ly))* (?P<verb>[a-z]+)\b(?=(?P<rest> [^.;!?]{1,120}))"
)
_MEASURE = (
    r"\b(?:process(?:es)?|procedures?|checks?|checklists?|alerts?|alarms?|monitoring|training|polic(?:y|ies)|tests?"
    r"|rules?|systems?|staff|team|teams|colleagues?|department|management"
    r"|reviews?|safeguards?|flag|template|script|job|feedback|comments|concerns?|complaint|note|matter|this (?:to"
    r"|with|on)|it (?:to|with|on|up)|how|why|what|steps?|action|measures|everything)\b"
)
_AFTERWARDS = (
    r"\b(?:sorry|sry|apolog\w+|forgive (?:me|us)|(?:our|my) (?:own )?(?:mistake|fault|error|bad)|(?:was|is) (?:a "
    r"|the )?(?:mistake|wrong|error|ours|mine)"
    r"|on (?:us|me)|should(?:n't| not| never)? have|owe you)\b"
)
_CONDITIONAL = r"\s*(?:if|should|in case|whether|unless|please|did|have|has|do|are|is|was|were|could|can|would|when did|what|which)\b"
_BETTER = (
    r"\b(?:new|replacement|refund\w*|right one|correct\w*|again|cop(?:y|ies)|dm|message|e-?mail|link|code|back"
    r"|credit\w*|compensat\w*|extra|free|instead|fix\w*|today|tomorrow|now)\b"
)
_PEOPLE = (
    r"(?:many|some|most|all|several|hundreds|thousands|dozens|those) of (?:you|our \w+)|(?:\w+ )?(?:customers|users"
    r"|people|passengers|guests|patients|members|families"
    r"|players|residents|readers|visitors|subscribers|homes|households|drivers|travellers|travelers|parents|children"
    r"|students|tenants|shoppers|viewers|businesses|merchants)"
)
_THEY = (
    rf"\b(?P<who>you(?: both| all| and [\w' ]{{2,30}}?)?|(?P<yours>your (?:[\w'-]+ ){{1,4}}?)"
    rf"|{_PEOPLE})(?P<perfect>'ve| have|'d| had)?{_ADVERBS} ?\b(?P<verb>[a-z]+)\b"
)
_REST = r"[^.;!?]{0,120}"
_NO_PAST = frozenset({"need", "feed", "speed", "proceed", "succeed", "exceed", "indeed", "embed", "shed", "bed"})
_STATE = (
    r" (?:\w+ )?(?:without|off|offline|down|out of|late|left|kept|stuck|short|forced|made to|unable|locked|stranded"
    r"|turned away|cut off|overdrawn|dark|cold|closed"
    r"|hungry|frozen|shut|on hold|in the dark|at a standstill|dead|unusable|unreachable|affected|empty|idle)\b"
)
_OUT = (
    r" (?:\w+ )?(?:without|off(?:line)?|down|stuck|stranded|overdrawn|unable|locked out|cut off|in the dark|cold|shut"
    r"|empty|idle|at a standstill|left|kept)\b"
)
_BAD_RECEIPT = r" (?:\w+ ){0,2}(?:error|errors|wrong|duplicate|no |nothing|two|three|empty|blank|someone|another|late|broken|damaged)\b"


@lru_cache(maxsize=16)  # ownership and the failure itself are both looked for in a text
def owning(document: Document) -> tuple[Span, ...]:
    """Where "we" did something that is neither repair nor harmless: near an apology, or with words that say it went wrong."""
    return tuple(_owning(document))


def _owning(document: Document) -> Iterator[Span]:
    judged = [sentence for sentence in document.sentences if sentence.judged]
    sorry = {number for number, sentence in enumerate(judged) if seen(_AFTERWARDS, sentence.coded)}
    for number, sentence in enumerate(judged):
        if looking(_CONDITIONAL).match(sentence.lower):
            continue
        before = not sorry.isdisjoint(range(number + 1, number + _NEAR + 1))
        near = before or not sorry.isdisjoint(range(number - _NEAR, number + 1))
        yield from _complement(sentence)
        if not near and not seen(_WENT_WRONG, sentence.coded):
            continue
        for match in (match for pattern in _WE_DID for match in looking(pattern).finditer(sentence.lower)):
            if (near and _faulty(sentence, match, before=before)) or _went_wrong(sentence, match):
                yield sentence.start + match.start(), sentence.start + match.end()


def failing(document: Document) -> Iterator[Span]:
    """Where such a deed is told with something concrete, or where a letter of apology tells what was, with a detail."""
    for start, end in owning(document):
        sentence = document.sentence_at(start)
        if sentence and (_mentions(sentence, "detail") or looking(_THING).match(document.lower, end)):
            yield start, end
    judged = [sentence for sentence in document.sentences if sentence.judged]
    if any(seen(_AFTERWARDS, sentence.coded) for sentence in judged):
        yield from ((sentence.start, sentence.end) for sentence in judged if _tells(sentence))


def mending(document: Document) -> Iterator[Span]:
    """Where "we" have done something for the customer with an object that is neither a word passed on nor a change of ours."""
    for sentence in document.sentences:
        if not sentence.judged or looking(_CONDITIONAL).match(sentence.lower):
            continue
        for match in looking(_WE_HAVE).finditer(sentence.lower):
            verb = match["verb"]
            if (
                _past(verb)
                and not _is_one(verb, "empty_deed", "own_failing")
                and not looking(_MEASURE).search(match["rest"])
                and not looking(_WRONG).search(match["rest"])
            ):
                yield sentence.start + match.start(), sentence.start + match.end("verb")


def effect(document: Document) -> Iterator[Span]:
    """Where the customer, their people or all customers came to something by what we did."""
    for sentence in document.sentences:
        if sentence.judged and not looking(_CONDITIONAL).match(sentence.lower):
            for spans in found(_THEY, sentence.coded):
                if _suffered(sentence.lower, spans):
                    yield sentence.start + spans[0][0], sentence.start + spans[0][1]


def _tells(sentence: Sentence) -> bool:
    """Whether a sentence tells what was: in the past, with a detail, and nothing of repair, plans or the customer's message."""
    plain = sentence.lower
    if (
        sentence.speech != "statement"
        or looking(_CONDITIONAL).match(plain)
        or seen(_ASIDE, sentence.coded)
        or not _mentions(sentence, "detail")
    ):
        return False
    if not (seen(_WAS, sentence.coded) and seen(_AMISS, sentence.coded)):
        return False
    return not _mentions(sentence, "repaired", "repairing", "repair_base")


def _complement(sentence: Sentence) -> Iterator[Span]:
    """Where the apology itself takes the deed: "sorry that I spoke to you like that", or one deed carries the next."""
    for pattern, sign in ((_SORRY_WE, _SORRY), (_AND_FAILED, _FAILED)):  # the sign is found at once, or not at all
        for match in looking(pattern).finditer(sentence.lower) if seen(sign, sentence.coded) else ():
            if _past(match["verb"]):
                yield sentence.start + match.start(), sentence.start + match.end()


def _went_wrong(sentence: Sentence, match: re.Match[str]) -> bool:
    verb = match["verb"]
    if not _past(verb) or _is_one(verb, "harmless_deed") or _mends(verb):
        return False
    rest = sentence.lower[match.end() : match.end() + _REACH]
    return bool(looking(_WENT_WRONG).search(rest)) and not looking(_PUTS_RIGHT).search(rest)


def _faulty(sentence: Sentence, match: re.Match[str], *, before: bool) -> bool:
    """Whether the act may be the fault: acts that also repair ("sent", "moved") only where the apology follows."""
    verb = match["verb"]
    if not _past(verb) or _is_one(verb, "harmless_deed"):
        return False
    if _is_one(verb, "repaired"):
        later = before or bool(looking(_AFTERWARDS).search(sentence.lower, match.start(), match.end() + _REACH))
        return later and not _mends(verb) and not looking(_BETTER).search(sentence.lower, match.end(), match.end() + _CLOSE)
    return True


def _suffered(plain: str, spans: Spans) -> bool:
    """Whether what a match of _THEY found is something that came upon them."""
    end = spans[0][1]
    said = {name: plain[slice(*spans[index])] for name, index in group_names(_THEY).items()}  # "" for what is not there
    return _came_upon(said, looking(_REST).findall(plain, end, end + 120)[0])


def _came_upon(said: Mapping[str, str], rest: str) -> bool:
    verb, yours, perfect = said["verb"], said["yours"], said["perfect"]
    if perfect and verb == "been":
        return not yours and bool(looking(_STATE).match(rest))
    if perfect == " had" and verb in ("to", "no", "nothing"):
        return True
    if verb in ("was", "were"):
        return bool(looking(_STATE if said["who"].startswith("you") and not yours else _OUT).match(rest))
    if verb in ("received", "got", "saw", "found"):
        return bool(looking(_BAD_RECEIPT).match(rest))
    past = _past(verb) or (perfect and _is_one(verb, "participle"))
    return bool(past) and not yours and verb not in _NO_PAST and not _is_one(verb, "customer_deed")


def _mentions(sentence: Sentence, *names: str) -> bool:
    """Whether a sentence has something of one of the lists."""
    return seen(_joined(*names), sentence.coded)


@cache
def _joined(*names: str) -> str:
    return "|".join(map(word_list, names))


@cache
def _list(*names: str) -> re.Pattern[str]:
    return looking(_joined(*names))


@lru_cache(maxsize=4096)
def _past(verb: str) -> bool:
    return (
        looking(
            rf"[a-z]{{2,}}ed|{word_list('past')}|drove|spoke|slept|stood|woke|bore|lay|froze|flew|rode|shut|sold|fed|taught"
            rf"|cost|shot|swept|hung"
        ).fullmatch(verb)
        is not None
    )


@lru_cache(maxsize=4096)
def _is_one(verb: str, *names: str) -> bool:
    """Whether a verb is in one of the lists."""
    return _list(*names).fullmatch(verb) is not None


@lru_cache(maxsize=4096)
def _mends(verb: str) -> bool:
    """Whether the act only ever mends."""
    return (
        looking(
            r"re[a-z]+ed|re[a-z]+t|reran|credited|waived|fixed|corrected|mended|patched|resolved|unlocked|unblocked|arranged"
            r"|upgraded|extended|compensated"
        ).fullmatch(verb)
        is not None
    )


_NOW = r"\b(?:our|the|each|every|an?|any|no) (?:[\w-]+ ){1,4}?now(?: also| always)? (?P<verb>[a-z]+s)\b"
_WORKS = (
    r"is|has|was|works|shows|runs|loads|contains|includes|gets|looks|does|goes|displays|plays|opens|functions|appears"
    r"|reads|sits|stands"
)


def measure(document: Document) -> Iterator[Span]:
    """Where a thing of ours does now what it did not do before: "our mailing tool now refuses …"."""
    for sentence in document.sentences:
        for match in looking(_NOW).finditer(sentence.lower) if sentence.judged and " now" in sentence.lower else ():
            if not looking(_WORKS).fullmatch(match["verb"]):
                yield sentence.start + match.start(), sentence.start + match.end()
